package dev.faultline.cli.option;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the report goes and how it looks. */
public final class OutputOptions {

    /** How it is written. */
    @Option(
            names = "--format",
            paramLabel = "text|json|html",
            converter = Format.Converter.class,
            description = "How to write the report. Default: text.")
    public Format format = Format.TEXT;

    /** Whether it is coloured. */
    @Option(
            names = "--color",
            paramLabel = "WHEN",
            converter = ColorMode.Converter.class,
            description = "auto, always or never. Default: auto, which is on when standard output is a "
                    + "terminal and NO_COLOR is not set.")
    public ColorMode color = ColorMode.AUTO;

    /** The file it goes to, or null for standard output. */
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the report to FILE, whole or not at all.")
    public Path file;
}
