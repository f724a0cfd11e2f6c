package dev.faultline.report.markdown;

import dev.faultline.report.ReportWriter;
import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.Headline;
import dev.faultline.report.document.Tone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Writes documents as one Markdown comment. Bad news stands first; what does not fit into a comment is left out, and a
 * note says so. It holds no more than a comment's length of each tone, however many documents come.
 */
public final class MarkdownWriter implements ReportWriter<Document> {

    /** GitHub takes comments of 65,536 characters at most; GitLab's and Gitea's limits are higher. */
    public static final int MOST_CHARS = 65_536;

    private static final int FOR_NOTES = 600;
    private static final int MOST_ROWS = 100;

    private final Appendable out;
    private final int mostChars;
    private final Map<Tone, List<Rendered>> held = new EnumMap<>(Tone.class);
    private final Map<Tone, Integer> chars = new EnumMap<>(Tone.class);
    /** What is said about structs in general, beside what each is about. */
    private final List<Rendered> asides = new ArrayList<>();

    private boolean hasStructs;
    private final Map<Tone, Integer> counts = new EnumMap<>(Tone.class);

    /** A document and its blocks as Markdown; of too many blocks the last are left out first. */
    private record Rendered(Document document, List<String> blocks) {}

    public MarkdownWriter(Appendable out) {
        this(out, MOST_CHARS);
    }

    MarkdownWriter(Appendable out, int mostChars) {
        this.out = out;
        this.mostChars = mostChars;
    }

    @Override
    public void write(Document document) throws IOException {
        hasStructs |= document.summary().isPresent();
        if (hasStructs && document.summary().isEmpty()) {
            List<String> blocks = new ArrayList<>();
            for (DocumentBlock block : document.blocks()) {
                blocks.add(MarkdownBlocks.render(block));
            }
            asides.add(new Rendered(document, blocks));
            return;
        }
        Tone tone = tone(document);
        counts.merge(tone, 1, Integer::sum);
        if (chars.getOrDefault(tone, 0) > mostChars) {
            return;
        }
        List<String> blocks = new ArrayList<>();
        for (DocumentBlock block : byImportance(document.blocks())) {
            String text = MarkdownBlocks.render(block);
            blocks.add(text);
            chars.merge(tone, text.length(), Integer::sum);
        }
        held.computeIfAbsent(tone, any -> new ArrayList<>()).add(new Rendered(document, blocks));
    }

    /** Findings stand first and code last, since what comes last is the first to be left out. */
    private static List<DocumentBlock> byImportance(List<DocumentBlock> blocks) {
        return blocks.stream()
                .sorted(Comparator.comparingInt(block ->
                        block instanceof DocumentBlock.Findings ? 0 : block instanceof DocumentBlock.Code ? 2 : 1))
                .toList();
    }

    private static Tone tone(Document document) {
        return document.headline().map(Headline::tone).orElse(Tone.PLAIN);
    }

    @Override
    public void end() throws IOException {
        List<Rendered> all = new ArrayList<>();
        for (Tone tone : Tone.values()) {
            all.addAll(held.getOrDefault(tone, List.of()));
        }
        int documents = counts.values().stream().mapToInt(Integer::intValue).sum();
        StringBuilder text = new StringBuilder();
        if (documents > 1) {
            overview(all, documents, text);
        }
        asides.forEach(aside -> append(aside, false, text));
        int left = documents - all.size();
        List<String> cut = new ArrayList<>();
        for (Rendered one : all) {
            if (!append(one, documents > 1, text)) {
                cut.add(one.document().title());
            }
        }
        note(cut, left, text);
        out.append(text);
    }

    private void overview(List<Rendered> all, int documents, StringBuilder text) {
        text.append("**").append(documents).append(" structs:** ");
        List<String> words = new ArrayList<>();
        counts.forEach((tone, count) -> words.add(count + " "
                + switch (tone) {
                    case BAD -> "bad";
                    case MIXED -> "to look at";
                    case GOOD -> "clean";
                    case PLAIN -> "with notes";
                }));
        text.append(String.join(", ", words)).append("\n\n| struct | verdict |\n|---|---|\n");
        for (Rendered one : all.subList(0, Math.min(MOST_ROWS, all.size()))) {
            text.append("| ")
                    .append(MarkdownEscaper.plain(one.document().title()))
                    .append(" | ")
                    .append(MarkdownEscaper.plain(line(one.document())))
                    .append(" |\n");
        }
        text.append('\n');
    }

    /** {@return whether all of it found room} */
    private boolean append(Rendered one, boolean folded, StringBuilder text) {
        String head = head(one.document(), folded);
        String tail = folded ? "</details>\n\n" : "";
        int room = mostChars - FOR_NOTES - text.length() - head.length() - tail.length();
        if (room < 0
                || folded
                        && !one.blocks().isEmpty()
                        && one.blocks().stream().allMatch(block -> block.length() > room)) {
            return false;
        }
        text.append(head);
        boolean whole = true;
        int used = 0;
        for (String block : one.blocks()) {
            if (used + block.length() <= room) {
                text.append(block);
                used += block.length();
            } else {
                whole = false;
            }
        }
        text.append(tail);
        return whole;
    }

    private static String head(Document document, boolean folded) {
        String headline = line(document);
        if (folded) {
            return "<details><summary><b>" + MarkdownEscaper.html(document.title()) + "</b>"
                    + (headline.isEmpty() ? "" : ": " + MarkdownEscaper.html(headline)) + "</summary>\n\n";
        }
        return "### " + MarkdownEscaper.plain(document.title()) + "\n\n"
                + (headline.isEmpty() ? "" : "**" + MarkdownEscaper.plain(headline) + "**\n\n")
                + (document.subtitle().isEmpty() ? "" : MarkdownEscaper.plain(document.subtitle()) + "\n\n");
    }

    private static String line(Document document) {
        return document.headline().map(Headline::line).orElse("");
    }

    private static void note(List<String> cut, int left, StringBuilder text) {
        if (cut.isEmpty() && left == 0) {
            return;
        }
        text.append("> Cut to the length of a comment: ");
        if (!cut.isEmpty()) {
            String names = String.join(", ", cut.subList(0, Math.min(3, cut.size())));
            text.append("parts of ").append(MarkdownEscaper.plain(names.substring(0, Math.min(200, names.length()))));
            text.append(cut.size() > 3 ? " and " + (cut.size() - 3) + " more" : "");
        }
        if (left > 0) {
            text.append(cut.isEmpty() ? "" : "; ")
                    .append("all of ")
                    .append(left)
                    .append(left == 1 ? " struct" : " structs");
        }
        text.append(". The other formats hold everything.\n");
    }
}
