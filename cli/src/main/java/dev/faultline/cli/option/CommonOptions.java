package dev.faultline.cli.option;

import picocli.CommandLine.Option;

/** The options of every command. */
public final class CommonOptions {

    /** The option that adds the stack trace of an internal error. */
    public static final String DEBUG = "--debug";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(names = DEBUG, description = "Show the stack trace of an internal error.")
    private boolean debug;
}
