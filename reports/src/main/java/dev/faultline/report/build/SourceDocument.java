package dev.faultline.report.build;

import dev.faultline.analysis.Cause;
import dev.faultline.analysis.SourceAnalysis;
import dev.faultline.analysis.SuspectedStruct;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.AggregateKind;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.FindingEntry;
import dev.faultline.report.document.Headline;
import dev.faultline.report.document.Tone;
import dev.faultline.source.Omissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The first screen of a whole source: a verdict, the findings that matter, and what is not shown. */
public final class SourceDocument {

    /** The most findings that are shown unasked. */
    public static final int MOST_FINDINGS = 10;

    private static final int MOST_NAMED = 3;

    /**
     * How much is shown.
     *
     * @param all whether every finding is shown, suspicions too; else errors and warnings
     * @param top of how many structs, those with the worst findings first; empty for
     *     {@link #MOST_FINDINGS} findings, or all
     */
    public record Extent(boolean all, OptionalInt top) {

        public Extent {
            if (top.isPresent() && top.getAsInt() < 1) {
                throw new IllegalArgumentException("structs shown: " + top.getAsInt());
            }
        }

        private List<Cause> of(SourceAnalysis source) {
            List<Cause> causes = all
                    ? source.causes()
                    : source.founded().stream()
                            .filter(cause -> cause.finding().severity() != Severity.INFO)
                            .toList();
            if (top.isEmpty()) {
                return all ? causes : causes.stream().limit(MOST_FINDINGS).toList();
            }
            Set<String> worst = worst(causes, top.getAsInt());
            return causes.stream()
                    .filter(cause -> worst.contains(cause.subject().reference()))
                    .toList();
        }

        /** {@return the structs with most errors, then warnings, then info; as a list sorted by findings} */
        private static Set<String> worst(List<Cause> causes, int most) {
            Map<String, List<Cause>> structs = causes.stream()
                    .collect(Collectors.groupingBy(cause -> cause.subject().reference()));
            return structs.keySet().stream()
                    .sorted(Comparator.comparing((String name) -> -count(structs.get(name), Severity.ERROR))
                            .thenComparing(name -> -count(structs.get(name), Severity.WARNING))
                            .thenComparing(name -> -count(structs.get(name), Severity.INFO))
                            .thenComparing(name -> -structs.get(name).size())
                            .thenComparing(name -> name))
                    .limit(most)
                    .collect(Collectors.toSet());
        }

        /** {@return what shows more} */
        private String more() {
            return top.isEmpty()
                    ? "--all shows them"
                    : all ? "a larger --top shows more" : "--all and a larger --top show more";
        }
    }

    private SourceDocument() {}

    /**
     * Makes the document.
     *
     * @param name the source as the user names it
     * @param source what was found
     * @param omissions what the source left out
     * @param extent how much of it is shown
     * @param command what shows a struct, by its reference; empty where there is no such command
     * @return the document
     */
    public static Document of(
            String name,
            SourceAnalysis source,
            List<Omissions> omissions,
            Extent extent,
            Function<String, String> command) {
        List<Cause> matter = extent.of(source);
        List<DocumentBlock> blocks = new ArrayList<>();
        if (!matter.isEmpty()) {
            blocks.add(new DocumentBlock.Findings(
                    matter.stream().map(cause -> entry(cause, command)).toList()));
        }
        List<String> notes = notes(source, matter, extent);
        if (matter.isEmpty()) {
            suspected(source, command).ifPresent(notes::add);
        }
        for (Omissions one : omissions) {
            notes.add("not looked at: " + String.join("; ", one.words()));
        }
        outside(source.outside()).ifPresent(notes::add);
        if (!notes.isEmpty()) {
            blocks.add(DocumentBlock.Table.ofLines("", notes));
        }
        Optional<Severity> worst = source.founded().stream()
                .map(cause -> cause.finding().severity())
                .max(Severity::compareTo);
        Tone tone = FindingWords.tone(worst);
        return Document.of(
                name, Optional.of(Headline.verdict(tone, verdict(source, extent.all()) + missing(omissions))), blocks);
    }

    /** {@return {@code "suspected most: ns::Ring<int> (3), ns::Stats (2); faultline inspect ... --all"}} */
    private static Optional<String> suspected(SourceAnalysis source, Function<String, String> command) {
        List<SuspectedStruct> structs = SuspectedStruct.of(source);
        if (structs.isEmpty()) {
            return Optional.empty();
        }
        String first = command.apply(structs.get(0).subject().reference());
        return Optional.of("suspected most: "
                + structs.stream()
                        .limit(MOST_NAMED)
                        .map(one -> one.subject().reference() + " (" + one.suspicions() + ")")
                        .collect(Collectors.joining(", "))
                + (first.isEmpty() ? "" : "; " + first + " --all"));
    }

