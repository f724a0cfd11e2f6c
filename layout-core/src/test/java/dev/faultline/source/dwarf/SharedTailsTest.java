package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Members whose bytes others use, and bytes that are not shown. */
class SharedTailsTest {

    private static final Provenance DWARF = new Provenance(Provenance.Origin.DWARF, "test", "", OptionalInt.empty());
    private static final FieldType INT = FieldType.Scalar.natural("int", 4);
    private static final FieldType EMPTY = type("Empty", 1);
    private static final FieldType BASE =
            type("Base", 8, Member.of("a", INT, 0), Member.of("b", FieldType.Scalar.natural("char", 1), 4));

    private static FieldType type(String name, long size, Member... members) {
        return new FieldType.Aggregate(
                name, StructLayout.of(name, AggregateKind.CXX_CLASS, size, 1, List.of(members), DWARF));
    }

    private static SharedTails tails(long size, Member... members) {
        SharedTails tails = new SharedTails(size);
        List.of(members).forEach(tails::add);
        return tails;
    }

    private static Member base(FieldType type, long offset) {
        return Member.of(type.spelling(), type, offset).as(MemberRole.BASE_CLASS);
    }

    private static List<String> places(SharedTails tails) {
        return tails.members().stream()
                .map(member -> member.role().word() + " " + member.byteOffset() + " "
                        + member.type().byteSize())
                .toList();
    }

    @Test
    void a_base_ends_where_a_member_uses_its_tail() {
        assertThat(places(tails(8, base(BASE, 0), Member.of("c", FieldType.Scalar.natural("char", 1), 5))))
                .containsExactly("base-class 0 5", "field 5 1");
        assertThat(places(tails(12, base(BASE, 0), Member.of("c", INT, 8))))
                .containsExactly("base-class 0 8", "field 8 4");
    }

    @Test
    void an_empty_base_has_no_bytes_and_one_of_two_empty_members_at_one_place_has_none() {
        assertThat(places(tails(1, base(EMPTY, 0)))).containsExactly("base-class 0 0");
        assertThat(places(tails(4, Member.of("e", EMPTY, 0), Member.of("i", INT, 0))))
                .containsExactly("field 0 0", "field 0 4");
        assertThat(places(tails(1, Member.of("e", EMPTY, 0), Member.of("f", EMPTY, 0))))
                .containsExactly("field 0 1", "field 0 0");
        assertThat(places(tails(8, Member.of("b", BASE, 0), Member.of("e", EMPTY, 6))))
                .containsExactly("field 0 8", "field 6 0");
    }

    @Test
    void bytes_of_what_is_not_defined_are_not_shown_up_to_the_next_member() {
        FieldType nothing = new FieldType.Opaque("Elsewhere", 0, 1);
        SharedTails member = tails(24, Member.of("i", INT, 16));
        member.addUndefined(Member.of("e", nothing, 8));
        assertThat(places(member)).containsExactly("field 16 4", "not-shown 8 8");

        SharedTails derived = tails(24, Member.of("i", INT, 8));
        derived.addUndefined(base(nothing, 0));
        assertThat(places(derived)).containsExactly("field 8 4", "not-shown 0 8", "not-shown 12 12");

        SharedTails empty = tails(4, Member.of("i", INT, 0));
        empty.addUndefined(base(nothing, 0));
        assertThat(places(empty)).containsExactly("field 0 4", "base-class 0 0");
    }

    @Test
    void bytes_around_all_members_may_be_those_of_virtual_bases() {
        SharedTails inner = tails(24, Member.of("i", INT, 8));
        inner.hideVirtualBases();
        List<Member> members = inner.members();
        assertThat(places(inner)).containsExactly("field 8 4", "not-shown 0 8", "not-shown 12 12");

        FieldType type = type("Inner", 24, members.toArray(Member[]::new));
        SharedTails outer = tails(32, base(type, 0), Member.of("j", INT, 16));
        outer.hideVirtualBases();
        assertThat(places(outer)).containsExactly("base-class 0 16", "field 16 4", "not-shown 20 12");
        StructLayout cut = ((FieldType.Aggregate) outer.members().get(0).type()).layout();
        assertThat(cut.members().get(2).bytes().orElseThrow().end()).isEqualTo(16);
    }

    @Test
    void many_empty_members_take_no_time() {
        Member[] many = IntStream.range(0, 60_000)
                .mapToObj(i -> i % 2 == 0 ? Member.of("e" + i, EMPTY, i) : Member.of("i" + i, INT, 4L * i + 60_000))
                .toArray(Member[]::new);
        assertThat(tails(1 << 20, many).members()).hasSize(60_000);
    }
}
