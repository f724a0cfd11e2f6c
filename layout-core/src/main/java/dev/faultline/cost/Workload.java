package dev.faultline.cost;

import dev.faultline.access.AccessKind;
import dev.faultline.access.AccessMap;
import dev.faultline.access.Cpus;
import dev.faultline.access.FieldUse;
import dev.faultline.access.Phase;
import dev.faultline.access.Role;
import dev.faultline.api.Internal;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The tasks of all roles with their rates, assigned to the CPUs of a machine. Both the closed form and the simulator
 * take it.
 *
 * <p>A role on all CPUs runs on each of them. Roles that ask for a number of CPUs get the next ones in turn, first
 * those that no role lists, so they do not overlap while there are enough CPUs. The number of a listed CPU that the
 * machine does not have is taken modulo the number of its CPUs.
 *
 * <p>An operation that waits for a change of a field happens at most as often as other CPUs are asked to write the
 * field. Its polls are a task of their own, several for each write of other CPUs to the struct: the first poll after a
 * write to the line of the field fetches the line, all others hit.
 */
@Internal
public final class Workload {

    /** Assumed accesses per second on each CPU to a field whose rate is unknown. It only makes structs comparable. */
    public static final double ASSUMED_RATE = 1e3;

    /** Operations rarer than this rate per second on each CPU (one in eleven days) are left out. */
    public static final double LEAST_RATE = 1e-6;

    private final List<FieldRef> fields;
    private final Map<FieldRef, Integer> indices;
    private final List<Task> tasks;
    private final int cpus;
    private final List<List<Integer>> phases;
    private final boolean assumed;
    private final boolean divisible;
    private final boolean hasElements;
    private Order order;
    private volatile Expanded expanded;

    private Workload(
            Map<FieldRef, Integer> indices, List<Task> tasks, int cpus, List<List<Integer>> phases, boolean assumed) {
        this.indices = indices;
        this.fields = List.copyOf(indices.keySet());
        this.tasks = List.copyOf(tasks);
        this.cpus = cpus;
        this.phases = List.copyOf(phases);
        this.assumed = assumed;
        this.hasElements = ElementExpansion.mayHave(this);
        this.divisible = assumed && haveOneStep(this.tasks);
    }

    private static boolean haveOneStep(List<Task> tasks) {
        for (Task task : tasks) { // for each finding, so without a stream
            if (task.steps().size() != 1) {
                return false;
            }
        }
        return true;
    }

    /**
     * Assigns the field uses of an access map to CPUs.
     *
     * @param access the uses of each field
     * @param cpus number of CPUs of the machine
     * @return the workload, without operations rarer than {@link #LEAST_RATE}
     */
    public static Workload of(AccessMap access, int cpus) {
        Map<Role, List<Integer>> cpusByRole = cpusByRole(access, cpus);
        PollRates polls = new PollRates(access, cpusByRole);
        Map<FieldRef, Integer> fields = new LinkedHashMap<>();
        List<Task> tasks = new ArrayList<>();
        List<FieldUse> uses = access.uses();
        boolean assumed = false;
        for (int from = 0; from < uses.size(); ) {
            int to = from + 1;
            while (to < uses.size() && continues(uses.get(to), uses.get(to - 1))) {
                to++;
            }
            FieldUse first = uses.get(from);
            double rate = polls.ratePerSecond(uses.subList(from, to));
            assumed |= !first.hasRate();
            if (rate >= LEAST_RATE) {
                List<Step> steps = steps(uses.subList(from, to), fields);
                tasks.add(new Task(first.role().name(), first.operation(), rate, steps, cpusByRole.get(first.role())));
                for (FieldUse use : uses.subList(from, to)) {
                    if (use.manner().awaits()) {
                        List<Step> poll = List.of(new Step(fields.get(use.field()), Primitive.LOAD, 0, use.elements()));
                        tasks.add(new Task(
                                first.role().name(),
                                first.operation() + PollRates.SUFFIX,
                                polls.pollsPerSecond(use),
                                poll,
                                cpusByRole.get(first.role())));
                    }
                }
            }
            from = to;
        }
        return new Workload(fields, tasks, cpus, phases(access.phases(), tasks), assumed);
    }

    private static boolean continues(FieldUse use, FieldUse previous) {
        return use.position() > previous.position()
                && use.operation().equals(previous.operation())
                && use.role().equals(previous.role());
    }

