package dev.faultline.recorder.run;

import dev.faultline.recorder.memory.CounterMemory;
import dev.faultline.recorder.memory.MemoryBlocks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The file of a run. It is written each second and when the program ends, each time whole and then moved into place,
 * so that it can be read at any time and after {@code kill -9}.
 */
public final class RecordingFile implements Runnable {

    private static final long NANOS_BETWEEN = TimeUnit.SECONDS.toNanos(1);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int MOST_NAMED = 3;

    private final Path file;
    private final Path draft;
    private final SortedMap<String, String> identity;
    private final AccessRows rows = new AccessRows();
    private final LineNeighbours neighbours = new LineNeighbours();
    private final long startNanos = System.nanoTime();
    /** Held while counters are added up. */
    private final ReentrantLock adding = new ReentrantLock();

    private volatile boolean isEnded;
    private boolean isRefusalSaid;

    /**
     * Makes a file.
     *
     * @param file its name
     * @param identity what is recorded, by kind
     * @throws IOException when it cannot be written
     */
    public RecordingFile(Path file, SortedMap<String, String> identity) throws IOException {
        this.file = file;
        this.identity = identity;
        draft = file.resolveSibling(file.getFileName() + ".part");
        write();
    }

    /** Writes the file from now on until the VM ends. */
    public void start() {
        Thread timer = new Thread(null, this, "faultline-recorder", 0, false);
        timer.setDaemon(true);
        timer.start();
        Runtime.getRuntime().addShutdownHook(new Thread(null, this::end, "faultline-recorder-end", 0, false));
    }

    @Override
    public void run() {
        ThreadCounters.setWriter(Thread.currentThread());
        CounterMemory.setLetGo(this::letThreadsGo);
        long next = System.nanoTime();
        while (!isEnded) {
            next += NANOS_BETWEEN;
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    return;
                }
                if (ThreadCounters.takeManyNew()) {
                    letThreadsGo();
                }
            }
            long begun = System.nanoTime();
            writeOrNoteFailure();
            next = Math.max(next, System.nanoTime() + 9 * (System.nanoTime() - begun)); // a tenth of a CPU at most
        }
    }

    /** Writes the file. Where that fails, as for want of memory or of room on the disc, it is tried again later. */
    private void writeOrNoteFailure() {
        try {
            write();
        } catch (IOException | RuntimeException refused) {
            if (!isRefusalSaid) {
                isRefusalSaid = true;
                System.err.println("faultline record: " + file
                        + " cannot be written; it is tried again each second and at the end: " + refused);
            }
        } catch (Error failed) {
            Recorder.failed();
        }
    }

    /** Writes the file a last time. */
    public synchronized void end() {
        if (isEnded) {
            return;
        }
        try {
            write();
        } catch (IOException | RuntimeException | Error broken) {
            System.err.println("faultline record: " + file + " is not complete: " + broken);
        }
        isEnded = true;
        ThreadCounters.close();
    }

    /**
     * Adds up what threads counted that are over, so that their counters do not wait for the next writing.
     *
     * @return whether it was done, and not left to another thread that adds up now
     */
    private boolean letThreadsGo() {
        if (!adding.tryLock()) {
            return false;
        }
        try {
            if (!isEnded) {
                rows.retire(ThreadCounters.all());
            }
        } catch (Throwable failed) {
            Recorder.failed();
        } finally {
            adding.unlock();
        }
        return true;
    }

    /** Writes the file; threads that begin meanwhile may let others go. */
    private synchronized void write() throws IOException {
        if (isEnded) {
            return;
        }
        List<String> lines = new ArrayList<>();
        adding.lock();
        try {
            AccessRows.Sum sum = rows.add(ThreadCounters.all());
            MemoryBlocks.forget();
            FieldNames.nameStored();
            neighbours.look();
            List<String> notes = notes(sum);
            neighbours.tell(sum.lines, notes);
            lines.add(header(sum, notes));
            lines.addAll(sum.lines);
        } finally {
            adding.unlock();
        }
        Files.write(draft, lines, StandardCharsets.UTF_8);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private String header(AccessRows.Sum sum, List<String> notes) {
        StringBuilder out =
                new StringBuilder("{\"format\":\"faultline-access 1\",\"certainty\":\"recorded\",\"identity\":{");
        String comma = "";
        for (Map.Entry<String, String> one : identity.entrySet()) {
            out.append(comma).append(JsonLine.quote(one.getKey())).append(':').append(JsonLine.quote(one.getValue()));
            comma = ",";
        }
        double seconds = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
        out.append("},\"tool\":\"faultline record\",\"runs\":1,\"seconds\":")
                .append(String.format(java.util.Locale.ROOT, "%.3f", seconds))
                .append(",\"unit\":\"accesses\"");
        long seen = sum.counted + sum.nameless + sum.unknown;
        if (seen > 0) {
            out.append(",\"coverage\":{\"seen\":")
                    .append(seen)
                    .append(",\"attributed\":")
                    .append(sum.counted);
            out.append('}');
        }
        out.append(",\"notes\":[");
        comma = "";
        for (String note : notes) {
            out.append(comma).append(JsonLine.quote(note));
            comma = ",";
        }
        return out.append("]}").toString();
    }

    private static List<String> notes(AccessRows.Sum sum) {
        List<String> notes = new ArrayList<>();
        if (CodePlaces.classes() == 0) {
            notes.add("no class was recorded: none that was loaded has fields and a name that was asked for");
        }
        if (sum.constructing > 0) {
            notes.add(sum.constructing
                    + " accesses of their own class or of memory off the heap by constructors and initialisers are left"
                    + " out");
        }
        if (sum.nameless > 0) {
            notes.add(sum.nameless + " accesses by Unsafe and handles are of a field that no recorded class asked for");
        }
        if (sum.unknown > 0) {
            notes.add(sum.unknown + " accesses are of memory off the heap that no recorded class is known to have"
                    + " allocated, such as mapped files or memory of native code");
        }
        if (MemoryBlocks.leftOut() > 0) {
            notes.add(MemoryBlocks.leftOut() + " blocks of memory were not noted, since there were too many at a time");
        }
        notes.addAll(sum.polls.lines());
        List<String> alone = CodePlaces.leftAlone();
        for (String what : alone.subList(0, Math.min(MOST_NAMED, alone.size()))) {
            notes.add("not recorded: " + what);
        }
        if (alone.size() > MOST_NAMED) {
            notes.add("not recorded: " + (alone.size() - MOST_NAMED) + " more");
        }
        if (ThreadCounters.sharing() > 0) {
            notes.add(ThreadCounters.sharing()
                    + " threads shared counters with others of their role, and their counts may be too"
                    + " low: the counters of the threads before them took an eighth of the heap. Record fewer classes, or"
                    + " give more memory with -Xmx");
        }
        if (Recorder.failures() > 0) {
            notes.add(Recorder.failures() + " accesses were not counted, for want of memory or stack");
        }
        return notes;
    }
}
