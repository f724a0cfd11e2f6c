package dev.faultline.suggest.cost;

import dev.faultline.cost.Step;
import dev.faultline.cost.Task;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * The moments of a task, as far as lines can tell them apart: at the same time after its start, several reads are one, and so are
 * several writes. Moments of all tasks are numbered through.
 */
final class TaskMoments {

    private enum Kind {
        /** A load when nothing has been written yet. */
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
     * The moments of a task.
     *
     * @param start the number of its first
     * @param ofFields for each field its moments, to which this task's are added
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

    /** {@return one past the number of the last moment} */
    int end() {
        return start + nanos.length;
    }

    /** {@return whether some of these moments are its} */
    boolean isIn(BitSet present) {
        int first = present.nextSetBit(start);
        return first >= 0 && first < end();
    }

    /**
     * What a task does on a line.
     *
     * @param touches times after its start, ascending, each once
     * @param writes likewise, of writes
     * @param fetchesTwice whether it loads something before it has written anything, and writes something
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
        return new OnLine(
                java.util.Arrays.copyOf(touches, touched),
                java.util.Arrays.copyOf(writes, written),
                loadsFirst && written > 0);
    }

    /** {@return the most of these times that are pairwise more than a distance apart} */
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
