package dev.faultline.cost;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Tasks as flat arrays: which line, which words of it, after which gap. What the inner loop of the simulator reads. */
@Internal
public final class AccessProgram {

    /** One task as one CPU plays it. Parallel arrays, one entry a touched line of a step. */
    public static final class Part {
        public final int task;
        public final int[] line;
        public final long[] words;
        public final byte[] primitive;
        public final int[] field;
        public final double[] gapNanos;
        public final double[] hitNanos;
        public final double baseNanos;

        private Part(int task, List<Reference> references, Map<Long, Integer> lines, List<long[]> words) {
            int n = references.size();
            this.task = task;
            line = new int[n];
            this.words = new long[n];
            primitive = new byte[n];
            field = new int[n];
            gapNanos = new double[n];
            hitNanos = new double[n];
            double base = 0;
            for (int i = 0; i < n; i++) {
                Reference reference = references.get(i);
                line[i] = lines.get(reference.line);
                this.words[i] = mask(words.get(line[i]), reference.from, reference.to);
                primitive[i] = (byte) reference.step.primitive().ordinal();
                field[i] = reference.step.field();
                gapNanos[i] = reference.gapNanos;
                hitNanos[i] = reference.hitNanos;
                base += reference.gapNanos + reference.hitNanos;
            }
            baseNanos = base;
        }
    }

    private record Reference(Step step, long line, long weight, int from, int to, double gapNanos, double hitNanos) {}

    private static final int WORD_BITS = 64;
    private static final double SHORTEST_REST_NANOS = 0.01;

    public final int lines;
    /** For each CPU its parts, empty when it plays no role. */
    public final Part[][] parts;
    /** For each CPU and part, the chance that a task is this one or an earlier one. */
    public final double[][] upTo;
    /** For each CPU the mean time between tasks, in ns. */
    public final double[] idleNanos;
    /** How many lines each stands for. */
    public final long[] weightOfLine;
    /** Words told apart on each line. */
    public final int[] wordsOfLine;

    public AccessProgram(Workload workload, List<Integer> tasks, LineMap map, double hitNanos, double atomicNanos) {
        int cpus = workload.cpus();
        LineRuns runs = LineRuns.of(workload, tasks, map);
        List<Long> weights = new ArrayList<>();
        List<Map<Integer, List<Reference>>> all = new ArrayList<>();
        Map<Integer, List<Reference>> common = new HashMap<>();
        Map<Long, Integer> lineIndex = new HashMap<>();
        List<TreeSet<Integer>> bounds = new ArrayList<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            all.add(new HashMap<>());
        }
        for (int task : tasks) {
            Task what = workload.tasks().get(task);
            boolean own = what.steps().stream().anyMatch(Step::ownElement);
            for (int cpu : what.cpus()) {
                List<Reference> references = own ? null : common.get(task);
                if (references == null) {
                    references = references(what, cpu, map, runs, hitNanos, atomicNanos);
                    for (Reference reference : references) {
                        int index = lineIndex.computeIfAbsent(reference.line, any -> lineIndex.size());
                        if (index == bounds.size()) {
                            bounds.add(new TreeSet<>());
                            weights.add(reference.weight);
                        }
                        bounds.get(index).add(reference.from);
                        bounds.get(index).add(reference.to);
                    }
                    common.put(task, references);
                }
                all.get(cpu).put(task, references);
            }
        }
        lines = lineIndex.size();
        weightOfLine = weights.stream().mapToLong(Long::longValue).toArray();
        List<long[]> words = bounds.stream()
                .map(set -> set.stream().mapToLong(Integer::longValue).toArray())
                .toList();
        wordsOfLine = words.stream()
                .mapToInt(edges -> Math.min(WORD_BITS, edges.length - 1))
                .toArray();
        Map<List<Reference>, Part> made = new java.util.IdentityHashMap<>();
        parts = new Part[cpus][];
        upTo = new double[cpus][];
        idleNanos = new double[cpus];
        for (int cpu = 0; cpu < cpus; cpu++) {
            List<Part> mine = new ArrayList<>();
            for (int task : tasks) {
                List<Reference> references = all.get(cpu).get(task);
                if (references != null) {
                    mine.add(made.computeIfAbsent(references, any -> new Part(task, any, lineIndex, words)));
                }
            }
            parts[cpu] = mine.toArray(Part[]::new);
            plan(workload, cpu);
        }
    }

    /** {@return how long a CPU rests between tasks to do as many as it should; 0 when it has no time to, or next to none} */
    public static double rest(double tasksPerSecond, double workNanos) {
        double rest = 1e9 / tasksPerSecond - workNanos;
        return rest < SHORTEST_REST_NANOS ? 0 : rest;
    }

    private void plan(Workload workload, int cpu) {
        double perSecond = 0;
        for (Part part : parts[cpu]) {
            perSecond += workload.tasks().get(part.task).ratePerSecond();
        }
        upTo[cpu] = new double[parts[cpu].length];
        double sum = 0;
        double work = 0;
        for (int i = 0; i < parts[cpu].length; i++) {
            double share = workload.tasks().get(parts[cpu][i].task).ratePerSecond() / perSecond;
            sum += share;
            work += share * parts[cpu][i].baseNanos;
            upTo[cpu][i] = sum;
        }
        idleNanos[cpu] = parts[cpu].length == 0 ? 0 : rest(perSecond, work);
    }

    private static List<Reference> references(
            Task task, int cpu, LineMap map, LineRuns runs, double hitNanos, double atomicNanos) {
        List<Reference> references = new ArrayList<>();
        for (Step step : task.steps()) {
            long start = map.startOf(step, cpu);
            long end = start + map.bytesOf(step);
            double hit = step.primitive().isAtomicUpdate() ? atomicNanos : hitNanos;
            runs.walk(map.firstLine(step, cpu), map.lastLine(step, cpu), (at, weight) -> {
                int from = (int) Math.max(0, start - at * map.lineBytes());
                int to = (int) Math.min(map.lineBytes(), end - at * map.lineBytes());
                // The parts of one access follow each other at once.
                boolean isFirst = at == map.firstLine(step, cpu);
                references.add(
                        new Reference(step, at, weight, from, to, isFirst ? step.gapNanos() : 0, isFirst ? hit : 0));
            });
        }
        return references;
    }

    /** The bits of the words between two bytes of a line; words are what accesses tell apart, at most 64 of them. */
    private static long mask(long[] edges, int from, int to) {
        int words = edges.length - 1;
        long mask = 0;
        for (int word = 0; word < words; word++) {
            if (edges[word] >= from && edges[word + 1] <= to) {
                mask |= 1L << (words <= WORD_BITS ? word : word * WORD_BITS / words);
            }
        }
        return mask;
    }
}
