package dev.faultline.report.build;

import dev.faultline.analysis.Analysis;
import dev.faultline.compare.Comparison;
import dev.faultline.compare.FieldChange;
import dev.faultline.layout.Slot;
import dev.faultline.layout.notation.NotationStyle;
import dev.faultline.layout.notation.NotationWriter;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.DocumentBlock.Code;
import dev.faultline.report.document.DocumentBlock.Heading;
import dev.faultline.report.document.Headline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The document of a change of one struct for the mail that a patch comes with: the verdict, what moved, costs, and the
 * layouts before and after as pahole prints them.
 */
public final class MailDocument {

    private MailDocument() {}

    /** {@return the document} */
    public static Document of(Comparison comparison) {
        List<DocumentBlock> blocks = new ArrayList<>();
        Set<String> changed = embeddersOfChanges(comparison);
        blocks.add(ReviewBlocks.facts(comparison));
        blocks.add(new Heading("Before:"));
        blocks.add(notation(comparison.before(), changed));
        blocks.add(new Heading("After:"));
        blocks.add(notation(comparison.after(), changed));
        return Document.of(
                ComparisonDocument.title(comparison),
                Optional.of(Headline.judgement(
                        ComparisonDocument.tone(comparison.verdict()),
                        comparison.verdict().word(),
                        comparison.reason())),
                blocks);
    }

    /** {@return the paths of embedded structs of which a member changed; they are written out} */
    private static Set<String> embeddersOfChanges(Comparison comparison) {
        Set<String> embedders = new HashSet<>();
        for (FieldChange change : comparison.fields()) {
            for (Slot.Field field : Stream.concat(change.before().stream(), change.after().stream())
                    .toList()) {
                String path = field.path();
                for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                    embedders.add(path.substring(0, dot));
                }
            }
        }
        return embedders;
    }

    private static Code notation(Analysis analysis, Set<String> opened) {
        return new Code("", "c", () -> {
            StringBuilder text = new StringBuilder();
            try {
                NotationWriter.write(
                        analysis.subject().layout(),
                        new NotationStyle(analysis.machine().lineBytes().value(), opened::contains, path -> List.of()),
                        text);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible); // a builder takes everything
            }
            return text.toString();
        });
    }
}
