package dev.faultline.cost.closedform;

import dev.faultline.cost.LineMap;
import dev.faultline.cost.LineRuns;
import dev.faultline.cost.Primitive;
import dev.faultline.cost.Step;
import dev.faultline.cost.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tasks of a classification on one arrangement of fields: finds tasks with the same accesses to the same lines. */
final class LineAssignment {

    private static final int SEVERAL = -1;
    private static final long LARGEST_ATOMIC_BYTES = 16;

    private final CpuClassification classification;
    private final LineMap lines;
    private final LineRuns runs;
    /** The only CPU that touches each line, or {@link #SEVERAL}; used only where CPUs have own elements. */
    private final Map<Long, Integer> owners = new HashMap<>();
    /** Each task that is the same on all CPUs, once computed. */
    private final PlacedTask[] common;

    private final Map<PlacedTask, PlacedTask> known = new HashMap<>();
    /** Numbers of words, by field and element. */
    private final Map<List<Long>, Integer> words = new HashMap<>();

    LineAssignment(CpuClassification classification, LineMap lines) {
        this.classification = classification;
        this.lines = lines;
        this.runs = classification.lineRuns(lines);
        this.common = new PlacedTask[classification.tasks()];
        for (int i = 0; classification.hasOwnElements() && i < common.length; i++) {
            own(classification.task(i));
        }
    }

    private void own(Task task) {
        for (Step step : task.steps()) {
            // Without own elements all CPUs touch the same lines, so one CPU suffices.
            List<Integer> cpus = step.ownElement() ? task.cpus() : task.cpus().subList(0, 1);
            for (int cpu : cpus) {
                int owner = step.ownElement() ? cpu : SEVERAL;
                runs.walk(
                        lines.firstLine(step, cpu),
                        lines.lastLine(step, cpu),
                        (line, weight) -> owners.merge(line, owner, (a, b) -> a.equals(b) ? a : SEVERAL));
            }
        }
    }

    /** {@return the first line of a CPU's element, or one number for all elements with lines of their own} */
    long place(Step step, int cpu) {
        long first = lines.firstLine(step, cpu);
        return isAlone(cpu, first, lines.lastLine(step, cpu)) ? Long.MIN_VALUE : first;
    }

    /** {@return the number of lines of a CPU's element, less one} */
    long reach(Step step, int cpu) {
        return lines.lastLine(step, cpu) - lines.firstLine(step, cpu);
    }

    /**
     * {@return a number of the word that a step touches: the same for two steps that touch the same word; -1 where only
     * the lines matter}
     */
    int word(Step step, int cpu) {
        if (!classification.fieldsMatter()) {
            return -1;
        }
        return words.computeIfAbsent(List.of((long) step.field(), step.elementOn(cpu)), any -> words.size());
    }

    private boolean isAlone(int cpu, long first, long last) {
        boolean[] alone = {true};
        runs.walk(first, last, (line, weight) -> alone[0] &= owners.getOrDefault(line, SEVERAL) == cpu);
        return alone[0];
    }

    /** {@return the task with that index on its lines; equal tasks are one object} */
    PlacedTask placedTask(int index, int cpu) {
        if (common[index] != null) {
            return common[index];
        }
        List<Step> steps = classification.task(index).steps();
        long[] places = new long[3 * steps.size()];
        boolean own = false;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            places[3 * i] = lines.firstLine(step, cpu);
            places[3 * i + 1] = lines.lastLine(step, cpu);
            places[3 * i + 2] = word(step, cpu);
            own |= step.ownElement();
        }
        PlacedTask placedTask = new PlacedTask(classification.taskKind(index), places);
        PlacedTask before = known.putIfAbsent(placedTask, placedTask);
        if (before == null) {
            placedTask.accesses = accesses(steps, places, cpu);
        } else {
            placedTask = before;
        }
        if (!own) {
            common[index] = placedTask;
        }
        return placedTask;
    }

    private List<CpuClass.Access> accesses(List<Step> steps, long[] places, int cpu) {
        List<CpuClass.Access> accesses = new ArrayList<>(steps.size());
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            long first = places[3 * i];
            long last = places[3 * i + 1];
            accesses.add(new CpuClass.Access(
                    first,
                    last,
                    runs,
                    step.primitive(),
                    step.gapNanos(),
                    first != last && isSmallAtomic(step, lines.bytesOf(step)),
                    i > 0 && overlaps(steps.get(i - 1), step),
                    step.ownElement() && isAlone(cpu, first, last),
                    (int) places[3 * i + 2]));
        }
        return accesses;
    }

    private static boolean overlaps(Step before, Step step) {
        return step.overlaps() && before.primitive() == Primitive.LOAD && step.primitive() == Primitive.LOAD;
    }

    /** {@return whether a step is an atomic operation small enough for one machine instruction} */
    static boolean isSmallAtomic(Step step, long bytes) {
        return step.primitive().isAtomicUpdate() && bytes <= LARGEST_ATOMIC_BYTES;
    }

    /** A kind of task on certain lines. */
    static final class PlacedTask {
        private final int kind;
        /** First line, last line and word of each step. */
        private final long[] places;

        private final int hash;
        private List<CpuClass.Access> accesses;

        private PlacedTask(int kind, long[] places) {
            this.kind = kind;
            this.places = places;
            // The first and last line are mostly equal; 31 * line + line would leave the low bits, which select the
            // bucket, alike.
            int plain = (31 * kind + Arrays.hashCode(places)) * 0x9E3779B9;
            this.hash = plain ^ plain >>> 16;
        }

        List<CpuClass.Access> accesses() {
            return accesses;
        }

        @Override
        public boolean equals(Object object) {
            return this == object
                    || object instanceof PlacedTask other && kind == other.kind && Arrays.equals(places, other.places);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
