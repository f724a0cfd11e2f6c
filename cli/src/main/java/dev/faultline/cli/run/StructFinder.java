package dev.faultline.cli.run;

import dev.faultline.cli.option.Reference;
import dev.faultline.cli.option.SourceOptions;
import dev.faultline.input.InputException;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.detect.NearFile;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the structs that arguments name. */
public final class StructFinder {

    private static final int MOST_NAMED = 5;

    private final Optional<String> from;
    private final Sources sources;
    private final CliContext context;
    private final Set<String> noted = new HashSet<>();

    public StructFinder(SourceOptions options, CliContext context) {
        this(options, options.vm(), context);
    }

    /** Finds classes as one VM lays them out, whatever the options say. */
    public StructFinder(SourceOptions options, Optional<VmMode> mode, CliContext context) {
        this.from = Optional.ofNullable(options.from);
        this.sources = new Sources(OptionResolver.detector(options, mode, context), context);
        this.context = context;
    }

    /**
     * {@return whether an argument names a whole source; with {@code --from}, every argument is a struct of that one}
     */
    public boolean isSource(String argument) {
        return from.isEmpty() && Sources.isSource(argument);
    }

    /** {@return the source of {@code --from}, else the built-in catalogue} */
    public LayoutSource source() {
        return sources.get(from);
    }

    /** {@return a source by its name; the built-in catalogue without one} */
    LayoutSource source(Optional<String> name) {
        return sources.get(name);
    }

    /** {@return a source by its name} */
    public LayoutSource source(String name) {
        return sources.get(Optional.of(name));
    }

    /** {@return the source of {@code --from}} */
    Optional<String> from() {
        return from;
    }

    /**
     * Finds structs.
     *
     * @param names their references as typed
     * @throws dev.faultline.cli.option.UsageException when one is no reference
     */
    public Selection named(List<String> names) {
        return named(names, false, names.size() == 1);
    }

    /**
     * Finds the structs that embed others.
     *
     * @param names references of the embedded structs as typed
     * @throws dev.faultline.cli.option.UsageException when one is no reference
     */
    public Selection embedders(List<String> names) {
        return named(names, true, false);
    }

