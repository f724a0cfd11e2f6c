package dev.faultline.cli.option;

import picocli.CommandLine.Option;

/** What hardware is meant. */
public final class MachineOptions {

    /** Name of a preset, else of a machine file, or null for this machine. */
    @Option(
            names = "--machine",
            paramLabel = "NAME|FILE",
            description = "The machine to judge for: x86-64, ice-lake, epyc-milan, neoverse, apple-m, power, "
                    + "s390x, or a file as 'faultline calibrate' writes it. Default: this one.")
    public String machine;

    /** Bytes of a line, or null for the machine's. */
    @Option(
            names = "--line",
            paramLabel = "BYTES",
            converter = PowerOfTwo.Line.class,
            description = "Size of a cache line, instead of the machine's.")
    public Integer lineBytes;

    /** What is known of the address of byte 0, or null for what the source knows. */
    @Option(
            names = "--base-align",
            paramLabel = "BYTES",
            converter = PowerOfTwo.Alignment.class,
            description = "Alignment of byte 0 that the allocator promises, instead of what the source knows.")
    public Integer baseAlignment;
}
