package dev.faultline.cli.option;

import java.util.Optional;
import picocli.CommandLine.Option;

/** For how many CPUs costs are told. */
public final class CpuOptions {

    /** The numbers of CPUs, or null for the machine's. */
    @Option(
            names = "--cpus",
            paramLabel = "LIST",
            description = "How many CPUs the machine has, at most 1024. simulate takes several: 1,2,8 or 1-4 or "
                    + "1,2,4,...,112. Default: the machine's; in simulate, doubling up to them.")
    private CpuCounts cpus;

    /** {@return the numbers asked for; empty for the machine's} */
    public Optional<CpuCounts> counts() {
        return Optional.ofNullable(cpus);
    }

    /** {@return the one number asked for; empty for the machine's} */
    public Optional<Integer> count() {
        if (cpus != null && cpus.counts().size() > 1) {
            throw UsageException.ofValue(
                    "--cpus",
                    "one number of CPUs, got " + cpus.counts().size() + "; 'faultline simulate' compares several");
        }
        return counts().map(several -> several.counts().get(0));
    }
}
