package dev.faultline.cli.option;

import picocli.CommandLine.Option;

/** Whether an answer about a part of what was asked for counts as an answer. */
public final class Strictness {

    /** Whether the status is 3 when something was left out. */
    @Option(
            names = "--strict",
            description = "Exit with 3 when something of a source could not be laid out or read, such as a class"
                    + " whose superclass is missing, or when an access file names a field that its struct does not"
                    + " have.")
    public boolean strict;

    /** Told where a threshold decides over the status, so that a passing build is not taken for a complete answer. */
    public static final String LENIENT =
            "what was left out does not count for the exit status; with --strict it is 3 (could not be analysed)";
}
