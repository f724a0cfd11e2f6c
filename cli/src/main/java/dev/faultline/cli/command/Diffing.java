package dev.faultline.cli.command;

import dev.faultline.access.StructProfile;
import dev.faultline.analysis.Analyzer;
import dev.faultline.cli.option.Reference;
import dev.faultline.compare.Comparison;
import dev.faultline.compare.SourceComparison;
import dev.faultline.compare.SourceMatches;
import dev.faultline.compare.StructComparer;
import dev.faultline.input.InputException;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.detect.SourceDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** One run of {@code diff}: reads both sides at the same time, finds what changed, judges that, writes the report. */
final class Diffing {

    private final DiffRequest request;
    private final SourceDetector detector;
    private final Surroundings surroundings;

    Diffing(DiffRequest request, SourceDetector detector, Surroundings surroundings) {
        this.request = request;
        this.detector = detector;
        this.surroundings = surroundings;
    }

    /**
     * One side as typed.
     *
     * @param source the source; nothing for the built-in catalogue
     * @param struct the name of the struct; nothing for all of them
     */
    private record Part(Optional<String> source, Optional<String> struct) {}

    /**
     * Runs.
     *
     * @param usage makes a complaint about words that only the sources can tell to be wrong
     * @return the exit status
     * @throws InputException when a source, a profile or the output cannot be used
     * @throws IOException when the report cannot be written
     */
    int run(Function<String, ParameterException> usage) throws IOException {
        Part before = part(request.before(), usage);
        Part after = part(request.after(), usage);
        boolean whole = before.struct().isEmpty() && after.struct().isEmpty();
        if (!whole && request.match().isPresent()) {
            throw usage.apply("--match goes with two sources; " + request.before() + " and " + request.after()
                    + " name a struct");
        }
        if (before.source().equals(Optional.of(Sources.STANDARD_INPUT))
                && after.source().equals(before.source())) {
            throw usage.apply("standard input can be one side, not both");
        }
        Part old = new Part(before.source(), before.struct().or(after::struct));
        Part young = new Part(after.source(), after.struct().or(before::struct));
        try (ReportFile file = ReportFile.open(request.output(), surroundings.out())) {
            List<Lookup> sides = bothOf(
                    () -> hinted(subjects(old), request.before()), () -> hinted(subjects(young), request.after()));
            if (!complain(sides)) {
                return ExitStatus.FAILED;
            }
            SourceComparison comparison = compare(subjects(sides.get(0)), subjects(sides.get(1)), whole);
            if (comparison.isEmpty()) {
                surroundings.say("nothing differs between " + request.before() + " and " + request.after() + " ("
                        + comparison.unchanged() + (comparison.unchanged() == 1 ? " struct)" : " structs)"));
            }
            request.reports().comparison(comparison, whole, request.most(), file.writer());
            file.commit();
            boolean reached = comparison.changed().stream()
                    .anyMatch(one -> request.failOn().isReachedBy(one.comparison()));
            return reached ? ExitStatus.FOUND : ExitStatus.CLEAN;
        }
    }

    /** With a number sign, or a source to look in, it is a struct; else a source where there is one; else a struct. */
    private Part part(String typed, Function<String, ParameterException> usage) {
        boolean named = typed.indexOf('#') >= 0 || request.from().isPresent();
        if (!named && isSource(typed)) {
            return new Part(Optional.of(typed), Optional.empty());
        }
        try {
            Reference reference = Reference.parse(typed, request.from());
            return new Part(reference.source().or(request::from), Optional.of(reference.name()));
        } catch (TypeConversionException wrong) {
            throw usage.apply(wrong.getMessage());
        }
    }

    private static boolean isSource(String typed) {
        if (typed.equals(SourceDetector.KERNEL)
                || typed.equals(SourceDetector.JVM)
                || typed.equals(Sources.STANDARD_INPUT)) {
            return true;
        }
        try {
            // What looks like a path is one, so that a file that is missing is not taken for a struct that is.
            return typed.indexOf('/') >= 0 || Files.exists(Path.of(typed));
        } catch (InvalidPathException unspeakable) {
            return false;
        }
    }

