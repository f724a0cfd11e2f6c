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
        /** A write that the task does not wait for. */
        STORE,
        ATOMIC;

        static Kind of(Step step, boolean isFirst) {
            return switch (step.primitive()) {
                case LOAD -> isFirst ? FIRST_LOAD : LOAD;
                case STORE -> STORE;
                case RMW, CAS -> ATOMIC;
            };
        }

        boolean isWrite() {
            return this == STORE || this == ATOMIC;
        }
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
            moments.add(new Moment(now, Kind.of(step, !written)));
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
     * @param waits times of loads and atomic operations, which wait for the line, likewise
     * @param atomics times of atomic operations, likewise
     * @param loadsFirst whether the task loads from the line before its first write to any line
     */
    record OnLine(double[] touches, double[] writes, double[] waits, double[] atomics, boolean loadsFirst) {

        boolean isWriting() {
            return writes.length > 0;
        }

        boolean isWaiting() {
            return waits.length > 0;
        }

        /**
         * {@return whether it waits for the line when another CPU has touched it}
         *
         * @param isMigratory whether a load takes the line alone from a CPU that changed it
         */
        boolean waitsToWrite(boolean isMigratory) {
            return atomics.length > 0 || isMigratory && isWriting() && isWaiting();
        }

        /** {@return whether it waits for the line twice: to load it, and later to write it} */
        boolean fetchesTwice(boolean isMigratory) {
            return loadsFirst && atomics.length > 0 && !isMigratory;
        }
    }

    OnLine on(BitSet present) {
        Times touches = new Times();
        Times writes = new Times();
        Times waits = new Times();
        Times atomics = new Times();
        boolean loadsFirst = false;
        for (int at = present.nextSetBit(start); at >= 0 && at < end(); at = present.nextSetBit(at + 1)) {
            double now = nanos[at - start];
            Kind kind = kinds[at - start];
            touches.add(now);
            if (kind.isWrite()) {
                writes.add(now);
            }
            if (kind != Kind.STORE) {
                waits.add(now);
            }
            if (kind == Kind.ATOMIC) {
                atomics.add(now);
            }
            loadsFirst |= kind == Kind.FIRST_LOAD;
        }
        return new OnLine(touches.toArray(), writes.toArray(), waits.toArray(), atomics.toArray(), loadsFirst);
    }

    /** Times in ascending order, each once. */
    private final class Times {
        private final double[] times = new double[nanos.length];
        private int size;

        void add(double now) {
            if (size == 0 || times[size - 1] < now) {
                times[size++] = now;
            }
        }

        double[] toArray() {
            return Arrays.copyOf(times, size);
        }
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
