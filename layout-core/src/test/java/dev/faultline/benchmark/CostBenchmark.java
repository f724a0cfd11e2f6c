package dev.faultline.benchmark;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.source.Subject;
import dev.faultline.source.btf.BtfSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What every struct of the running kernel costs, with access inferred from types, in a warm VM and on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class CostBenchmark {

    private static final Path KERNEL = Path.of("/sys/kernel/btf/vmlinux");

    /** CPUs of the machine; with more there are two sockets, so two kinds of CPUs to tell apart. */
    @Param({"2", "112"})
    private int cpus;

    private List<Subject> subjects;
    private Analyzer analyzer;

    /** Lays out every struct. */
    @Setup
    public void layOut() {
        Machine machine = Machines.x86().withCpus(cpus, "benchmark");
        subjects = BtfSource.open("kernel", KERNEL, Optional.empty()).all();
        analyzer = new Analyzer(machine, Catalog.RULES);
    }

    /** {@return the sum over all structs of what each costs and could cost, beside its findings and what each saves} */
    @Benchmark
    public double analyse() {
        double total = 0;
        for (Subject subject : subjects) {
            Analysis analysis = analyzer.analyze(subject);
            total += analysis.findings().size();
            if (analysis.breakdown().isPresent()) {
                total += analysis.breakdown().get().cost().utilisation();
            }
        }
        return total;
    }
}
