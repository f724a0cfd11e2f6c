package dev.faultline.report.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.Headline;
import dev.faultline.report.document.Tone;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarkdownWriterTest {

    @Test
    void an_address_in_a_name_is_no_link() {
        for (String shown :
                new String[] {MarkdownEscaper.plain("https://a.b WWW.a.b"), MarkdownEscaper.html("https://a.b WWW.a.b")
                }) {
            assertThat(shown).isEqualTo("https:&#8288;//a.b WWW&#8288;.a.b");
        }
    }

    @Test
    void what_stands_between_back_quotes_is_code_whatever_is_in_it() {
        assertThat(MarkdownEscaper.plain("better: `get, use_it` costs *2* -> 1"))
                .isEqualTo("better: `get, use_it` costs \\*2\\* -> 1");
        assertThat(MarkdownEscaper.plain("`a` and <b>, `c`")).isEqualTo("`a` and &lt;b>, `c`");
        assertThat(MarkdownEscaper.plain("`a` and b`")).isEqualTo("\\`a\\` and b\\`");
        assertThat(MarkdownEscaper.plain("`a|b`")).isEqualTo("\\`a\\|b\\`"); // a bar parts cells even in code
        assertThat(MarkdownEscaper.plain("> a > b")).isEqualTo("&gt; a > b");
    }

    @Test
    void one_document_begins_with_its_verdict() throws IOException {
        String text =
                write(70_000, document("ring", Tone.BAD, "2 errors", DocumentBlock.Paragraph.of("head meets tail")));

        assertThat(text).startsWith("### ring\n\n**2 errors**\n\n").contains("head meets tail");
    }

    @Test
    void of_many_the_bad_ones_stand_first_in_the_overview_and_below() throws IOException {
        String text = write(
                70_000,
                document("clean", Tone.GOOD, "no findings"),
                document("noted", Tone.PLAIN, "1 info"),
                document("broken", Tone.BAD, "1 error"));

        assertThat(text).startsWith("**3 structs:** 1 bad, 1 clean, 1 with notes\n\n| struct | verdict |");
        assertThat(text.indexOf("| broken |")).isLessThan(text.indexOf("| clean |"));
        assertThat(text.indexOf("<b>broken</b>")).isLessThan(text.indexOf("<b>noted</b>"));
    }

    @Test
    void nothing_in_a_name_is_taken_for_a_mark() throws IOException {
        String name = "<script>alert(1)</script>|`x`*_[a](b)#1 @root\n";
        Document hostile = document(
                name,
                Tone.BAD,
                name,
                DocumentBlock.Paragraph.of(name),
                new DocumentBlock.Heading(name),
                new DocumentBlock.Facts(List.of(new DocumentBlock.Fact(name, name))),
                new DocumentBlock.Table(
                        name,
                        List.of(DocumentBlock.Column.text(name)),
                        List.of(new DocumentBlock.Row(Tone.BAD, List.of(name)))),
                new DocumentBlock.Folded(name, List.of(DocumentBlock.Paragraph.of(name))));

        String text = write(70_000, hostile, hostile);

        assertThat(text)
                .doesNotContain("<script")
                .doesNotContain("@root")
                .doesNotContainPattern("(?m)^(?!<details>).*[^\\\\]\\]\\(b\\)");
        assertThat(text.lines().filter(line -> line.startsWith("|")))
                .as("a bar in a cell makes no cell")
                .allSatisfy(line -> assertThat(line.replace("\\|", "").chars().filter(c -> c == '|'))
                        .hasSizeLessThanOrEqualTo(3));
    }

    @Test
    void code_with_fences_in_it_stays_inside_its_own() throws IOException {
        String text = write(
                70_000,
                document(
                        "a",
                        Tone.PLAIN,
                        "b",
                        new DocumentBlock.Code("code", "c", () -> "int a; /* ``` */\n````\n</details>")));

        assertThat(text).contains("`````c\nint a; /* ``` */\n````\n</details>\n`````\n");
    }

    @Test
    void what_does_not_fit_is_left_out_and_said_to_be() throws IOException {
        Document[] many = IntStream.range(0, 500)
                .mapToObj(i -> document(
                        "struct" + i,
                        i % 2 == 0 ? Tone.BAD : Tone.PLAIN,
                        "x",
                        DocumentBlock.Paragraph.of("y".repeat(300))))
                .toArray(Document[]::new);

        String text = write(20_000, many);

        assertThat(text.length()).isLessThanOrEqualTo(20_000).isGreaterThan(15_000);
        assertThat(text)
                .startsWith("**500 structs:** 250 bad, 250 with notes")
                .containsPattern("Cut to the length of a comment: .* and \\d+ more; all of \\d+ structs\\.");
    }

    @Test
    void of_one_document_too_long_the_last_blocks_go_first() throws IOException {
        String text = write(
                2_000,
                document(
                        "a",
                        Tone.BAD,
                        "b",
                        DocumentBlock.Paragraph.of("first"),
                        new DocumentBlock.Code("code", "c", () -> "z".repeat(5_000)),
                        DocumentBlock.Paragraph.of("last")));

        assertThat(text)
                .contains("first")
                .contains("last")
                .contains("parts of a")
                .doesNotContain("zzz");
    }

    private static Document document(String title, Tone tone, String verdict, DocumentBlock... blocks) {
        return Document.of(title, Optional.of(Headline.verdict(tone, verdict)), List.of(blocks));
    }

    private static String write(int mostChars, Document... documents) throws IOException {
        StringBuilder text = new StringBuilder();
        MarkdownWriter writer = new MarkdownWriter(text, mostChars);
        for (Document document : documents) {
            writer.write(document);
        }
        writer.end();
        return text.toString();
    }
}
