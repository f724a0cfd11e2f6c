/**
 * Makes loops of a profile and a layout that cost nothing beyond their accesses.
 *
 * <p>A {@code ClosedLoop} binds a profile to threads and predicts. {@code ScriptCompiler} places the fields on lines
 * and makes an {@code AccessScript}: the words of a block to access, the gaps between, and how often each thread does
 * what. A fork gets the script as text, assembles it into bytecode ({@code LoopAssembler}) and plays each thread's
 * part ({@code ScriptPlayer}).
 */
package dev.faultline.bench.layout.loop;
