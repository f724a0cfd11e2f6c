package dev.faultline.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VisibleTextTest {

    @Test
    void what_a_terminal_acts_on_is_escaped() {
        assertThat(VisibleText.of("\u001b[31mred\u0007\r\n\t\0\u007f\u0085\u009b\u2028\u2029"))
                .isEqualTo("\\u001b[31mred\\u0007\\u000d\\u000a\\u0009\\u0000\\u007f\\u0085\\u009b\\u2028\\u2029");
    }

    @Test
    void what_reorders_or_hides_is_escaped() {
        List<Integer> listed = List.of(
                0xad, 0x34f, 0x600, 0x61c, 0x70f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e, 0x180f, 0x200b,
                0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2060, 0x2061, 0x2062, 0x2063,
                0x2064, 0x2065, 0x2066, 0x2067, 0x2068, 0x2069, 0x206a, 0x206f, 0x3164, 0xd800, 0xdc00, 0xdfff, 0xfdd0,
                0xfdef, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff9, 0xfffb, 0xfffe, 0xffff);
        for (int c : listed) {
            assertThat(VisibleText.of(Character.toString(c))).isEqualTo(String.format("\\u%04x", c));
        }
        assertThat(VisibleText.of(Character.toString(0xe0041))).isEqualTo("\\udb40\\udc41"); // a tag
        assertThat(VisibleText.of(Character.toString(0xe0100))).isEqualTo("\\udb40\\udd00"); // a variation selector
        assertThat(VisibleText.of(Character.toString(0x1d173)))
                .isEqualTo("\\ud834\\udd73"); // a beam of musical notation
        assertThat(VisibleText.of(Character.toString(0x10ffff))).isEqualTo("\\udbff\\udfff");
    }

    @Test
    void words_of_all_languages_and_paths_stay() {
        String text = "dst.__refcnt länger Ωmega имя 名前 한글 e\u0301 नमस्ते 𝄞 €…→ C:\\new\\table \u00a0";
        assertThat(VisibleText.of(text)).isSameAs(text);
        assertThat(VisibleText.lines("a\n\tb")).isEqualTo("a\n\tb");
        assertThat(VisibleText.lines("a\r\u001b\n")).isEqualTo("a\\u000d\\u001b\n");
    }

    @Test
    void escaping_twice_is_escaping_once() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x3000 ? 1 : 7) {
            all.appendCodePoint(c).append(' ');
        }
        String once = VisibleText.of(all.toString());
        assertThat(VisibleText.of(once)).isEqualTo(once);
        assertThat(VisibleText.lines(once)).isEqualTo(once);
    }

    @Test
    void a_complaint_is_one_visible_line() {
        assertThat(new InputException("a\nb", "line 1", "found \u202ec"))
                .hasMessage("a\\u000ab: line 1: found \\u202ec");
    }

    @Test
    void yaml_is_visible_and_reads_back() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x3000 || c >= 0xfd00 && c < 0x10000 ? 1 : 97) {
            String text = "a" + Character.toString(c) + "\\";
            String quoted = YamlText.quoted(text);
            assertThat(VisibleText.of(quoted)).as(Integer.toHexString(c)).isEqualTo(quoted);
            assertThat(YamlTree.parse("test", quoted, "word").text())
                    .as(Integer.toHexString(c))
                    .isEqualTo(text);
        }
    }
}
