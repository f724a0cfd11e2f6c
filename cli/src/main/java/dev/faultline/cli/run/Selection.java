package dev.faultline.cli.run;

import dev.faultline.access.Profile;
import dev.faultline.access.StructProfile;
import dev.faultline.cli.option.Glob;
import dev.faultline.input.InputException;
import dev.faultline.source.Inventory;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Omissions;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ArrayInField;
import dev.faultline.source.jvm.ClassSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The structs of a run.
 *
 * @param selected what was found, in the order asked for
 * @param complaints one line for each struct that was named and is missing, or when there is nothing at all
 * @param notes what else the user should know
 * @param omissions what sources left out, of those that left out something and not everything
 */
public record Selection(
        List<Selected> selected, List<String> complaints, List<String> notes, List<Omissions> omissions) {

    /** What the name of static fields ends with. */
    private static final String STATICS = ".class";

    /**
     * A struct and where it was found.
     *
     * @param subject the struct
     * @param source the source
     */
    public record Selected(Subject subject, LayoutSource source) {}

    public Selection {
        selected = List.copyOf(selected);
        complaints = List.copyOf(complaints);
        notes = List.copyOf(notes);
        omissions = List.copyOf(omissions);
    }

    Selection(List<Selected> selected, List<String> complaints, List<String> notes) {
        this(selected, complaints, notes, List.of());
    }

    /** {@return the structs of a source whose names match} */
    public static Selection matching(Glob glob, LayoutSource source) {
        if (glob.matchesAll()) {
            return whole(source);
        }
        List<LayoutSource.Entry> entries = source.entries();
        if (entries.stream().noneMatch(entry -> glob.matches(entry.name()))) {
            return new Selection(List.of(), List.of(noneMatches(glob, source)), source.notes());
        }
        return of(source.inventory(entry -> glob.matches(entry.name())), source, "matching ");
    }

    /** {@return the complaint that a pattern matches no name} */
    public static String noneMatches(Glob glob, LayoutSource source) {
        int entries = source.entries().size();
        if (entries == 0) {
            return holdsNothing(source);
        }
        Glob within = Glob.parse("*" + glob.text() + "*");
        long near = source.entries().stream()
                .filter(entry -> within.matches(entry.name()))
                .count();
        return source.description() + ": '" + glob.text() + "' matches no " + singular(source) + " of " + entries
                + (near == 0 ? "" : "; a pattern is for the whole name, and '" + within.text() + "' matches " + near);
    }

    private static String holdsNothing(LayoutSource source) {
        return source.description() + ": holds no " + noun(source);
    }

    private static String singular(LayoutSource source) {
        return source instanceof ClassSource ? "class" : "struct";
    }

    private static String noun(LayoutSource source) {
        return source instanceof ClassSource ? "classes" : "structs";
    }

    /** {@return what a source takes to find the entry} */
    public static String reference(LayoutSource.Entry entry) {
        return entry.version().isEmpty() ? entry.name() : entry.name() + "@" + entry.version();
    }

    /** {@return every struct of a source} */
    public static Selection whole(LayoutSource source) {
        return of(source.inventory(), source, "");
    }

    /** {@return no structs, but what is known to be missing of those whose names match, and what else to note} */
    public static Selection missing(Glob glob, LayoutSource source) {
        Inventory known = source.missing(entry -> glob.matches(entry.name()));
        Omissions omissions = Omissions.of(source.description(), known);
        return new Selection(
                List.of(), List.of(), source.notes(), omissions.isEmpty() ? List.of() : List.of(omissions));
    }

    /** What was left out is a note when there is something to show, else the complaint. */
    private static Selection of(Inventory inventory, LayoutSource source, String which) {
        Omissions omissions = Omissions.of(source.description(), inventory);
        List<String> notes = new ArrayList<>(source.notes());
        int without = inventory.withoutInstances();
        if (!which.isEmpty() && without > 0 && !inventory.subjects().isEmpty()) {
            notes.add(source.description() + ": " + without + " of the matching names "
                    + (without == 1 ? "is an interface or annotation type" : "are interfaces or annotation types")
                    + ", without a layout");
        }
        if (inventory.subjects().isEmpty()) {
            return new Selection(List.of(), nothing(inventory, omissions, source, which), notes, List.of());
        }
        return new Selection(
                of(inventory.subjects(), source),
                List.of(),
                notes,
                omissions.isEmpty() ? List.of() : List.of(omissions));
    }

    private static List<String> nothing(Inventory inventory, Omissions omissions, LayoutSource source, String which) {
        if (inventory.leftOut().size() == 1 && omissions.unread().isEmpty()) {
            return List.of(inventory.leftOut().get(0).reason());
        }
        if (!omissions.isEmpty()) {
            return omissions.lines();
        }
        int without = inventory.withoutInstances();
        return List.of(
                without == 0
                        ? holdsNothing(source)
                        : source.description() + ": "
                                + (without == 1 ? "its one " : "all its " + without + " ")
                                + which
                                + (without == 1
                                        ? "class is an interface or annotation type; it has no instances"
                                        : "classes are interfaces or annotation types; these have no instances")
                                + " and so no layout");
    }

    static List<Selected> of(List<Subject> subjects, LayoutSource source) {
        return subjects.stream().map(subject -> new Selected(subject, source)).toList();
    }

    /** Looks a struct up. A damaged struct counts as missing, so that the others are still shown. */
    static Lookup find(String name, LayoutSource source) {
        try {
            return source.findAsShown(name);
        } catch (InputException broken) {
            return new Lookup.Missing(broken.getMessage());
        }
    }

    /**
     * {@return these classes with what belongs to them and no source lists, where a profile tells who uses it: their
     * static fields, under the name of the class literal, and the arrays that are in a field}
     *
     * @param source their source
     * @param profile the profile of {@code --profile}
     */
    public Selection withParts(LayoutSource source, Optional<Profile> profile) {
        if (profile.isEmpty() || !(source instanceof ClassSource)) {
            return this;
        }
        Set<String> classes =
                selected.stream().map(one -> one.subject().layout().name()).collect(Collectors.toSet());
        List<Subject> parts = new ArrayList<>();
        for (StructProfile struct : profile.get().structs()) {
            String name = struct.struct();
            if (name.endsWith(STATICS) && classes.contains(name.substring(0, name.length() - STATICS.length()))) {
                parts.addAll(found(name, source));
            }
            ArrayInField.of(name)
                    .filter(array -> classes.contains(array.className()))
                    .ifPresent(array -> found(array.spelling(struct), source).stream()
                            .map(array::named)
                            .forEach(parts::add));
        }
        return and(new Selection(of(parts, source), List.of(), List.of()));
    }

    private static List<Subject> found(String name, LayoutSource source) {
        return find(name, source) instanceof Lookup.Found found ? found.subjects() : List.of();
    }

    /** {@return this and another one after it} */
    public Selection and(Selection other) {
        return new Selection(
                concat(selected, other.selected),
                concat(complaints, other.complaints),
                concat(notes, other.notes),
                concat(omissions, other.omissions));
    }

    /** {@return this without notes that were printed before} */
    Selection withoutNotes(List<String> printed) {
        List<String> others =
                notes.stream().filter(note -> !printed.contains(note)).toList();
        return new Selection(selected, complaints, others, omissions);
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** {@return the structs without their sources} */
    public List<Subject> subjects() {
        return selected.stream().map(Selected::subject).toList();
    }

    /** Prints notes and complaints. */
    public void report(CliContext context) {
        notes.forEach(context::say);
        omissions.forEach(one -> one.lines().forEach(context::say));
        complaints.forEach(context::say);
    }
}
