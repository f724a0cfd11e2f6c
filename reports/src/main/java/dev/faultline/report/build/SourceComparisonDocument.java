package dev.faultline.report.build;

import dev.faultline.compare.Comparison;
import dev.faultline.compare.SourceComparison;
import dev.faultline.compare.SourceComparison.Changed;
import dev.faultline.compare.Verdict;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.DocumentBlock.Column;
import dev.faultline.report.document.DocumentBlock.Facts;
import dev.faultline.report.document.DocumentBlock.Folded;
import dev.faultline.report.document.DocumentBlock.Heading;
import dev.faultline.report.document.DocumentBlock.Paragraph;
import dev.faultline.report.document.DocumentBlock.Row;
import dev.faultline.report.document.DocumentBlock.Table;
import dev.faultline.report.document.Headline;
import dev.faultline.report.document.Tone;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The documents of two sources, or of a struct in both. */
public final class SourceComparisonDocument {

    /** Up to this many changed structs are shown in full, without a table of them. */
    private static final int MOST_WITHOUT_TABLE = 3;

    private static final int MOST_CAUSES = 5;
    private static final String CXX_LIBRARY = "std::";
    private static final int FEW_NAMES = 8;

    private final SourceComparison comparison;
    private final Limits limits;

    private SourceComparisonDocument(SourceComparison comparison, Limits limits) {
        this.comparison = comparison;
        this.limits = limits;
    }

    /**
     * How much is shown of a comparison of whole sources.
     *
     * @param rows the most changed structs in the table
     * @param names the most names of structs that were added, or removed
     * @param inFull the most structs of a table that are shown in full below it
     * @param isReview whether it is read in a review: what matters first, the rest folded
     */
    public record Limits(int rows, int names, int inFull, boolean isReview) {}

    /**
     * Makes the documents.
     *
     * @param comparison what differs
     * @param isWhole whether whole sources were compared, which have one document with a summary
     * @param limits how much that document shows
     * @return one for the sources, or one for each struct; none when nothing differs
     */
    public static List<Document> of(SourceComparison comparison, boolean isWhole, Limits limits) {
        if (comparison.isEmpty()) {
            return List.of();
        }
        return isWhole
                ? List.of(new SourceComparisonDocument(comparison, limits).whole())
                : comparison.changed().stream()
                        .map(Changed::comparison)
                        .map(limits.isReview() ? ComparisonDocument::forReview : ComparisonDocument::of)
                        .toList();
    }

    private Document whole() {
        List<DocumentBlock> blocks = new ArrayList<>();
        blocks.add(Paragraph.of(counts()));
        comparison.vms().ifPresent(vms -> blocks.add(new Facts(VmChangeFacts.of(comparison))));
        embedders().ifPresent(words -> blocks.add(Paragraph.of(words)));
        names("added", comparison.added(), blocks);
        names("removed", comparison.removed(), blocks);
        List<Changed> changed = comparison.changed().stream()
                .filter(one -> isAll() || !isLibraryWrapper(one))
                .toList();
        if (changed.size() <= (limits.isReview() ? 1 : MOST_WITHOUT_TABLE)) {
            changed.forEach(one -> {
                blocks.add(new Heading(headline(one)));
                blocks.addAll(blocks(one));
            });
        } else {
            List<Changed> rows = rows(changed);
            addTable(rows, blocks);
            int left = changed.size() - rows.size();
            blocks.add(Paragraph.of((left > 0 ? left + " more with --all; " : "") + "one in full: " + inFull()));
            changed.stream()
                    .filter(one -> one.comparison().verdict() == Verdict.WORSE
                            || one.comparison().verdict() == Verdict.MIXED)
                    .limit(limits.inFull())
                    .forEach(one -> blocks.add(new Folded(headline(one), blocks(one))));
        }
        return Document.of(title(), Optional.of(verdict()), blocks);
    }

    private boolean isAll() {
        return limits.rows() == Integer.MAX_VALUE;
    }

    /** {@return whether it is a template of the C++ library, such as an atomic, around what changed} */
    private static boolean isLibraryWrapper(Changed one) {
        return one.isByEmbedding()
                && one.comparison().verdict() == Verdict.SAME
                && one.comparison().hazards().isEmpty()
                && one.comparison().after().subject().layout().name().startsWith(CXX_LIBRARY);
    }

    private List<DocumentBlock> blocks(Changed one) {
        return limits.isReview() ? ReviewBlocks.of(one.comparison()) : ComparisonDocument.blocks(one.comparison());
    }

    /** In a review the first rows are seen; a long table is folded. */
    private void addTable(List<Changed> rows, List<DocumentBlock> blocks) {
        int seen = limits.isReview() ? Math.min(FEW_NAMES, rows.size()) : rows.size();
        if (seen > 0) {
            blocks.add(table(rows.subList(0, seen)));
        }
        if (seen < rows.size()) {
            blocks.add(
                    new Folded(rows.size() - seen + " more changed", List.of(table(rows.subList(seen, rows.size())))));
        }
    }

