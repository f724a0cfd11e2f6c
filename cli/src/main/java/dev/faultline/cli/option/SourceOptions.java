package dev.faultline.cli.option;

import dev.faultline.source.detect.SourceDetector;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where structs come from. */
public final class SourceOptions {

    /** The source, or null for the built-in catalogue. */
    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            description = "Where to look: kernel (the running one's BTF), jvm (the running VM's classes), "
                    + SourceDetector.FILES + ", or - for standard input. A file's content tells what it is. "
                    + "Default: the built-in catalogue.")
    public String from;

    /** The BTF that split BTF builds on, or null. */
    @Option(
            names = "--base",
            paramLabel = "FILE",
            description = "The BTF that a module's split BTF builds on. With kernel, that of the running one.")
    public Path base;

    /** The mode of the Java VM that lays out classes, or null for the running one's. */
    @Option(
            names = "--vm",
            paramLabel = "MODE",
            description = "The Java VM that classes are laid out for: 17, 25, 25-coh, 17-no-coops, ... "
                    + "Default: the running one.")
    public String vm;
}
