package dev.faultline.offheap.bench.layout;

import dev.faultline.access.AccessKind;
import dev.faultline.cost.Primitive;
import dev.faultline.cost.Step;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.input.InputException;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.bench.layout.Script.Play;
import dev.faultline.offheap.bench.layout.Script.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes a closed loop on a layout into a script. Of a field, one word is touched on each line it lies on, the largest that is
 * aligned: what the models count, too.
 */
public final class Compiler {

    /** Nobody else's bytes on the struct's first and last lines, or on the lines beside them. */
    private static final int ROOM_BYTES = 256;

    private static final int MOST_TOUCHES = 1024;
    private static final double LONGEST_NANOS = 1e6;

    private final StructLayout layout;
    private final Workload workload;
    private final int lineBytes;
    /** Where byte 0 of the struct stands in the block. */
    private final long base;

    private final List<Integer> cpus;

    private Compiler(StructLayout layout, ClosedLoop loop, int lineBytes, long baseResidue) {
        this.layout = layout;
        this.workload = loop.workload();
        this.lineBytes = lineBytes;
        this.base = room(lineBytes) + baseResidue;
        this.cpus = loop.busyCpus();
    }

    private static long room(int lineBytes) {
        return Math.max(ROOM_BYTES, 2L * lineBytes);
    }

    /**
     * Compiles.
     *
     * @param layout where the fields are
     * @param loop what is done to them
     * @param lineBytes size of a line
     * @param baseResidue where byte 0 stands on its line
     * @param rows names of operations, as {@link ClosedLoop#name} makes them; row 0 is nobody's
     * @return the script, a part for each CPU that has something to do
     * @throws InputException when it cannot be played
     */
    public static Script compile(
            StructLayout layout, ClosedLoop loop, int lineBytes, long baseResidue, List<String> rows) {
        return new Compiler(layout, loop, lineBytes, baseResidue).script(rows);
    }

    private Script script(List<String> rows) {
        long bytes = base + layout.byteSize() + room(lineBytes);
        if (layout.byteSize() > Script.MOST_BYTES - base - room(lineBytes)) {
            throw problem(String.format(
                    Locale.ROOT,
                    "is of %,d bytes; at most %d MiB are laid out",
                    layout.byteSize(),
                    Script.MOST_BYTES >> 20));
        }
        List<Play> plays = new ArrayList<>();
        List<List<Turn>> parts = new ArrayList<>();
        cpus.forEach(cpu -> parts.add(new ArrayList<>()));
        for (Task task : workload.tasks()) {
            int row = rows.indexOf(ClosedLoop.name(task));
            boolean own = task.steps().stream().anyMatch(Step::ownElement);
            int common = own ? -1 : add(plays, new Play(row, touches(task, 0)));
            for (int cpu : task.cpus()) {
                int play = own ? add(plays, new Play(row, touches(task, cpu))) : common;
                parts.get(cpus.indexOf(cpu)).add(new Turn(play, task.ratePerSecond()));
            }
        }
        return new Script(bytes, plays, parts);
    }

    private int add(List<Play> plays, Play play) {
        if (plays.size() == Script.MOST_PLAYS) {
            throw problem(
                    "has more than " + Script.MOST_PLAYS + " operations to play; a profile with fewer can be given");
        }
        plays.add(play);
        return plays.size() - 1;
    }

    private List<Touch> touches(Task task, int cpu) {
        List<Touch> touches = new ArrayList<>();
        double nanos = 0;
        for (int i = 0; i < task.steps().size(); i++) {
            Step step = task.steps().get(i);
            boolean loops =
                    i + 1 < task.steps().size() && task.steps().get(i + 1).primitive() == Primitive.CAS;
            nanos += step.gapNanos();
            touch(task, step, cpu, loops ? AccessKind.CAS_LOOP : kind(step), touches);
            i += loops ? 1 : 0; // the load and the compare-and-set are one
            if (touches.size() > MOST_TOUCHES) {
                throw problem("operation " + task.operation() + " touches more than " + MOST_TOUCHES
                        + " lines, too many to be played");
            }
        }
        if (nanos > LONGEST_NANOS) {
            throw problem("operation " + task.operation() + " waits " + Math.round(nanos / 1e6)
                    + " ms between its accesses; at most 1 ms can be played");
        }
        return touches;
    }

    private static AccessKind kind(Step step) {
        return switch (step.primitive()) {
            case LOAD -> AccessKind.READ;
            case STORE -> AccessKind.WRITE;
            case RMW -> AccessKind.RMW;
            case CAS -> throw new IllegalStateException("a compare-and-set without its load");
        };
    }

    private void touch(Task task, Step step, int cpu, AccessKind kind, List<Touch> touches) {
        FieldRef field = workload.fields().get(step.field());
        long start = base + field.bytes().start();
        long end = base + field.bytes().end();
        if (step.ownElement() && field.type() instanceof FieldType.Array array) {
            start += cpu % array.count() * array.element().byteSize();
            end = start + Math.max(1, array.element().byteSize());
        }
        long firstLine = start / lineBytes;
        long lastLine = (end - 1) / lineBytes;
        if (kind.isAtomicUpdate()) {
            boolean splits = end - start <= Long.BYTES && firstLine != lastLine;
            touches.add(atomic(task, field, kind, start, splits ? start : end, step.gapNanos()));
            return;
        }
        double gap = step.gapNanos();
        for (long line = firstLine; line <= lastLine && touches.size() <= MOST_TOUCHES; line++) {
            long from = Math.max(start, line * lineBytes);
            long to = Math.min(end, (line + 1) * lineBytes);
            int size = largest(from, to, 1);
            touches.add(new Touch(kind, size, up(from, size), gap));
            gap = 0;
        }
    }

    /** A word of a field, or the word around a field that is smaller: its neighbours' bytes mean nothing here. */
    private Touch atomic(Task task, FieldRef field, AccessKind kind, long start, long end, double gap) {
        int size = largest(start, end, Integer.BYTES);
        if (size > 0) {
            return new Touch(kind, size, up(start, size), gap);
        }
        long around = start / Integer.BYTES;
        if (end <= start || around != (end - 1) / Integer.BYTES) {
            throw problem("operation " + task.operation() + " changes " + field.path()
                    + " atomically, which lies at byte " + (start - room(lineBytes))
                    + " from a line's start and is not aligned: that is not played");
        }
        return new Touch(kind, Integer.BYTES, around * Integer.BYTES, gap);
    }

    /** {@return the size of the largest aligned word between two bytes, of at least so many bytes; 0 when there is none} */
    private static int largest(long from, long to, int least) {
        for (int size = Long.BYTES; size >= least; size /= 2) {
            if (up(from, size) + size <= to) {
                return size;
            }
        }
        return 0;
    }

    private static long up(long offset, int size) {
        return (offset + size - 1) / size * size;
    }

    private InputException problem(String what) {
        return new InputException(layout.spelling(), "", what);
    }
}
