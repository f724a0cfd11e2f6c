package dev.faultline.bench.layout.loop;

import dev.faultline.access.AccessKind;
import dev.faultline.access.Elements;
import dev.faultline.bench.layout.loop.AccessScript.Play;
import dev.faultline.bench.layout.loop.AccessScript.Turn;
import dev.faultline.cost.ElementExpansion;
import dev.faultline.cost.Primitive;
import dev.faultline.cost.Step;
import dev.faultline.cost.Task;
import dev.faultline.cost.TaskVariant;
import dev.faultline.cost.Workload;
import dev.faultline.input.InputException;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.jvm.ObjectShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compiles a closed loop on a layout to a script. On each line of a field one word is accessed, the largest aligned
 * one; the models count the same.
 */
public final class ScriptCompiler {

    /** Unused bytes before and after the struct, so that nothing else lies on its lines or on the lines beside them. */
    private static final int ROOM_BYTES = 256;

    private static final int MOST_ACCESSES = 1024;
    private static final int MOST_PICKS = 64;
    private static final double LONGEST_NANOS = 1e6;

    private final StructLayout layout;
    private final Workload workload;
    private final int lineBytes;
    /** Where byte 0 of the struct stands in the block. */
    private final long base;

    private final List<Integer> cpus;

    private ScriptCompiler(StructLayout layout, ClosedLoop loop, int lineBytes, long baseResidue) {
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
     * @param operations operations in the order of their rows; row 0 is the mean of all, so the first one's row is 1
     * @return the script, with a part for each CPU that does something
     * @throws InputException when it cannot be played
     */
    public static AccessScript compile(
            StructLayout layout, ClosedLoop loop, int lineBytes, long baseResidue, List<PlayedOperation> operations) {
        return new ScriptCompiler(layout, loop, lineBytes, baseResidue).script(operations, Optional.empty());
    }

    /**
     * Compiles for an object on the heap.
     *
     * @param shape what the classes of the object declare, for that layout
     * @return the script, as by the other method
     * @throws InputException when it cannot be played
     */
    public static AccessScript compile(
            StructLayout layout,
            ClosedLoop loop,
            int lineBytes,
            long baseResidue,
            List<PlayedOperation> operations,
            Optional<ObjectShape> shape) {
        return new ScriptCompiler(layout, loop, lineBytes, baseResidue).script(operations, shape);
    }

    private AccessScript script(List<PlayedOperation> operations, Optional<ObjectShape> shape) {
        long bytes = base + layout.byteSize() + room(lineBytes);
        if (layout.byteSize() > AccessScript.MOST_BYTES - base - room(lineBytes)) {
            throw problem(String.format(
                    Locale.ROOT,
                    "has %,d bytes; at most %d MiB can be measured",
                    layout.byteSize(),
                    AccessScript.MOST_BYTES >> 20));
        }
        List<Play> plays = new ArrayList<>();
        List<List<Turn>> parts = new ArrayList<>();
        cpus.forEach(cpu -> parts.add(new ArrayList<>()));
        for (Task task : workload.tasks()) {
            int row = operations.indexOf(PlayedOperation.of(task)) + 1;
            boolean own = task.steps().stream().anyMatch(Step::ownElement);
            int picks = picks(task);
            for (TaskVariant variant : TaskVariant.of(task)) {
                Task some = new Task(
                        task.role(),
                        task.operation(),
                        task.ratePerSecond() * variant.share() / picks,
                        variant.steps(),
                        task.cpus());
                List<Integer> common = own ? List.of() : plays(plays, row, some, 0, picks);
                for (int cpu : task.cpus()) {
                    List<Integer> mine = own ? plays(plays, row, some, cpu, picks) : common;
                    List<Turn> part = parts.get(cpus.indexOf(cpu));
                    inOrderOf(cpu, mine).forEach(play -> part.add(new Turn(play, some.ratePerSecond())));
                }
            }
        }
        Optional<HeapObject> object = shape.map(one -> new HeapObject(base, lineBytes, one));
        for (Play play : plays) {
            for (ScriptedAccess access : play.accesses()) {
                if (object.isPresent() && !object.get().allows(access)) {
                    throw problem("its header is written, which cannot be played on an object of the VM");
                }
            }
        }
        return new AccessScript(bytes, plays, parts, object);
    }

    /** {@return from how many numbers an operation draws one, which is the index of the elements that it picks} */
    private int picks(Task task) {
        long picks = ElementExpansion.different(task);
        if (picks > MOST_PICKS) {
            throw problem("operation " + task.operation() + " picks one of " + picks + " elements; at most "
                    + MOST_PICKS + " can be played");
        }
        return (int) picks;
    }

    private List<Integer> plays(List<Play> plays, int row, Task task, int cpu, int picks) {
        List<Integer> numbers = new ArrayList<>();
        for (int pick = 0; pick < picks; pick++) {
            numbers.add(add(plays, new Play(row, accesses(task, cpu, pick))));
        }
        return numbers;
    }

    /**
     * {@return the plays in an order that differs between CPUs: where all picked elements in the same order, they would
     * meet always or never}
     */
    private static List<Integer> inOrderOf(int cpu, List<Integer> plays) {
        List<Integer> order = new ArrayList<>(plays);
        long state = cpu + 1L;
        for (int i = order.size() - 1; i > 0; i--) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            Collections.swap(order, i, (int) ((state >>> 33) % (i + 1)));
        }
        return order;
    }

