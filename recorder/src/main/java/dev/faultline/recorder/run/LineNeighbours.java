package dev.faultline.recorder.run;

import dev.faultline.recorder.memory.ObjectAddresses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which different objects lie on one cache line while several threads use them and one of them writes. The heap is
 * looked at again and again, since collections move objects. One thread at a time uses it.
 */
final class LineNeighbours {

    /** The line of nearly all machines, and two of them, which some fetch together. */
    private static final int LINE_BYTES = 64;

    private static final int PAIR_BYTES = 2 * LINE_BYTES;
    private static final int MOST_TOGETHER = 8;
    private static final int MOST_GROUPS = 1024;
    private static final int MOST_TOLD = 8;
    /** Of how many objects in one place of a group the counts are added up. */
    private static final int MOST_ALIKE = 1024;

    private static final int MOST_KEPT = 1 << 15;

    /** Fields of different objects that were on one line. */
    private static final class Group {
        /** By name: the spots that were seen in it. */
        final Map<String, Set<ObjectSpot>> spots = new TreeMap<>();
        /** By name: where in a pair of lines the field was when it was last seen so. */
        final Map<String, Long> offsets = new TreeMap<>();

        int seen;
        int looks;
    }

    private final Map<Set<String>, Group> groups = new HashMap<>();
    /** How many spots all groups have together. */
    private int kept;

    /** Looks at where the objects are now. */
    void look() {
        List<ObjectSpot> spots = SampledObjects.spots();
        if (spots.isEmpty() || !ObjectAddresses.areKnown()) {
            return;
        }
        Object[] objects = new Object[spots.size()];
        for (int i = 0; i < objects.length; i++) {
            objects[i] = spots.get(i).object.get();
        }
        long[] addresses = ObjectAddresses.of(objects);
        Map<Long, List<Integer>> lines = new TreeMap<>();
        Set<String> alive = new HashSet<>();
        for (int i = 0; i < objects.length; i++) {
            if (objects[i] != null && addresses[i] != ObjectAddresses.UNKNOWN) {
                addresses[i] += spots.get(i).byteOffset;
                lines.computeIfAbsent(addresses[i] / LINE_BYTES, any -> new ArrayList<>())
                        .add(i);
                alive.add(name(spots.get(i)));
            }
        }
        groups.forEach((names, group) -> group.looks += alive.containsAll(names) ? 1 : 0);
        Set<Set<String>> seen = new HashSet<>();
        for (List<Integer> line : lines.values()) {
            together(line, spots, objects, addresses, seen);
        }
    }

    private void together(
            List<Integer> line, List<ObjectSpot> spots, Object[] objects, long[] addresses, Set<Set<String>> seen) {
        List<Integer> disturbed = new ArrayList<>();
        for (int one : line) {
            for (int other : line) {
                if (objects[one] != objects[other] && spots.get(one).isDisturbedBy(spots.get(other))) {
                    disturbed.add(one);
                    break;
                }
            }
        }
        if (disturbed.size() < 2 || disturbed.size() > MOST_TOGETHER) {
            return;
        }
        disturbed.sort(Comparator.comparingLong(one -> addresses[one]));
        Map<String, Integer> byName = new TreeMap<>();
        for (int one : disturbed) {
            String name = name(spots.get(one));
            for (int twin = 2; byName.containsKey(name); twin++) {
                name = name(spots.get(one)) + " " + twin;
            }
            byName.put(name, one);
        }
        Group group = groups.get(byName.keySet());
        if (group == null) {
            if (groups.size() >= MOST_GROUPS) {
                return;
            }
            group = new Group();
            group.looks = 1;
            groups.put(new TreeSet<>(byName.keySet()), group);
        }
        group.seen += seen.add(byName.keySet()) ? 1 : 0;
        for (Map.Entry<String, Integer> one : byName.entrySet()) {
            Set<ObjectSpot> alike = group.spots.computeIfAbsent(one.getKey(), any -> new HashSet<>());
            boolean isRoom = alike.isEmpty() || alike.size() < MOST_ALIKE && kept < MOST_KEPT;
            kept += isRoom && alike.add(spots.get(one.getValue())) ? 1 : 0;
            group.offsets.put(one.getKey(), addresses[one.getValue()] % PAIR_BYTES);
        }
    }

