package dev.faultline.access;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.input.InputProblems;
import dev.faultline.input.Nearest;
import dev.faultline.input.name.NameChoice;
import dev.faultline.input.name.QualifiedName;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a profile fits the structs that are analysed with it, and what of it does nothing.
 *
 * @param used the entries of the profile that mean any of the structs
 * @param notes what a person who wrote the profile should know: entries that mean none of the structs, roles without
 *     operations, operations without accesses
 */
@Internal
public record ProfileCoverage(List<StructProfile> used, List<String> notes) {

    private static final int MOST_NAMED = 5;

    /**
     * A struct that is analysed.
     *
     * @param layout the struct
     * @param version its version; empty when there is none
     */
    public record Analysed(StructLayout layout, String version) {}

    public ProfileCoverage {
        used = List.copyOf(used);
        notes = List.copyOf(notes);
    }

    /**
     * Compares a profile with structs.
     *
     * @param profile the profile
     * @param structs the structs
     * @return how they fit
     * @throws InputException when a short name means several of the structs, or several names mean one
     */
    public static ProfileCoverage of(Profile profile, List<Analysed> structs) {
        InputProblems problems = new InputProblems();
        Map<String, Set<String>> namesOf = new LinkedHashMap<>();
        profile.structs().forEach(entry -> namesOf.put(entry.struct(), new LinkedHashSet<>()));
        for (Analysed one : structs) {
            String name = one.layout().name();
            problems.attempt(() -> profile.forStruct(name, one.version()))
                    .flatMap(found -> found)
                    .ifPresent(entry -> namesOf.get(entry.struct()).add(name));
        }
        namesOf.forEach((entry, names) -> ambiguous(profile, entry, names).ifPresent(problems::add));
        problems.check();
        List<StructProfile> used = profile.structs().stream()
                .filter(entry -> !namesOf.get(entry.struct()).isEmpty())
                .toList();
        List<String> notes = new ArrayList<>();
        unmatched(profile, used, structs).ifPresent(notes::add);
        long untyped = profile.structs().stream()
                .filter(entry -> !used.contains(entry) && Observation.isUntyped(entry.struct()))
                .count();
        if (untyped > 0) {
            String source = profile.structs().get(0).source();
            notes.add(source + ": it also has memory that has no type, and objects that were on one line: inspect "
                    + source + " shows them");
        }
        used.forEach(entry -> idle(entry, notes));
        return new ProfileCoverage(used, notes);
    }

    /** A pattern may mean several structs, a name may not. */
    private static Optional<InputException> ambiguous(Profile profile, String entry, Set<String> names) {
        List<String> meant = names.stream()
                .filter(name -> NameChoice.of(withoutVersion(entry), name)
                        .filter(choice -> choice != NameChoice.PATTERN)
                        .isPresent())
                .toList();
        if (meant.stream().map(QualifiedName::of).distinct().count() < 2) {
            return Optional.empty();
        }
        return Optional.of(new InputException(
                profile.structs().get(0).source(),
                "",
                entry + " may be one of " + meant.size() + ": " + listed(meant) + "; write the whole name, or \"*"
                        + entry + "\" for all"));
    }

    private static String withoutVersion(String entry) {
        int at = entry.lastIndexOf('@');
        return at > 0 ? entry.substring(0, at) : entry;
    }

    private static Optional<String> unmatched(Profile profile, List<StructProfile> used, List<Analysed> structs) {
        List<String> names = structs.stream().map(one -> one.layout().name()).toList();
        List<String> idle = profile.structs().stream()
                .filter(entry -> !used.contains(entry) && !Observation.isUntyped(entry.struct()))
                .map(StructProfile::struct)
                .toList();
        if (idle.isEmpty()) {
            return Optional.empty();
        }
        List<String> shown = idle.stream()
                .limit(MOST_NAMED)
                .map(entry -> entry + hint(entry, names))
                .toList();
        return Optional.of(
                profile.structs().get(0).source() + ": no struct analysed here is called " + String.join(", ", shown)
                        + (idle.size() > MOST_NAMED ? " and " + (idle.size() - MOST_NAMED) + " more" : ""));
    }

    /** {@return what an entry that means no struct may be meant for; empty when that is unknown} */
    public static String hint(String entry, List<String> names) {
        int bracket = entry.indexOf('<');
        String plain = bracket > 0 ? entry.substring(0, bracket) : entry;
        if (bracket > 0
                && names.stream()
                        .anyMatch(name -> name.indexOf('<') < 0
                                && NameChoice.of(plain, name).isPresent())) {
            return " (write " + plain + ": the name of a class has no type arguments)";
        }
        return Nearest.hint(
                entry, names.stream().flatMap(name -> ends(name).stream()).toList());
    }

    /** {@return a name, and without its packages} */
    private static List<String> ends(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 || dot == name.length() - 1 ? List.of(name) : List.of(name, name.substring(dot + 1));
    }

    private static void idle(StructProfile entry, List<String> notes) {
        String where = entry.source() + ": " + entry.struct() + ": ";
        if (entry.operations().isEmpty()) {
            notes.add(where + "no operations, so nothing uses its fields");
            return;
        }
        List<String> idle = entry.roles().stream()
                .map(Role::name)
                .filter(role ->
                        entry.operations().stream().noneMatch(one -> one.role().equals(role)))
                .toList();
        if (!idle.isEmpty()) {
            notes.add(where + (idle.size() == 1 ? "role " : "roles ") + listed(idle)
                    + (idle.size() == 1 ? " has no operation" : " have no operations") + ", so nothing is counted for "
                    + (idle.size() == 1 ? "it" : "them"));
        }
        List<String> empty = entry.operations().stream()
                .filter(one -> one.accesses().isEmpty())
                .map(one -> "`" + one.name() + "` of " + one.role())
                .toList();
        if (!empty.isEmpty()) {
            notes.add(where + (empty.size() == 1 ? "operation " : "operations ") + listed(empty)
                    + (empty.size() == 1 ? " has" : " have") + " no accesses");
        }
    }

    private static String listed(List<String> words) {
        return String.join(", ", words.subList(0, Math.min(MOST_NAMED, words.size())))
                + (words.size() > MOST_NAMED ? " and " + (words.size() - MOST_NAMED) + " more" : "");
    }
}
