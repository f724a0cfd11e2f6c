package dev.faultline.benchmark;

import dev.faultline.Analyzer;
import dev.faultline.hazard.rules.Catalog;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** All structs of the running kernel, in a warm VM. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {

    private static final Path KERNEL = Path.of("/sys/kernel/btf/vmlinux");

    private List<Subject> subjects;
    private Analyzer analyzer;

    /** Lays out what {@link #analyse} looks at. */
    @Setup
    public void layOut() {
        subjects = loadAndLayOut();
        analyzer = new Analyzer(Machines.x86(), Catalog.RULES);
    }

    /** {@return every struct: the file read, indexed and laid out} */
    @Benchmark
    public final List<Subject> loadAndLayOut() {
        return BtfSource.open("kernel", KERNEL, Optional.empty()).all();
    }

    /** {@return the number of findings over all structs, on one thread} */
    @Benchmark
    public int analyse() {
        int findings = 0;
        for (Subject subject : subjects) {
            findings += analyzer.analyze(subject).findings().size();
        }
        return findings;
    }
}
