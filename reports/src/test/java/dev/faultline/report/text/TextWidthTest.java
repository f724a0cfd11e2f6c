package dev.faultline.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.report.document.Document;
import dev.faultline.report.document.DocumentBlock;
import dev.faultline.report.document.DocumentBlock.Column;
import dev.faultline.report.document.DocumentBlock.Row;
import dev.faultline.report.document.FindingEntry;
import dev.faultline.report.document.Headline;
import dev.faultline.report.document.Tone;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Text is as wide as it is told to be, and what does not fit wraps. */
class TextWidthTest {

    private static final DocumentBlock.Table TABLE = new DocumentBlock.Table(
            "",
            List.of(
                    Column.text("class"),
                    Column.number("false sharing"),
                    Column.number("true sharing"),
                    Column.text("needs"),
                    Column.detail("why")),
            List.of(
                    Row.of(
                            Tone.BAD,
                            "org.example.buffers.ManyToOneConcurrentArrayQueue",
                            "12 ns",
                            "3.4 ns",
                            "a line of its own for the tail of the queue",
                            "its tail is written by every producer, and its head by the one consumer there is"),
                    Row.of("Ring", "1 ns", "2 ns", "", "")));

    private static String text(int columns, DocumentBlock... blocks) throws IOException {
        StringBuilder out = new StringBuilder();
        new TextWriter(out, new TextStyle(false, columns))
                .write(Document.of(
                        "queues of a program",
                        Optional.of(
                                Headline.judgement(Tone.BAD, "worse", "it was better before the change to the tail")),
                        List.of(blocks)));
        return out.toString();
    }

    @Test
    void a_wide_text_shows_a_row_in_a_line() throws IOException {
        assertThat(text(140, TABLE))
                .contains(
                        "  org.example.buffers.ManyToOneConcurrentArrayQueue          12 ns        3.4 ns  a line of its"
                                + " own for the tail of the queue\n");
    }

    @Test
    void in_a_narrow_one_heads_wrap_and_packages_go_before_class_names() throws IOException {
        String text = text(75, TABLE);

        assertThat(text).contains("\n  ManyToOneConcurrentArrayQueue ").doesNotContain("org.example");
        assertThat(text).containsPattern("\n +false +true\n  class +sharing +sharing  needs\n");
        assertThat(text.lines()).allMatch(line -> line.length() <= 75);
    }

    @Test
    void a_name_that_fits_no_column_has_a_line_of_its_own_and_is_never_cut() throws IOException {
        String name = "a_name_without_any_blank_that_is_longer_than_the_column";
        DocumentBlock.Table table = new DocumentBlock.Table(
                "",
                List.of(Column.text("name"), Column.number("bytes"), Column.text("note")),
                List.of(Row.of(name, "8", "some words that take the rest of the row and more than that")));

        assertThat(text(60, table)).contains("  " + name + "\n").contains("       8  some words");
    }

    @Test
    void further_lines_of_a_first_column_are_indented_so_that_they_do_not_look_like_rows() throws IOException {
        DocumentBlock.Table table = new DocumentBlock.Table(
                "",
                List.of(Column.text("an operation"), Column.number("in all"), Column.text("note")),
                List.of(Row.of("sender: look up a route that may carry an error", "8 ns", "costs more than before")));

        assertThat(text(60, table))
                .contains("\n  sender: look up a route that  8 ns")
                .contains("\n    may carry an error\n");
    }

    @Test
    void what_does_not_fit_beside_a_title_stands_below_it() throws IOException {
        String title = "org.example.buffers.ManyToOneConcurrentArrayQueue";
        StringBuilder out = new StringBuilder();
        new TextWriter(out, new TextStyle(false, 60))
                .write(new Document(
                        title,
                        "class of 136 bytes on 3 lines of 64 bytes",
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));

        assertThat(out.toString()).isEqualTo(title + "\n  class of 136 bytes on 3 lines of 64 bytes\n");
    }

    @Test
    void findings_and_facts_wrap_to_any_width_from_60_on() throws IOException {
        FindingEntry finding = new FindingEntry(
                2,
                "error",
                "WriterBesideReaders",
                List.of("head"),
                "head (write by consumer, 5e6/s from other CPUs) shares a cache line with tail in 8 of 8 placements",
                List.of("fixing this saves 38 of 82 ns per `take` (46 %)"),
                "leave at least 60 bytes between head and tail, or align tail to the start of a line of its own",
                "declared",
                new FindingEntry.SavingFigures("-", "-", 0),
                false,
                "declared at /build/linux-6.1/include/net/consumers/ring.h:1083, tail at line 1084, slots at line 1085",
                Optional.empty());
        for (int columns : new int[] {10, 60, 79, 100, 200}) {
            String text = text(
                    columns,
                    DocumentBlock.Facts.of(
                            "placement", "objects start at any multiple of 8 (8 placements): ".repeat(4)),
                    new DocumentBlock.Findings(List.of(finding)),
                    TABLE);
            assertThat(text.lines()).allMatch(line -> line.length() <= Math.max(60, columns));
            assertThat(text.replaceAll("\\s+", " "))
                    .contains(
                            "(46 %) declared at /build/linux-6.1/include/net/consumers/ring.h:1083, tail at line 1084")
                    .contains("-> leave at least 60 bytes between head and tail, or align");
        }
    }
}
