package dev.faultline.recorder.run;

import dev.faultline.recorder.memory.CounterMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * Adds counters up to the rows of an access file. Threads that are over are added once and let go. One thread at a time
 * uses it.
 */
final class AccessRows {

    private static final int SHARED = -1;
    private static final int MOST_OBJECTS = 4096;
    /** In place of the threads of the objects of a type that has more than are kept. */
    private static final Map<Integer, Integer> MANY = new HashMap<>();

    /** A row of the file. */
    private static final class Row {
        final SeenObjects objects = SeenObjects.ofRow();
        long count;
        int threads;
        int bytes;
        boolean isAtLeast;

        /** Adds a counter. */
        void add(AccessCounter counter, long times, boolean shared) {
            count += times;
            isAtLeast |= shared;
            objects.addAll(counter.objects);
        }

        /** Adds a counter. */
        void add(PlaceCounter counter, boolean shared) {
            count += counter.count;
            bytes = Math.max(bytes, counter.bytes);
            isAtLeast |= shared;
            objects.addAll(counter.objects);
        }

        void add(Row other) {
            count += other.count;
            threads += other.threads;
            bytes = Math.max(bytes, other.bytes);
            isAtLeast |= other.isAtLeast;
            objects.addAll(other.objects);
        }
    }

    /** The rows of threads that are over, by key; and of each type the thread of each object. */
    private final Map<RowKey, Row> retired = new HashMap<>();

    private final Map<String, Map<Integer, Integer>> owners = new HashMap<>();
    private long retiredConstructing;
    private long retiredNameless;
    private long retiredUnknown;

    /** The sum at one moment. */
    static final class Sum {
        final List<String> lines = new ArrayList<>();
        final PolledFields polls = new PolledFields();
        long counted;
        long constructing;
        long nameless;
        long unknown;
    }

    /** {@return the sum of what all threads counted up to now} */
    Sum add(Queue<ThreadCounters> all) {
        retire(all);
        Map<RowKey, Row> rows = new TreeMap<>();
        Sum sum = new Sum();
        for (ThreadCounters counters : all) {
            sum.nameless += collect(counters, rows);
            sum.constructing += counters.constructing;
            sum.unknown += counters.unknown;
        }
        sum.nameless += retiredNameless;
        sum.constructing += retiredConstructing;
        sum.unknown += retiredUnknown;
        retired.forEach(
                (key, row) -> rows.computeIfAbsent(key, any -> new Row()).add(row));
        rows.forEach((key, row) -> {
            sum.counted += row.count;
            sum.polls.add(key, row.count);
            sum.lines.add(line(key, row));
        });
        return sum;
    }

    /** Adds threads that are over once, and lets them go. None is added twice when memory is wanting meanwhile. */
    void retire(Queue<ThreadCounters> all) {
        for (Iterator<ThreadCounters> each = all.iterator(); each.hasNext(); ) {
            ThreadCounters counters = each.next();
            if (counters.isOver()) {
                Map<RowKey, Row> rows = new HashMap<>();
                long nameless = collect(counters, rows);
                each.remove();
                counters.letGo();
                retiredNameless += nameless;
                retiredConstructing += counters.constructing;
                retiredUnknown += counters.unknown;
                rows.forEach((key, row) ->
                        retired.computeIfAbsent(key, any -> new Row()).add(row));
            }
        }
        CounterMemory.haveGone();
    }

    /** {@return how many accesses of a thread had no field} Adds the others to rows. */
    private long collect(ThreadCounters counters, Map<RowKey, Row> rows) {
        String role = counters.role();
        long nameless = 0;
        Set<RowKey> counted = new HashSet<>();
        ElementNames elements = new ElementNames();
        forEach(counters, elements::add);
        for (AccessCounter first : counters.bySite) {
            for (AccessCounter one = first; one != null; one = one.next) {
                if (one.field.isEmpty()) {
                    nameless += one.total();
                    continue;
                }
                AccessCounter counter = one;
                eachRow(role, one, elements, (key, times) -> {
                    Row row = rows.computeIfAbsent(key, any -> new Row());
                    row.add(counter, times, counters.isShared);
                    if (counted.add(key)) {
                        row.threads++;
                    }
                });
                own(one.type, one.objects, counters.number);
            }
        }
        collectOwn(counters, role, rows, counted);
        collectPlaces(counters, role, rows);
        return nameless;
    }

    /** Adds what methods counted in cells: accesses of fields of their objects, and of static ones. */
    private void collectOwn(ThreadCounters counters, String role, Map<RowKey, Row> rows, Set<RowKey> counted) {
        for (MethodCounters method : counters.ofMethods()) {
            for (int cell = 0; method != null && cell < MethodCounters.CELLS; cell++) {
                AccessCounter counter = method.own(cell);
                if (counter == null) {
                    continue;
                }
                long count = method.count(cell);
                for (AccessSite site = CodePlaces.site(counter.site); site != null; site = site.also) {
                    RowKey key = key(role, counter, site, site.field);
                    if (!CodePlaces.isConstant(counter.type, site.field)) {
                        Row row = rows.computeIfAbsent(key, any -> new Row());
                        row.add(counter, count, counters.isShared);
                        row.threads += counted.add(key) ? 1 : 0;
                    }
                }
                own(counter.type, counter.objects, counters.number);
            }
        }
    }

