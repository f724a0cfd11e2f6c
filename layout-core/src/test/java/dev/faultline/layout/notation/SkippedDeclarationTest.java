package dev.faultline.layout.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.layout.StructLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One broken declaration does not hide the others, and nothing in it is read as a declaration of its own. */
class SkippedDeclarationTest {

    private static final String BEFORE = """
            struct before {
            \tint                        a;                    /*     0     4 */

            \t/* size: 4, cachelines: 1, members: 1 */
            };
            """;

    private static final String AFTER = BEFORE.replace("before", "after");

    private static List<String> spellings(TextLayouts read) {
        return read.layouts().stream().map(StructLayout::spelling).toList();
    }

    private static void othersAreRead(String broken, String... reasons) {
        TextLayouts read = NotationReader.readAll("text", BEFORE + broken + AFTER);
        assertThat(spellings(read)).containsExactly("struct before", "struct after");
        assertThat(read.skipped())
                .extracting(skipped -> skipped.name() + " of line " + skipped.line() + ": "
                        + skipped.reason().getMessage())
                .containsExactly(reasons);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "int a b@; /* 0 8 */ ! line 7, column 9: expected `;`, found `@`",
                "int a[; /* 0 4 */ ! line 7, column 8: expected a number, found `;`",
                "-\tint a; /* 0 4 */ ! line 7, column 2: expected a member, found `-`",
                "int a; /* 0 99999999999 */ ! line 7, column 9: expected a size from 0 to 4294967296, found 99999999999",
                "int a; /* 0 4 */ int b; /* 2 4 */ ! line 6, column 1: bad: a at [0, 4) and b at [2, 6) overlap outside of a union",
                "int a; /* 0 4 */ int b; ! line 7, column 23: expected `/* offset size */` behind member b",
                "int a; /* 0 4 ! line 7, column 9: expected a member, found a comment without its end mark",
                "struct { int c; /* 4 4 */ } x; /* 8 4 */ ! line 7, column 15: c at byte 4 is before its struct at byte 8",
                "@ ! line 7, column 2: expected a member, found `@`",
                "\" ! line 7, column 2: expected a member, found `\"`",
            })
    void a_broken_member_is_told_with_its_place(String member, String reason) {
        othersAreRead("struct bad {\n\t" + member + "\n};\n", "struct bad of line 6: text: " + reason);
    }

    @Test
    void a_parenthesis_that_is_not_closed_hides_no_other_struct() {
        othersAreRead(
                "struct bad {\n\tint x;     /* 0 4 */\n\t@#$%^ &*(\n",
                "struct bad of line 6: text: line 9, column 1: expected `}` to close struct bad of line 6, found another"
                        + " declaration");
    }

    @Test
    void a_sentence_that_ends_with_a_colon_before_a_struct_hides_nothing() {
        TextLayouts read = NotationReader.readAll(
                "text", "The struct is large. In struct net_device { we have:\n\n" + BEFORE.indent(2) + AFTER);

        assertThat(spellings(read)).containsExactly("struct before", "struct after");
        assertThat(read.skipped()).isEmpty();
    }

    @Test
    void a_struct_that_is_not_closed_ends_where_the_next_begins() {
        othersAreRead(
                "struct bad {\n\tint x;     /* 0 4 */\n",
                "struct bad of line 6: text: line 8, column 1: expected `}` to close struct bad of line 6, found another"
                        + " declaration");
    }

    @Test
    void a_struct_that_is_not_closed_within_an_inner_one_ends_where_the_next_begins() {
        othersAreRead(
                "struct bad {\n\tstruct {\n\t\tint x;     /* 0 4 */\n\tint y; /* 4 4 */\n",
                "struct bad of line 6: text: line 10, column 1: expected `}` to close struct bad of line 6, found another"
                        + " declaration");
    }

    @Test
    void a_text_that_ends_within_a_struct_keeps_the_others() {
        TextLayouts read = NotationReader.readAll("text", BEFORE + AFTER + "struct bad {\n\tint x;   /* 0");
        assertThat(spellings(read)).containsExactly("struct before", "struct after");
        assertThat(read.skipped())
                .extracting(skipped -> skipped.reason().getMessage())
                .containsExactly("text: line 12, column 11: expected a member, found a comment without its end mark");
    }

    @Test
    void inner_structs_of_a_broken_one_are_not_declarations() {
        othersAreRead("""
                struct bad {
                	int                        wrong@;               /*     0     4 */
                	struct inner {
                		int                x;                    /*     8     4 */
                	} inner;                                         /*     8     4 */
                	struct other { int y; } other;

                	/* size: 16, cachelines: 1, members: 3 */
                };
                """, "struct bad of line 6: text: line 7, column 34: expected `;`, found `@`");
    }

    @Test
    void a_brace_too_many_refuses_the_struct_before_the_statistics() {
        othersAreRead(
                """
                struct bad {
                	int                        a;                    /*     0     4 */
                };
                	int                        b;                    /*     4     4 */

                	/* size: 8, cachelines: 1, members: 2 */
                };
                """,
                "struct bad of line 6: text: line 11, column 2: expected the statistics of struct bad of line 6 before its"
                        + " closing brace, found them behind it");
    }

    @Test
    void a_sentence_with_a_brace_is_no_declaration() {
        othersAreRead("See struct sock { in net/sock.h } and class foo { of x, or struct page {\n\n");
    }

    @Test
    void an_inner_struct_whose_outer_one_begins_before_the_text_is_not_read_with_its_offsets() {
        TextLayouts read = NotationReader.readAll("text", """
                		struct inner {
                			int        x;                    /*     8     4 */
                		} inner;                                 /*     8     4 */

                	/* size: 16, cachelines: 1, members: 3 */
                };
                """ + AFTER);
        assertThat(spellings(read)).containsExactly("struct after");
        assertThat(read.skipped())
                .extracting(skipped -> skipped.reason().getMessage())
                .containsExactly(
                        "text: line 1, column 3: struct inner is a member at an offset, but the struct it is in"
                                + " does not begin before it");
    }

    @Test
    void a_text_that_declares_nothing_is_told_why() {
        assertThatThrownBy(() -> NotationReader.readAll("text", "ring\t72\t1\nslot\t16\t0\n"))
                .hasMessage(
                        "text: names with sizes and numbers of holes, as pahole --sizes prints them, have no members;"
                                + " run pahole without --sizes");
        assertThatThrownBy(() -> NotationReader.readAll("text", "@@ -1,3 +0,0 @@\n-struct a {\n-\tint x;\n-};\n"))
                .hasMessage(
                        "text: no struct, union or class in this text (this is a diff: the new side is read, 3 lines"
                                + " of the old side left out); expected pahole's output, C declarations or JOL's rows");
    }

    @Test
    void a_text_of_broken_declarations_is_refused_for_the_first() {
        assertThatThrownBy(() -> NotationReader.readAll("text", "struct a { int x@; };\nstruct b { int y@; };\n"))
                .hasMessage("text: line 1, column 17: expected `;`, found `@`");
    }
}