    private String title() {
        if (comparison.isOfOneSource()) {
            SourceComparison.Vms vms = comparison.vms().orElseThrow();
            return comparison.before() + ", VM " + vms.before() + " -> " + vms.after();
        }
        return comparison.before() + " -> " + comparison.after();
    }

    private String inFull() {
        String vms = comparison
                .vms()
                .map(both -> " --vm " + both.before() + " --vm " + both.after())
                .orElse("");
        String old = "faultline diff '" + comparison.before() + "#NAME'";
        return old + (comparison.isOfOneSource() ? "" : " '" + comparison.after() + "#NAME'") + vms;
    }

    private static String headline(Changed one) {
        Comparison comparison = one.comparison();
        return ComparisonDocument.title(comparison) + ": "
                + comparison.verdict().word() + ", " + comparison.reason();
    }

    private String counts() {
        return String.format(
                Locale.ROOT,
                "%,d %s changed, %,d as before, %,d added, %,d removed",
                comparison.changed().size(),
                comparison.changed().size() == 1 ? "struct" : "structs",
                comparison.unchanged(),
                comparison.added().size(),
                comparison.removed().size());
    }

    /** How many changed structs are worse, mixed, the same and better. */
    private Headline verdict() {
        if (comparison.changed().isEmpty()) {
            return Headline.verdict(Tone.PLAIN, "no struct in both changed");
        }
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            counts.put(verdict, 0);
        }
        comparison.changed().forEach(one -> counts.merge(one.comparison().verdict(), 1, Integer::sum));
        Verdict worst = counts.keySet().stream()
                .filter(verdict -> counts.get(verdict) > 0)
                .findFirst()
                .orElse(Verdict.SAME);
        return Headline.verdict(
                ComparisonDocument.tone(worst),
                counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().word())
                        .collect(Collectors.joining(", ")));
    }

    /** How many of the changed structs only embed what changed, and what that is, most frequent first. */
    private Optional<String> embedders() {
        Map<String, Integer> causes = new TreeMap<>();
        List<Changed> only =
                comparison.changed().stream().filter(Changed::isByEmbedding).toList();
        only.forEach(changed -> changed.causes().forEach(cause -> causes.merge(cause, 1, Integer::sum)));
        if (only.isEmpty()) {
            return Optional.empty();
        }
        String words = causes.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Integer> one) -> -one.getValue()))
                .limit(MOST_CAUSES)
                .map(one -> one.getKey() + " (" + one.getValue() + ")")
                .collect(Collectors.joining(", "));
        String more = causes.size() > MOST_CAUSES ? " and " + (causes.size() - MOST_CAUSES) + " more" : "";
        long hidden = isAll()
                ? 0
                : only.stream()
                        .filter(SourceComparisonDocument::isLibraryWrapper)
                        .count();
        return Optional.of(String.format(
                Locale.ROOT,
                "%,d of these changed only because they embed a struct that did: %s%s%s",
                only.size(),
                words,
                more,
                hidden == 0
                        ? ""
                        : "; of " + CXX_LIBRARY + ", " + hidden + (hidden == 1 ? " is" : " are")
                                + " shown with --all"));
    }

    /** Between two VMs nearly every class changes; those count that gained or lost something beside bytes. */
    private List<Changed> rows(List<Changed> changed) {
        boolean isWhole = !comparison.isOfOneSource() || isAll();
        return changed.stream()
                .filter(one -> isWhole
                        || one.comparison().verdict() == Verdict.WORSE
                        || one.comparison().verdict() == Verdict.MIXED
                        || !one.comparison().hazards().isEmpty())
                .limit(limits.rows())
                .toList();
    }

    private Table table(List<Changed> rows) {
        return new Table(
                "What changed",
                List.of(Column.text("verdict"), Column.text("struct"), Column.number("bytes"), Column.text("why")),
                rows.stream()
                        .map(Changed::comparison)
                        .map(one -> Row.of(
                                ComparisonDocument.tone(one.verdict()),
                                one.verdict().word(),
                                one.after().subject().reference(),
                                one.bytesMore() == 0 ? "=" : String.format(Locale.ROOT, "%+d", one.bytesMore()),
                                one.reason()))
                        .toList());
    }

    private void names(String what, List<Subject> subjects, List<DocumentBlock> blocks) {
        if (subjects.isEmpty()) {
            return;
        }
        String names =
                subjects.stream().limit(limits.names()).map(Subject::reference).collect(Collectors.joining(", "));
        int left = subjects.size() - limits.names();
        String line = names + (left > 0 ? " and " + left + " more" : "");
        blocks.add(
                subjects.size() <= FEW_NAMES
                        ? Paragraph.of(what + ": " + line)
                        : new Folded(what + ": " + subjects.size(), List.of(Paragraph.of(line))));
    }
}
