package dev.faultline.layout.debugger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Structs as crash prints them with {@code struct -o}. */
class CrashTextTest {

    private static final String GUESSED = " up to the next member";

    @Test
    void offsets_in_brackets_are_taken_in_decimal_hexadecimal_and_as_addresses() {
        String decimal = """
                crash> struct -o mailbox
                struct mailbox {
                    [0] unsigned int head;
                   [64] unsigned long tail;
                }
                SIZE: 128
                """;
        String hex = """
                crash> struct -ox mailbox
                struct mailbox {
                   [0x0] unsigned int head;
                  [0x40] unsigned long tail;
                }
                SIZE: 0x80
                """;
        String addresses = """
                crash> struct mailbox -o ffff888012340000
                struct mailbox {
                  [ffff888012340000] unsigned int head;
                  [ffff888012340040] unsigned long tail;
                }
                SIZE: 128
                """;
        assertThat(Facts.of(decimal))
                .isEqualTo(Facts.of(hex))
                .isEqualTo(Facts.of(addresses))
                .containsExactly("struct mailbox: 128", "  0 4 unsigned int head", "  64 8 unsigned long tail");
    }

    @Test
    void what_crash_does_not_print_is_not_shown_and_said() {
        assertThat(Facts.of("""
                        crash> struct -o device
                        struct device {
                            [0] struct list_head link;
                                union {
                           [16]     unsigned long word;
                                    struct {
                           [16]         u32 low;
                           [20]         u32 high;
                                    };
                                };
                                struct {
                            [0]     spinlock_t lock;
                                    struct list_head items;
                           [24] } queue;
                           [64] unsigned int a : 3;
                           [64] unsigned int b : 5;
                           [72] int (*done)(int);
                           [80] bool dead;
                        }
                        SIZE: 88
                        """))
                .containsExactly(
                        "struct device: 88",
                        "  0 16 struct list_head link",
                        "  16 8 union ",
                        "    0 8 unsigned long word",
                        "    0 8 struct ",
                        "      0 4 u32 low",
                        "      4 4 u32 high",
                        "  24 40 struct queue",
                        "    0 40 bytes not shown  not shown",
                        "  64 8 bytes not shown  not shown",
                        "  72 8 int (*)(int) done",
                        "  80 1 bool dead",
                        "note crash prints no sizes: 2 members count" + GUESSED);
    }

    @Test
    void a_struct_whose_size_is_in_the_text_has_it_where_it_is_embedded() {
        assertThat(Facts.of("""
                        struct pair {
                            [0] int a;
                            [4] int b;
                        }
                        SIZE: 8
                        struct outer {
                            [0] struct pair p;
                           [64] long tail;
                        }
                        SIZE: 72
                        """))
                .containsExactly(
                        "struct pair: 8",
                        "  0 4 int a",
                        "  4 4 int b",
                        "struct outer: 72",
                        "  0 8 struct pair p",
                        "  64 8 long tail");
    }

    @Test
    void single_members_are_refused_since_the_bytes_between_them_are_not_known() {
        assertThat(Facts.of("""
                        crash> struct -o node.next
                        struct node {
                          [112] struct list_head next;
                        }
                        crash> struct -o other
                        struct other {
                            [0] int a;
                        }
                        SIZE: 4
                        """))
                .containsExactly(
                        "struct other: 4",
                        "  0 4 int a",
                        "skipped text: line 4, column 1: expected `SIZE: ` behind struct node; without it crash shows"
                                + " single members, and what is between them is not known");
    }
}
