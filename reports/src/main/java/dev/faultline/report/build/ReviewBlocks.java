package dev.faultline.report.build;

import dev.faultline.analysis.Analysis;
import dev.faultline.compare.Comparison;
import dev.faultline.compare.FieldChange;
import dev.faultline.compare.HazardChange;
import dev.faultline.compare.OperationChange;
import dev.faultline.hazard.Saving;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.DocumentBlock.Fact;
import dev.faultline.report.document.DocumentBlock.Facts;
import dev.faultline.report.document.DocumentBlock.Folded;
import dev.faultline.report.document.StructLines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a reviewer of a change reads first: bytes, what moved fields now share their line with, hazards that came and
 * went, who gains and who loses, and how that is known; a dozen lines. All the rest is folded below.
 */
final class ReviewBlocks {

    private static final int MOST_OF_A_KIND = 3;
    private static final int MOST_NEIGHBOURS = 4;

    private final Comparison comparison;
    private final StructWords after;

    private ReviewBlocks(Comparison comparison) {
        this.comparison = comparison;
        this.after = new StructWords(comparison.after());
    }

    /** {@return the blocks: facts, and the whole comparison folded} */
    static List<DocumentBlock> of(Comparison comparison) {
        return List.of(
                facts(comparison),
                new Folded("Lines, moves, hazards and costs in full", ComparisonDocument.blocks(comparison)));
    }

    /** {@return what matters, in about ten facts} */
    static Facts facts(Comparison comparison) {
        ReviewBlocks review = new ReviewBlocks(comparison);
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("size", ComparisonDocument.size(comparison)));
        facts.addAll(review.moves());
        facts.addAll(review.hazards());
        facts.addAll(review.operations());
        facts.add(new Fact("known from", review.certainty()));
        return new Facts(facts);
    }

    /** A field that is used, and whose line changed; those that moved from one line to another together are one. */
    private List<Fact> moves() {
        Map<String, StructLines.Line> lines = lines(comparison.after());
        Map<String, List<String>> paths = new LinkedHashMap<>();
        Map<String, StructLines.Line> to = new LinkedHashMap<>();
        for (FieldChange change : comparison.fields()) {
            StructLines.Line line = line(change.path(), lines);
            if (line != null
                    && change.lineBefore().isPresent()
                    && change.lineAfter().isPresent()
                    && change.lineBefore().getAsLong() != change.lineAfter().getAsLong()) {
                String way = "line " + change.lineBefore().getAsLong() + " -> "
                        + change.lineAfter().getAsLong();
                paths.computeIfAbsent(way, any -> new ArrayList<>()).add(change.path());
                to.put(way, line);
            }
        }
        List<Fact> facts = new ArrayList<>();
        paths.forEach((way, moved) ->
                facts.add(new Fact("moved", named(moved) + ", " + way + ", " + beside(moved, to.get(way)) + where())));
        return few(facts);
    }

    /** Lines are counted from a struct that starts on one; another may have its fields on others. */
    private String where() {
        Analysis young = comparison.after();
        int residues =
                young.subject().placement().residues(young.machine().lineBytes().value());
        return residues == 1 ? "" : " (of a struct that starts on a line)";
    }

    private static Map<String, StructLines.Line> lines(Analysis analysis) {
        Map<String, StructLines.Line> lines = new LinkedHashMap<>();
        for (StructLines.Line line : StructLinesBuilder.of(analysis, "").touchedLines()) {
            line.written().forEach(path -> lines.putIfAbsent(bare(path), line));
            line.read().forEach(path -> lines.putIfAbsent(bare(path), line));
        }
        return lines;
    }

    /** {@return the line of a field, or of the struct it is in, when that is used as a whole; null when unused} */
    private static StructLines.Line line(String path, Map<String, StructLines.Line> lines) {
        String part = path;
        while (!lines.containsKey(part) && part.contains(".")) {
            part = part.substring(0, part.lastIndexOf('.'));
        }
        return lines.get(part);
    }

    /** Behind a path stands, in parentheses, how often a run saw it used. */
    private static String bare(String path) {
        int count = path.indexOf(" (");
        return count < 0 ? path : path.substring(0, count);
    }

    private static String beside(List<String> moved, StructLines.Line line) {
        List<String> written = others(line.written(), moved);
        List<String> read = others(line.read(), moved);
        if (written.isEmpty() && read.isEmpty()) {
            return "now alone on its line";
        }
        if (written.isEmpty()) {
            return "now beside " + named(read) + ", only read";
        }
        return "now beside written " + named(written) + (read.isEmpty() ? "" : " and read " + named(read));
    }

    private static List<String> others(List<String> paths, List<String> moved) {
        return paths.stream()
                .map(ReviewBlocks::bare)
                .filter(path -> moved.stream().noneMatch(one -> one.equals(path) || one.startsWith(path + ".")))
                .toList();
    }

    private static String named(List<String> paths) {
        String few = paths.stream().limit(MOST_NEIGHBOURS).collect(Collectors.joining(", "));
        int left = paths.size() - MOST_NEIGHBOURS;
        return left > 0 ? few + " and " + left + " more" : few;
    }

    private List<Fact> hazards() {
        List<Fact> facts = new ArrayList<>();
        for (HazardChange change : comparison.hazards()) {
            List<String> fields = change.fields();
            String others = fields.size() < 2 ? "" : " beside " + named(fields.subList(1, fields.size()));
            facts.add(new Fact(
                    change.kind().word(),
                    change.rule() + ", " + change.severity().word()
                            + (fields.isEmpty() ? "" : ": " + fields.get(0) + others)));
        }
        return few(facts);
    }

    private List<Fact> operations() {
        List<Fact> facts = new ArrayList<>();
        for (OperationChange change : comparison.operations()) {
            if (change.before().isEmpty() || change.after().isEmpty() || change.deltaNanos() == 0) {
                continue;
            }
            double was = change.before().get().totalNanos();
            double is = change.after().get().totalNanos();
            List<String> nanos = Saving.nanosAlike(was, is);
            String by = was == 0 ? "" : String.format(Locale.ROOT, " (%+.0f %%)", 100 * (is - was) / was);
            facts.add(new Fact(
                    change.deltaNanos() < 0 ? "gains" : "loses",
                    change.role() + ": " + change.operation() + ", " + nanos.get(0) + " -> " + nanos.get(1) + by));
        }
        return few(facts);
    }

    private String certainty() {
        return after.access()
                + (!comparison.operations().isEmpty() ? "; predicted for " + machine() + ", not measured" : "");
    }

    private String machine() {
        int cpus = comparison.after().machine().cpus().value();
        return comparison.after().machine().name() + " with " + cpus + (cpus == 1 ? " CPU" : " CPUs");
    }

    /** {@return the first facts, and how many more there are} */
    private static List<Fact> few(List<Fact> facts) {
        List<Fact> few = new ArrayList<>(facts.subList(0, Math.min(MOST_OF_A_KIND, facts.size())));
        int left = facts.size() - few.size();
        Optional<Fact> last = few.isEmpty() ? Optional.empty() : Optional.of(few.get(few.size() - 1));
        if (left > 0 && last.isPresent()) {
            few.set(few.size() - 1, new Fact(last.get().name(), last.get().text() + "; and " + left + " more"));
        }
        return few;
    }
}
