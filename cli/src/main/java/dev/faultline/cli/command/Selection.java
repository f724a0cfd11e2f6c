package dev.faultline.cli.command;

import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.Reference;
import dev.faultline.input.InputException;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The structs of a run, and why some that were asked for are not among them.
 *
 * @param selected what was found, in the order asked for
 * @param complaints one line for each that was asked for by name and is not there, or when there is nothing at all
 * @param notes what else the user should know
 */
record Selection(List<Selected> selected, List<String> complaints, List<String> notes) {

    /**
     * A struct and where it was found.
     *
     * @param subject the struct
     * @param source the source
     */
    record Selected(Subject subject, LayoutSource source) {}

    /** Copies the lists. */
    Selection {
        selected = List.copyOf(selected);
        complaints = List.copyOf(complaints);
        notes = List.copyOf(notes);
    }

    /**
     * Finds structs by reference.
     *
     * @param references what was typed
     * @param from the source of references that name none
     * @param embedders whether the structs that embed them are wanted instead
     * @param sources opens sources
     * @return what was found
     */
    static Selection of(List<Reference> references, Optional<String> from, boolean embedders, Sources sources) {
        List<Selected> selected = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        for (Reference typed : references) {
            Reference reference = whole(typed, from, sources);
            Optional<String> named = reference.source().or(() -> from);
            LayoutSource source = sources.get(named);
            Lookup lookup = find(reference.name(), source);
            if (lookup instanceof Lookup.Missing missing) {
                complaints.add(missing.reason());
            } else if (lookup instanceof Lookup.Found found && embedders) {
                List<Subject> around = Embedders.of(found.subjects(), source);
                selected.addAll(from(source, around));
                if (around.isEmpty()) {
                    complaints.add(source.description() + ": nothing embeds "
                            + found.subjects().get(0).layout().spelling());
                }
            } else if (lookup instanceof Lookup.Found found) {
                selected.addAll(from(source, found.subjects()));
            }
        }
        return new Selection(selected, complaints, List.of());
    }

    /**
     * {@return the reference, or the whole of it as a name} Where a source is given, a number sign may be part of a
     * name
     * in it: what bears the whole word there is meant.
     */
    static Reference whole(Reference reference, Optional<String> from, Sources sources) {
        if (reference.source().isEmpty() || from.isEmpty()) {
            return reference;
        }
        String word = reference.source().get() + "#" + reference.name();
        try {
            return sources.get(from).findAsShown(word) instanceof Lookup.Found
                    ? new Reference(Optional.empty(), word)
                    : reference;
        } catch (InputException broken) { // a reference that names its own source needs no other
            return reference;
        }
    }

    /** One damaged struct does not keep the others from being shown. */
    private static Lookup find(String name, LayoutSource source) {
        try {
            return source.findAsShown(name);
        } catch (InputException broken) {
            return new Lookup.Missing(broken.getMessage());
        }
    }

    /** {@return the structs of a source whose names fit} */
    static Selection matching(Glob glob, LayoutSource source) {
        if (glob.matchesAll()) {
            return whole(source);
        }
        Set<String> references = new LinkedHashSet<>();
        for (LayoutSource.Entry entry : source.entries()) {
            if (glob.matches(entry.name())) {
                references.add(reference(entry));
            }
        }
        if (references.isEmpty()) {
            String complaint = source.description() + ": none of its "
                    + source.entries().size() + " structs matches '" + glob.text() + "'";
            return new Selection(List.of(), List.of(complaint), List.of());
        }
        return found(references, source);
    }

    /** {@return what a source takes to find the entry} */
    static String reference(LayoutSource.Entry entry) {
        return entry.version().isEmpty() ? entry.name() : entry.name() + "@" + entry.version();
    }

    /** {@return this and another one after it} */
    Selection and(Selection other) {
        return new Selection(
                concat(selected, other.selected), concat(complaints, other.complaints), concat(notes, other.notes));
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        List<T> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    /** {@return every struct of a source} */
    static Selection whole(LayoutSource source) {
        List<Subject> subjects = source.all();
        List<String> complaints = subjects.isEmpty() ? List.of(source.description() + ": holds no structs") : List.of();
        return new Selection(from(source, subjects), complaints, List.of());
    }

    private static List<Selected> from(LayoutSource source, List<Subject> subjects) {
        return subjects.stream().map(subject -> new Selected(subject, source)).toList();
    }

    /** An interface among classes has no layout; that is worth a word, not a failure. */
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
                : new Selection(from(source, subjects), List.of(), line);
    }

    private static String leftOut(List<String> missing) {
        return missing.size() == 1
                ? missing.get(0)
                : missing.size() + " of the matching structs cannot be laid out; the first: " + missing.get(0);
    }
}
