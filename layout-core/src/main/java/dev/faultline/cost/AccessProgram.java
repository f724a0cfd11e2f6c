package dev.faultline.cost;

import dev.faultline.access.Elements;
import dev.faultline.api.Internal;
import dev.faultline.machine.Costs;
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
        /** Whether an access begins when the one before it begins, and does not wait for it. */
        public final boolean[] overlaps;

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
            overlaps = new boolean[n];
            double base = 0;
            double hit = 0;
            for (int i = 0; i < n; i++) {
                Reference reference = references.get(i);
                line[i] = lines.get(reference.line);
                this.words[i] = mask(words.get(line[i]), reference.from, reference.to);
                primitive[i] = (byte) reference.step.primitive().ordinal();
                field[i] = reference.step.field();
                gapNanos[i] = reference.gapNanos;
                overlaps[i] = i > 0 && overlaps(references.get(i - 1), reference);
                // accesses that overlap take the time of one, at the end
                hit = overlaps[i] ? Math.max(hit, reference.hitNanos) : reference.hitNanos;
                boolean continues = i + 1 < n && overlaps(reference, references.get(i + 1));
                hitNanos[i] = continues ? 0 : hit;
                base += gapNanos[i] + hitNanos[i];
            }
            baseNanos = base;
        }

        /** {@return whether one load does not wait for another: both are of one access, or the profile says so} */
        private static boolean overlaps(Reference before, Reference reference) {
            boolean areLoads =
                    before.step.primitive() == Primitive.LOAD && reference.step.primitive() == Primitive.LOAD;
            return areLoads && reference.overlaps;
        }

        /** {@return whether this access is the last of the task} */
        public boolean isLast(int at) {
            return at + 1 == line.length;
        }
    }

    private record Reference(
            Step step, long line, long weight, int from, int to, double gapNanos, double hitNanos, boolean overlaps) {}

    private static final int WORD_BITS = 64;
    private static final double SHORTEST_IDLE_NANOS = 0.01;
    /** The most random numbers of a task; an array of more elements is used as if it had as many. */
    static final long MOST_PICKS = 1 << 16;

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

    /**
     * Plans the accesses of some tasks.
     *
     * @param workload the tasks
     * @param tasks indices of those that run
     * @param map the lines of the fields
     * @param costs what hits, stores and atomics take
     */
    public AccessProgram(Workload workload, List<Integer> tasks, LineMap map, Costs costs) {
        int cpus = workload.cpus();
        LineRuns runs = LineRuns.of(workload, tasks, map);
        List<List<Piece>> byCpu = new ArrayList<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            byCpu.add(new ArrayList<>());
        }
        Lines touched = new Lines(new HashMap<>(), new ArrayList<>(), new ArrayList<>());
        for (int number : tasks) {
            Task task = workload.tasks().get(number);
            boolean own = task.steps().stream().anyMatch(Step::ownElement);
            List<Piece> pieces = null;
            for (int cpu : task.cpus()) {
                if (own || pieces == null) {
                    pieces = pieces(number, task, cpu, map, runs, costs);
                    pieces.forEach(piece -> piece.references.forEach(touched::add));
                }
                byCpu.get(cpu).addAll(pieces);
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
        Map<Piece, Part> made = new IdentityHashMap<>();
        parts = new Part[cpus][];
        upTo = new double[cpus][];
        idleNanos = new double[cpus];
        for (int cpu = 0; cpu < cpus; cpu++) {
            parts[cpu] = byCpu.get(cpu).stream()
                    .map(piece -> made.computeIfAbsent(
                            piece, any -> new Part(any.task, any.references, touched.index, words)))
                    .toArray(Part[]::new);
            plan(byCpu.get(cpu), cpu);
        }
    }

    /** A task as one CPU runs it, with one of the random numbers that it may draw. */
    private record Piece(int task, double ratePerSecond, List<Reference> references) {}

    /** {@return a piece for each variant of the task and each random number, which are equally likely} */
    private static List<Piece> pieces(int number, Task task, int cpu, LineMap map, LineRuns runs, Costs costs) {
        List<TaskVariant> variants = TaskVariant.of(task);
        long picks = Math.min(MOST_PICKS / variants.size(), ElementExpansion.different(task));
        List<Piece> pieces = new ArrayList<>();
        for (TaskVariant variant : variants) {
            double rate = task.ratePerSecond() * variant.share() / picks;
            for (long pick = 0; pick < picks; pick++) {
                List<Reference> references = references(variant.steps(), cpu, pick, map, runs, costs);
                pieces.add(new Piece(number, rate, references));
            }
        }
        return pieces;
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

    private void plan(List<Piece> pieces, int cpu) {
        double perSecond = 0;
        for (Piece piece : pieces) {
            perSecond += piece.ratePerSecond;
        }
        upTo[cpu] = new double[parts[cpu].length];
        double sum = 0;
        double work = 0;
        for (int i = 0; i < parts[cpu].length; i++) {
            double share = pieces.get(i).ratePerSecond / perSecond;
            sum += share;
            work += share * parts[cpu][i].baseNanos;
            upTo[cpu][i] = sum;
        }
        idleNanos[cpu] = parts[cpu].length == 0 ? 0 : idleNanosFor(perSecond, work);
    }

    private static List<Reference> references(
            List<Step> steps, int cpu, long pick, LineMap map, LineRuns runs, Costs costs) {
        List<Reference> references = new ArrayList<>();
        for (Step step : steps) {
            Elements elements = step.elements();
            if (elements.isAny()) {
                Step picked = step.on(elements.at(pick % elements.count()));
                touch(picked, cpu, step.gapNanos(), costs, map, runs, false, references);
            } else if (map.isLeavingLinesOut(step)) {
                for (long element = 0; element < elements.count(); element++) {
                    double gap = element == 0 ? step.gapNanos() : 0;
                    touch(step.on(elements.at(element)), cpu, gap, costs, map, runs, element > 0, references);
                }
            } else {
                touch(step, cpu, step.gapNanos(), costs, map, runs, false, references);
            }
        }
        return references;
    }

    private static void touch(
            Step step,
            int cpu,
            double gap,
            Costs costs,
            LineMap map,
            LineRuns runs,
            boolean isLater,
            List<Reference> references) {
        double hit = step.primitive().ownNanos(costs);
        long start = map.startOf(step, cpu);
        long end = start + map.bytesOf(step);
        runs.walk(map.firstLine(step, cpu), map.lastLine(step, cpu), (at, weight) -> {
            int from = (int) Math.max(0, start - at * map.lineBytes());
            int to = (int) Math.min(map.lineBytes(), end - at * map.lineBytes());
            // Only the first line of an access carries its gap and its hit.
            boolean isFirst = at == map.firstLine(step, cpu);
            references.add(new Reference(
                    step,
                    at,
                    weight,
                    from,
                    to,
                    isFirst ? gap : 0,
                    isFirst ? hit : 0,
                    isLater || !isFirst || step.overlaps()));
        });
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
