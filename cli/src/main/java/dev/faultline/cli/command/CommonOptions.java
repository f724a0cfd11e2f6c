package dev.faultline.cli.command;

import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {

    /** Asks for the help text. */
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    boolean help;

    /** Asks for stack traces. */
    @Option(names = Complaints.DEBUG, description = "Show the stack trace of an internal error.")
    boolean debug;
}
