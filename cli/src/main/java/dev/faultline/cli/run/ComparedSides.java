package dev.faultline.cli.run;

import dev.faultline.cli.option.Glob;
import dev.faultline.cli.option.Reference;
import dev.faultline.cli.option.SourceOptions;
import dev.faultline.cli.option.UsageException;
import dev.faultline.source.Inventory;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.VmMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The two sides of a comparison.
 *
 * @param before the old structs
 * @param after the new ones
 * @param whole whether two sources were named, not a struct
 * @param isComplete whether nothing of the sources was left out
 */
public record ComparedSides(List<Subject> before, List<Subject> after, boolean whole, boolean isComplete) {

    public ComparedSides {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * Finds both sides at the same time, or says what is missing.
     *
     * @param before the old struct or source as typed
     * @param after the new one
     * @param options where to look
     * @param match which structs of two sources; null for all
     * @param context where to say what is missing
     * @return both sides; empty when one is missing
     * @throws UsageException when the arguments do not go together
     */
    public static Optional<ComparedSides> find(
            String before, String after, SourceOptions options, Glob match, CliContext context) {
        List<VmMode> modes = options.vmsOfSides();
        Side old = Side.parse(before, options, modes.stream().findFirst(), context);
        Side young = Side.parse(after, options, modes.stream().reduce((first, last) -> last), context);
        boolean whole = old.struct.isEmpty() && young.struct.isEmpty();
        if (!whole && match != null) {
            throw new UsageException("--match needs two sources; " + before + " and " + after + " name a struct");
        }
        if (old.source.equals(Optional.of(Sources.STANDARD_INPUT)) && young.source.equals(old.source)) {
            throw new UsageException("standard input can be one side, not both");
        }
        CompletableFuture<Selection> newFound = CompletableFuture.supplyAsync(() -> young.find(old.struct, match));
        Selection first = old.find(young.struct, match);
        Selection second = ParallelAnalysis.result(newFound);
        first.report(context);
        second.withoutNotes(first.notes()).report(context);
        return first.selected().isEmpty() || second.selected().isEmpty()
                ? Optional.empty()
                : Optional.of(new ComparedSides(
                        without(second, first),
                        without(first, second),
                        whole,
                        first.omissions().isEmpty() && second.omissions().isEmpty()));
    }

    /** {@return what was found on one side, without what the other left out: it is neither added nor removed} */
    private static List<Subject> without(Selection other, Selection side) {
        Set<String> leftOut = other.omissions().stream()
                .flatMap(one -> one.leftOut().stream())
                .map(Inventory.LeftOut::name)
                .collect(Collectors.toSet());
        return side.subjects().stream()
                .filter(subject -> !leftOut.contains(subject.layout().name()))
                .toList();
    }

    /**
     * One side as typed.
     *
     * @param source the source; empty for the built-in catalogue
     * @param struct the name of the struct; empty for every one of the source
     * @param finder finds them; each side has its own, since sides are read at the same time
     */
    private record Side(Optional<String> source, Optional<String> struct, StructFinder finder) {

        /** Without a source of its own or of {@code --from}, an argument is a source where there is one. */
        static Side parse(String typed, SourceOptions options, Optional<VmMode> mode, CliContext context) {
            StructFinder finder = new StructFinder(options, mode, context);
            if (finder.isSource(typed)) {
                return new Side(Optional.of(typed), Optional.empty(), finder);
            }
            Optional<String> from = Optional.ofNullable(options.from);
            Reference reference = Reference.parse(typed, from);
            return new Side(reference.source().or(() -> from), Optional.of(reference.name()), finder);
        }

        /** Where only the other side names a struct, the name counts for this one too. */
        Selection find(Optional<String> other, Glob match) {
            Optional<String> name = struct.or(() -> other);
            LayoutSource opened = finder.source(source);
            if (name.isEmpty()) {
                return match == null ? Selection.whole(opened) : Selection.matching(match, opened);
            }
            Lookup lookup = finder.lookup(new Reference(source, name.get()));
            List<String> notes = finder.notes(opened);
            return lookup instanceof Lookup.Found found
                    ? new Selection(Selection.of(found.subjects(), opened), List.of(), notes)
                    : new Selection(List.of(), List.of(((Lookup.Missing) lookup).reason()), notes);
        }
    }
}
