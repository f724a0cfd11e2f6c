package dev.faultline.layout.paste;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.layout.notation.TextLayouts;
import dev.faultline.layout.syntax.SkippedDeclaration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of members whose lines are missing are neither holes nor padding. */
class CutMarksTest {

    private static List<ByteRange> notShown(StructLayout layout) {
        return layout.slots().stream()
                .filter(slot -> slot instanceof Slot.NotShown)
                .map(Slot::bytes)
                .toList();
    }

    private static List<ByteRange> holes(StructLayout layout) {
        return layout.slots().stream()
                .filter(slot -> slot instanceof Slot.Hole || slot instanceof Slot.Padding)
                .map(Slot::bytes)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "...",
                "\t...",
                "\u2026",
                "[...]",
                "[\u2026]",
                "[snip]",
                "<snip>",
                "snip",
                "--- snip ---",
                "[ 12 lines deleted ]",
                "[... many members ...]",
                "---8<---",
                "-- 8< --",
                "8<----------",
                "/* ... */",
                "/* [...] */",
                "/* ... other fields ... */",
                "// ...",
                "# ...",
                "<ERROR(__class__fprintf:1609): 0 not found!>"
            })
    void bytes_behind_a_mark_are_not_shown(String mark) {
        StructLayout layout =
                NotationReader.read("mail", """
                struct queue {
                	int                        head;                 /*     0     4 */

                	/* XXX 4 bytes hole, try to pack */

                	long int                   tail;                 /*     8     8 */
                MARK
                	int                        last;                 /*    40     4 */
                MARK
                	/* size: 64, cachelines: 1, members: 9 */
                };
                """.replace("MARK", mark)).get(0);
        assertThat(notShown(layout)).containsExactly(new ByteRange(16, 40), new ByteRange(44, 64));
        assertThat(holes(layout)).containsExactly(new ByteRange(4, 8));
    }

    @Test
    void numbers_of_lines_that_are_missing_are_a_mark() {
        StructLayout layout = NotationReader.read("grep", """
                7:struct queue {
                8:	int                        head;                 /*     0     4 */
                11:	int                        tail;                 /*    16     4 */
                12:	/* size: 20, cachelines: 1, members: 4 */
                13:};
                """).get(0);
        assertThat(notShown(layout)).containsExactly(new ByteRange(4, 16));
    }

    @Test
    void members_that_the_statistics_count_are_missing_without_a_mark() {
        StructLayout layout = NotationReader.read("mail", """
                struct queue {
                	int                        head;                 /*     0     4 */

                	/* XXX 4 bytes hole, try to pack */

                	long int                   tail;                 /*     8     8 */
                	int                        last;                 /*    40     4 */

                	/* size: 48, cachelines: 1, members: 5 */
                	/* padding: 4 */
                };
                """).get(0);
        assertThat(notShown(layout)).containsExactly(new ByteRange(16, 40));
        assertThat(holes(layout)).containsExactly(new ByteRange(4, 8), new ByteRange(44, 48));
    }

    @Test
    void a_mark_within_an_inner_struct_is_about_its_bytes() {
        StructLayout layout = NotationReader.read("mail", """
                struct queue {
                	long int                   head;                 /*     0     8 */
                	struct {
                		int                a;                    /*     8     4 */
                		...
                		int                z;                    /*    20     4 */
                	} inner;                                         /*     8    16 */
                };
                """).get(0);
        assertThat(notShown(layout)).containsExactly(new ByteRange(12, 20));
    }

    @Test
    void without_offsets_a_struct_with_a_mark_is_skipped() {
        TextLayouts read = NotationReader.readAll("mail", """
                struct whole { int a; };
                struct queue {
                	int head;
                	...
                	int tail;
                };
                struct page { ... };
                struct outer { struct { int a; /* ... */ } in; };
                """);
        assertThat(read.layouts()).extracting(StructLayout::spelling).containsExactly("struct whole");
        assertThat(read.skipped())
                .extracting(skipped -> skipped.reason().getMessage())
                .containsExactly(
                        "mail: line 4, column 2: lines of struct queue are cut out here, so the offsets of its members"
                                + " are not known; add offset comments or the missing lines",
                        "mail: line 7, column 15: lines of struct page are cut out here, so the offsets of its members"
                                + " are not known; add offset comments or the missing lines",
                        "mail: line 8, column 32: lines of struct outer are cut out here, so the offsets of its members"
                                + " are not known; add offset comments or the missing lines");
    }

    @Test
    void a_struct_whose_end_is_cut_out_has_no_known_size() {
        assertThatThrownBy(() -> NotationReader.read("mail", """
                        struct queue {
                        	int                        head;                 /*     0     4 */
                        	...
                        };
                        """))
                .hasMessage("mail: line 3, column 2: the last lines of struct queue are cut out here and nothing states"
                        + " its size; add `/* size: N */`");
    }

    @Test
    void dots_in_a_declaration_or_a_sentence_are_no_mark() {
        List<StructLayout> layouts = NotationReader.read("header", """
                ...
                struct queue {
                	/* see below... */
                	int (*print)(const char *format, ...);
                	int tail; /* the end ... */
                };
                ...
                """);
        assertThat(layouts).hasSize(1);
        assertThat(layouts.get(0).byteSize()).isEqualTo(16);
        assertThat(layouts.get(0).members().get(0).type().spelling()).isEqualTo("int (*)(const char *, ...)");
    }

    @Test
    void names_of_what_is_skipped_are_its_keyword_and_tag() {
        TextLayouts read = NotationReader.readAll("mail", "struct a { int x; };\nstruct b { ... };\nunion c { int y\n");
        assertThat(read.skipped())
                .extracting(SkippedDeclaration::name)
                .containsExactlyInAnyOrder("struct b", "union c");
    }
}
