/**
 * Words in, exit status out. {@link dev.faultline.cli.Main} gives the words to picocli and turns what comes of it into
 * one of four exit statuses and, at worst, one line on standard error. Standard output carries the report and nothing
 * else. Everything a run depends on beside its words (streams, environment, the machine) is handed in, so tests run
 * whole commands in their own VM.
 */
package dev.faultline.cli;
