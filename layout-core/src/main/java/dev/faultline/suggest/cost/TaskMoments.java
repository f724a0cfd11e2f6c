package dev.faultline.suggest.cost;

import dev.faultline.cost.Step;
import dev.faultline.cost.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * The moments at which a task accesses memory, as far as lines can distinguish them: at one time after the start,
 * several reads are one moment, and so are several writes. The moments of all tasks are numbered consecutively.
 */
final class TaskMoments {

    private enum Kind {
        /** A load before the first write of the task. */
        FIRST_LOAD,
        LOAD,
        WRITE
    }

    private record Moment(double nanos, Kind kind) {}

    private final int start;
    private final double[] nanos;
    private final Kind[] kinds;

    private TaskMoments(int start, List<Moment> sorted) {
        this.start = start;
        nanos = sorted.stream().mapToDouble(Moment::nanos).toArray();
        kinds = sorted.stream().map(Moment::kind).toArray(Kind[]::new);
    }

    /**
     * Computes the moments of a task.
     *
     * @param start number of its first moment
     * @param ofFields the moments of each field, to which those of this task are added
     */
    static TaskMoments of(Task task, int start, BitSet[] ofFields) {
        List<Moment> moments = new ArrayList<>();
        double now = 0;
        boolean written = false;
        for (Step step : task.steps()) {
            now += step.gapNanos();
            written |= step.primitive().writes();
            Kind load = written ? Kind.LOAD : Kind.FIRST_LOAD;
            moments.add(new Moment(now, step.primitive().writes() ? Kind.WRITE : load));
        }
        List<Moment> sorted = moments.stream()
                .distinct()
                .sorted(Comparator.comparingDouble(Moment::nanos).thenComparing(Moment::kind))
                .toList();
        for (int i = 0; i < moments.size(); i++) {
            ofFields[task.steps().get(i).field()].set(start + sorted.indexOf(moments.get(i)));
        }
        return new TaskMoments(start, sorted);
    }

    /** {@return one past the number of its last moment} */
    int end() {
        return start + nanos.length;
    }

    /** {@return whether one of these moments belongs to this task} */
    boolean isIn(BitSet present) {
        int first = present.nextSetBit(start);
        return first >= 0 && first < end();
    }

    /**
     * Accesses of a task to a line.
     *
     * @param touches times of accesses after the start of the task, in ns, ascending and distinct
     * @param writes times of writes, likewise
     * @param fetchesTwice whether the task writes the line and loads from it before its first write to any line
     */
    record OnLine(double[] touches, double[] writes, boolean fetchesTwice) {

        boolean isWriting() {
            return writes.length > 0;
        }
    }

    OnLine on(BitSet present) {
        double[] touches = new double[nanos.length];
        double[] writes = new double[nanos.length];
        int touched = 0;
        int written = 0;
        boolean loadsFirst = false;
        for (int at = present.nextSetBit(start); at >= 0 && at < end(); at = present.nextSetBit(at + 1)) {
            double now = nanos[at - start];
            if (touched == 0 || touches[touched - 1] < now) {
                touches[touched++] = now;
            }
            if (kinds[at - start] == Kind.WRITE) {
                writes[written++] = now;
            }
            loadsFirst |= kinds[at - start] == Kind.FIRST_LOAD;
        }
        return new OnLine(Arrays.copyOf(touches, touched), Arrays.copyOf(writes, written), loadsFirst && written > 0);
    }

    /** {@return the largest number of these times that are pairwise more than a distance apart} */
    static int apart(double[] times, double nanos) {
        int count = 0;
        double last = Double.NEGATIVE_INFINITY;
        for (double time : times) {
            if (time - last > nanos) {
                count++;
                last = time;
            }
        }
        return count;
    }
}
