package dev.faultline.suggest.java;

import dev.faultline.access.FieldUse;
import dev.faultline.source.jvm.ClassOutline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A grouping of the fields of a class. Each group is kept apart by padding; the other fields are at the start, beside
 * the header and the inherited fields. What the source keeps apart is never joined.
 *
 * @param apart the groups, in order
 * @param guards for each field that the source guards, the number of its segment
 */
record ClassGroups(List<List<String>> apart, Map<String, Integer> guards) {

    /** Largest number of groups; merging all pairs step by step takes time with the third power of it. */
    private static final int MOST_GROUPS = 24;

    ClassGroups {
        apart = apart.stream().map(List::copyOf).toList();
        guards = Map.copyOf(guards);
    }

    /** {@return the grouping of the source itself: each segment that it guards is a group} */
    static ClassGroups ofSource(ClassOutline outline) {
        List<List<String>> apart = outline.segments().stream()
                .filter(ClassOutline.Segment::isGuarded)
                .map(ClassOutline.Segment::fields)
                .toList();
        return new ClassGroups(apart, guards(outline));
    }

    private static Map<String, Integer> guards(ClassOutline outline) {
        Map<String, Integer> guards = new HashMap<>();
        List<ClassOutline.Segment> segments = outline.segments();
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).isGuarded()) {
                for (String field : segments.get(i).fields()) {
                    guards.put(field, i);
                }
            }
        }
        return guards;
    }

    /**
     * {@return the finest useful grouping: fields that the same operations use alike are one group, since they are
     * interchangeable; fields that no role writes need no padding unless the source guards them}
     */
    static ClassGroups finest(ClassOutline outline, List<FieldUse> uses) {
        Map<String, Integer> guards = guards(outline);
        for (Fineness fineness : Fineness.values()) {
            Map<Set<String>, List<String>> groups = new LinkedHashMap<>();
            for (ClassOutline.OwnField field : outline.fields()) {
                List<FieldUse> own = uses.stream().filter(of(field.name())).toList();
                boolean isWritten = own.stream().anyMatch(use -> use.kind().writes());
                if (isWritten || guards.containsKey(field.name())) {
                    Set<String> key = new LinkedHashSet<>(isWritten ? fineness.signature(own) : Set.of());
                    key.add("segment " + guards.get(field.name()));
                    groups.computeIfAbsent(key, any -> new ArrayList<>()).add(field.name());
                }
            }
            if (groups.size() <= MOST_GROUPS) {
                return new ClassGroups(List.copyOf(groups.values()), guards);
            }
        }
        return ofSource(outline);
    }

    /** The uses by which fields are distinguished; the next kind is tried when there are too many groups. */
    private enum Fineness {
        USES,
        WRITERS,
        WRITING_ROLES;

        Set<String> signature(List<FieldUse> uses) {
            return uses.stream()
                    .filter(use -> this == USES || use.kind().writes())
                    .map(use ->
                            use.role().name() + (this == WRITING_ROLES ? "" : "\n" + use.basis() + "\n" + use.kind()))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
    }

    private static Predicate<FieldUse> of(String field) {
        return use -> use.field().path().equals(field);
    }

    /** {@return this with one group moved to the start} */
    ClassGroups without(int group) {
        List<List<String>> fewer = new ArrayList<>(apart);
        fewer.remove(group);
        return new ClassGroups(fewer, guards);
    }

    ClassGroups merging(int group, int other) {
        List<List<String>> fewer = new ArrayList<>(apart);
        List<String> both = new ArrayList<>(fewer.get(group));
        both.addAll(fewer.remove(other)); // its index is larger, so the other index stays valid
        both.sort(null); // groupings are equal whatever the order of merging
        fewer.set(group, both);
        return new ClassGroups(fewer, guards);
    }

    /** {@return every grouping with one group less} */
    List<ClassGroups> coarser() {
        List<ClassGroups> all = new ArrayList<>();
        for (int i = 0; i < apart.size(); i++) {
            if (!guards.containsKey(apart.get(i).get(0))) {
                all.add(without(i));
            }
            for (int j = i + 1; j < apart.size(); j++) {
                if (Objects.equals(guard(i), guard(j))) {
                    all.add(merging(i, j));
                }
            }
        }
        return all;
    }

    private Integer guard(int group) {
        return guards.get(apart.get(group).get(0));
    }

    ClassPlan plan(ClassOutline outline, List<FieldUse> uses, int padBytes) {
        Set<String> away = apart.stream().flatMap(List::stream).collect(Collectors.toSet());
        List<String> start = outline.fields().stream()
                .map(ClassOutline.OwnField::name)
                .filter(name -> !away.contains(name))
                .toList();
        List<ClassPlan.Section> sections = new ArrayList<>();
        if (!start.isEmpty()) {
            sections.add(new ClassPlan.Section(start, false, users(start, uses)));
        }
        apart.forEach(group -> sections.add(new ClassPlan.Section(group, true, users(group, uses))));
        return new ClassPlan(outline, sections, padBytes);
    }

    private static List<String> users(List<String> fields, List<FieldUse> uses) {
        List<String> users = new ArrayList<>();
        for (String field : fields) {
            Map<String, Set<String>> byRole = new LinkedHashMap<>();
            uses.stream()
                    .filter(of(field))
                    .forEach(use -> byRole.computeIfAbsent(
                                    (use.kind().writes() ? "written by " : "read by ")
                                            + use.role().name(),
                                    any -> new LinkedHashSet<>())
                            .add(use.basis()));
            String words = byRole.entrySet().stream()
                    .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
                    .collect(Collectors.joining(", "));
            users.add(field + ": " + (words.isEmpty() ? "no known use" : words));
        }
        return users;
    }
}
