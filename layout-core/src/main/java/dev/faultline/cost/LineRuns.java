package dev.faultline.cost;

import dev.faultline.access.Elements;
import dev.faultline.api.Internal;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Runs of consecutive lines that are treated as one line: the inner lines of a large field that no other access
 * touches. A table of a megabyte becomes a few runs, while an element that another role writes keeps a line of its
 * own.
 */
@Internal
public final class LineRuns {

    private static final int MOST_LINES_EACH = 16;
    public static final LineRuns SINGLE_LINES = new LineRuns(null);

    /** First lines of runs; null when every run is a single line. */
    private final NavigableSet<Long> starts;

    private LineRuns(NavigableSet<Long> starts) {
        this.starts = starts;
    }

    /** Receives one run: its first line, which identifies it, and the number of lines in it. */
    public interface LineConsumer {
        void accept(long line, long weight);
    }

    /** {@return whether an access of this many bytes may cover enough lines to be grouped into runs} */
    public static boolean mayBeLong(long bytes, LineMap lines) {
        return bytes > (long) MOST_LINES_EACH * lines.lineBytes();
    }

    public static LineRuns of(Workload workload, List<Integer> tasks, LineMap lines) {
        if (!anyLong(workload, tasks, lines)) {
            return SINGLE_LINES;
        }
        NavigableSet<Long> starts = new TreeSet<>();
        for (int task : tasks) {
            Task what = workload.tasks().get(task);
            for (Step step : what.steps()) {
                cut(starts, step, what.cpus(), lines);
            }
        }
        return new LineRuns(starts);
    }

    /** Checks one CPU per step: the number of lines under a field differs by at most one between CPUs. */
    private static boolean anyLong(Workload workload, List<Integer> tasks, LineMap lines) {
        for (int task : tasks) {
            Task what = workload.tasks().get(task);
            for (Step step : what.steps()) {
                int cpu = what.cpus().get(0);
                if (lines.lastLine(step, cpu) - lines.firstLine(step, cpu) > MOST_LINES_EACH) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void cut(NavigableSet<Long> starts, Step step, List<Integer> cpus, LineMap lines) {
        Elements elements = step.elements();
        if (elements.isAny() || lines.isLeavingLinesOut(step)) {
            long used = elements.isAny() ? Math.min(AccessProgram.MOST_PICKS, elements.count()) : elements.count();
            for (long element = 0; element < used; element++) {
                Step one = step.on(elements.at(element));
                cut(starts, lines.firstLine(one, 0), lines.lastLine(one, 0));
            }
            return;
        }
        for (int cpu : step.ownElement() ? cpus : cpus.subList(0, 1)) {
            cut(starts, lines.firstLine(step, cpu), lines.lastLine(step, cpu));
        }
    }

    private static void cut(NavigableSet<Long> starts, long first, long last) {
        if (last < first) {
            return;
        }
        boolean isLong = last - first > MOST_LINES_EACH;
        for (long line = first; line <= last + 1; line++) {
            starts.add(line);
            if (isLong && line == first + 1) {
                line = last - 1;
            }
        }
    }

    /** Passes each run of lines of one access to the consumer. */
    public void walk(long first, long last, LineConsumer consumer) {
        if (starts == null) {
            for (long line = first; line <= last; line++) {
                consumer.accept(line, 1);
            }
            return;
        }
        for (long line = first; line <= last; ) {
            long next = starts.higher(line);
            consumer.accept(line, next - line);
            line = next;
        }
    }
}
