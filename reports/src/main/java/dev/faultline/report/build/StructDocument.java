package dev.faultline.report.build;

import dev.faultline.analysis.Analysis;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.notation.NotationStyle;
import dev.faultline.layout.notation.NotationWriter;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.DocumentBlock.Code;
import dev.faultline.report.document.DocumentBlock.Fact;
import dev.faultline.report.document.DocumentBlock.Facts;
import dev.faultline.report.document.DocumentBlock.Findings;
import dev.faultline.report.document.DocumentBlock.Folded;
import dev.faultline.report.document.DocumentBlock.LineMaps;
import dev.faultline.report.document.FindingEntry;
import dev.faultline.report.document.Headline;
import dev.faultline.source.FieldOrigins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The document of one analysed struct. */
public final class StructDocument {

    private StructDocument() {}

    /**
     * Makes the document.
     *
     * @param analysis what was found
     * @param detail how much is said
     * @return the document
     */
    public static Document of(Analysis analysis, Detail detail) {
        StructWords words = new StructWords(analysis);
        Analysis shown = detail.all() ? analysis : analysis.withoutSuspicions();
        Map<Boolean, List<FindingEntry>> findings = shown.findings().stream()
                .collect(Collectors.partitioningBy(
                        StructDocument::matters,
                        Collectors.mapping(
                                finding -> StructWords.entry(finding, analysis.subject()), Collectors.toList())));
        List<DocumentBlock> blocks = new ArrayList<>();
        blocks.add(new Findings(findings.get(true)));
        FieldOrigins origins = analysis.subject().origins();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("layout", words.layout().provenance().describe()));
        DeclarationWords.of(origins).ifPresent(where -> facts.add(new Fact("declared", where)));
        facts.addAll(List.of(
                new Fact(
                        "machine",
                        "line size from " + analysis.machine().lineBytes().source()),
                new Fact("placement", words.placement()),
                new Fact("access", words.access())));
        words.unused().ifPresent(names -> facts.add(new Fact("unused", names)));
        BufferedStores.of(analysis).ifPresent(pair -> facts.add(new Fact("stores", pair)));
        blocks.add(new Facts(facts));
        blocks.add(new Code("Layout as text", "c", () -> notation(shown, detail.expand())));
        blocks.add(new LineMaps(List.of(StructLinesBuilder.of(analysis))));
        ObservedAccess.of(analysis.subject().profile())
                .map(ObservedAccess::table)
                .filter(table -> !table.rows().isEmpty())
                .ifPresent(blocks::add);
        words.costs().ifPresent(table -> {
            blocks.add(new Facts(List.of(new Fact("cost", words.costBasis()), new Fact("rates", words.rateBasis()))));
            blocks.add(table);
        });
        if (!findings.get(false).isEmpty()) {
            blocks.add(new Findings(findings.get(false)));
        }
        List<FindingEntry> suspicions = analysis.findings().stream()
                .filter(Finding::isSuspicion)
                .map(finding -> StructWords.entry(finding, analysis.subject()))
                .toList();
        if (!detail.all() && detail.foldsSuspicions() && !suspicions.isEmpty()) {
            blocks.add(new Folded(
                    FindingWords.suspicions(suspicions.size()) + " from field types",
                    List.of(new Findings(suspicions))));
        }
        return new Document(
                analysis.subject().reference(),
                words.size(),
                Optional.of(Headline.verdict(
                        FindingWords.tone(analysis.withoutSuspicions().worst()), words.total(detail.all()))),
                Optional.of(words.summary()),
                blocks);
    }

    /** Errors and warnings stand above the layout, and what saves little or is a guess below it. */
    private static boolean matters(Finding finding) {
        return finding.severity() != Severity.INFO && !finding.isSuspicion();
    }

    /** Below the fields stand the rules that matter; notes on everything would drown them. */
    private static String notation(Analysis analysis, boolean expand) {
        Severity least =
                analysis.worst().filter(worst -> worst != Severity.INFO).isPresent() ? Severity.WARNING : Severity.INFO;
        Map<String, Set<String>> rules = new HashMap<>();
        Set<String> opened = new HashSet<>();
        for (Finding finding : analysis.findings()) {
            if (finding.severity().compareTo(least) < 0) {
                continue;
            }
            for (String field : finding.fields()) {
                rules.computeIfAbsent(field, any -> new TreeSet<>()).add(finding.rule());
                for (int dot = field.indexOf('.'); dot >= 0; dot = field.indexOf('.', dot + 1)) {
                    opened.add(field.substring(0, dot));
                }
            }
        }
        NotationStyle style = new NotationStyle(
                analysis.machine().lineBytes().value(),
                path -> expand || opened.contains(path),
                path -> rules.containsKey(path) ? List.of(String.join(", ", rules.get(path))) : List.of(),
                !expand);
        StringBuilder text = new StringBuilder();
        try {
            NotationWriter.write(analysis.subject().layout(), style, text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // a builder takes everything
        }
        return text.toString();
    }
}
