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
import dev.faultline.report.document.DocumentBlock.LineMaps;
import dev.faultline.report.document.Headline;
import dev.faultline.report.document.Tone;
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

/** The document of one analysed struct. */
public final class StructDocument {

    private StructDocument() {}

    /**
     * Makes the document.
     *
     * @param analysis what was found
     * @param expand whether the layout shows each field of padding, and the members of every embedded struct, not only of
     *     those with findings
     * @return the document
     */
    public static Document of(Analysis analysis, boolean expand) {
        StructWords words = new StructWords(analysis);
        List<DocumentBlock> blocks = new ArrayList<>();
        blocks.add(new Facts(List.of(
                new Fact("layout", words.layout().provenance().describe()),
                new Fact(
                        "machine",
                        "line size from " + analysis.machine().lineBytes().source()),
                new Fact("placement", words.placement()),
                new Fact("access", words.access()))));
        blocks.add(new Code("Layout as text", "c", () -> notation(analysis, expand)));
        blocks.add(new LineMaps(List.of(StructLinesBuilder.of(analysis))));
        words.costs().ifPresent(table -> {
            blocks.add(Facts.of("cost", words.costBasis()));
            blocks.add(table);
        });
        blocks.add(new Findings(
                analysis.findings().stream().map(StructWords::entry).toList()));
        String name = analysis.subject().reference();
        return new Document(
                name,
                words.size(),
                Optional.of(Headline.total(tone(analysis.worst()), words.total(), "in " + name)),
                Optional.of(words.summary()),
                blocks);
    }

    private static Tone tone(Optional<Severity> worst) {
        return worst.map(severity -> switch (severity) {
                    case ERROR -> Tone.BAD;
                    case WARNING -> Tone.MIXED;
                    case INFO -> Tone.PLAIN;
                })
                .orElse(Tone.GOOD);
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
