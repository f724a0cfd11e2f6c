package dev.faultline.bench.contestants.rpc;

import dev.faultline.bench.harness.BenchRunner;
import dev.faultline.bench.harness.ContestantFactory;
import dev.faultline.bench.harness.HandoverQueue;
import dev.faultline.bench.harness.IterationCounters;
import dev.faultline.bench.harness.PinnedThread;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Small calls: the network receives a request for a socket, the application reads it and sends an answer, and the
 * network gets that acknowledged. The scores are worth nothing unless the CPUs are free, which {@link BenchRunner}
 * checks.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RpcBenchmark {

    /** The most packets on their way between the two threads of a pair, in either direction. */
    private static final int IN_FLIGHT = 64;

    /** The sockets, and the packets on their way. */
    @State(Scope.Benchmark)
    public static class Shared {
        /** Name of the contestant's class. */
        @Param("unset")
        public String contestant;

        /** How many sockets each pair of threads has. */
        @Param("8")
        public int sockets;

        private RpcContestant contest;
        private HandoverQueue[] requests;
        private HandoverQueue[] answers;

        /** Makes the sockets. They live as long as the fork, because threads end in any order. */
        @Setup
        public void open(BenchmarkParams params) {
            int pairs = Math.max(1, params.getThreads() / 2);
            requests = new HandoverQueue[pairs];
            answers = new HandoverQueue[pairs];
            for (int pair = 0; pair < pairs; pair++) {
                requests[pair] = new HandoverQueue(IN_FLIGHT);
                answers[pair] = new HandoverQueue(IN_FLIGHT);
            }
            contest = ContestantFactory.create(contestant, RpcContestant.class);
            contest.open(params.getThreads(), pairs * sockets);
        }
    }

    /** What one thread has. */
    @State(Scope.Thread)
    public static class Mine {
        private RpcContestant.User user;
        private HandoverQueue requests;
        private HandoverQueue answers;
        private int first;
        private int sockets;
        private long turn;
        private long operations;
        private final IterationCounters counters = new IterationCounters();

        /** Begins an iteration. Each pair of threads has its own sockets. */
        @Setup(Level.Iteration)
        public void begin(Shared shared, PinnedThread thread, ThreadParams params) {
            if (user == null) {
                int pair = params.getSubgroupThreadIndex();
                user = shared.contest.user(thread.index());
                requests = shared.requests[pair];
                answers = shared.answers[pair];
                sockets = shared.sockets;
                first = pair * sockets;
            }
            operations = 0;
            counters.begin(user, thread);
        }

        /** Passes on what was counted. */
        @TearDown(Level.Iteration)
        public void end() {
            counters.end(user, operations);
        }

        private int socket(long position) {
            return first + (int) (position % sockets);
        }
    }

    /** Acknowledges the answers that are there, then receives a request. */
    @Benchmark
    @Group("calls")
    public void network(Mine mine, Control control) {
        while (!control.stopMeasurement) {
            while (mine.answers.positions().hasNext()) {
                int socket = mine.socket(mine.answers.positions().taken());
                mine.user.acknowledge(socket, mine.answers.take());
            }
            if (mine.requests.positions().hasRoom()) {
                mine.requests.put(
                        mine.user.receive(mine.socket(mine.requests.positions().given())));
                mine.operations++;
                return;
            }
            Thread.onSpinWait();
        }
    }

    /** Reads a request and sends an answer. */
    @Benchmark
    @Group("calls")
    public void application(Mine mine, Control control) {
        while (!control.stopMeasurement) {
            if (mine.requests.positions().hasNext() && mine.answers.positions().hasRoom()) {
                int socket = mine.socket(mine.requests.positions().taken());
                mine.user.read(socket, mine.requests.take());
                mine.answers.put(mine.user.send(socket));
                return;
            }
            Thread.onSpinWait();
        }
    }
}
