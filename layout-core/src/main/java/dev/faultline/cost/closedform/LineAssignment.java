package dev.faultline.cost.closedform;

import dev.faultline.cost.LineMap;
import dev.faultline.cost.LineRuns;
import dev.faultline.cost.Step;
import dev.faultline.cost.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tasks of a roster on one arrangement of the fields: which of them touch the same lines in the same way. */
final class LineAssignment {

    private static final int SEVERAL = -1;
    private static final long LARGEST_ATOMIC_BYTES = 16;

    private final CpuClassification classification;
    private final LineMap lines;
    private final LineRuns runs;
    /** For each line the one CPU that touches it, or {@link #SEVERAL}; of interest only where CPUs have own elements. */
    private final Map<Long, Integer> owners = new HashMap<>();
    /** What was found of each task that is the same on all CPUs. */
    private final Duty[] common;

    private final Map<Duty, Duty> known = new HashMap<>();

    LineAssignment(CpuClassification classification, LineMap lines) {
        this.classification = classification;
        this.lines = lines;
        this.runs = classification.stretches(lines);
        this.common = new Duty[classification.tasks()];
        for (int i = 0; classification.hasOwnElements() && i < common.length; i++) {
            own(classification.task(i));
        }
    }

    private void own(Task task) {
        for (Step step : task.steps()) {
            // Without elements of their own all are on the same lines; one CPU shows which.
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

    /** {@return the same number for CPUs whose elements begin on the same line, or are each on lines that are theirs alone} */
    long place(Step step, int cpu) {
        long first = lines.firstLine(step, cpu);
        return isAlone(cpu, first, lines.lastLine(step, cpu)) ? Long.MIN_VALUE : first;
    }

    /** {@return how many lines a CPU's element is on, less one; with its first line, all there is to know of it} */
    long reach(Step step, int cpu) {
        return lines.lastLine(step, cpu) - lines.firstLine(step, cpu);
    }

    private boolean isAlone(int cpu, long first, long last) {
        boolean[] alone = {true};
        runs.walk(first, last, (line, weight) -> alone[0] &= owners.getOrDefault(line, SEVERAL) == cpu);
        return alone[0];
    }

    /** {@return what the task with that index in the roster is to lines; one object for all tasks for which it is the same} */
    Duty duty(int index, int cpu) {
        if (common[index] != null) {
            return common[index];
        }
        List<Step> steps = classification.task(index).steps();
        long[] places = new long[2 * steps.size()];
        boolean own = false;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            places[2 * i] = lines.firstLine(step, cpu);
            places[2 * i + 1] = lines.lastLine(step, cpu);
            own |= step.ownElement();
        }
        Duty duty = new Duty(classification.sort(index), places);
        Duty before = known.putIfAbsent(duty, duty);
        if (before == null) {
            duty.accesses = accesses(steps, places, cpu);
        } else {
            duty = before;
        }
        if (!own) {
            common[index] = duty;
        }
        return duty;
    }

    private List<CpuClass.Access> accesses(List<Step> steps, long[] places, int cpu) {
        List<CpuClass.Access> accesses = new ArrayList<>(steps.size());
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            long first = places[2 * i];
            long last = places[2 * i + 1];
            accesses.add(new CpuClass.Access(
                    first,
                    last,
                    runs,
                    step.primitive(),
                    step.gapNanos(),
                    first != last && isSmallAtomic(step, lines.bytesOf(step)),
                    step.ownElement() && isAlone(cpu, first, last),
                    classification.fieldsMatter() ? step.field() : -1));
        }
        return accesses;
    }

    /** {@return whether a step is one atomic operation that a machine has} */
    static boolean isSmallAtomic(Step step, long bytes) {
        return step.primitive().isAtomicUpdate() && bytes <= LARGEST_ATOMIC_BYTES;
    }

    /** A sort of tasks on certain lines. */
    static final class Duty {
        private final int sort;
        /** First and last line of each step. */
        private final long[] places;

        private final int hash;
        private List<CpuClass.Access> accesses;

        private Duty(int sort, long[] places) {
            this.sort = sort;
            this.places = places;
            // First and last line are mostly one: 31 * line + line would leave the low bits, which choose a bucket,
            // alike.
            int plain = (31 * sort + Arrays.hashCode(places)) * 0x9E3779B9;
            this.hash = plain ^ plain >>> 16;
        }

        List<CpuClass.Access> accesses() {
            return accesses;
        }

        @Override
        public boolean equals(Object object) {
            return this == object
                    || object instanceof Duty other && sort == other.sort && Arrays.equals(places, other.places);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