    /** {@return {@code "not looked at: memory outside of objects, behind fields of 2 classes (app.A, app.B)"}} */
    private static Optional<String> outside(List<String> structs) {
        if (structs.isEmpty()) {
            return Optional.empty();
        }
        String some = structs.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return Optional.of("not looked at: memory outside of objects (buffers, segments, addresses), behind fields of "
                + FindingWords.many(structs.size(), "class", "classes") + " (" + some
                + (structs.size() > MOST_NAMED ? ", ..." : "") + ")");
    }

    private static FindingEntry entry(Cause cause, Function<String, String> command) {
        String struct = cause.subject().reference();
        return StructWords.entry(cause.finding(), cause.subject())
                .at(
                        new FindingEntry.Place(struct, command.apply(struct)),
                        also(cause).stream().toList());
    }

    private static Optional<String> also(Cause cause) {
        boolean isOwn = cause.declaring().equals(cause.subject().reference());
        boolean embeds = cause.relation() == Cause.Relation.EMBEDS;
        int others = cause.alsoIn().size();
        String origin = isOwn ? "" : embeds ? "within " + cause.declaring() : "between fields of " + cause.declaring();
        String also = others == 0
                ? ""
                : embeds
                        ? "also in " + FindingWords.many(others, "struct that embeds ", "structs that embed ")
                                + (isOwn ? "it" : "one")
                        : "also in "
                                + FindingWords.many(
                                        others,
                                        isOwn ? "subclass" : "other class",
                                        isOwn ? "subclasses" : "other classes");
        String both = String.join(
                "; ",
                List.of(origin, also).stream().filter(word -> !word.isEmpty()).toList());
        return both.isEmpty() ? Optional.empty() : Optional.of(both);
    }

    /** {@return {@code "2 warnings in 2 of 214 classes"}} */
    private static String verdict(SourceAnalysis source, boolean all) {
        List<String> counts = new ArrayList<>();
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            int count = source.count(severity);
            if (count > 0 && (all || severity != Severity.INFO)) {
                counts.add(FindingWords.count(count, severity));
            }
        }
        if (all && source.suspicions() > 0) {
            counts.add(FindingWords.suspicions(source.suspicions()));
        }
        String structs = structs(source);
        if (counts.isEmpty()) {
            return (source.founded().isEmpty() ? "no findings in " : "no errors or warnings in ") + structs;
        }
        long concerned = source.causes().stream()
                .filter(cause ->
                        all || !cause.finding().isSuspicion() && cause.finding().severity() != Severity.INFO)
                .map(cause -> cause.subject().reference())
                .distinct()
                .count();
        return String.join(", ", counts) + " in " + FindingWords.number(concerned) + " of " + structs;
    }

    /** {@return {@code "; 31 classes were not laid out"}} */
    private static String missing(List<Omissions> omissions) {
        StringBuilder words = new StringBuilder();
        for (Omissions one : omissions) {
            int left = one.leftOut().size();
            if (left > 0) {
                String singular = one.noun().equals("classes") ? "class" : "struct";
                words.append("; ")
                        .append(FindingWords.many(left, singular, one.noun()))
                        .append(left == 1 ? " was" : " were")
                        .append(" not laid out");
            }
        }
        return words.toString();
    }

    private static String structs(SourceAnalysis source) {
        boolean areClasses = source.kinds().equals(Set.of(AggregateKind.CLASS));
        if (source.kinds().contains(AggregateKind.SECTION)) {
            return FindingWords.many(source.structs(), "struct or section", "structs and sections");
        }
        return areClasses
                ? FindingWords.many(source.structs(), "class", "classes")
                : FindingWords.many(source.structs(), "struct", "structs");
    }

    /** {@return how many of these have a severity and are no suspicions} */
    private static long count(List<Cause> causes, Severity severity) {
        return causes.stream()
                .filter(cause ->
                        !cause.finding().isSuspicion() && cause.finding().severity() == severity)
                .count();
    }

    /** {@return what is not shown and why, a sentence each} */
    private static List<String> notes(SourceAnalysis source, List<Cause> shown, Extent extent) {
        List<String> more = new ArrayList<>();
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            long left = source.count(severity) - count(shown, severity);
            if (left > 0) {
                more.add(FindingWords.count(left, severity));
            }
        }
        long suspicions = source.suspicions()
                - shown.stream().filter(cause -> cause.finding().isSuspicion()).count();
        if (suspicions > 0) {
            more.add(FindingWords.suspicions(suspicions) + " from field types");
        }
        List<String> notes = new ArrayList<>();
        if (!more.isEmpty()) {
            int last = more.size() - 1;
            String list = last == 0 ? more.get(0) : String.join(", ", more.subList(0, last)) + " and " + more.get(last);
            notes.add("not shown: " + list + "; " + extent.more());
        }
        List<String> held = FindingWords.heldBack(source.heldBack());
        if (!held.isEmpty()) {
            notes.add(String.join("; ", held));
        }
        return notes;
    }
}