    private int add(List<Play> plays, Play play) {
        if (plays.size() == AccessScript.MOST_PLAYS) {
            throw problem(
                    "has more than " + AccessScript.MOST_PLAYS + " operations to play; give a profile with fewer");
        }
        plays.add(play);
        return plays.size() - 1;
    }

    private List<ScriptedAccess> accesses(Task task, int cpu, int pick) {
        List<ScriptedAccess> accesses = new ArrayList<>();
        double nanos = 0;
        for (int i = 0; i < task.steps().size(); i++) {
            Step step = task.steps().get(i);
            boolean loops =
                    i + 1 < task.steps().size() && task.steps().get(i + 1).primitive() == Primitive.CAS;
            nanos += step.gapNanos();
            access(task, step, cpu, pick, loops ? AccessKind.CAS_LOOP : kind(step), accesses);
            i += loops ? 1 : 0; // the load and the compare-and-set are one access
            checkLines(task, accesses);
        }
        if (nanos > LONGEST_NANOS) {
            throw problem("operation " + task.operation() + " waits " + Math.round(nanos / 1e6)
                    + " ms between its accesses; at most 1 ms can be played");
        }
        return accesses;
    }

    private void checkLines(Task task, List<ScriptedAccess> accesses) {
        if (accesses.size() > MOST_ACCESSES) {
            throw problem("operation " + task.operation() + " accesses more than " + MOST_ACCESSES
                    + " lines, too many to be played");
        }
    }

    private static AccessKind kind(Step step) {
        return switch (step.primitive()) {
            case LOAD -> AccessKind.READ;
            case STORE -> AccessKind.WRITE;
            case RMW -> AccessKind.RMW;
            case CAS -> throw new IllegalStateException("a compare-and-set without its load");
        };
    }

    private void access(Task task, Step step, int cpu, int pick, AccessKind kind, List<ScriptedAccess> accesses) {
        FieldRef field = workload.fields().get(step.field());
        Elements elements = step.elements();
        long start = base + field.bytes().start();
        if (elements.isWhole()) {
            access(task, step, kind, start, base + field.bytes().end(), accesses);
        } else if (elements.isOneOfMany()) {
            long element = (elements.isOwn() ? cpu : pick) % elements.count();
            element(task, step, kind, start, element, accesses);
        } else if (elements.strideBytes() == elements.byteSize()) {
            access(task, step, kind, start, base + field.bytes().end(), accesses);
        } else {
            for (long element = 0; element < elements.count(); element++) {
                element(task, step, kind, start, element, accesses);
                checkLines(task, accesses);
            }
        }
    }

    private void element(
            Task task, Step step, AccessKind kind, long start, long element, List<ScriptedAccess> accesses) {
        Elements elements = step.elements();
        long at = start + element * elements.strideBytes();
        boolean isLater = elements.choice() == Elements.Choice.ALL && element > 0;
        Step here = isLater ? step.withGap(0).overlapping(!kind.isAtomicUpdate()) : step;
        access(task, here, kind, at, at + Math.max(1, elements.byteSize()), accesses);
    }

    private void access(Task task, Step step, AccessKind kind, long start, long end, List<ScriptedAccess> accesses) {
        FieldRef field = workload.fields().get(step.field());
        long firstLine = start / lineBytes;
        long lastLine = (end - 1) / lineBytes;
        if (kind.isAtomicUpdate()) {
            boolean splits = end - start <= Long.BYTES && firstLine != lastLine;
            accesses.add(atomic(task, field, kind, start, splits ? start : end, step.gapNanos()));
            return;
        }
        double gap = step.gapNanos();
        boolean overlaps = step.overlaps();
        for (long line = firstLine; line <= lastLine && accesses.size() <= MOST_ACCESSES; line++) {
            long from = Math.max(start, line * lineBytes);
            long to = Math.min(end, (line + 1) * lineBytes);
            int size = largest(from, to, 1);
            accesses.add(new ScriptedAccess(kind, size, up(from, size), gap, overlaps));
            gap = 0;
            overlaps = true; // the lines of one access do not depend on each other
        }
    }

    /** A word of a field, or the word around a smaller field: the bytes beside it hold nothing here. */
    private ScriptedAccess atomic(Task task, FieldRef field, AccessKind kind, long start, long end, double gap) {
        int size = largest(start, end, Integer.BYTES);
        if (size > 0) {
            return new ScriptedAccess(kind, size, up(start, size), gap);
        }
        long around = start / Integer.BYTES;
        if (end <= start || around != (end - 1) / Integer.BYTES) {
            throw problem("operation " + task.operation() + " changes " + field.path()
                    + " atomically, which lies at byte " + (start - room(lineBytes))
                    + " from a line's start and is not aligned: that cannot be played");
        }
        return new ScriptedAccess(kind, Integer.BYTES, around * Integer.BYTES, gap);
    }

    /** {@return the size of the largest aligned word in a range, at least {@code least} bytes; 0 when there is none} */
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
