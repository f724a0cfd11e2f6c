package dev.faultline.benchmark;

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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** All structs of the running kernel, read in a warm VM. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {

    private static final Path KERNEL = Path.of("/sys/kernel/btf/vmlinux");

    /** {@return every struct: the file read, indexed and laid out} */
    @Benchmark
    public final List<Subject> loadAndLayOut() {
        return BtfSource.open("kernel", KERNEL, Optional.empty()).all();
    }
}