    private Lookup subjects(Part part) {
        Sources sources = new Sources(detector, surroundings.in());
        if (part.struct().isPresent()) {
            Reference reference =
                    Selection.whole(new Reference(part.source(), part.struct().get()), request.from(), sources);
            return sources.get(reference.source().or(request::from)).findAsShown(reference.name());
        }
        var source = sources.get(part.source());
        var match = request.match();
        List<Subject> subjects = source.all().stream()
                .filter(subject ->
                        match.isEmpty() || match.get().matches(subject.layout().name()))
                .toList();
        if (!subjects.isEmpty()) {
            return new Lookup.Found(subjects);
        }
        return new Lookup.Missing(source.description() + ": "
                + (match.isEmpty()
                        ? "holds no structs"
                        : "none of its " + source.entries().size() + " structs matches '"
                                + match.get().text() + "'"));
    }

    /** What is no struct of the catalogue may have been meant as a file. */
    private Lookup hinted(Lookup found, String typed) {
        boolean perhapsFile = typed.indexOf('#') < 0 && request.from().isEmpty() && !isSource(typed);
        return found instanceof Lookup.Missing missing && perhapsFile
                ? new Lookup.Missing(missing.reason() + "; nor is there a file " + typed)
                : found;
    }

    private boolean complain(List<Lookup> sides) {
        boolean whole = true;
        for (Lookup side : sides) {
            if (side instanceof Lookup.Missing missing) {
                surroundings.say(missing.reason());
                whole = false;
            }
        }
        return whole;
    }

    private static List<Subject> subjects(Lookup found) {
        return ((Lookup.Found) found).subjects();
    }

    private SourceComparison compare(List<Subject> before, List<Subject> after, boolean whole) {
        List<Subject> old = before.stream().map(request.judgement()::prepare).toList();
        List<Subject> young = after.stream().map(request.judgement()::prepare).toList();
        checkProfile(old, young);
        SourceMatches matching = SourceMatches.of(old, young);
        if (!whole && old.size() == 1 && young.size() == 1 && matching.unchanged() == 0) {
            // Two names were typed: these two are meant, whatever they are called.
            matching = SourceMatches.ofTwo(old.get(0), young.get(0));
        }
        List<SourceComparison.Changed> changed = new ArrayList<>(judge(matching.changed()));
        changed.sort(request.sort().comparator());
        return new SourceComparison(
                request.before(), request.after(), matching.unchanged(), matching.added(), matching.removed(), changed);
    }

    /** A profile of the user's counts for a struct under its old name or its new one. */
    private void checkProfile(List<Subject> old, List<Subject> young) {
        if (request.judgement().profile().isPresent()
                && old.stream().noneMatch(request.judgement()::covers)
                && young.stream().noneMatch(request.judgement()::covers)) {
            List<StructProfile> known = request.judgement().profile().get().structs();
            throw new InputException(
                    "--profile",
                    "",
                    "says nothing about "
                            + (young.size() == 1 ? young.get(0).layout().spelling() : "any of the structs")
                            + "; it knows "
                            + String.join(
                                    ", ",
                                    known.stream().map(StructProfile::struct).toList()));
        }
    }

    private List<SourceComparison.Changed> judge(List<SourceMatches.Pair> pairs) {
        StructComparer comparer = new StructComparer(
                new Analyzer(request.judgement().machine(), request.judgement().rules()));
        AtomicInteger done = new AtomicInteger();
        try (Progress progress = Progress.of(pairs.size(), surroundings)) {
            return pairs.parallelStream()
                    .map(pair -> {
                        Comparison comparison = comparer.compare(pair.before(), pair.after());
                        synchronized (progress) {
                            progress.done(done.incrementAndGet());
                        }
                        return new SourceComparison.Changed(comparison, pair.causes());
                    })
                    .toList();
        }
    }

    /** Does two things at the same time. What one throws is thrown here as it was; the first before the second. */
    private static <T> List<T> bothOf(Supplier<T> first, Supplier<T> second) {
        CompletableFuture<T> meanwhile = CompletableFuture.supplyAsync(second);
        T one = first.get();
        try {
            return List.of(one, meanwhile.join());
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }
}
