package dev.faultline.cli.option;

import picocli.CommandLine.Option;

/** Whether an answer about a part of what was asked for counts as an answer. */
public final class Strictness {

    /** Whether the status is 3 when something was left out. */
    @Option(
            names = "--strict",
            description = "Exit with 3 when something of a source could not be laid out or read, such as a class"
                    + " whose superclass is missing.")
    public boolean strict;
}
