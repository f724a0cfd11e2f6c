package dev.faultline.layout.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.TextLayouts;
import dev.faultline.layout.syntax.SkippedDeclaration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Record layouts that clang prints are read; what they do not tell is shown as not known. */
class ClangRecordDialectTest {

    private static final ClangRecordDialect CLANG = new ClangRecordDialect();

    private static final String QUEUE = """

            *** Dumping AST Record Layout
                     0 | struct queue
                     0 |   unsigned int head
                   128 |   unsigned int tail
                   132 |   char[3][2] marks
                   144 |   void (*[2])(void *) hooks
                       | [sizeof=256, dsize=256, align=128,
                       |  nvsize=256, nvalign=128]
            """;

    private static List<String> slots(String text, String name) {
        return ReadText.slots(ReadText.one(CLANG, text, name));
    }

    @Test
    void offsets_sizes_and_the_alignment_are_those_printed() {
        StructLayout queue = ReadText.one(CLANG, QUEUE, "queue");

        assertThat(queue.byteSize()).isEqualTo(256);
        assertThat(queue.byteAlignment()).isEqualTo(128);
        assertThat(queue.provenance().describe()).isEqualTo("text:3, printed by clang");
        assertThat(ReadText.slots(queue))
                .containsExactly(
                        "unsigned int head 0+4",
                        "hole 4+124",
                        "unsigned int tail 128+4",
                        "char[3][2] marks 132+6",
                        "hole 138+6",
                        "void (*[2])(void *) hooks 144+16",
                        "padding 160+96");
    }

    @Test
    void quoted_coloured_and_repeated_records_are_read_once() {
        String mail = "On Monday Ada wrote:\n" + (QUEUE + QUEUE).replaceAll("(?m)^", "> ") + "> ciao\n";
        String coloured =
                QUEUE.replace("unsigned", "\u001b[0;32munsigned\u001b[0m").replace("\n", "\r\n");

        assertThat(ReadText.all(CLANG, mail).layouts()).hasSize(1);
        assertThat(slots(mail, "queue")).isEqualTo(slots(QUEUE, "queue"));
        assertThat(slots(coloured, "queue")).isEqualTo(slots(QUEUE, "queue"));
    }

    @Test
    void bases_and_vtable_pointers_are_pinned_members() {
        String text = """
                         0 | struct Named
                         0 |   (Named vtable pointer)
                         8 |   int id
                        12 |   char flag
                           | [sizeof=16, dsize=13, align=8,
                           |  nvsize=13, nvalign=8]
                         0 | class Empty (empty)
                           | [sizeof=1, dsize=1, align=1,
                           |  nvsize=1, nvalign=1]
                         0 | struct Session
                         0 |   struct Named (primary base)
                         0 |     (Named vtable pointer)
                         8 |     int id
                        12 |     char flag
                         0 |   class Empty (base) (empty)
                        13 |   char state
                        16 |   class Empty guard (empty)
                        24 |   struct Log (virtual base)
                        24 |     (Log vtable pointer)
                        32 |     long written
                           | [sizeof=40, dsize=40, align=8,
                           |  nvsize=17, nvalign=8]
                """;

        StructLayout session = ReadText.one(CLANG, text, "Session");
        assertThat(session.members()).extracting(Member::name).containsExactly("Named", "state", "guard", "Log");
        assertThat(session.members())
                .extracting(Member::role)
                .containsExactly(MemberRole.BASE_CLASS, MemberRole.FIELD, MemberRole.FIELD, MemberRole.BASE_CLASS);
        assertThat(session.members().get(0).type().byteSize()).isEqualTo(13);
        assertThat(ReadText.slots(session))
                .containsExactly(
                        "void * Named._vptr.Named 0+8",
                        "int Named.id 8+4",
                        "char Named.flag 12+1",
                        "char state 13+1",
                        "hole 14+2",
                        "class Empty guard 16+1",
                        "hole 17+7",
                        "void * Log._vptr.Log 24+8",
                        "long Log.written 32+8");
        assertThat(ReadText.one(CLANG, text, "Named").members().get(0).role()).isEqualTo(MemberRole.VTABLE_POINTER);
    }

