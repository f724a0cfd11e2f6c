package dev.faultline.cost;

import dev.faultline.access.Elements;
import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workload whose tasks touch the same lines each time they run, as the closed form needs it. A task that picks an
 * element at random becomes one task for each element, each at its part of the rate. So does one that makes some of its
 * accesses only sometimes: it becomes one task for each {@link TaskVariant}. An access to all elements becomes
 * one access to each where they lie more than a line apart.
 *
 * <p>Of more than {@value #MOST_PICKS} elements ({@value #MOST_BESIDE_OWN} where CPUs also have elements of their own),
 * as many are picked, spread evenly: a miss is as likely on fewer lines, as each is used more often. Where every
 * element has a line of its own, {@value #MOST_APART} of them are accessed by an access to all. Immutable.
 */
@Internal
public final class ElementExpansion {

    private static final int MOST_PICKS = 256;
    private static final int MOST_BESIDE_OWN = 64;
    private static final int MOST_APART = 256;

    private final Workload whole;
    private final Workload workload;
    /** For each task of the workload its number in the whole. */
    private final List<Integer> origins;

    private ElementExpansion(Workload whole, Workload workload, List<Integer> origins) {
        this.whole = whole;
        this.workload = workload;
        this.origins = List.copyOf(origins);
    }

    /** {@return the expansion of a workload; empty when each task touches the same lines each time} */
    public static Optional<ElementExpansion> of(Workload whole, LineMap lines) {
        Map<Integer, Elements> parted = new HashMap<>();
        boolean own = false;
        boolean any = false;
        for (Task task : whole.tasks()) {
            for (Step step : task.steps()) {
                own |= step.elements().isOwn();
                any |= step.elements().isAny() || step.elements().choice() == Elements.Choice.ALL || step.share() < 1;
                if (step.elements().isOneOfMany() && lines.isApart(step.field())) {
                    parted.put(step.field(), step.elements());
                }
            }
        }
        if (!any && parted.isEmpty()) {
            return Optional.empty();
        }
        List<Task> tasks = new ArrayList<>();
        List<Integer> origins = new ArrayList<>();
        for (int number = 0; number < whole.tasks().size(); number++) {
            Task task = whole.tasks().get(number);
            List<Long> picks = picks(task, own ? MOST_BESIDE_OWN : MOST_PICKS);
            for (TaskVariant variant : TaskVariant.of(task)) {
                double rate = task.ratePerSecond() * variant.share() / picks.size();
                for (long pick : picks) {
                    List<Step> steps = steps(variant.steps(), pick, lines, parted);
                    tasks.add(new Task(task.role(), task.operation(), rate, steps, task.cpus()));
                    origins.add(number);
                }
            }
        }
        return Optional.of(new ElementExpansion(whole, whole.replacing(tasks, phases(whole, origins)), origins));
    }

    /** {@return whether a workload may have an expansion on some lines} */
    static boolean mayHave(Workload workload) {
        for (Task task : workload.tasks()) { // for each finding, so without a stream
            for (Step step : task.steps()) {
                if (!step.elements().isWhole() || step.share() < 1) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<List<Integer>> phases(Workload whole, List<Integer> origins) {
        List<List<Integer>> phases = new ArrayList<>();
        for (List<Integer> phase : whole.phases()) {
            BitSet members = new BitSet();
            phase.forEach(members::set);
            List<Integer> expanded = new ArrayList<>();
            for (int task = 0; task < origins.size(); task++) {
                if (members.get(origins.get(task))) {
                    expanded.add(task);
                }
            }
            phases.add(expanded);
        }
        return phases;
    }

    /** {@return the random numbers that one task draws in turn; a single one when it draws none} */
    private static List<Long> picks(Task task, int most) {
        long different = different(task);
        long chosen = Math.min(different, most);
        List<Long> picks = new ArrayList<>();
        for (long i = 0; i < chosen; i++) {
            picks.add(i * different / chosen);
        }
        return picks;
    }

    /**
     * {@return from how many numbers a task draws one, so that each element of each array that it picks from is
     * equally likely; 1 when it picks none}
     */
    public static long different(Task task) {
        long different = 1;
        for (Step step : task.steps()) {
            if (step.elements().isAny()) {
                long count = step.elements().count();
                long together = different / gcd(different, count) * count;
                different = together <= Integer.MAX_VALUE ? together : Math.max(different, count);
            }
        }
        return different;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static List<Step> steps(List<Step> all, long pick, LineMap lines, Map<Integer, Elements> parted) {
        List<Step> steps = new ArrayList<>(all.size());
        for (Step step : all) {
            Elements elements = step.elements();
            Elements apart = elements.isOneOfMany() ? null : parted.get(step.field());
            if (elements.isAny()) {
                steps.add(step.on(elements.at(pick % elements.count())));
            } else if (apart != null) {
                addEach(steps, step, apart, Math.min(MOST_APART, apart.count()));
            } else if (lines.isLeavingLinesOut(step)) {
                addEach(steps, step, elements, elements.count());
            } else {
                steps.add(step);
            }
        }
        return steps;
    }

    private static void addEach(List<Step> steps, Step step, Elements elements, long count) {
        for (long element = 0; element < count; element++) {
            Step one = step.on(elements.at(element));
            boolean isIndependent = element > 0 && !step.primitive().isAtomicUpdate();
            steps.add(element == 0 ? one : one.withGap(0).overlapping(isIndependent));
        }
    }

    /** {@return the workload whose tasks touch the same lines each time} */
    public Workload workload() {
        return workload;
    }

    /** {@return the cost of the tasks of the whole workload, from that of the expanded one} */
    public Cost folded(Cost expanded) {
        List<OperationCost> operations = new ArrayList<>();
        int next = 0;
        for (int number = 0; number < whole.tasks().size(); number++) {
            int end = next;
            while (end < origins.size() && origins.get(end) == number) {
                end++;
            }
            operations.add(mean(expanded.operations().subList(next, end)));
            next = end;
        }
        return new Cost(operations, expanded.utilisation());
    }

    /** {@return the mean of costs, weighted by how often each happens; rates add up} */
    private static OperationCost mean(List<OperationCost> parts) {
        double rate = 0;
        for (OperationCost part : parts) {
            rate += part.ratePerSecond();
        }
        double[] sums = new double[11];
        for (OperationCost part : parts) {
            OperationCost.Waits waits = part.waits();
            OperationCost.Events events = part.events();
            double[] values = {
                part.baseNanos(),
                waits.missNanos(),
                waits.upgradeNanos(),
                waits.retryNanos(),
                waits.queueNanos(),
                waits.splitNanos(),
                part.touchNanos(),
                events.misses(),
                events.upgrades(),
                events.retries(),
                events.lines()
            };
            double weight = parts.size() == 1 ? 1 : part.ratePerSecond() / rate;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += weight * values[i];
            }
        }
        OperationCost first = parts.get(0);
        return new OperationCost(
                first.role(),
                first.operation(),
                first.cpus(),
                rate,
                sums[0],
                new OperationCost.Waits(sums[1], sums[2], sums[3], sums[4], sums[5]),
                sums[6],
                new OperationCost.Events(sums[7], sums[8], sums[9], sums[10]));
    }
}
