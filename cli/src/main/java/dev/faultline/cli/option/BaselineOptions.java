package dev.faultline.cli.option;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which findings are known already. */
public final class BaselineOptions {

    /** The file that accepts them, or null. */
    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            converter = OutputFile.class,
            description = "Do not report the findings that FILE accepts, nor count them for --fail-on. A finding is "
                    + "known by its struct, rule and first field; one that is more severe than before is new.")
    public Path file;

    /** Whether the file is written. */
    @Option(
            names = "--update",
            description = "With --baseline: accept today's findings, that is, write them to FILE. Reasons written "
                    + "there by hand are kept.")
    public boolean update;
}
