package dev.faultline.source.dwarf.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.MemberRole;
import dev.faultline.source.dwarf.record.TypeRecord;
import dev.faultline.source.dwarf.record.TypeRecord.MemberRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members that start in the last byte of a bit-field. */
class WholeBitFieldsTest {

    private static MemberRecord member(int bytes, long bitOffset, int bitSize) {
        TypeRecord type = new TypeRecord.Number("number", bytes, 0);
        return new MemberRecord("m" + bitOffset, type, bitOffset, bitSize, 0, MemberRole.FIELD, 0);
    }

    private static List<String> places(MemberRecord... members) {
        return WholeBitFields.of(List.of(members)).stream()
                .map(member -> member.bitOffset() + ":" + member.bitSize())
                .toList();
    }

    @Test
    void they_are_bit_fields_behind_it() {
        assertThat(places(member(8, 0, 33), member(2, 32, 0), member(4, 48, 0), member(1, 88, 0)))
                .containsExactly("0:33", "33:16", "49:32", "88:0");
    }

    @Test
    void members_behind_the_byte_stay() {
        assertThat(places(member(8, 0, 33), member(2, 40, 0))).containsExactly("0:33", "40:0");
        assertThat(places(member(8, 0, 32), member(2, 32, 0))).containsExactly("0:32", "32:0");
        assertThat(places(member(4, 0, 0), member(2, 32, 0))).containsExactly("0:0", "32:0");
    }
}
