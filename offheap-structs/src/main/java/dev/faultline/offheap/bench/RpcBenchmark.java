package dev.faultline.offheap.bench;

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
 * Small calls: the network receives a request for a socket, the application reads it and sends an answer, the network sees
 * that acknowledged. Scores mean nothing unless CPUs are free: {@link Bench} looks.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RpcBenchmark {

    /** Packets on their way between the two threads of a pair, at most, in either direction. */
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
        private Handover[] requests;
        private Handover[] answers;

        /** Makes the sockets; they live as long as the fork, since threads end in any order. */
        @Setup
        public void open(BenchmarkParams params) {
            int pairs = Math.max(1, params.getThreads() / 2);
            requests = new Handover[pairs];
            answers = new Handover[pairs];
            for (int pair = 0; pair < pairs; pair++) {
                requests[pair] = new Handover(IN_FLIGHT);
                answers[pair] = new Handover(IN_FLIGHT);
            }
            contest = Making.contestant(contestant, RpcContestant.class);
            contest.open(params.getThreads(), pairs * sockets);
        }
    }

    /** One thread. */
    @State(Scope.Thread)
    public static class Mine {
        private RpcContestant.User user;
        private Handover requests;
        private Handover answers;
        private int first;
        private int sockets;
        private long turn;
        private long operations;
        private final Tally tally = new Tally();

        /** Begins to use its share of the sockets. */
        @Setup(Level.Iteration)
        public void begin(Shared shared, Seat seat, ThreadParams thread) {
            if (user == null) {
                int pair = thread.getSubgroupThreadIndex();
                user = shared.contest.user(seat.index());
                requests = shared.requests[pair];
                answers = shared.answers[pair];
                sockets = shared.sockets;
                first = pair * sockets;
            }
            operations = 0;
            tally.begin(user, seat);
        }

        /** Tells what was counted. */
        @TearDown(Level.Iteration)
        public void tell() {
            tally.tell(user, operations);
        }

        private int socket(long position) {
            return first + (int) (position % sockets);
        }
    }

    /** Receives a request, and has answers acknowledged that are there. */
    @Benchmark
    @Group("calls")
    public void network(Mine mine, Control control) {
        while (!control.stopMeasurement) {
            while (mine.answers.has()) {
                int socket = mine.socket(mine.answers.taken());
                mine.user.acknowledge(socket, mine.answers.take());
            }
            if (mine.requests.hasRoom()) {
                mine.requests.put(mine.user.receive(mine.socket(mine.requests.given())));
                mine.operations++;
                return;
            }
            Thread.onSpinWait();
        }
    }

    /** Reads a request and answers it. */
    @Benchmark
    @Group("calls")
    public void application(Mine mine, Control control) {
        while (!control.stopMeasurement) {
            if (mine.requests.has() && mine.answers.hasRoom()) {
                int socket = mine.socket(mine.requests.taken());
                mine.user.read(socket, mine.requests.take());
                mine.answers.put(mine.user.send(socket));
                return;
            }
            Thread.onSpinWait();
        }
    }
}
