package dev.faultline.layout.debugger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Structs as gdb prints them with {@code ptype /o}. */
class GdbTextTest {

    @Test
    void offsets_in_front_are_taken_and_not_guessed() {
        assertThat(Facts.of("""
                        (gdb) ptype /o struct channel
                        /* offset      |    size */  type = struct channel {
                        /*      0      |       8 */    long sent;
                        /* XXX 56-byte hole      */
                        /*     64      |       4 */    unsigned int received;
                        /* XXX  4-byte hole      */
                        /*     72      |      16 */    void *slots[2];
                        /*     88      |       0 */    char rest[];
                        /* XXX 40-byte padding   */

                                                       /* total size (bytes):  128 */
                                                     }
                        """))
                .containsExactly(
                        "struct channel: 128",
                        "  0 8 long sent",
                        "  64 4 unsigned int received",
                        "  72 16 void *[2] slots",
                        "  88 0 char[0] rest");
    }

    @Test
    void pointers_to_methods_and_to_functions_have_their_names() {
        assertThat(Facts.of("""
                        /* offset      |    size */  type = struct Calls {
                        /*      0      |      16 */    int (Node::*method)(Node * const, int);
                        /*     16      |       8 */    int (*(*get)(char))(void);
                        /*     24      |      16 */    long (ns::Slot<int, 4>::*table)(void (*)(int));

                                                       /* total size (bytes):   40 */
                                                     }
                        """))
                .containsExactly(
                        "struct Calls: 40",
                        "  0 16 int (Node::*)(Node * const, int) method",
                        "  16 8 int (*(*)(char))(void) get",
                        "  24 16 long (ns::Slot<int, 4>::*)(void (*)(int)) table");
    }

    @Test
    void a_struct_without_a_tag_is_named_by_its_command_or_its_line() {
        String body = """
                /* offset      |    size */  type = struct {
                /*      0      |       4 */    int a;

                                               /* total size (bytes):    4 */
                                             }
                """;
        assertThat(Facts.of("(gdb) ptype/o point_t\n" + body)).containsExactly("struct point_t: 4", "  0 4 int a");
        assertThat(Facts.of("(gdb) ptype/o &items[3]\n" + body))
                .containsExactly("struct struct_of_line_2: 4", "  0 4 int a");
    }

    @Test
    void bits_are_counted_from_the_byte_in_front_in_decimal_and_in_hexadecimal() {
        String decimal = """
                /* offset      |    size */  type = struct flags {
                /*      0: 0   |       4 */    int a : 3;
                /* XXX  2-bit hole       */
                /*      0: 5   |       4 */    unsigned int b : 10;
                /*      1: 7   |       8 */    long c : 40;
                /*      6: 7   |       1 */    char d : 1;
                /* XXX  1-byte hole      */
                /*      8: 0   |       4 */    int e : 4;
                /* XXX  4-bit padding    */
                /* XXX  7-byte padding   */

                                               /* total size (bytes):   16 */
                                             }
                """;
        String hex = """
                /* offset      |    size */  type = struct flags {
                /* 0x0000: 0x0 |  0x0004 */    int a : 3;
                /* XXX  2-bit hole       */
                /* 0x0000: 0x5 |  0x0004 */    unsigned int b : 10;
                /* 0x0001: 0x7 |  0x0008 */    long c : 40;
                /* 0x0006: 0x7 |  0x0001 */    char d : 1;
                /* XXX  1-byte hole      */
                /* 0x0008: 0x0 |  0x0004 */    int e : 4;
                /* XXX  4-bit padding    */
                /* XXX  7-byte padding   */

                                               /* total size (bytes):   16 */
                                             }
                """;
        assertThat(Facts.of(decimal))
                .isEqualTo(Facts.of(hex))
                .containsExactly(
                        "struct flags: 16",
                        "  0 4 bits 0 to 2 int a",
                        "  0 4 bits 5 to 14 unsigned int b",
                        "  0 8 bits 15 to 54 long c",
                        "  6 1 bits 7 to 7 char d",
                        "  8 4 bits 0 to 3 int e");
    }

    @Test
    void members_of_unions_have_sizes_only_and_offsets_in_arrays_count_from_elsewhere() {
        assertThat(Facts.of("""
                        /* offset      |    size */  type = struct nest {
                        /*      0      |       4 */    int k;
                        /* XXX  4-byte hole      */
                        /*      8      |      16 */    union {
                        /*                     4 */        int a;
                        /*                    16 */        struct {
                        /*      8      |       1 */            char c;
                        /* XXX  7-byte hole      */
                        /*     16      |       8 */            long l;

                                                               /* total size (bytes):   16 */
                                                           } in;

                                                           /* total size (bytes):   16 */
                                                       };
                        /*     24      |      12 */    struct {
                        /*      8      |       4 */        int x;
                                                       } arr[3];
                        /* XXX  4-byte hole      */
                        /*     40      |       8 */    struct {
                        /*      8      |       1 */        char q;
                                                       } *pointer;
                        /*     48      |       8 */    struct other {...} opaque;

                                                       /* total size (bytes):   56 */
                                                     } [4]
                        """))
                .containsExactly(
                        "struct nest: 56",
                        "  0 4 int k",
                        "  8 16 union ",
                        "    0 4 int a",
                        "    0 16 struct in",
                        "      0 1 char c",
                        "      8 8 long l",
                        "  24 12 struct[3] arr",
                        "    0 4 int x",
                        "  40 8 struct * pointer",
                        "  48 8 struct other opaque");
    }

