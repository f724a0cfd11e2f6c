package dev.faultline.cost;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Lines that are alike, taken together: inside a field of many lines, those that nothing else touches. So a table of a
 * megabyte is a handful of lines, and an element that somebody else writes is still on a line of its own.
 */
@Internal
public final class LineRuns {

    private static final int MOST_LINES_EACH = 16;
    public static final LineRuns SINGLE_LINES = new LineRuns(null);

    /** Where a stretch may begin; null when every line is one. */
    private final NavigableSet<Long> starts;

    private LineRuns(NavigableSet<Long> starts) {
        this.starts = starts;
    }

    /** Takes a stretch: its first line, by which all know it, and how many lines it is. */
    public interface Taker {
        void take(long line, long weight);
    }

    /** {@return whether so many bytes can be on more lines than are told apart, wherever they begin} */
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
                for (int cpu : step.ownElement() ? what.cpus() : what.cpus().subList(0, 1)) {
                    cut(starts, lines.firstLine(step, cpu), lines.lastLine(step, cpu));
                }
            }
        }
        return new LineRuns(starts);
    }

    /** How many lines a field is on does not depend on the CPU, by more than one. */
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

    /** Walks along the lines of one access. */
    public void walk(long first, long last, Taker taker) {
        if (starts == null) {
            for (long line = first; line <= last; line++) {
                taker.take(line, 1);
            }
            return;
        }
        for (long line = first; line <= last; ) {
            long next = starts.higher(line);
            taker.take(line, next - line);
            line = next;
        }
    }
}
