package dev.faultline.offheap.bench;

import dev.faultline.offheap.cores.Pinning;
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
 * Where a thread of a benchmark sits: on a CPU of its own. After each measured iteration it leaves a line for {@link
 * Notes}: how long it waited for that CPU, and what was counted.
 */
@State(Scope.Thread)
public class Seat {

    /** Property of a fork: the numbers of the CPUs, in the order of threads, with commas between. */
    static final String CPUS = "faultline.bench.cpus";
    /** Property of a fork: the file the lines go to. */
    static final String NOTES = "faultline.bench.notes";

    private int index;
    private boolean pinned;
    private Thread pinnedThread;
    private long waitedBefore;
    private long started;
    private final Map<String, Long> counts = new TreeMap<>();

    /** {@return the number of the thread, from 0} */
    public int index() {
        return index;
    }

    /** Notes when the iteration begins, and takes the seat when the thread has none yet. */
    @Setup(Level.Iteration)
    public void begin(ThreadParams thread) {
        index = thread.getThreadIndex();
        if (Thread.currentThread() != pinnedThread) {
            pinned = pin(thread);
            pinnedThread = Thread.currentThread();
        }
        counts.clear();
        waitedBefore = Pinning.waitedNanos();
        started = System.nanoTime();
    }

    private static boolean pin(ThreadParams thread) {
        int[] cpus = Arrays.stream(System.getProperty(CPUS, "").split(","))
                .filter(word -> !word.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        return thread.getThreadIndex() < cpus.length && Pinning.pin(cpus[thread.getThreadIndex()]);
    }

    /**
     * Adds to what the line says.
     *
     * @param name of what was counted, without blanks
     * @param count how many in this iteration
     */
    public void tell(String name, long count) {
        counts.merge(name, count, Long::sum);
    }

    /** Leaves the line. */
    @TearDown(Level.Iteration)
    public void end(IterationParams iteration) throws IOException {
        String notes = System.getProperty(NOTES);
        if (notes == null || iteration.getType() != IterationType.MEASUREMENT) {
            return;
        }
        long waited = waitedBefore < 0 ? 0 : Math.max(0, Pinning.waitedNanos() - waitedBefore);
        StringBuilder line = new StringBuilder()
                .append(index)
                .append(' ')
                .append(pinned)
                .append(' ')
                .append(waited)
                .append(' ')
                .append(System.nanoTime() - started);
        counts.forEach(
                (name, count) -> line.append(' ').append(name).append('=').append(count));
        Files.writeString(Path.of(notes), line.append('\n'), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
