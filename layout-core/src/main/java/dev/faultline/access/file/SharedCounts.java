package dev.faultline.access.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How many of the accesses that a recorder counted can meet those of another thread.
 *
 * <ul>
 *   <li>Only those of objects that another thread used too. The recorder estimates how many these are from samples.
 *       Where no sample was of such an object, at most 3 of as many accesses as were sampled were, in 95 of 100 runs: 183 of
 *       any number when 1 in 61 is sampled.
 *   <li>A thread that waits looks as often as it can, mostly at the copy in its cache. A look fetches the line when the
 *       awaited field was written, once for each time that the operation waits, or when a neighbour was written in the
 *       meantime. While a role is waited for, its writes to a neighbour beyond those to the awaited field may happen.
 * </ul>
 */
final class SharedCounts {

    /** Looks for each write of a neighbour, as of an {@code await} of a profile: one falls between two writes. */
    private static final double LOOKS_PER_WRITE = 8;

    private final List<CountedRow> rows = new ArrayList<>();
    private final Map<String, Integer> threads = new HashMap<>();
    /** Writes by role and field. */
    private final Map<String, Map<String, Double>> writes = new HashMap<>();

    private SharedCounts(List<AccessRow> recorded) {
        for (AccessRow row : recorded) {
            long meeting = row.sameObject() < 0 ? row.count() : row.sameObject();
            if (meeting > 0) {
                CountedRow counted = new CountedRow(row, meeting);
                rows.add(counted);
                threads.merge(counted.role(), row.threads(), Math::max);
                if (counted.writes()) {
                    writes.computeIfAbsent(counted.role(), any -> new HashMap<>())
                            .merge(counted.field(), (double) meeting, Double::sum);
                }
            }
        }
    }

    /**
     * {@return the recorded rows of a type that can meet others}
     *
     * @param type the type
     * @param recorded its rows
     * @param notes gets what to know about those that are left out or not known
     */
    static List<CountedRow> of(String type, List<AccessRow> recorded, List<String> notes) {
        SharedCounts all = new SharedCounts(recorded);
        long alone = recorded.stream()
                .filter(row -> row.sameObject() == 0)
                .mapToLong(AccessRow::count)
                .reduce(0, ObservedProfile::sum);
        if (alone > 0) {
            notes.add(alone + " accesses are left out: in samples of them, no object was used by another thread");
        }
        Set<String> unknown = new TreeSet<>();
        recorded.stream()
                .filter(row -> row.sameObject() < 0)
                .forEach(row -> unknown.add(row.key().role()));
        if (!unknown.isEmpty()) {
            notes.add("whether " + String.join(", ", unknown) + " used one object with other threads is not known: "
                    + type + " has too many objects");
        }
        return all.rows.stream().map(all::withoutIdleLooks).toList();
    }

    private CountedRow withoutIdleLooks(CountedRow row) {
        if (!row.isPoll()) {
            return row;
        }
        double looks = Math.max(1, waits(row)) + LOOKS_PER_WRITE * writesBeside(row);
        return looks < row.meeting() ? new CountedRow(row.row(), (long) looks) : row;
    }

    /** {@return how often an operation waits at most: as often as it is done, else as the awaited field is written} */
    private double waits(CountedRow polls) {
        double done = 0;
        for (CountedRow row : rows) {
            if (!row.isPoll()
                    && row.role().equals(polls.role())
                    && row.operation().equals(polls.operation())) {
                done = Math.max(done, row.meeting());
            }
        }
        return done > 0 ? done : writesBy(polls, polls.field());
    }

    private double writesBy(CountedRow polls, String field) {
        double sum = 0;
        for (Map.Entry<String, Map<String, Double>> role : writes.entrySet()) {
            sum += isOther(role.getKey(), polls) ? role.getValue().getOrDefault(field, 0.0) : 0;
        }
        return sum;
    }

    private double writesBeside(CountedRow polls) {
        double sum = 0;
        for (Map.Entry<String, Map<String, Double>> role : writes.entrySet()) {
            if (isOther(role.getKey(), polls)) {
                double awaited = role.getValue().getOrDefault(polls.field(), 0.0);
                for (Map.Entry<String, Double> field : role.getValue().entrySet()) {
                    sum += field.getKey().equals(polls.field()) ? 0 : Math.max(0, field.getValue() - awaited);
                }
            }
        }
        return sum;
    }

    /** {@return whether a role has a thread beside the one that waits} */
    private boolean isOther(String role, CountedRow polls) {
        return !role.equals(polls.role()) || threads.get(role) > 1;
    }
}
