package dev.faultline.offheap.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlockTest {

    static final StructLayout COUNTER = StructLayout.of(
            "counter",
            AggregateKind.STRUCT,
            24,
            8,
            List.of(
                    Member.of("count", FieldType.Scalar.natural("atomic64_t", 8), 0),
                    Member.of("small", FieldType.Scalar.natural("u16", 2), 8),
                    Member.of("packed", new FieldType.Scalar("u32", 4, 1), 10),
                    Member.of("name", new FieldType.Array(FieldType.Scalar.natural("char", 1), 10), 14)),
            Provenance.of(Provenance.Origin.DECLARED, "test"));

    private int liveBefore;

    @BeforeEach
    void countBlocks() {
        liveBefore = Block.live();
    }

    @AfterEach
    void none_is_leaked() {
        assertThat(Block.live()).isEqualTo(liveBefore);
    }

    @Test
    void blocks_start_where_they_are_asked_to_and_are_zeroed() {
        for (long alignment : new long[] {1, 8, 64, 128, 4096}) {
            try (Block block = Block.allocate(100, alignment)) {
                assertThat(block.address() % alignment).isZero();
                assertThat(block.toByteArray()).hasSize(100).containsOnly(0);
            }
        }
    }

    @Test
    void a_closed_block_answers_with_an_exception() {
        Block block = Block.allocate(64, 64);
        NumberField count = StructView.bind(COUNTER, block, 0).number("count");
        BytesField name = StructView.bind(COUNTER, block, 0).bytes("name");
        block.close();
        block.close();

        assertThatThrownBy(count::get).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        assertThatThrownBy(() -> count.getAndAdd(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(name::get).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> StructView.bind(COUNTER, block, 0)).isInstanceOf(IllegalStateException.class);
    }

    /** A union's embedded struct ends within the union, although its unused bytes belong to no member. */
    @Test
    void a_union_cannot_embed_more_bytes_than_it_has() {
        StructLayout in = StructLayout.of(
                "in",
                AggregateKind.STRUCT,
                1 << 20,
                1,
                List.of(Member.of("c", FieldType.Scalar.natural("char", 1), 0)),
                Provenance.of(Provenance.Origin.DECLARED, "test"));
        assertThatThrownBy(() -> StructLayout.of(
                        "out",
                        AggregateKind.UNION,
                        8,
                        1,
                        List.of(Member.of("e", new FieldType.Aggregate("struct in", in), 0)),
                        Provenance.of(Provenance.Origin.DECLARED, "test")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("e ends at byte 1048576 of 8");
    }

    @Test
    void a_view_out_of_bounds_or_off_its_alignment_is_refused_when_bound() {
        try (Block block = Block.allocate(64, 64)) {
            assertThatThrownBy(() -> StructView.bind(COUNTER, block, 48)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> StructView.bind(COUNTER, block, -8)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> StructView.bind(COUNTER, block, 4))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("alignment of 8");
            assertThatThrownBy(() -> StructView.bind(COUNTER, block, 0).number("cuont"))
                    .hasMessageContaining("did you mean count?");
        }
    }

    @Test
    void atomic_updates_of_misaligned_or_narrow_fields_are_refused() {
        try (Block block = Block.allocate(64, 64)) {
            StructView view = StructView.bind(COUNTER, block, 0);
            assertThatThrownBy(() -> view.number("packed").getAndAdd(1))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("byte 10");
            assertThatThrownBy(() -> view.number("small").compareAndSet(0, 1))
                    .isInstanceOf(UnsupportedOperationException.class);
            view.number("packed").set(0xdeadbeefL);
            assertThat(view.number("packed").get()).isEqualTo(0xdeadbeefL);
        }
    }

    @Test
    void two_threads_that_add_lose_nothing() throws InterruptedException {
        int rounds = 200_000;
        try (Block block = Block.allocate(64, 64)) {
            NumberField count = StructView.bind(COUNTER, block, 0).number("count");
            Runnable adder = () -> {
                for (int i = 0; i < rounds; i++) {
                    count.getAndAdd(1);
                }
            };
            Thread other = new Thread(adder);
            other.start();
            adder.run();
            other.join();
            assertThat(count.getVolatile()).isEqualTo(2L * rounds);
            assertThat(count.compareAndSet(2L * rounds, 7)).isTrue();
            assertThat(count.compareAndSet(2L * rounds, 8)).isFalse();
            assertThat(count.getAndAdd(-7)).isEqualTo(7);
            count.setOrdered(3);
            assertThat(count.get()).isEqualTo(3);
        }
    }

    @Test
    void sizes_and_alignments_out_of_range_are_refused_before_anything_is_allocated() {
        assertThatThrownBy(() -> Block.allocate(0, 64)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Block.allocate(Long.MAX_VALUE, 64)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Block.allocate(64, 48)).hasMessageContaining("byteAlignment=48");
    }
}
