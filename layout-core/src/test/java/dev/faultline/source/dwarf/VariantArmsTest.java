package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Variants of several languages become members of a struct, whatever they share. */
class VariantArmsTest {

    private static final Provenance PROVENANCE =
            new Provenance(Provenance.Origin.DWARF, "test", "", OptionalInt.empty());

    private static Member member(String name, long offset, long size) {
        return Member.of(name, FieldType.Scalar.natural("u" + size * 8, size), offset);
    }

    private static Member struct(String name, long size, Member... fields) {
        StructLayout layout = StructLayout.of("", AggregateKind.STRUCT, size, 1, List.of(fields), PROVENANCE);
        return Member.of(name, new FieldType.Aggregate("struct", layout), 0);
    }

    private static List<String> slots(long size, List<Member> members) {
        return ReadDwarf.slots(StructLayout.of("s", AggregateKind.STRUCT, size, 1, members, PROVENANCE));
    }

    private static List<String> variants(long size, Optional<Member> discriminant, List<List<Member>> variants) {
        return slots(size, new VariantArms(discriminant, variants, PROVENANCE).members());
    }

    @Test
    void members_of_variants_without_struct_are_members_of_the_outer_one() {
        List<Member> members = new ArrayList<>(List.of(member("kind", 0, 1)));
        Optional<Member> known = Optional.empty(); // Ada: a member of the record is the discriminant
        members.addAll(new VariantArms(
                        known,
                        List.of(
                                List.of(member("radius", 8, 8)),
                                List.of(member("width", 4, 4), member("height", 8, 4)),
                                List.of()),
                        PROVENANCE)
                .members());

        assertThat(slots(16, members))
                .containsExactly("u8 kind 0+1", "hole 1+3", "u32 width 4+4", "u64 radius 8+8", "u32 height 8+4");
    }

    @Test
    void one_variant_needs_no_union() {
        List<Member> members = new VariantArms(
                        Optional.of(member("d", 0, 4)), List.of(List.of(struct("A", 8, member("x", 4, 4)))), PROVENANCE)
                .members();

        assertThat(members).extracting(Member::name).containsExactly("d", "A");
        assertThat(slots(8, members)).containsExactly("u32 d 0+4", "u32 A.x 4+4");
    }

    @Test
    void a_discriminant_behind_or_between_the_fields_is_in_the_union() {
        List<List<Member>> variants =
                List.of(List.of(struct("A", 24, member("x", 0, 8), member("y", 16, 8))), List.of(struct("B", 24)));

        assertThat(variants(24, Optional.of(member("d", 8, 1)), variants))
                .containsExactly("u64 A.x 0+8", "u8 d 8+1", "hole 9+7", "u64 A.y 16+8");
        assertThat(variants(32, Optional.of(member("d", 24, 8)), variants))
                .containsExactly("u64 A.x 0+8", "hole 8+8", "u64 A.y 16+8", "u64 d 24+8");
    }

    @Test
    void without_fields_only_the_discriminant_is_left() {
        assertThat(variants(4, Optional.of(member("d", 0, 4)), List.of(List.of(struct("A", 4)), List.of())))
                .containsExactly("u32 d 0+4");
        assertThat(variants(0, Optional.empty(), List.of())).isEmpty();
    }

    @Test
    void bit_fields_of_variants_keep_their_bits() {
        Member bits = Member.bits("flags", FieldType.Scalar.natural("u32", 4), 4, 3, 5);

        assertThat(variants(8, Optional.of(member("d", 0, 4)), List.of(List.of(bits), List.of(member("x", 4, 4)))))
                .containsExactly("u32 d 0+4", "u32 x 4+4", "u32 flags 4+4");
    }

    @Test
    void members_that_share_bytes_become_unions_and_others_stay() {
        List<Member> stated = List.of(
                member("a", 0, 8), member("late", 16, 4), member("b", 0, 4), member("inside", 4, 2), member("c", 8, 8));

        List<Member> members = new OverlappingMembers(stated, PROVENANCE).members();

        assertThat(members).extracting(Member::name).containsExactly("", "c", "late");
        assertThat(slots(24, members))
                .containsExactly(
                        "u64 a 0+8", "u32 b 0+4", "u16 inside 4+2", "u64 c 8+8", "u32 late 16+4", "padding 20+4");
    }

    @Test
    void members_that_share_nothing_stay_as_they_are() {
        List<Member> stated = List.of(
                member("b", 8, 8),
                member("a", 0, 8),
                Member.bits("low", FieldType.Scalar.natural("u8", 1), 16, 0, 3),
                Member.bits("high", FieldType.Scalar.natural("u8", 1), 16, 3, 5));

        assertThat(new OverlappingMembers(stated, PROVENANCE).members()).isSameAs(stated);
    }
}
