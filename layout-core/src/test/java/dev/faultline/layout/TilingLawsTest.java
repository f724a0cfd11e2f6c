package dev.faultline.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Properties of every layout, tested on random structs with unions, bit-fields, holes and embedded structs. */
class TilingLawsTest {

    private static final long SEED = 20_261_121L;
    private static final int STRUCTS = 3_000;
    private static final Provenance HERE = Provenance.of(Provenance.Origin.DECLARED, "random");

    @Test
    void the_slots_of_any_struct_cover_every_bit_and_only_union_arms_twice() {
        for (int i = 0; i < STRUCTS; i++) {
            long seed = SEED + i;
            StructLayout layout = new Maker(new Random(seed)).aggregate(3);
            String label = "seed " + seed + " " + layout + " " + layout.slots();

            BitSet once = new BitSet();
            BitSet overlapping = new BitSet();
            long lastFirstBit = 0;
            for (Slot slot : layout.slots()) {
                int first = firstBit(slot);
                int end = first + bitSize(slot);
                assertThat(first).as(label).isGreaterThanOrEqualTo((int) lastFirstBit);
                lastFirstBit = first;
                boolean overlaps = slot instanceof Slot.Field field && field.overlaps();
                if (overlaps) {
                    overlapping.set(first, end);
                } else {
                    assertThat(once.get(first, end).isEmpty()).as(label).isTrue();
                    once.set(first, end);
                }
                assertThat(slot.bytes().end()).as(label).isLessThanOrEqualTo(layout.byteSize());
            }
            assertThat(once.intersects(overlapping)).as(label).isFalse();
            once.or(overlapping);
            assertThat(once.cardinality()).as(label).isEqualTo((int) layout.byteSize() * 8);
        }
    }

    @Test
    void every_field_slot_is_found_again_by_its_path_with_the_same_bytes() {
        for (int i = 0; i < STRUCTS; i++) {
            long seed = SEED + i;
            StructLayout layout = new Maker(new Random(seed)).aggregate(3);
            for (Slot.Field field : layout.fields()) {
                assertThat(layout.resolve(field.path()))
                        .as("seed %d, %s of %s", seed, field.path(), layout)
                        .contains(FieldRef.of(field));
            }
            assertThat(layout.paths())
                    .containsAll(layout.fields().stream().map(Slot.Field::path).toList());
        }
    }

    @Test
    void a_layout_built_twice_is_equal_and_one_changed_attribute_makes_it_differ() {
        FieldType u32 = FieldType.Scalar.natural("u32", 4);
        StructLayout one = StructLayout.of("s", AggregateKind.STRUCT, 8, 4, List.of(Member.of("a", u32, 0)), HERE);

        assertThat(StructLayout.of("s", AggregateKind.STRUCT, 8, 4, List.of(Member.of("a", u32, 0)), HERE))
                .isEqualTo(one)
                .hasSameHashCodeAs(one);
        assertThat(StructLayout.of("t", AggregateKind.STRUCT, 8, 4, List.of(Member.of("a", u32, 0)), HERE))
                .isNotEqualTo(one);
        assertThat(StructLayout.of("s", AggregateKind.UNION, 8, 4, List.of(Member.of("a", u32, 0)), HERE))
                .isNotEqualTo(one);
        assertThat(StructLayout.of("s", AggregateKind.STRUCT, 12, 4, List.of(Member.of("a", u32, 0)), HERE))
                .isNotEqualTo(one);
        assertThat(StructLayout.of("s", AggregateKind.STRUCT, 8, 8, List.of(Member.of("a", u32, 0)), HERE))
                .isNotEqualTo(one);
        assertThat(StructLayout.of("s", AggregateKind.STRUCT, 8, 4, List.of(Member.of("a", u32, 4)), HERE))
                .isNotEqualTo(one);
    }

    @Test
    void a_member_outside_the_size_and_two_members_on_one_byte_are_refused_by_name() {
        FieldType u32 = FieldType.Scalar.natural("u32", 4);

        assertThatThrownBy(() ->
                        StructLayout.of("s", AggregateKind.STRUCT, 6, 4, List.of(Member.of("late", u32, 4)), HERE))
                .hasMessage("s: late at [4, 8) lies outside the size of 6 bytes");
        assertThatThrownBy(() -> StructLayout.of(
                        "s", AggregateKind.STRUCT, 8, 4, List.of(Member.of("a", u32, 0), Member.of("b", u32, 2)), HERE))
                .hasMessage("s: a at [0, 4) and b at [2, 6) overlap outside of a union");
    }

    private static int firstBit(Slot slot) {
        return (int) slot.byteOffset() * 8
                + slot.bits().map(BitField::bitOffset).orElse(0);
    }

    private static int bitSize(Slot slot) {
        return slot.bits().map(BitField::bitSize).orElse((int) slot.byteSize() * 8);
    }

    /** Makes random aggregates; member names are unique across the whole so that anonymous members cannot clash. */
    private static final class Maker {
        private final Random random;
        private int names;

        Maker(Random random) {
            this.random = random;
        }

        StructLayout aggregate(int depth) {
            boolean union = random.nextInt(4) == 0;
            int count = random.nextInt(7);
            List<Member> members = new ArrayList<>();
            long at = 0;
            long size = 0;
            for (int i = 0; i < count; i++) {
                long offset = union ? 0 : at + (random.nextInt(3) == 0 ? random.nextInt(9) : 0);
                if (!union && random.nextInt(4) == 0) {
                    at = bitField(members, offset);
                } else {
                    Member member = member(offset, depth);
                    members.add(member);
                    at = offset + member.type().byteSize();
                }
                size = Math.max(size, at);
            }
            size += random.nextInt(3) == 0 ? random.nextInt(9) : 0;
            return StructLayout.of(
                    "s" + names++, union ? AggregateKind.UNION : AggregateKind.STRUCT, size, 1, members, HERE);
        }

        private Member member(long offset, int depth) {
            if (depth > 0 && random.nextInt(3) == 0) {
                StructLayout inner = aggregate(depth - 1);
                String name = random.nextInt(3) == 0 ? "" : "m" + names++;
                return Member.of(name, new FieldType.Aggregate("struct " + inner.name(), inner), offset);
            }
            FieldType scalar = FieldType.Scalar.natural("u", 1L << random.nextInt(4));
            return Member.of(
                    "m" + names++,
                    random.nextInt(5) == 0 ? new FieldType.Array(scalar, random.nextInt(4)) : scalar,
                    offset);
        }

        /** One to three bit-fields in a unit of four bytes, perhaps with unused bits between; the end of the unit. */
        private long bitField(List<Member> members, long offset) {
            FieldType unit = FieldType.Scalar.natural("u32", 4);
            int bit = random.nextInt(5);
            for (int i = random.nextInt(3); i >= 0; i--) {
                int bits = 1 + random.nextInt(9);
                members.add(Member.bits("m" + names++, unit, offset, bit, bits));
                bit += bits + random.nextInt(3) * random.nextInt(2);
            }
            return offset + 4;
        }
    }
}
