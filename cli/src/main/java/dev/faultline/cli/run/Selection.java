package dev.faultline.cli.run;

import dev.faultline.cli.option.Glob;
import dev.faultline.input.InputException;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The structs of a run.
 *
 * @param selected what was found, in the order asked for
 * @param complaints one line for each struct that was named and is missing, or when there is nothing at all
 * @param notes what else the user should know
 */
public record Selection(List<Selected> selected, List<String> complaints, List<String> notes) {

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
    }

    /** {@return the structs of a source whose names match} */
    public static Selection matching(Glob glob, LayoutSource source) {
        if (glob.matchesAll()) {
            return whole(source);
        }
        Set<String> references = new LinkedHashSet<>();
        for (LayoutSource.Entry entry : source.entries()) {
            if (glob.matches(entry.name())) {
                references.add(reference(entry));
            }
        }
        return references.isEmpty()
                ? new Selection(List.of(), List.of(noneMatches(glob, source)), List.of())
                : found(references, source);
    }

    /** {@return the complaint that a pattern matches no name} */
    public static String noneMatches(Glob glob, LayoutSource source) {
        return source.description() + ": none of its " + source.entries().size() + " structs matches '" + glob.text()
                + "'";
    }

    /** {@return what a source takes to find the entry} */
    public static String reference(LayoutSource.Entry entry) {
        return entry.version().isEmpty() ? entry.name() : entry.name() + "@" + entry.version();
    }

    /** {@return every struct of a source} */
    public static Selection whole(LayoutSource source) {
        List<Subject> subjects = source.all();
        List<String> complaints = subjects.isEmpty() ? List.of(source.description() + ": holds no structs") : List.of();
        return new Selection(of(subjects, source), complaints, List.of());
    }

    static List<Selected> of(List<Subject> subjects, LayoutSource source) {
        return subjects.stream().map(subject -> new Selected(subject, source)).toList();
    }

    /** An interface among classes has no layout; that is a note, not a failure. */
    private static Selection found(Set<String> references, LayoutSource source) {
        List<Subject> subjects = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String reference : references) {
            Lookup lookup = find(reference, source);
            if (lookup instanceof Lookup.Found found) {
                subjects.addAll(found.subjects());
            } else if (lookup instanceof Lookup.Missing none) {
                missing.add(none.reason());
            }
        }
        List<String> line = missing.isEmpty() ? List.of() : List.of(leftOut(missing));
        return subjects.isEmpty()
                ? new Selection(List.of(), line, List.of())
                : new Selection(of(subjects, source), List.of(), line);
    }

    private static String leftOut(List<String> missing) {
        return missing.size() == 1
                ? missing.get(0)
                : missing.size() + " of the matching structs cannot be laid out; the first: " + missing.get(0);
    }

    /** Looks a struct up. A damaged struct counts as missing, so that the others are still shown. */
    static Lookup find(String name, LayoutSource source) {
        try {
            return source.findAsShown(name);
        } catch (InputException broken) {
            return new Lookup.Missing(broken.getMessage());
        }
    }

    /** {@return this and another one after it} */
    public Selection and(Selection other) {
        return new Selection(
                concat(selected, other.selected), concat(complaints, other.complaints), concat(notes, other.notes));
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
        complaints.forEach(context::say);
    }
}
