package dev.faultline.suggest.java;

import dev.faultline.access.FieldUse;
import dev.faultline.layout.FieldRef;
import dev.faultline.source.jvm.ClassOutline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Fields of a class in groups that stand apart; those in none stand at the start, beside the header and what is inherited.
 *
 * @param apart the groups, in order
 */
record ClassGroups(List<List<String>> apart) {

    /** More groups than this are not told apart: trying all pairs takes the third power of their number. */
    private static final int MOST_GROUPS = 24;

    ClassGroups {
        apart = apart.stream().map(List::copyOf).toList();
    }

    /**
     * {@return the finest grouping worth looking at: fields that the same operations use alike are one group, for each of them
     * could take the others' places; what nobody writes needs no protection}
     */
    static ClassGroups finest(ClassOutline outline, List<FieldUse> uses) {
        for (Fineness fineness : Fineness.values()) {
            Map<Set<String>, List<String>> groups = new LinkedHashMap<>();
            for (ClassOutline.OwnField field : outline.fields()) {
                List<FieldUse> own = uses.stream().filter(of(field.name())).toList();
                if (own.stream().anyMatch(use -> use.kind().writes())) {
                    groups.computeIfAbsent(fineness.signature(own), any -> new ArrayList<>())
                            .add(field.name());
                }
            }
            if (groups.size() <= MOST_GROUPS) {
                return new ClassGroups(List.copyOf(groups.values()));
            }
        }
        return new ClassGroups(List.of());
    }

    /** By what fields are told apart; the next is tried when there are too many groups. */
    private enum Fineness {
        USES,
        WRITERS,
        WRITING_ROLES;

        Set<String> signature(List<FieldUse> uses) {
            return uses.stream()
                    .filter(use -> this == USES || use.kind().writes())
                    .map(use -> use.role().name()
                            + (this == WRITING_ROLES ? "" : "\n" + use.operation() + "\n" + use.kind()))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
    }

    private static Predicate<FieldUse> of(String field) {
        return use -> use.field().path().equals(field);
    }

    /** {@return this with a group put at the start} */
    ClassGroups without(int group) {
        List<List<String>> fewer = new ArrayList<>(apart);
        fewer.remove(group);
        return new ClassGroups(fewer);
    }

    /** {@return this with two groups made one} */
    ClassGroups merging(int group, int other) {
        List<List<String>> fewer = new ArrayList<>(apart);
        List<String> both = new ArrayList<>(fewer.get(group));
        both.addAll(fewer.remove(other)); // behind the group, which keeps its place
        both.sort(null); // the order in which groups were joined tells no two groupings apart
        fewer.set(group, both);
        return new ClassGroups(fewer);
    }

    /** {@return every grouping with one group less} */
    List<ClassGroups> coarser() {
        List<ClassGroups> all = new ArrayList<>();
        for (int i = 0; i < apart.size(); i++) {
            all.add(without(i));
            for (int j = i + 1; j < apart.size(); j++) {
                all.add(merging(i, j));
            }
        }
        return all;
    }

    /** {@return how to spread the class so} */
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
                            .add(use.operation()));
            String words = byRole.entrySet().stream()
                    .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
                    .collect(Collectors.joining(", "));
            users.add(field + ": " + (words.isEmpty() ? "used by nobody the profile knows" : words));
        }
        return users;
    }

    /** {@return whether a field of the workload is one of the class's own} */
    static boolean isOwn(ClassOutline outline, FieldRef field) {
        return outline.fields().stream().anyMatch(own -> own.name().equals(field.path()));
    }
}
