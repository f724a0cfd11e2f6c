package dev.faultline.report.build;

import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.DocumentBlock.Paragraph;
import dev.faultline.report.document.Headline;
import dev.faultline.report.document.Tone;
import dev.faultline.source.Omissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The document of what was left out of a report. */
public final class OmissionsDocument {

    private static final int MOST_LINES = 20;

    private OmissionsDocument() {}

    /** {@return the document of what a source left out} */
    public static Document of(Omissions omissions) {
        List<DocumentBlock> blocks = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        omissions.byCause().forEach((cause, group) -> lines.add(Omissions.cause(cause, group)));
        lines.addAll(omissions.unread());
        lines.stream().limit(MOST_LINES).map(Paragraph::of).forEach(blocks::add);
        if (lines.size() > MOST_LINES) {
            blocks.add(Paragraph.of((lines.size() - MOST_LINES) + " more; --format json lists all"));
        }
        return Document.of(
                "left out of " + omissions.source(),
                Optional.of(Headline.judgement(Tone.MIXED, words(omissions), "this report does not show them")),
                blocks);
    }

    private static String words(Omissions omissions) {
        int parts = omissions.unread().size();
        String unread = parts + (parts == 1 ? " part" : " parts") + " not read";
        if (omissions.leftOut().isEmpty()) {
            return unread;
        }
        String left = omissions.leftOut().size() + " of " + omissions.total() + " " + omissions.noun() + " left out";
        return parts == 0 ? left : left + ", " + unread;
    }
}