    @Test
    void bit_fields_have_their_unit_and_unnamed_ones_stay_free() {
        String text = """
                     0 | struct flags
                 0:0-2 |   unsigned int a
                 0:3-7 |   unsigned int b
                 1:0-3 |   int\s
                1:4-43 |   unsigned long c
                 6:4-4 |   _Bool d
                   8:- |   unsigned int\s
                     8 |   char e
                       | [sizeof=16, align=8]
                """;

        assertThat(slots(text, "flags"))
                .containsExactly(
                        "unsigned int a 0.3",
                        "unsigned int b 3.5",
                        "hole 8.4",
                        "unsigned long c 12.40",
                        "_Bool d 52.1",
                        "hole 53.3",
                        "hole 7+1",
                        "char e 8+1",
                        "padding 9+7");
    }

    @Test
    void unions_records_without_a_name_and_typedefs_of_records_are_told_by_their_members() {
        String text = """
                     0 | value_t
                     0 |   struct value_t::(unnamed at v.h:3:5) parts
                     0 |     short low
                     2 |     short high
                     0 |   int whole
                       | [sizeof=4, align=4]
                     0 | struct value_t::(unnamed at v.h:3:5)
                     0 |   short low
                     2 |   short high
                       | [sizeof=4, align=2]
                     0 | struct holder
                     0 |   union holder::(anonymous at v.h:9:5)\s
                     0 |     char c
                     0 |     value_t[2] v
                     8 |   value_t last
                     8 |     struct value_t::(unnamed at v.h:3:5) parts
                     8 |       short low
                    10 |       short high
                     8 |     int whole
                       | [sizeof=12, align=4]
                """;

        TextLayouts all = ReadText.all(CLANG, text);
        assertThat(all.layouts()).extracting(StructLayout::spelling).containsExactly("union value_t", "struct holder");
        assertThat(slots(text, "holder"))
                .containsExactly(
                        "char c 0+1",
                        "value_t[2] v 0+8",
                        "short last.parts.low 8+2",
                        "int last.whole 8+4",
                        "short last.parts.high 10+2");
        assertThat(all.layouts().get(1).resolve("v[1]").orElseThrow().bytes().start())
                .isEqualTo(4);
        assertThat(all.notes()).isEmpty();
    }

    @Test
    void bytes_that_a_type_of_unknown_size_may_have_are_not_called_free() {
        String text = """
                     0 | struct mixed
                     0 |   tiny_t t
                     8 |   long n
                    16 |   enum mode m
                    20 |   int i
                    24 |   tiny_t[2] pair
                       | [sizeof=32, align=8]
                """;

        assertThat(slots(text, "mixed"))
                .containsExactly(
                        "tiny_t t 0+1",
                        "not shown 1+3",
                        "hole 4+4",
                        "long n 8+8",
                        "enum mode m 16+1",
                        "not shown 17+3",
                        "int i 20+4",
                        "tiny_t[2] pair 24+2",
                        "not shown 26+6");
        assertThat(ReadText.all(CLANG, text).notes())
                .containsExactly(
                        "clang prints no sizes, and those of tiny_t, enum mode do not follow from the text: the"
                                + " bytes that may belong to them are shown as not known; with -Xclang"
                                + " -fdump-record-layouts-canonical clang prints what typedefs stand for");
    }

    @Test
    void bytes_that_a_member_of_a_union_may_have_are_not_called_free() {
        String text = """
                     0 | struct outer
                     0 |   union value
                     0 |     tiny_t t
                     0 |     struct pair p
                     0 |       char a
                     2 |       short b
                     8 |   long n
                       | [sizeof=16, align=8]
                     0 | union value
                     0 |   tiny_t t
                     0 |   struct pair p
                     0 |     char a
                     2 |     short b
                       | [sizeof=4, align=2]
                """.replace("union value\n     0 |     ", "union value v\n     0 |     ");

        assertThat(slots(text, "outer"))
                .containsExactly(
                        "tiny_t v.t 0+1",
                        "char v.p.a 0+1",
                        "not shown 1+1",
                        "short v.p.b 2+2",
                        "hole 4+4",
                        "long n 8+8");
    }

