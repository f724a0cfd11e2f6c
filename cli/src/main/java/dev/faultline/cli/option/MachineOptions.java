package dev.faultline.cli.option;

import picocli.CommandLine.Option;

/** The hardware. */
public final class MachineOptions {

    /** The name of a preset or of a machine file, or null for this machine. */
    @Option(
            names = "--machine",
            paramLabel = "NAME|FILE",
            description = "The machine to analyse for: x86-64, ice-lake, epyc-milan, neoverse, apple-m, power, "
                    + "s390x, or a file that 'faultline calibrate' has written. Default: this machine.")
    public String machine;

    /** Bytes of a cache line, or null for the machine's. */
    @Option(
            names = "--line",
            paramLabel = "BYTES",
            converter = NumberConverters.Line.class,
            description = "Size of a cache line, instead of the machine's.")
    public Integer lineBytes;

    /** The alignment of byte 0 in bytes, or null for what the source tells. */
    @Option(
            names = "--base-align",
            paramLabel = "BYTES",
            converter = NumberConverters.Alignment.class,
            description = "Alignment of byte 0 that the allocator promises, instead of what the source tells.")
    public Integer baseAlignment;
}
