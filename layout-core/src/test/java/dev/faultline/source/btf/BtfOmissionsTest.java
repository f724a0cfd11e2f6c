package dev.faultline.source.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.source.Inventory;
import dev.faultline.source.Lookup;
import dev.faultline.source.Omissions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What cannot be laid out is counted and named. */
class BtfOmissionsTest {

    private static final int NEWER = 25;

    @Test
    void a_struct_with_a_member_of_a_newer_kind_is_left_out_by_name() {
        BtfBuilder b = new BtfBuilder();
        int u32 = b.number("unsigned int", 4);
        int newer = b.type("future", NEWER, 0, false, 0);
        b.struct("with", 8, false, b.string("a"), u32, 0, b.string("b"), newer, 32);
        b.struct("around", 8, false, b.string("inner"), 3, 0);
        b.struct("without", 8, false, b.string("pointer"), b.pointer(newer), 0);
        BtfSource source = source(b);
        String reason = "test: type 2: a member of kind 25, whose size this version of Faultline does not know";

        for (Inventory inventory : List.of(source.inventory(), source.missing(any -> true))) {
            assertThat(inventory.leftOut())
                    .containsExactly(
                            Inventory.LeftOut.damaged("with", reason), Inventory.LeftOut.damaged("around", reason));
            assertThat(inventory.unread())
                    .containsExactly("test: 1 record of kind 25 is not read; this version of Faultline knows kinds up"
                            + " to 19");
        }
        assertThat(source.all()).extracting(one -> one.layout().name()).containsExactly("without");
        assertThatThrownBy(() -> source.find("with")).hasMessage(reason);
    }

    @Test
    void a_member_without_a_size_leaves_its_struct_out() {
        BtfBuilder b = new BtfBuilder();
        int forward = b.type("elsewhere", BtfKind.FWD, 0, false, 0);
        int proto = b.type("", BtfKind.FUNC_PROTO, 0, false, 0);
        b.struct("one", 8, false, b.string("a"), forward, 0);
        b.struct("two", 8, false, b.string("a"), proto, 0);
        b.struct("three", 8, false, b.string("a"), 0, 0);
        b.struct("four", 8, false, b.string("a"), 999, 0);

        assertThat(source(b).inventory().leftOut())
                .containsExactly(
                        Inventory.LeftOut.damaged(
                                "one", "test: type 1: a member of kind 7 (struct elsewhere), which has no size"),
                        Inventory.LeftOut.damaged(
                                "two", "test: type 2: a member of kind 13 (void (void)), which has no size"),
                        Inventory.LeftOut.damaged(
                                "three",
                                "test: type 5: member a has no type: what wrote this BTF does not know its type, as"
                                        + " pahole 1.24 does not know _Atomic; compile with `gcc -gbtf`, or take a newer"
                                        + " pahole"),
                        Inventory.LeftOut.damaged("four", "test: type 999: a member of an incomplete type"));
    }

    @Test
    void structs_whose_own_names_are_damaged_are_counted_under_their_numbers() {
        BtfBuilder b = new BtfBuilder();
        int u32 = b.number("unsigned int", 4);
        b.type(1 << 20, BtfKind.STRUCT, 1, false, 4, b.string("x"), u32, 0);
        b.struct("fine", 4, false, b.string("y"), u32, 0);
        b.type(1 << 20, BtfKind.UNION, 0, false, 4);
        BtfSource source = source(b);

        assertThat(Omissions.of("test", source.inventory()).line())
                .isEqualTo("test: 3 structs, 2 left out: 2 with a damaged name (type 2, type 4)");
        assertThat(Omissions.of("test", source.missing(any -> true)).counts()).isEqualTo("2 structs, all left out");
        assertThat(source.find("fine")).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void a_member_whose_name_is_damaged_leaves_its_struct_out() {
        BtfBuilder b = new BtfBuilder();
        int u32 = b.number("unsigned int", 4);
        b.struct("bad", 4, false, 4000, u32, 0);

        assertThat(source(b).inventory().leftOut())
                .containsExactly(
                        Inventory.LeftOut.damaged("bad", "test: string 0xfa0: beyond the 18 bytes of strings"));
    }

    @Test
    void records_of_newer_kinds_are_as_long_as_the_file_says() {
        BtfBuilder b = new BtfBuilder();
        int u32 = b.number("unsigned int", 4);
        b.type("a", 20, 2, false, 0, 1, 2, 3, 4, 5);
        b.type("b", 21, 0, false, 0, 1);
        b.type("c", 22, 1, false, 0, 1, 2);
        b.struct("after", 4, false, b.string("x"), u32, 0);
        int[] lengths = new int[2 * 23];
        lengths[2 * 20] = 4;
        lengths[2 * 20 + 1] = 8;
        lengths[2 * 21] = 4;
        lengths[2 * 22 + 1] = 8;
        BtfSource source = BtfSource.of("test", ByteBuffer.wrap(b.buildWithLengths(lengths)), Optional.empty());

        assertThat(source.all()).extracting(one -> one.layout().name()).containsExactly("after");
        assertThat(source.inventory().unread()).hasSize(3);
        assertThatThrownBy(() -> source(b))
                .hasMessage("test: byte 0x28: type 2 (kind 20) is of an unknown kind, and the records behind it cannot"
                        + " be found");
    }

    @Test
    void two_lengths_with_which_the_rest_can_be_read_are_none() {
        BtfBuilder b = new BtfBuilder();
        b.type("future", NEWER, 0, false, 0, 0, BtfKind.PTR << 24, 0);
        b.pointer(1);

        assertThatThrownBy(() -> source(b))
                .hasMessage("test: byte 0x18: type 1 (kind 25) is of an unknown kind, and the records behind it cannot"
                        + " be found");
    }

    private static BtfSource source(BtfBuilder b) {
        return BtfSource.of("test", ByteBuffer.wrap(b.build()), Optional.empty());
    }
}