    @Test
    void sizes_that_other_records_prove_are_used() {
        String text = """
                     0 | struct __attribute__((packed)) exact
                     0 |   tiny_t t
                     1 |   tiny_t u
                       | [sizeof=2, align=1]
                     0 | struct mixed
                     0 |   tiny_t t
                     8 |   long n
                       | [sizeof=16, align=8]
                """;

        assertThat(slots(text, "mixed")).containsExactly("tiny_t t 0+1", "hole 1+7", "long n 8+8");
        assertThat(ReadText.all(CLANG, text).notes()).isEmpty();
    }

    @Test
    void platforms_with_other_sizes_are_told_by_their_offsets() {
        String i386 = """
                     0 | struct node
                     0 |   struct node * next
                     4 |   long key
                     8 |   long double weight
                    20 |   size_t used
                       | [sizeof=24, align=4]
                """;
        String windows = """
                     0 | struct node
                     0 |   (node vftable pointer)
                     8 |   long key
                    12 |   wchar_t c
                    14 |   short s
                       | [sizeof=16, align=8,
                       |  nvsize=16, nvalign=8]
                """;

        assertThat(slots(i386, "node"))
                .containsExactly(
                        "struct node * next 0+4", "long key 4+4", "long double weight 8+12", "size_t used 20+4");
        assertThat(slots(windows, "node"))
                .containsExactly("void * _vptr.node 0+8", "long key 8+4", "wchar_t c 12+2", "short s 14+2");
    }

    @Test
    void a_record_that_cannot_be_read_is_named_and_the_others_are_read() {
        String text = """
                *** Dumping AST Record Layout
                         0 | struct cut
                         0 |   int a

                *** Dumping AST Record Layout
                         0 | struct overfull
                         0 |   int a
                         2 |   int b
                         8 |   long c
                           | [sizeof=16, align=8]
                """ + QUEUE;

        TextLayouts all = ReadText.all(CLANG, text);
        assertThat(all.layouts()).extracting(StructLayout::name).containsExactly("queue");
        assertThat(all.skipped())
                .extracting(SkippedDeclaration::name, SkippedDeclaration::line)
                .containsExactly(tuple("struct cut", 2), tuple("struct overfull", 6));
        assertThat(all.skipped().get(0).reason())
                .hasMessage("text: line 2: struct cut ends without `[sizeof=`: its size is not known; keep the lines up"
                        + " to `]`");
        assertThat(all.skipped().get(1).reason()).hasMessage("text: line 7: a: int has 4 bytes, but 2 are left for it");
    }

    @Test
    void bytes_of_lines_that_were_cut_out_are_not_called_free() {
        String text = QUEUE.replaceFirst(" +132 .*", "[...]");

        assertThat(slots(text, "queue"))
                .containsExactly(
                        "unsigned int head 0+4",
                        "not shown 4+124",
                        "unsigned int tail 128+4",
                        "not shown 132+12",
                        "void (*[2])(void *) hooks 144+16",
                        "not shown 160+96");
    }

    @Test
    void a_record_whose_indentation_is_lost_is_refused() {
        String text = QUEUE.replaceAll(" +", " ");

        assertThatThrownBy(() -> CLANG.read("text", text))
                .isInstanceOf(InputException.class)
                .hasMessage("text: line 4: expected 3 or more spaces behind the bar, found fewer: the indentation is"
                        + " lost");
    }

    @Test
    void the_short_form_is_refused_with_the_option_that_prints_names() {
        String text = """
                *** Dumping AST Record Layout
                Type: struct ring

                Layout: <ASTRecordLayout
                  Size:128
                  FieldOffsets: [0, 64]>
                """;

        assertThatThrownBy(() -> CLANG.read("text", text))
                .isInstanceOf(InputException.class)
                .hasMessage("text: clang's short form of record layouts, which has no names of members; print them with"
                        + " -Xclang -fdump-record-layouts instead of -fdump-record-layouts-simple");
    }

    @Test
    void other_texts_are_left_to_other_readers() {
        assertThat(CLANG.read("text", "struct a { int b; };")).isEmpty();
        assertThat(CLANG.read("text", "  12 | static int a[sizeof=3]")).isEmpty();
    }

    @Test
    void kinds_are_those_of_the_keyword() {
        String text = "0 | union u\n0 |   int a\n  | [sizeof=4, align=4]\n";

        assertThat(ReadText.one(CLANG, text, "u").kind()).isEqualTo(AggregateKind.UNION);
    }
}
