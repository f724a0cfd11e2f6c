package dev.faultline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.report.text.TextLines;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class VisibleWriterTest {

    private final StringWriter out = new StringWriter();
    private final VisibleWriter writer = new VisibleWriter(out);

    private String written() throws IOException {
        writer.close();
        return out.toString();
    }

    @Test
    void only_line_feeds_and_tabs_pass() throws IOException {
        writer.write("plain, länger\n\t𝄞 ");
        writer.write("\u001b[31m\u009b\u202e\u200b\u0007\0");
        assertThat(written()).isEqualTo("plain, länger\n\t𝄞 \\u001b[31m\\u009b\\u202e\\u200b\\u0007\\u0000");
    }

    @Test
    void a_carriage_return_passes_before_a_line_feed_only() throws IOException {
        writer.write("a\r\nb\rc\r");
        writer.write("\nd\r\r\n\r");
        assertThat(written()).isEqualTo("a\r\nb\\u000dc\r\nd\\u000d\r\n\\u000d");
    }

    @Test
    void characters_of_two_units_may_be_written_in_two_pieces() throws IOException {
        for (char unit : "𝄞\udb40\udc41\ud800x\udc00\ud83d\ud83d\ude00\ud800".toCharArray()) {
            writer.write(unit);
            writer.flush();
        }
        assertThat(written()).isEqualTo("𝄞\\udb40\\udc41\\ud800x\\udc00\\ud83d😀\\ud800");
    }

    @Test
    void styles_pass_by_their_own_way_and_hold_nothing_but_numbers() throws IOException {
        writer.write("\ud800");
        writer.style("1;31");
        writer.write("x");
        writer.style("0");
        assertThatThrownBy(() -> writer.style("2J\u001b[0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.style("")).isInstanceOf(IllegalArgumentException.class);
        assertThat(written()).isEqualTo("\\ud800\u001b[1;31mx\u001b[0m");
    }

    @Test
    void text_cannot_end_a_line_or_colour_it() throws IOException {
        String evil = "a\n\u001b[31mb";
        new TextLines(writer, true).ink("1", evil).add(evil).end();
        new TextLines(writer, false).ink("1", evil).end();
        assertThat(written())
                .isEqualTo("\u001b[1ma\\u000a\\u001b[31mb\u001b[0ma\\u000a\\u001b[31mb\na\\u000a\\u001b[31mb\n");

        StringWriter bare = new StringWriter();
        new TextLines(bare, true).ink("1", evil).end();
        assertThat(bare).hasToString("\u001b[1ma\\u000a\\u001b[31mb\u001b[0m\n");
    }
}