    private static String name(ObjectSpot spot) {
        return spot.type + "#" + spot.field;
    }

    /** {@return the groups to tell of, those used most first; of those that have two fields in common one} */
    private List<Group> told() {
        List<Map.Entry<Set<String>, Group>> all = new ArrayList<>(groups.entrySet());
        all.sort(Comparator.comparingLong((Map.Entry<Set<String>, Group> one) -> -used(one.getValue()))
                .thenComparing(one -> one.getKey().toString()));
        List<Set<String>> names = new ArrayList<>();
        List<Group> told = new ArrayList<>();
        for (Map.Entry<Set<String>, Group> one : all) {
            boolean isAlike = names.stream()
                    .anyMatch(other ->
                            other.stream().filter(one.getKey()::contains).count() > 1);
            if (!isAlike && told.size() < MOST_TOLD) {
                names.add(one.getKey());
                told.add(one.getValue());
            }
        }
        return told;
    }

    private static long used(Group group) {
        long sum = 0;
        for (Set<ObjectSpot> spots : group.spots.values()) {
            for (ObjectSpot spot : spots) {
                for (ObjectSpot.Use use : spot.uses()) {
                    sum += use.count();
                }
            }
        }
        return sum;
    }

    /** Adds the rows of an access file, and sentences that tell how often the objects lay so. */
    void tell(List<String> lines, List<String> notes) {
        if (!SampledObjects.spots().isEmpty() && !ObjectAddresses.areKnown()) {
            notes.add("which objects lie on one line is not told: this VM or its collector writes addresses in a way"
                    + " that is not known");
        }
        for (Group group : told()) {
            Set<String> types = new LinkedHashSet<>();
            group.spots.values().forEach(spots -> types.add(spots.iterator().next().type));
            String names = String.join(", ", types)
                    + (types.size() == 1 ? ", " + types.iterator().next() : "");
            notes.add(names + ": different objects were on one line of " + LINE_BYTES + " bytes in " + group.seen
                    + " of " + group.looks + " looks at the heap");
            addRows("neighbours " + names, group, lines);
        }
    }

    private static void addRows(String type, Group group, List<String> lines) {
        Map<String, Set<Integer>> threads = new HashMap<>();
        for (Set<ObjectSpot> spots : group.spots.values()) {
            for (ObjectSpot spot : spots) {
                spot.uses()
                        .forEach(use -> threads.computeIfAbsent(use.role, any -> new HashSet<>())
                                .add(use.thread));
            }
        }
        Set<String> taken = new HashSet<>();
        for (Map.Entry<String, Set<ObjectSpot>> one : group.spots.entrySet()) {
            String member = member(one.getValue().iterator().next());
            String field = member;
            for (int twin = 2; !taken.add(field); twin++) {
                field = member + "_" + twin;
            }
            long offset = group.offsets.get(one.getKey());
            Map<RowKey, Long> rows = new TreeMap<>();
            for (ObjectSpot spot : one.getValue()) {
                for (ObjectSpot.Use use : spot.uses()) {
                    rows.merge(key(use, threads, type, field, offset), use.count(), Long::sum);
                }
            }
            rows.forEach((key, count) -> lines.add(key.line(1, count, 1) + ",\"atLeast\":true}"));
        }
    }

    /** {@return the row of a use} Threads of one role are told apart: each may have an object of its own. */
    private static RowKey key(
            ObjectSpot.Use use, Map<String, Set<Integer>> threads, String type, String field, long offset) {
        String role = threads.get(use.role).size() > 1 ? use.role + " (" + use.thread + ")" : use.role;
        String operation = AccessRows.operation(use.site, use.method);
        return new RowKey(role, operation, type, field, offset, use.site.kind());
    }

    /** {@return the name of a field in a line: that in which an atomic object is, or that of the object itself} */
    private static String member(ObjectSpot spot) {
        int atomic = spot.type.indexOf(" (");
        String name = atomic < 0 ? spot.type + "." + spot.field : spot.type.substring(0, atomic);
        String simple = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
        return simple.replaceAll("\\W+", "_");
    }
}