    private static List<Step> steps(List<FieldUse> uses, Map<FieldRef, Integer> fields) {
        List<Step> steps = new ArrayList<>(uses.size() + 1);
        for (FieldUse use : uses) {
            int field = fields.computeIfAbsent(use.field(), any -> fields.size());
            if (use.kind() == AccessKind.CAS_LOOP) {
                steps.add(new Step(field, Primitive.LOAD, use.gapNanos(), use.elements()));
                steps.add(new Step(field, Primitive.CAS, 0, use.elements()));
            } else {
                steps.add(new Step(
                        field,
                        primitive(use.kind()),
                        use.gapNanos(),
                        use.elements(),
                        use.manner().overlaps(),
                        use.manner().share()));
            }
        }
        return steps;
    }

    private static Primitive primitive(AccessKind kind) {
        return switch (kind) {
            case READ -> Primitive.LOAD;
            case WRITE -> Primitive.STORE;
            case RMW, VOLATILE_WRITE -> Primitive.RMW;
            case CAS_LOOP -> Primitive.CAS;
            case WRITE_IF_CHANGED, AWAIT -> throw new IllegalArgumentException(kind.word());
        };
    }

    private static Map<Role, List<Integer>> cpusByRole(AccessMap access, int cpus) {
        Map<Role, List<Integer>> cpusByRole = new LinkedHashMap<>();
        List<Integer> inTurn = unlistedFirst(access, cpus);
        int next = 0;
        Role before = null;
        for (FieldUse use : access.uses()) {
            Role role = use.role();
            boolean known = role == before; // comparing long lists of CPUs is slow
            before = role;
            if (!known && !cpusByRole.containsKey(role)) {
                List<Integer> members = List.copyOf(members(role.cpus(), next, inTurn));
                cpusByRole.put(role, members);
                next = role.cpus() instanceof Cpus.Count ? (next + members.size()) % cpus : next;
            }
        }
        return cpusByRole;
    }

    /** {@return all CPUs, those that a role lists last} */
    private static List<Integer> unlistedFirst(AccessMap access, int cpus) {
        BitSet listed = new BitSet(cpus);
        Cpus before = null;
        for (FieldUse use : access.uses()) {
            Cpus of = use.role().cpus();
            if (of != before && of instanceof Cpus.Listed some) {
                some.ids().forEach(id -> listed.set(id % cpus));
            }
            before = of;
        }
        return IntStream.range(0, cpus)
                .boxed()
                .sorted((one, other) -> Boolean.compare(listed.get(one), listed.get(other)))
                .toList();
    }

    private static List<Integer> members(Cpus of, int next, List<Integer> inTurn) {
        int cpus = inTurn.size();
        if (of instanceof Cpus.Listed listed) {
            return listed.ids().stream()
                    .map(id -> id % cpus)
                    .distinct()
                    .sorted()
                    .toList();
        }
        int start = of instanceof Cpus.Count ? next : 0;
        return IntStream.range(start, start + Math.min(of.count(cpus), cpus))
                .mapToObj(at -> inTurn.get(at % cpus))
                .sorted()
                .toList();
    }

    /** Groups of tasks that run at the same time; a role that no phase names runs in every phase. */
    private static List<List<Integer>> phases(List<Phase> phases, List<Task> tasks) {
        List<List<Integer>> groups = new ArrayList<>();
        Set<String> bound = new HashSet<>();
        phases.forEach(phase -> bound.addAll(phase.roles()));
        for (Phase phase : phases) {
            Set<String> inPhase = new HashSet<>(phase.roles());
            List<Integer> members = new ArrayList<>();
            for (int task = 0; task < tasks.size(); task++) {
                String role = tasks.get(task).role();
                if (!bound.contains(role) || inPhase.contains(role)) {
                    members.add(task);
                }
            }
            if (!members.isEmpty()) {
                groups.add(List.copyOf(members));
            }
        }
        return groups.isEmpty()
                ? List.of(IntStream.range(0, tasks.size()).boxed().toList())
                : List.copyOf(groups);
    }

    /**
     * The part of a divisible workload that may share a line with some fields, wherever the struct starts.
     *
     * @param near the fields
     * @param lineBytes size of a line
     * @return the tasks whose field is less than a line away from one of these fields
     */
    public Workload near(Collection<FieldRef> near, int lineBytes) {
        long start = near.isEmpty() ? 0 : Long.MAX_VALUE;
        long end = near.isEmpty() ? 0 : Long.MIN_VALUE;
        for (FieldRef field : near) {
            start = Math.min(start, field.bytes().start());
            end = Math.max(end, field.bytes().end());
        }
        Map<FieldRef, Integer> numbers = new LinkedHashMap<>();
        List<Task> some = new ArrayList<>();
        for (int number : order().between(start - lineBytes, end + lineBytes)) {
            Task task = tasks.get(number);
            Step step = task.steps().get(0);
            int field = numbers.computeIfAbsent(fields.get(step.field()), any -> numbers.size());
            Step here = new Step(field, step.primitive(), step.gapNanos(), step.elements());
            some.add(new Task(task.role(), task.operation(), task.ratePerSecond(), List.of(here), task.cpus()));
        }
        List<Integer> all = new ArrayList<>(some.size());
        for (int i = 0; i < some.size(); i++) {
            all.add(i);
        }
        return new Workload(numbers, some, cpus, List.of(all), assumed);
    }