    private static void forEach(ThreadCounters counters, Consumer<AccessCounter> each) {
        for (AccessCounter first : counters.bySite) {
            for (AccessCounter one = first; one != null; one = one.next) {
                each.accept(one);
            }
        }
    }

    /** Tells the rows that a counter belongs to, and how much it adds to each. */
    private static void eachRow(
            String role, AccessCounter counter, ElementNames elements, ObjLongConsumer<RowKey> each) {
        for (AccessSite site = CodePlaces.site(counter.site); site != null; site = site.also) {
            String field = elements.field(counter.type, site.field.isEmpty() ? counter.field : site.field);
            long[] counts = counter instanceof ElementCounter ? ((ElementCounter) counter).elements() : null;
            if (CodePlaces.isConstant(counter.type, field)) {
                continue;
            }
            if (counts == null || elements.areMany(counter.type)) {
                each.accept(key(role, counter, site, field), counter.total());
                continue;
            }
            for (int i = 0; i < counts.length; i += 2) {
                if (counts[i] != 0) {
                    String element = ArrayNames.element(counts[i] - 1);
                    each.accept(key(role, counter, site, element), counts[i + 1]);
                }
            }
        }
    }

    private static RowKey key(String role, AccessCounter counter, AccessSite site, String field) {
        return new RowKey(role, operation(site, counter.method), counter.type, field, RowKey.NO_OFFSET, site.kind());
    }

    private void collectPlaces(ThreadCounters counters, String role, Map<RowKey, Row> rows) {
        Set<RowKey> counted = new HashSet<>();
        for (SitePlaces places : counters.places) {
            places.tell(
                    one -> collect(
                            one,
                            key(role, one, one.isInBlock ? "" : ArrayNames.element(one.position), one.position),
                            counters,
                            rows,
                            counted),
                    one -> collect(one, key(role, one, ArrayNames.ANY, RowKey.NO_OFFSET), counters, rows, counted));
        }
    }

    private void collect(
            PlaceCounter one, RowKey key, ThreadCounters counters, Map<RowKey, Row> rows, Set<RowKey> counted) {
        Row row = rows.computeIfAbsent(key, any -> new Row());
        row.add(one, counters.isShared);
        if (counted.add(key)) {
            row.threads++;
        }
        own(one.type, one.objects, counters.number);
    }

    private static RowKey key(String role, PlaceCounter counter, String field, long position) {
        AccessSite site = CodePlaces.site(counter.site);
        return new RowKey(
                role,
                operation(site, counter.method),
                counter.type,
                field,
                counter.isInBlock ? position : RowKey.NO_OFFSET,
                site.kind());
    }

    static String operation(AccessSite site, int method) {
        String operation = CodePlaces.methodName(method == 0 ? site.method : method);
        return site.isPoll ? operation + RowKey.POLLS : operation;
    }

    private void own(String type, SeenObjects objects, int thread) {
        Map<Integer, Integer> owned = owners.computeIfAbsent(type, any -> new HashMap<>());
        int[] table = objects.table();
        for (int i = 0; i < table.length && owned != MANY; i += 2) {
            if (table[i + 1] > 0) {
                owned.merge(table[i], thread, (before, now) -> before.equals(now) ? before : (Integer) SHARED);
                if (owned.size() == MOST_OBJECTS) {
                    owned = MANY;
                    owners.put(type, MANY);
                    forgetObjects(type);
                }
            }
        }
    }

    /** Lets go of which objects of a type rows are of, since it is not known which of these are shared. */
    private void forgetObjects(String type) {
        retired.forEach((key, row) -> {
            if (key.type.equals(type)) {
                row.objects.forget();
            }
        });
    }

    private String line(RowKey key, Row row) {
        long same = sameObject(key, row);
        return key.line(row.threads, row.count, row.bytes) + (same >= 0 ? ",\"sameObject\":" + same : "")
                + (row.isAtLeast ? ",\"atLeast\":true" : "") + "}";
    }

    /** {@return how many of a row's accesses were of objects that another thread used too; -1 when not known} */
    private long sameObject(RowKey key, Row row) {
        Map<Integer, Integer> owned = owners.get(key.type);
        if (row.objects.isFull() || owned == null || owned == MANY) {
            return -1;
        }
        long all = 0;
        long shared = 0;
        int[] table = row.objects.table();
        for (int i = 0; i < table.length; i += 2) {
            all += table[i + 1];
            shared += owned.getOrDefault(table[i], 0) == SHARED ? table[i + 1] : 0;
        }
        if (all == 0) {
            return -1;
        }
        return shared == all ? row.count : (long) ((double) row.count * shared / all);
    }
}
