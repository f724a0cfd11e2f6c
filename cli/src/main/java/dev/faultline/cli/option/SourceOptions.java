package dev.faultline.cli.option;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where structs come from. */
public final class SourceOptions {

    /** The source, or null for the built-in catalogue. */
    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            description = {
                "Where to look: kernel (the running one's BTF), jvm (the running VM's classes), a BTF file, "
                        + "a binary with BTF, a jar, a directory of classes, a class file, a file of pahole "
                        + "text, or - for standard input. Told by content, not by name. Default: the "
                        + "built-in catalogue."
            })
    public String from;

    /** The BTF that split BTF continues, or null. */
    @Option(
            names = "--base",
            paramLabel = "FILE",
            description = "The BTF that a module's split BTF continues (kernel: the running one's).")
    public Path base;

    /** The mode of the VM that lays out classes, or null for the running one's. */
    @Option(
            names = "--vm",
            paramLabel = "MODE",
            description = "The Java VM to lay classes out for: 17, 25, 25-coh, 17-no-coops, ... "
                    + "Default: the VM that runs.")
    public String vm;
}