    /** The tasks of a divisible workload sorted by their fields; computed on first use. */
    private Order order() {
        if (order == null) {
            order = new Order(this);
        }
        return order;
    }

    /** Finds tasks of a single access by the bytes they touch. */
    private static final class Order {
        private final Workload workload;
        private final int[] tasks;
        private long longest;

        Order(Workload workload) {
            this.workload = workload;
            tasks = IntStream.range(0, workload.tasks.size())
                    .boxed()
                    .sorted((one, other) ->
                            Long.compare(bytes(one).start(), bytes(other).start()))
                    .mapToInt(Integer::intValue)
                    .toArray();
            for (int task : tasks) {
                longest = Math.max(longest, bytes(task).byteSize());
            }
        }

        private ByteRange bytes(int task) {
            return workload.fields
                    .get(workload.tasks.get(task).steps().get(0).field())
                    .bytes();
        }

        /** {@return the tasks that touch bytes between the two offsets, in the order of the workload} */
        int[] between(long first, long last) {
            int low = 0;
            int high = tasks.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (bytes(tasks[middle]).start() <= first - longest) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            int[] found = new int[tasks.length - low];
            int count = 0;
            for (int i = low; i < tasks.length; i++) {
                ByteRange bytes = bytes(tasks[i]);
                if (bytes.start() >= last) {
                    break;
                }
                if (bytes.end() > first) {
                    found[count++] = tasks[i];
                }
            }
            Arrays.sort(found, 0, count);
            return Arrays.copyOf(found, count);
        }
    }

    /** {@return a workload of other tasks on the same fields and CPUs} */
    Workload replacing(List<Task> others, List<List<Integer>> groups) {
        return new Workload(indices, others, cpus, groups, assumed);
    }

    /**
     * {@return this workload with tasks that touch the same lines each time; empty when they do}
     *
     * @param lines an arrangement; others that keep the same elements apart have the same expansion
     */
    public Optional<ElementExpansion> expansion(LineMap lines) {
        if (!hasElements) {
            return Optional.empty();
        }
        BitSet apart = lines.apart();
        Expanded known = expanded;
        if (known == null || !known.apart.equals(apart) || known.lineBytes != lines.lineBytes()) {
            known = new Expanded(apart, lines.lineBytes(), ElementExpansion.of(this, lines));
            expanded = known;
        }
        return known.expansion;
    }

    /** The last expansion, with what of the lines it depends on. */
    private record Expanded(BitSet apart, int lineBytes, Optional<ElementExpansion> expansion) {}

    /** {@return whether each line can be evaluated alone: tasks have one access each, and some rate is assumed} */
    public boolean isDivisible() {
        return divisible;
    }

    /** {@return this workload with each compare-and-set loop replaced by one unconditional atomic operation} */
    public Workload withoutLoops() {
        List<Task> unconditional = new ArrayList<>();
        for (Task task : tasks) {
            List<Step> steps = new ArrayList<>();
            for (Step step : task.steps()) {
                if (step.primitive() == Primitive.CAS) {
                    Step load = steps.remove(steps.size() - 1);
                    steps.add(new Step(step.field(), Primitive.RMW, load.gapNanos(), step.elements()));
                } else {
                    steps.add(step);
                }
            }
            unconditional.add(new Task(task.role(), task.operation(), task.ratePerSecond(), steps, task.cpus()));
        }
        return new Workload(indices, unconditional, cpus, phases, assumed);
    }

    /** {@return the touched fields; steps refer to them by index} */
    public List<FieldRef> fields() {
        return fields;
    }

    public List<Task> tasks() {
        return tasks;
    }

    /** {@return the number of CPUs of the machine} */
    public int cpus() {
        return cpus;
    }

    /** {@return groups of task indices that run at the same time; one group when the profile has no phases} */
    public List<List<Integer>> phases() {
        return phases;
    }

    /** {@return whether some rate is {@link #ASSUMED_RATE} because the profile states none} */
    public boolean isAssumed() {
        return assumed;
    }

    /** {@return the index of a field, or -1 when no task touches it} */
    public int indexOf(FieldRef field) {
        return indices.getOrDefault(field, -1);
    }
}
