package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Places of members that only a packed struct has. */
class PackedMembersTest {

    private static final FieldType INT = FieldType.Scalar.natural("int", 4);

    @Test
    void a_misplaced_member_limits_the_alignment_and_others_do_not() {
        assertThat(PackedMembers.mostAlignment(List.of(Member.of("a", INT, 2), Member.of("b", INT, 8))))
                .isEqualTo(2);
        assertThat(PackedMembers.mostAlignment(List.of(Member.of("a", INT, 5)))).isEqualTo(1);
        assertThat(PackedMembers.mostAlignment(List.of(Member.of("a", INT, 4)))).isGreaterThan(4096);
    }

    @Test
    void a_bit_field_across_the_end_of_its_unit_is_packed() {
        assertThat(PackedMembers.mostAlignment(List.of(Member.bits("a", INT, 0, 30, 3))))
                .isEqualTo(1);
        assertThat(PackedMembers.mostAlignment(List.of(Member.bits("a", INT, 4, 30, 2))))
                .isGreaterThan(4096);
    }
}
