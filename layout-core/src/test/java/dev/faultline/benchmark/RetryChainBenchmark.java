package dev.faultline.benchmark;

import dev.faultline.cost.chain.RetryChain;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The exact solution of a compare-and-set loop, whose time grows with the square of the CPUs at most. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RetryChainBenchmark {

    @Param({"112", "1024"})
    private int cpus;

    private double retention = 0.05;

    /** {@return the solution} */
    @Benchmark
    public RetryChain.Solution solve() {
        return RetryChain.solve(cpus, retention);
    }
}
