package dev.faultline.cli.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The hardware. */
public final class MachineOptions {

    /** How a machine is written. */
    public enum FileFormat {
        /** As a machine file. */
        YAML,
        /** By the JSON schema of all commands. */
        JSON
    }

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

    /** The alignments of byte 0 in bytes; none for what the source tells. */
    @Option(
            names = "--base-align",
            paramLabel = "BYTES",
            converter = NumberConverters.Alignment.class,
            description =
                    "Alignment of byte 0 that the allocator promises, instead of what the source tells. diff takes "
                            + "two, of the old structs and of the new.")
    private List<Integer> baseAlignments = new ArrayList<>();

    /** {@return the one alignment asked for; empty for what the source tells} */
    public Optional<Integer> baseAlignment() {
        if (baseAlignments.size() > 1) {
            throw UsageException.ofValue(
                    "--base-align",
                    "one alignment, got " + baseAlignments.size()
                            + "; 'faultline diff --base-align OLD --base-align NEW' takes two");
        }
        return baseAlignments.stream().findFirst();
    }

    /** {@return the alignments of the two sides of a comparison; none for what sources tell, one for both sides} */
    public List<Integer> baseAlignmentsOfSides() {
        if (baseAlignments.size() > 2) {
            throw UsageException.ofValue(
                    "--base-align", "diff takes one or two alignments, got " + baseAlignments.size());
        }
        return List.copyOf(baseAlignments);
    }
}
