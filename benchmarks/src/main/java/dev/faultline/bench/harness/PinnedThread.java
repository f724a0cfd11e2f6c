package dev.faultline.bench.harness;

import dev.faultline.bench.cores.CpuAffinity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.infra.ThreadParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * A thread of a benchmark, pinned to a CPU of its own. After each measured iteration it appends a line to the {@link
 * ForkLog}: how long it waited for that CPU, and what was counted.
 */
@State(Scope.Thread)
public class PinnedThread {

    /** Property of a fork: the numbers of the CPUs, in the order of threads, separated by commas. */
    static final String CPUS = "faultline.bench.cpus";
    /** Property of a fork: the file of the fork log. */
    static final String LOG = "faultline.bench.log";

    private int index;
    private boolean pinned;
    private Thread pinnedThread;
    private long waitedBefore;
    private long started;
    private long operations;
    private final Map<String, Long> counters = new TreeMap<>();
    private final Map<Integer, RoleTime> roleTimes = new TreeMap<>();

    /** {@return the number of the thread, from 0} */
    public int index() {
        return index;
    }

    /** Begins an iteration; pins the thread when it is not pinned yet. */
    @Setup(Level.Iteration)
    public void begin(ThreadParams thread) {
        index = thread.getThreadIndex();
        if (Thread.currentThread() != pinnedThread) {
            pinned = pin(thread);
            pinnedThread = Thread.currentThread();
        }
        operations = 0;
        counters.clear();
        roleTimes.clear();
        waitedBefore = CpuAffinity.waitedNanos();
        started = System.nanoTime();
    }

    private static boolean pin(ThreadParams thread) {
        int[] cpus = Arrays.stream(System.getProperty(CPUS, "").split(","))
                .filter(word -> !word.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        return thread.getThreadIndex() < cpus.length && CpuAffinity.pin(cpus[thread.getThreadIndex()]);
    }

    void addOperations(long count) {
        operations += count;
    }

    void addCounter(String name, long count) {
        counters.merge(name, count, Long::sum);
    }

    void addRoleTime(int role, RoleTime time) {
        roleTimes.merge(role, time, RoleTime::plus);
    }

    /** Ends the iteration: appends the line. */
    @TearDown(Level.Iteration)
    public void end(IterationParams iteration) throws IOException {
        String log = System.getProperty(LOG);
        if (log == null || iteration.getType() != IterationType.MEASUREMENT) {
            return;
        }
        long waited = waitedBefore < 0 ? 0 : Math.max(0, CpuAffinity.waitedNanos() - waitedBefore);
        String line = ForkLog.line(index, pinned, waited, System.nanoTime() - started, operations, counters, roleTimes);
        Files.writeString(Path.of(log), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
