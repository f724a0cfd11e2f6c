/**
 * What a profile does to a layout, made into loops that cost nothing beyond their accesses.
 *
 * <p>A {@code ClosedLoop} binds a profile to threads, as {@code coherence.Workload} does, and predicts. {@code Compiler}
 * places its fields on a line and makes a {@code Script}: words of a block, gaps, and who plays what how often. A script is
 * plain text on its way to a fork, where {@code LoopAssembler} makes it into bytecode and a {@code Player} plays a thread's
 * part of it.
 */
package dev.faultline.offheap.bench.layout;
