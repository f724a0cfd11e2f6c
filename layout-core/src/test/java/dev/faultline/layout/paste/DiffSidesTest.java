package dev.faultline.layout.paste;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.layout.notation.TextLayouts;
import dev.faultline.layout.syntax.SkippedDeclaration;
import org.junit.jupiter.api.Test;

/** Of a diff the new side is read. */
class DiffSidesTest {

    private static final String NEW_SIDE = "struct queue of 8: tail 0+4, head 4+4";

    private static TextLayouts read(String text) {
        return NotationReader.readAll("mail", text);
    }

    private static String facts(StructLayout layout) {
        StringBuilder facts = new StringBuilder(layout.spelling() + " of " + layout.byteSize());
        String separator = ": ";
        for (Slot slot : layout.slots()) {
            String name = slot instanceof Slot.Field field
                    ? field.path()
                    : slot.getClass().getSimpleName();
            facts.append(separator)
                    .append(name)
                    .append(' ')
                    .append(slot.byteOffset())
                    .append('+')
                    .append(slot.byteSize());
            separator = ", ";
        }
        return facts.toString();
    }

    private static void isNewSide(TextLayouts read) {
        assertThat(read.skipped()).isEmpty();
        assertThat(read.layouts()).extracting(DiffSidesTest::facts).containsExactly(NEW_SIDE);
    }

    @Test
    void of_a_unified_diff_the_added_lines_are_read() {
        TextLayouts read = read("""
                diff --git a/queue.txt b/queue.txt
                index 1234567..89abcde 100644
                --- a/queue.txt
                +++ b/queue.txt
                @@ -1,6 +1,6 @@
                 struct queue {
                -	unsigned int               head;                 /*     0     4 */
                -	unsigned int               tail;                 /*     4     4 */
                +	unsigned int               tail;                 /*     0     4 */
                +	unsigned int               head;                 /*     4     4 */

                 	/* size: 8, cachelines: 1, members: 2 */
                 };
                --\s
                2.34.1
                """);
        isNewSide(read);
        assertThat(read.notes())
                .containsExactly("this is a diff: the new side is read, 2 lines of the old side left out");
    }

    @Test
    void a_quoted_diff_without_header_whose_lines_a_mailer_wrapped_is_read() {
        isNewSide(read("""
                > On Monday Ada wrote:
                >> struct queue {
                >> -       unsigned int               head;                 /*     0
                >> 4 */
                >> -       unsigned int               tail;                 /*     4
                >> 4 */
                >> +       unsigned int               tail;                 /*     0
                >> 4 */
                >> +       unsigned int               head;                 /*     4
                >> 4 */
                >>
                >>         /* size: 8, cachelines: 1, members: 2 */
                >> };
                > Why - not?
                """));
    }

    @Test
    void of_a_combined_diff_the_result_of_the_merge_is_read() {
        isNewSide(read("""
                diff --cc queue.txt
                @@@ -1,6 -1,6 +1,6 @@@
                  struct queue {
                - 	unsigned int               head;                 /*     0     4 */
                 -	unsigned long              head;                 /*     0     8 */
                --	unsigned int               old;                  /*     4     4 */
                ++	unsigned int               tail;                 /*     0     4 */
                 +	unsigned int               head;                 /*     4     4 */

                  	/* size: 8, cachelines: 1, members: 2 */
                  };
                """));
    }

    @Test
    void of_a_context_diff_the_second_section_is_read() {
        isNewSide(read("""
                *** old.txt	2024-01-02
                --- new.txt	2024-01-02
                ***************
                *** 1,6 ****
                  struct queue {
                ! 	unsigned int               head;                 /*     0     4 */
                ! 	unsigned int               tail;                 /*     4     4 */

                  	/* size: 8, cachelines: 1, members: 2 */
                  };
                --- 1,6 ----
                  struct queue {
                ! 	unsigned int               tail;                 /*     0     4 */
                ! 	unsigned int               head;                 /*     4     4 */

                  	/* size: 8, cachelines: 1, members: 2 */
                  };
                """));
    }

    @Test
    void what_hunks_leave_out_is_not_shown() {
        TextLayouts read = read("""
                @@ -40,3 +40,3 @@ struct queue {
                 	int                        head;                 /*    16     4 */
                -	int                        old;                  /*    20     4 */
                +	int                        tail;                 /*    20     4 */
                 	int                        length;               /*    24     4 */
                @@ -60,4 +60,4 @@ struct queue {
                 	long int                   last;                 /*    64     8 */

                 	/* size: 72, cachelines: 2, members: 12 */
                 };
                @@ -80,2 +80,2 @@ struct other {
                 	int                        end;                  /*     4     4 */
                """);
        assertThat(read.layouts())
                .extracting(DiffSidesTest::facts)
                .containsExactly("struct queue of 72: NotShown 0+16, head 16+4, tail 20+4, length 24+4,"
                        + " NotShown 28+36, last 64+8");
        assertThat(read.skipped())
                .extracting(
                        SkippedDeclaration::name, skipped -> skipped.reason().getMessage())
                .containsExactly(
                        tuple(
                                "struct other",
                                "mail: line 13, column 1: expected `}` to close struct other of line 11, found the end of the text"));
    }

    @Test
    void the_struct_behind_the_numbers_of_a_hunk_may_end_before_the_hunk() {
        TextLayouts read = read("""
                @@ -10,5 +10,5 @@ struct before {

                 struct queue {
                 	int head;
                -	int tail;
                +	long tail;
                 };
                """);
        assertThat(read.layouts())
                .extracting(DiffSidesTest::facts)
                .containsExactly("struct queue of 16: head 0+4, Hole 4+4, tail 8+8");
        assertThat(read.skipped()).extracting(SkippedDeclaration::name).containsExactly("struct before");
    }

    @Test
    void the_end_of_a_comment_that_is_wrapped_before_dashes_is_no_removed_line() {
        TextLayouts read = read("""
                struct queue {
                +	int                        head;                 /*     0     4 */
                -	int                        old;                  /*     4     4 */
                	/* --- cacheline 1 boundary (64 bytes)
                --- */
                	int                        tail;                 /*    64     4 */

                	/* size: 68, cachelines: 2, members: 2 */
                };
                """);
        assertThat(read.layouts())
                .extracting(DiffSidesTest::facts)
                .containsExactly("struct queue of 68: head 0+4, Hole 4+60, tail 64+4");
    }

    @Test
    void minus_signs_without_a_diff_are_refused_where_they_stand() {
        TextLayouts read = read("""
                struct good {
                	int                        a;                    /*     0     4 */
                };
                struct queue {
                -	int                        head;                 /*     0     4 */
                };
                """);
        assertThat(read.layouts()).extracting(DiffSidesTest::facts).containsExactly("struct good of 4: a 0+4");
        assertThat(read.skipped())
                .extracting(skipped -> skipped.reason().getMessage())
                .containsExactly("mail: line 5, column 1: expected a member, found `-`");
    }
}
