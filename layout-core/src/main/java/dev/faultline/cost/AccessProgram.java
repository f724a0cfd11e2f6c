package dev.faultline.cost;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Tasks as flat arrays of lines, words and gaps: the input of the simulator's inner loop. */
@Internal
public final class AccessProgram {

    /** One task as one CPU runs it, in parallel arrays with one entry for each line that a step touches. */
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
    private static final double SHORTEST_IDLE_NANOS = 0.01;

    public final int lines;
    /** The tasks of each CPU; empty for a CPU without tasks. */
    public final Part[][] parts;
    /** For each CPU, the cumulative probability of its tasks: that the next task is this one or an earlier one. */
    public final double[][] upTo;
    /** Mean idle time of each CPU between tasks, in ns. */
    public final double[] idleNanos;
    /** Number of lines that each run of lines stands for. */
    public final long[] weightOfLine;
    /** Number of words that accesses distinguish on each line. */
    public final int[] wordsOfLine;

    public AccessProgram(Workload workload, List<Integer> tasks, LineMap map, double hitNanos, double atomicNanos) {
        int cpus = workload.cpus();
        LineRuns runs = LineRuns.of(workload, tasks, map);
        List<Map<Integer, List<Reference>>> byCpu = new ArrayList<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            byCpu.add(new HashMap<>());
        }
        Lines touched = new Lines(new HashMap<>(), new ArrayList<>(), new ArrayList<>());
        for (int number : tasks) {
            Task task = workload.tasks().get(number);
            boolean own = task.steps().stream().anyMatch(Step::ownElement);
            List<Reference> references = null;
            for (int cpu : task.cpus()) {
                if (own || references == null) {
                    references = references(task, cpu, map, runs, hitNanos, atomicNanos);
                    references.forEach(touched::add);
                }
                byCpu.get(cpu).put(number, references);
            }
        }
        lines = touched.index.size();
        weightOfLine = touched.weights.stream().mapToLong(Long::longValue).toArray();
        List<long[]> words = touched.bounds.stream()
                .map(set -> set.stream().mapToLong(Integer::longValue).toArray())
                .toList();
        wordsOfLine = words.stream()
                .mapToInt(edges -> Math.min(WORD_BITS, edges.length - 1))
                .toArray();
        Map<List<Reference>, Part> made = new IdentityHashMap<>();
        parts = new Part[cpus][];
        upTo = new double[cpus][];
        idleNanos = new double[cpus];
        for (int cpu = 0; cpu < cpus; cpu++) {
            Map<Integer, List<Reference>> mine = byCpu.get(cpu);
            parts[cpu] = tasks.stream()
                    .filter(mine::containsKey)
                    .map(task -> made.computeIfAbsent(mine.get(task), any -> new Part(task, any, touched.index, words)))
                    .toArray(Part[]::new);
            plan(workload, cpu);
        }
    }

    /** The touched lines: their indices, their weights, and the bytes at which accesses to them begin and end. */
    private record Lines(Map<Long, Integer> index, List<Long> weights, List<TreeSet<Integer>> bounds) {
        void add(Reference reference) {
            int line = index.computeIfAbsent(reference.line, any -> index.size());
            if (line == bounds.size()) {
                bounds.add(new TreeSet<>());
                weights.add(reference.weight);
            }
            bounds.get(line).add(reference.from);
            bounds.get(line).add(reference.to);
        }
    }

    /** {@return idle ns between tasks at which a CPU reaches its rate; 0 when its work leaves no time for any} */
    public static double idleNanosFor(double tasksPerSecond, double workNanos) {
        double idle = 1e9 / tasksPerSecond - workNanos;
        return idle < SHORTEST_IDLE_NANOS ? 0 : idle;
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
        idleNanos[cpu] = parts[cpu].length == 0 ? 0 : idleNanosFor(perSecond, work);
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
                // Only the first line of an access carries its gap and its hit.
                boolean isFirst = at == map.firstLine(step, cpu);
                references.add(
                        new Reference(step, at, weight, from, to, isFirst ? step.gapNanos() : 0, isFirst ? hit : 0));
            });
        }
        return references;
    }

    /** The bits of the words between two bytes of a line. Accesses distinguish at most 64 words. */
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
