/**
 * Entry point of the program. {@link dev.faultline.cli.Main} gives the arguments to picocli and turns every outcome
 * into one of four exit statuses and, on failure, one line on standard error. Standard output carries the report and
 * nothing else. Everything else a run depends on (streams, environment, the machine) is a {@link
 * dev.faultline.cli.run.CliContext}, so that tests run whole commands in their own VM.
 */
package dev.faultline.cli;