    /**
     * Finds structs.
     *
     * @param names their references as typed
     * @param embedders whether those that embed them are meant
     * @param isOne whether there is one name, and nothing else will be asked of its source
     */
    private Selection named(List<String> names, boolean embedders, boolean isOne) {
        List<Reference> references =
                names.stream().map(name -> Reference.parse(name, from)).toList();
        List<Selection.Selected> selected = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Reference typed : references) {
            Reference reference = whole(typed);
            Optional<String> only = isOne ? Optional.of(reference.name()) : Optional.empty();
            LayoutSource source = sources.get(reference.source().or(() -> from), only);
            Lookup lookup = Selection.find(reference.name(), source);
            notes.addAll(notes(source));
            if (lookup instanceof Lookup.Missing missing) {
                complaints.add(hinted(missing, reference.source().or(() -> from), reference.name()));
            } else if (lookup instanceof Lookup.Found found) {
                List<Subject> subjects = embedders ? Embedders.of(found.subjects(), source) : found.subjects();
                selected.addAll(Selection.of(subjects, source));
                several(found.subjects(), source).ifPresent(notes::add);
                if (subjects.isEmpty()) {
                    complaints.add(source.description() + ": nothing embeds "
                            + found.subjects().get(0).layout().spelling());
                }
            }
        }
        return new Selection(selected, complaints, notes);
    }

    /**
     * {@return what users should know about the source of a named struct, each note once; none for classes, whose notes
     * are about all of a class path}
     */
    List<String> notes(LayoutSource source) {
        return source instanceof ClassSource
                ? List.of()
                : source.notes().stream().filter(noted::add).toList();
    }

    /**
     * Finds one struct, or says why it is missing.
     *
     * @param name its reference as typed
     * @throws InputException when the name stands for several structs
     * @throws dev.faultline.cli.option.UsageException when it is no reference
     */
    public Optional<Selection.Selected> one(String name) {
        return one(name, true);
    }

    private Optional<Selection.Selected> one(String name, boolean isAll) {
        Selection selection = named(List.of(name), false, isAll);
        if (selection.selected().size() > 1) {
            throw new InputException(
                    Reference.parse(name, from).name(),
                    "",
                    "stands for " + selection.selected().size() + " structs; 'faultline inspect' shows them. "
                            + wayToOne(selection.subjects()));
        }
        selection.report(context);
        return selection.selected().stream().findFirst();
    }

    /** {@return what to do about several structs of one name} */
    private static String wayToOne(List<Subject> subjects) {
        List<String> references =
                subjects.stream().map(Subject::reference).distinct().toList();
        return references.size() < subjects.size()
                ? "Give a source with only one of them"
                : "Name one of them: " + listed(references);
    }

    private static String listed(List<String> references) {
        return String.join(", ", references.subList(0, Math.min(MOST_NAMED, references.size())))
                + (references.size() > MOST_NAMED ? ", ..." : "");
    }

    /** {@return that a name stands for several structs of a source; none when it stands for one} */
    private static Optional<String> several(List<Subject> subjects, LayoutSource source) {
        if (subjects.size() < 2) {
            return Optional.empty();
        }
        String name = subjects.get(0).layout().name();
        List<String> references =
                subjects.stream().map(Subject::reference).distinct().toList();
        return Optional.of(source.description() + ": " + name + " stands for " + subjects.size() + " different structs"
                + (references.size() < subjects.size() ? "" : ": " + listed(references)));
    }

    /**
     * Finds one struct for each name, or says why one is missing.
     *
     * @param names references as typed
     * @return one for each name, in order; empty when one is missing
     * @throws InputException when a name stands for several structs
     * @throws dev.faultline.cli.option.UsageException when one is no reference
     */
    public List<Subject> oneEach(List<String> names) {
        names.forEach(name -> Reference.parse(name, from));
        List<Subject> subjects = new ArrayList<>();
        for (String name : names) {
            Optional<Selection.Selected> selected = one(name, names.size() == 1);
            if (selected.isEmpty()) {
                return List.of();
            }
            subjects.add(selected.get().subject());
        }
        return subjects;
    }

    /** Looks a struct up by its reference. */
    Lookup lookup(Reference typed) {
        Reference reference = whole(typed);
        Optional<String> source = reference.source().or(() -> from);
        Lookup found = sources.get(source).findAsShown(reference.name());
        return found instanceof Lookup.Missing missing
                ? new Lookup.Missing(hinted(missing, source, reference.name()))
                : found;
    }

    /** A name that the catalogue lacks can be meant as a file. */
    private static String hinted(Lookup.Missing missing, Optional<String> source, String name) {
        if (source.isPresent() || name.indexOf('@') >= 0) {
            return missing.reason();
        }
        if (!Sources.isSource(name)) {
            String near = NearFile.hint(name);
            return near.isEmpty()
                    ? "there is no file " + name + ", and " + missing.reason()
                    : name + ": no such file" + near + ", and no struct of the built-in catalogue";
        }
        return Sources.isMissingFile(name)
                ? name + ": no such file" + NearFile.hint(name)
                : name + " is a source, not a struct; name one of its structs: " + name + "#NAME";
    }

    /**
     * {@return the reference, or all of it as a name} In the source of {@code --from}, a number sign may be part of a
     * name; a struct of that name comes first.
     */
    private Reference whole(Reference reference) {
        if (reference.source().isEmpty() || from.isEmpty()) {
            return reference;
        }
        String name = reference.source().get() + "#" + reference.name();
        try {
            return sources.get(from).findAsShown(name) instanceof Lookup.Found
                    ? new Reference(Optional.empty(), name)
                    : reference;
        } catch (InputException broken) { // a reference with its own source does not need that of --from
            return reference;
        }
    }
}