    @Test
    void free_bytes_at_the_start_of_a_class_belong_to_what_gdb_does_not_print() {
        assertThat(Facts.of("""
                        /* offset      |    size */  type = struct Session {
                                                     public:
                        /*      8      |       8 */    long a;
                                                       static const int N;

                                                       /* total size (bytes):   16 */
                                                     }
                        /* offset      |    size */  type = class Sub : public Node {
                                                     private:
                        /*     24      |       4 */    int x;
                        /* XXX  4-byte padding   */

                                                       /* total size (bytes):   32 */
                                                     }
                        /* offset      |    size */  type = struct Diamond : public Left, public virtual Top {
                        /*     12      |       1 */    char c;
                        /* XXX 27-byte padding   */

                                                       /* total size (bytes):   40 */
                                                     }
                        /* offset      |    size */  type = struct Two : Left, Right {
                        /*     32      |       8 */    long c;

                                                       /* total size (bytes):   40 */
                                                     }
                        """))
                .containsExactly(
                        "struct Session: 16",
                        "  0 8 void * _vptr.Session vtable pointer",
                        "  8 8 long a",
                        "class Sub: 32",
                        "  0 24 struct Node Node base class",
                        "  24 4 int x",
                        "  28 4 bytes not shown  not shown",
                        "struct Diamond: 40",
                        "  0 12 bytes not shown  not shown",
                        "  12 1 char c",
                        "  13 27 bytes not shown  not shown",
                        "struct Two: 40",
                        "  0 32 bytes not shown  not shown",
                        "  32 8 long c");
    }

    @Test
    void a_page_end_and_a_wrapped_line_change_nothing() {
        assertThat(Facts.of("""
                        (gdb) ptype /o struct a
                        /* offset      |    size */  type = struct a {
                        /*      0      |       8 */    long
                        first;
                        --Type <RET> for more, q to quit, c to continue without paging--c
                        /*      8      |       8 */    long second;

                                                       /* total size (bytes):   16 */
                                                     }
                        (gdb)
                        """)).containsExactly("struct a: 16", "  0 8 long first", "  8 8 long second");
    }

    @Test
    void a_line_that_is_missing_leaves_bytes_that_are_not_shown() {
        assertThat(Facts.of("""
                        /* offset      |    size */  type = struct a {
                        /*      0      |       8 */    long first;
                        /*     24      |       8 */    long last;

                                                       /* total size (bytes):   32 */
                                                     }
                        """))
                .containsExactly(
                        "struct a: 32", "  0 8 long first", "  8 16 bytes not shown  not shown", "  24 8 long last");
    }

    @Test
    void a_struct_that_cannot_be_read_is_skipped_and_the_others_are_read() {
        assertThat(Facts.of("""
                        /* offset      |    size */  type = struct hidden {
                                                       <incomplete type>
                                                     }
                        /* offset      |    size */  type = struct torn {
                        /*      0      |       8 */    long first;
                                                       long second;

                                                       /* total size (bytes):   16 */
                                                     }
                        /* offset      |    size */  type = struct open {
                        /*      0      |       8 */    long first;
                        /* offset      |    size */  type = struct whole {
                        /*      0      |       8 */    long first;

                                                       /* total size (bytes):    8 */
                                                     }
                        """))
                .containsExactly(
                        "struct whole: 8",
                        "  0 8 long first",
                        "skipped text: line 2, column 1: gdb knows no members of struct hidden: the type is incomplete in"
                                + " this program",
                        "skipped text: line 10, column 1: expected `}` to close struct open, found another command",
                        "skipped text: line 6, column 1: expected `/* offset | size */` in front of `long second;`");
    }

    @Test
    void rust_is_read_by_its_offsets() {
        assertThat(Facts.of("""
                        /* offset      |    size */  type = struct app::Shared {
                        /*      0      |      16 */    name: &str,
                        /*     16      |       8 */    head: u64,
                        /*     24      |       8 */    tail: core::sync::atomic::AtomicUsize,
                        /*     32      |       8 */    next: *mut app::Shared,
                        /*     40      |      12 */    counts: [u32; 3],

                                                       /* total size (bytes):   56 */
                                                     }
                        """))
                .containsExactly(
                        "struct app::Shared: 56",
                        "  0 16 struct &str name",
                        "  16 8 u64 head",
                        "  24 8 struct core::sync::atomic::AtomicUsize tail",
                        "  32 8 struct app::Shared * next",
                        "  40 12 u32[3] counts");
    }
}
