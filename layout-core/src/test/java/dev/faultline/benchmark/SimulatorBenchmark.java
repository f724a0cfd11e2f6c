package dev.faultline.benchmark;

import dev.faultline.access.ProfileReader;
import dev.faultline.access.Resolution;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.Workload;
import dev.faultline.cost.simulate.Simulation;
import dev.faultline.cost.simulate.SimulationOptions;
import dev.faultline.cost.simulate.SimulationOptions.Arbitration;
import dev.faultline.cost.simulate.SimulationOptions.Protocol;
import dev.faultline.cost.simulate.Simulator;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Accesses that the simulator plays in a second, the warm-up before those that count included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SimulatorBenchmark {

    private static final int ACCESSES = 1_000_000;
    private static final int PLAYED = ACCESSES / 10 + ACCESSES;

    private static final String ROUTE = """
            struct route {
                void *dev; void *ops; void *expires; void *header; void *xfrm; void *input; void *output; int flags; int obsolete;
                int refcnt; int use; long last_use; void *lwtstate; int error; int tclassid; long head[2]; int pad[2];
                int genid; int rt_flags; short type; char is_input; char uses_gateway; int iif; char family; int gateway;
            };
            """;

    /** Who does what. */
    public enum Play {
        /** A route is taken, read on all of its three lines and given back: 12 accesses, no line ever busy for long. */
        ROUTE("1e4", """
                    - { field: refcnt, kind: cas-loop }
                    - { field: lwtstate, kind: read, gap: 20ns }
                    - { field: ops, kind: read, gap: 5ns }
                    - { field: dev, kind: read, gap: 5ns }
                    - { field: xfrm, kind: read, gap: 5ns }
                    - { field: output, kind: read, gap: 10ns }
                    - { field: flags, kind: read, gap: 5ns }
                    - { field: genid, kind: read, gap: 20ns }
                    - { field: rt_flags, kind: read, gap: 5ns }
                    - { field: family, kind: read, gap: 5ns }
                    - { field: refcnt, kind: rmw, gap: 40ns }
                """, SimulationOptions.of(1, ACCESSES)),
        /** A compare-and-set loop up, an atomic add down, without rest; any of those who wait is next. */
        LOOP("1e9", """
                    - { field: refcnt, kind: cas-loop }
                    - { field: refcnt, kind: rmw }
                """, new SimulationOptions(1, Protocol.MESI, Arbitration.RANDOM, 0, 0.0862, ACCESSES));

        private final String rate;
        private final String accesses;
        private final SimulationOptions options;

        Play(String rate, String accesses, SimulationOptions options) {
            this.rate = rate;
            this.accesses = accesses;
            this.options = options;
        }

        private Workload on(StructLayout layout, int cpus) {
            String profile = """
                    profile: benchmark
                    structs:
                      route:
                        roles: { sender: { cpus: all } }
                        operations:
                          - name: get, use, put
                            role: sender
                            rate: %s
                            accesses:
                    """.formatted(rate) + accesses.indent(12);
            return Workload.of(
                    Resolution.resolve(
                            layout,
                            ProfileReader.read("benchmark.yaml", profile)
                                    .forStruct("route")
                                    .orElseThrow()),
                    cpus);
        }
    }

    /** CPUs of the machine. */
    @Param({"2", "16", "112"})
    private int cpus;

    /** Who does what. */
    @Param
    private Play play;

    private Simulator simulator;
    private Workload workload;
    private LineMap lines;

    /** Binds the profile to the machine. */
    @Setup
    public void bind() {
        StructLayout layout = NotationReader.read("benchmark.c", ROUTE).get(0);
        simulator = new Simulator(Machines.x86().withCpus(cpus, "benchmark"), play.options);
        workload = play.on(layout, cpus);
        lines = LineMap.of(workload.fields(), 64, 0);
    }

    /** {@return what was seen} */
    @Benchmark
    @OperationsPerInvocation(PLAYED)
    public Simulation play() {
        return simulator.run(workload, lines);
    }
}
