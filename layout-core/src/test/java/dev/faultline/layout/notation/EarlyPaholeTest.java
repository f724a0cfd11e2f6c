package dev.faultline.layout.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.layout.BitField;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What pahole printed before version 1.16, with {@code --hex} and with {@code -E}. */
class EarlyPaholeTest {

    private static List<Slot> slots(String text) {
        return NotationReader.read("text", text).get(0).slots();
    }

    private static List<String> bits(String text) {
        return slots(text).stream()
                .map(slot -> (slot instanceof Slot.Field field
                                ? field.path()
                                : slot.getClass().getSimpleName()) + " "
                        + slot.byteOffset() + ":"
                        + slot.bits().map(BitField::bitOffset).orElse(0) + " "
                        + slot.bits()
                                .map(BitField::bitSize)
                                .map(size -> size + " bits")
                                .orElse(slot.byteSize() + " bytes"))
                .toList();
    }

    @Test
    void members_of_a_union_with_only_a_size_are_where_the_union_is() {
        StructLayout layout = NotationReader.read("text", """
                struct packet {
                	unsigned int           len;              /*   0   4 */
                	union {
                		unsigned int   csum;             /*       4 */
                		struct {
                			short int a;             /*   4   2 */
                			short int b;             /*   6   2 */
                		};                               /*       4 */
                	};                                       /*   4   4 */
                	unsigned int           mark;             /*   8   4 */
                }; /* size: 16, cachelines: 1 */
                """).get(0);
        assertThat(layout.byteSize()).isEqualTo(16);
        assertThat(layout.fields())
                .extracting(Slot.Field::path, Slot.Field::byteOffset)
                .containsExactly(
                        tuple("len", 0L), tuple("csum", 4L), tuple("a", 4L), tuple("b", 6L), tuple("mark", 8L));
    }

    @Test
    void words_that_only_other_languages_reserve_are_names_behind_a_type() {
        assertThat(bits("""
                        struct cond_expr_node {
                        	u32                        expr_type;            /*     0     4 */
                        	u32                        bool;                 /*     4     4 */
                        	const bool                 wchar_t[2];           /*     8     2 */
                        	bool                       set;                  /*    10     1 */
                        	/* size: 12, cachelines: 1, members: 4 */
                        };
                        """))
                .containsExactly(
                        "expr_type 0:0 4 bytes",
                        "bool 4:0 4 bytes",
                        "wchar_t 8:0 2 bytes",
                        "set 10:0 1 bytes",
                        "Padding 11:0 1 bytes");
    }

    @Test
    void numbers_behind_the_members_of_a_union_of_C_are_no_sizes() {
        assertThat(bits("union value { int first; /* 1 */ long second; /* 2 */ };"))
                .containsExactly("first 0:0 4 bytes", "second 0:0 8 bytes");
    }

    @Test
    void bits_that_fall_from_the_top_are_counted_from_the_top() {
        assertThat(bits("""
                        struct queue {
                        	int                        head;                 /*     0     4 */
                        	unsigned int               f:1;                  /*     4:31  4 */
                        	unsigned int               g:3;                  /*     4:28  4 */

                        	/* XXX 28 bits hole, try to pack */

                        	unsigned int               alone:4;              /*     8:28  4 */

                        	/* size: 12, cachelines: 1, members: 4 */
                        	/* bit_padding: 28 bits */
                        };
                        """))
                .containsExactly(
                        "head 0:0 4 bytes",
                        "f 4:0 1 bits",
                        "g 4:1 3 bits",
                        "Hole 4:4 28 bits",
                        "alone 8:0 4 bits",
                        "Padding 8:4 28 bits");
    }

    @Test
    void a_bit_field_alone_at_the_top_is_counted_from_the_top_when_unused_bits_follow() {
        String struct = """
                struct queue {
                	unsigned int               f:1;                  /*     0:31  4 */
                %s
                	int                        head;                 /*     4     4 */
                };
                """;
        assertThat(bits(String.format(struct, "\n\t/* XXX 31 bits hole, try to pack */\n")))
                .containsExactly("f 0:0 1 bits", "Hole 0:1 31 bits", "head 4:0 4 bytes");
        assertThatThrownBy(() -> bits(String.format(struct, "")))
                .hasMessage(
                        "text: line 2, column 29: f starts at bit 31 of 32, and nothing tells whether bits count from"
                                + " the least or the most significant one; state the unused bits as pahole does:"
                                + " `/* XXX 31 bits hole */`");
    }

    @Test
    void a_bit_field_at_the_top_behind_used_or_unused_bits_is_counted_from_the_bottom() {
        assertThat(bits("""
                        struct queue {
                        	char                       a;                    /*     0     1 */

                        	/* Bitfield combined with previous fields */

                        	unsigned int               f:24;                 /*     0: 8  4 */

                        	/* XXX 5 bits hole, try to pack */

                        	unsigned int               g:27;                 /*     4: 5  4 */
                        };
                        """)).containsExactly("a 0:0 1 bytes", "f 0:8 24 bits", "Hole 4:0 5 bits", "g 4:5 27 bits");
    }

    @Test
    void hexadecimal_bits_are_read() {
        assertThat(bits("""
                        struct queue {
                        	unsigned int               head;                 /*     0   0x4 */
                        	unsigned int               f:3;                  /*   0x4: 0 0x4 */
                        	unsigned int               g:29;                 /*   0x4:0x3 0x4 */

                        	/* size: 0x8, cachelines: 1, members: 3 */
                        };
                        """)).containsExactly("head 0:0 4 bytes", "f 4:0 3 bits", "g 4:3 29 bits");
    }

    @Test
    void expanded_types_are_spelled_by_their_typedefs() {
        List<Slot> slots = slots("""
                struct object {
                	/* typedef atomic_t */ struct {
                		int                counter;              /*     0     4 */
                	} users;                                         /*     0     4 */
                	/* typedef u32 -> __u32 */ unsigned int               flags; /*     4     4 */
                	/* typedef my_count -> refcount_t -> struct refcount_struct */ struct refcount_struct {
                		int                refs;                 /*     8     4 */
                	} refs; /*     8     4 */
                	/* typedef pair_t */ struct {
                		short int          a;                    /*    12     2 */
                		short int          b;                    /*    14     2 */
                	} pair;                                          /*    12     4 */
                	/* typedef handler_t */ void                       (*handler)(int); /*    16     8 */
                	/* typedef state_t */ enum {
                		IDLE = 0,
                		BUSY = 1,
                	} state;                                         /*    24     4 */
                	/* typedef atomic_t */ struct {
                		int                counter;              /*    28     4 */
                	} counts[2];                                     /*    28     8 */
                	int                        plain;                /*    36     4 */

                	/* size: 40, cachelines: 1, members: 8 */
                };
                """);
        assertThat(slots)
                .allSatisfy(slot -> assertThat(slot).isInstanceOf(Slot.Field.class))
                .extracting(slot -> ((Slot.Field) slot).path() + ": "
                        + ((Slot.Field) slot).type().spelling() + " " + slot.bytes())
                .containsExactly(
                        "users: atomic_t [0, 4)",
                        "flags: u32 [4, 8)",
                        "refs: refcount_t [8, 12)",
                        "pair.a: short int [12, 14)",
                        "pair.b: short int [14, 16)",
                        "handler: handler_t [16, 24)",
                        "state: state_t [24, 28)",
                        "counts: atomic_t[2] [28, 36)",
                        "plain: int [36, 40)");
        assertThat(slots.get(0).bits()).isEqualTo(Optional.empty());
    }
}
