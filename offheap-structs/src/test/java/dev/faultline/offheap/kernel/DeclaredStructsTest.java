package dev.faultline.offheap.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.Access;
import dev.faultline.layout.BitField;
import dev.faultline.layout.CachelineGroup;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.offheap.declare.Declaration;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.NumberField;
import dev.faultline.offheap.memory.StructView;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares declarations with the offsets of distributed kernels, and with live memory. */
class DeclaredStructsTest {

    static Stream<StructLayout> declared() {
        return new KernelCatalog().all().stream().map(Subject::layout);
    }

    @Test
    void the_profiles_of_a_struct_come_newest_first() {
        assertThat(KernelCatalog.profilesOf("net_device"))
                .extracting(KernelCatalog.Shipped::reference)
                .containsExactly("net_device@6.18", "net_device@2.6.37", "net_device@2.6.36");
        assertThat(KernelCatalog.profilesOf("net")).isEmpty();
    }

    @Test
    void the_fields_of_a_shipped_profile_are_those_that_its_accesses_name() {
        List<Subject> all = new KernelCatalog().all();
        assertThat(all)
                .allSatisfy(subject -> assertThat(
                                KernelCatalog.profilesOf(subject.layout().name()).stream()
                                        .filter(shipped -> shipped.reference().equals(subject.reference()))
                                        .findFirst()
                                        .orElseThrow()
                                        .fields())
                        .isNotEmpty()
                        .containsExactlyInAnyOrderElementsOf(subject.profile().orElseThrow().operations().stream()
                                .flatMap(operation -> operation.accesses().stream())
                                .map(Access::field)
                                .collect(Collectors.toSet())));
    }

    @Test
    void offsets_and_sizes_are_those_of_the_kernels_btf() {
        expect(
                "alf_queue@posted",
                192 + 8 * 512,
                Map.of(
                        "size",
                        0L,
                        "mask",
                        4L,
                        "flags",
                        8L,
                        "producer.head",
                        64L,
                        "producer.tail",
                        68L,
                        "consumer.head",
                        128L,
                        "consumer.tail",
                        132L,
                        "ring",
                        192L));
        expect("array_cache@6.1", 16, Map.of("avail", 0L, "limit", 4L, "batchcount", 8L, "touched", 12L));
        expect("qmempool_local@array", 24 + 8 * 256, Map.of("size", 0L, "popped", 8L, "pushed", 16L, "elements", 24L));
        expect(
                "qmempool_local@posted",
                64 + 192 + 8 * 32,
                Map.of("frees", 16L, "localq.producer.head", 128L, "localq.consumer.tail", 196L));
        expect("kmem_cache_cpu@6.12", 32, Map.of("freelist", 0L, "tid", 8L, "slab", 16L, "partial", 24L));
        expect("slub_percpu_sheaves@7.2", 32, Map.of("lock", 0L, "main", 8L, "spare", 16L, "rcu_free", 24L));
        expect(
                "node_barn@7.2",
                48,
                Map.of("lock", 0L, "sheaves_full", 8L, "sheaves_empty", 24L, "nr_full", 40L, "nr_empty", 44L));
        expect(
                "dst_entry@6.3",
                112,
                Map.of("output", 48L, "__refcnt", 64L, "lwtstate", 80L, "error", 104L, "tclassid", 108L));
        expect(
                "dst_entry@6.4",
                136,
                Map.of(
                        "__rcuref",
                        64L,
                        "callback_head",
                        80L,
                        "error",
                        96L,
                        "tclassid",
                        100L,
                        "rt_uncached",
                        104L,
                        "lwtstate",
                        128L));
        expect(
                "rtable@6.3",
                176,
                Map.of("rt_genid", 112L, "rt_iif", 124L, "rt_gw4", 132L, "rt_pmtu", 148L, "rt_uncached", 152L));
        expect("rtable@6.4", 176, Map.of("rt_genid", 136L, "rt_iif", 148L, "rt_gw6", 156L, "rt_pmtu", 172L));
        expect(
                "rt6_info@6.3",
                232,
                Map.of(
                        "from",
                        112L,
                        "sernum",
                        120L,
                        "rt6i_dst",
                        124L,
                        "rt6i_gateway",
                        164L,
                        "rt6i_idev",
                        184L,
                        "rt6i_nfheader_len",
                        224L));
        expect(
                "rt6_info@6.4",
                224,
                Map.of(
                        "from",
                        136L,
                        "sernum",
                        144L,
                        "rt6i_src",
                        168L,
                        "rt6i_gateway",
                        188L,
                        "rt6i_idev",
                        208L,
                        "rt6i_flags",
                        216L));
    }

    @Test
    void a_device_has_its_count_where_the_old_kernels_code_reached_for_it_and_its_groups_where_btf_has_them() {
        expect("net_device@2.6.36", 0x2c0, Map.of("refcnt", 0x280L, "todo_list", 0x284L));
        expect("net_device@2.6.37", 0x280, Map.of("pcpu_refcnt", 0x260L, "link_watch_list", 0x274L));
        expect(
                "net_device@6.18",
                2496,
                Map.of(
                        "netdev_ops",
                        8L,
                        "mtu",
                        56L,
                        "flags",
                        176L,
                        "features",
                        184L,
                        "ifindex",
                        224L,
                        "todo_list",
                        1272L,
                        "pcpu_refcnt",
                        1288L,
                        "link_watch_list",
                        1296L,
                        "reg_state",
                        1312L));
        assertThat(CachelineGroup.of(layout("net_device@6.18")))
                .containsExactly(
                        new CachelineGroup("net_device_read_tx", OptionalLong.of(0), OptionalLong.of(160)),
                        new CachelineGroup("net_device_read_txrx", OptionalLong.of(160), OptionalLong.of(200)),
                        new CachelineGroup("net_device_read_rx", OptionalLong.of(200), OptionalLong.of(280)));
    }

    @Test
    void a_packet_its_pair_and_a_socket_are_laid_out_as_btf_says() {
        expect(
                "sk_buff@6.18",
                224,
                Map.of(
                        "prev",
                        8L,
                        "sk",
                        24L,
                        "cb",
                        40L,
                        "destructor",
                        96L,
                        "len",
                        112L,
                        "headers",
                        128L,
                        "tail",
                        184L,
                        "head",
                        192L,
                        "truesize",
                        208L,
                        "users",
                        212L));
        expect(
                "sk_buff_fclones@6.18",
                456,
                Map.of("skb1.truesize", 208L, "skb2", 224L, "skb2.prev", 232L, "fclone_ref", 448L));
        expect(
                "sock@5.10",
                760,
                Map.of(
                        "__sk_common.skc_refcnt",
                        128L,
                        "sk_lock",
                        136L,
                        "sk_error_queue",
                        176L,
                        "sk_rx_skb_cache",
                        200L,
                        "sk_backlog",
                        232L,
                        "sk_filter",
                        280L,
                        "sk_wmem_alloc",
                        340L,
                        "sk_tx_skb_cache",
                        360L,
                        "sk_write_queue",
                        368L));
    }

    @Test
    void what_is_known_in_part_says_so_and_its_unknown_bytes_are_no_holes() {
        assertThat(layout("net_device@2.6.36").provenance().describe())
                .isEqualTo("catalogue 2.6.36, its first 704 bytes, in part");
        assertThat(layout("sock@5.10").provenance().describe()).isEqualTo("catalogue 5.10, in part");
        assertThat(layout("sk_buff@6.18").provenance().describe()).isEqualTo("catalogue 6.18");
        assertThat(layout("sock@5.10").slots()).allMatch(slot -> slot instanceof Slot.Field);
    }

    @Test
    void the_catalogue_is_sorted_by_name_and_holds_each_version_once() {
        List<String> references =
                new KernelCatalog().all().stream().map(Subject::reference).toList();
        assertThat(references).doesNotHaveDuplicates();
        assertThat(new KernelCatalog().entries().stream().map(entry -> entry.name()))
                .isSorted();
        assertThat(references)
                .as("oldest first, so that the last one is what a name without a version means")
                .containsSubsequence("net_device@2.6.36", "net_device@2.6.37", "net_device@6.18");
    }

    private static StructLayout layout(String reference) {
        return ((Lookup.Found) new KernelCatalog().find(reference))
                .subjects()
                .get(0)
                .layout();
    }

    private static void expect(String reference, long byteSize, Map<String, Long> offsets) {
        StructLayout layout = layout(reference);
        assertThat(layout.byteSize()).as(reference).isEqualTo(byteSize);
        offsets.forEach((path, offset) -> assertThat(
                        layout.resolve(path).orElseThrow().bytes().start())
                .as(reference + " " + path)
                .isEqualTo(offset));
    }

    @ParameterizedTest
    @MethodSource("declared")
    void each_field_written_through_its_accessor_reads_back_and_touches_no_neighbour(StructLayout layout) {
        long step = layout.byteAlignment();
        for (long offset : new long[] {0, step, 64 + step}) {
            try (Block block = Block.allocate(64 + step + layout.byteSize() + step, 64)) {
                StructView view = StructView.bind(layout, block, offset);
                for (Slot.Field field : layout.fields()) {
                    for (byte background : new byte[] {0, -1}) {
                        writeAndCompare(block, view, field, offset, background);
                    }
                }
            }
        }
    }

    private static void writeAndCompare(Block block, StructView view, Slot.Field field, long offset, byte background) {
        fill(block, view, background);
        BitSet before = BitSet.valueOf(block.toByteArray());
        if (field.byteSize() <= 8 && Long.bitCount(field.byteSize()) == 1) {
            NumberField number = view.number(field.path());
            long pattern = (background == 0 ? -1L : 0L) & number.mask();
            number.set(pattern);
            assertThat(number.get()).as(field.path()).isEqualTo(pattern);
            number.set(0x5a5a5a5a5a5a5a5aL);
            assertThat(number.get()).as(field.path()).isEqualTo(0x5a5a5a5a5a5a5a5aL & number.mask());
            number.set(pattern);
        } else {
            byte[] pattern = new byte[(int) field.byteSize()];
            java.util.Arrays.fill(pattern, (byte) ~background);
            view.bytes(field.path()).set(pattern);
            assertThat(view.bytes(field.path()).get()).as(field.path()).isEqualTo(pattern);
        }
        BitSet changed = BitSet.valueOf(block.toByteArray());
        changed.xor(before);
        int first = (int) (offset + field.byteOffset()) * 8
                + field.bits().map(BitField::bitOffset).orElse(0);
        int bits = field.bits().map(BitField::bitSize).orElse((int) field.byteSize() * 8);
        assertThat(changed.nextSetBit(0))
                .as(field.path() + ": first bit changed")
                .isEqualTo(first);
        assertThat(changed.length()).as(field.path() + ": last bit changed").isEqualTo(first + bits);
        assertThat(changed.cardinality())
                .as(field.path() + ": all its bits, and only its")
                .isEqualTo(bits);
    }

    /** Fills all fields with one byte; the bytes around the struct must stay zero. */
    private static void fill(Block block, StructView view, byte background) {
        for (Slot.Field field : view.layout().fields()) {
            if (field.bits().isEmpty()) {
                byte[] bytes = new byte[(int) field.byteSize()];
                java.util.Arrays.fill(bytes, background);
                view.bytes(field.path()).set(bytes);
            } else {
                view.number(field.path()).set(background);
            }
        }
    }

    @Test
    void a_gap_that_is_not_declared_is_refused() {
        assertThatThrownBy(() -> Declaration.struct("s", "")
                        .field("a", Declaration.number("u8", 1), 0)
                        .field("b", Declaration.number("u32", 4), 4))
                .hasMessage("s: b declared at byte 4, but the declaration before it ends at 1; declare the hole");
        assertThatThrownBy(() -> Declaration.struct("s", "")
                        .field("a", Declaration.number("u64", 8), 0)
                        .field("b", Declaration.number("u32", 4), 4))
                .hasMessageContaining("ends at 8");
        assertThatThrownBy(() -> Declaration.struct("s", "")
                        .field("a", Declaration.number("u8", 1), 0)
                        .ofSize(8, 8))
                .hasMessageContaining("its fields end at 1");
    }

    @Test
    void fields_that_overlap_or_share_a_name_and_bits_in_other_words_are_refused() {
        assertThatThrownBy(() -> Declaration.struct("s")
                        .field("a", Declaration.int64(), 0)
                        .field("b", Declaration.int32(), 4))
                .hasMessage("s: b declared at byte 4, but the declaration before it ends at 8");
        assertThatThrownBy(() -> Declaration.struct("s")
                        .field("a", Declaration.int64(), 0)
                        .field("a", Declaration.int64(), 8))
                .hasMessage("s: two members are called a");
        for (String bits : List.of("x", "x:", "x:0", "x:y", "x:99999999999")) {
            assertThatThrownBy(() -> Declaration.struct("s").bits(Declaration.int32(), 0, bits))
                    .hasMessage("s: bit-field \"" + bits
                            + "\"; expected a name, a colon and a width of 1 to 32, such as" + " \"flags:3\"");
        }
        assertThatThrownBy(() -> Declaration.struct("s").bits(Declaration.int8(), 0, "x:3", "y:6"))
                .hasMessage("s: y:6 ends at bit 9 of a unit of 8 bits");
        assertThatThrownBy(() -> Declaration.struct("s").hole(0, 0)).hasMessage("s: a hole of 0 bytes at byte 0");
        assertThatThrownBy(() -> Declaration.struct("s").hole(1L << 61, 8)).hasMessageContaining("a hole of 8 bytes");
        assertThatThrownBy(() -> Declaration.struct("s")
                        .field("a", Declaration.int64(), 0)
                        .ofSize(8, 3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_words_of_an_array_are_where_the_array_is() {
        StructLayout layout = Declaration.struct("s")
                .field("a", Declaration.int64(), 0)
                .field("longs", Declaration.array(Declaration.int64(), 3), 8)
                .field("ints", Declaration.array(Declaration.int32(), 2), 32)
                .ofSize(40, 8);
        try (Block block = Block.allocate(48, 8)) {
            StructView view = StructView.bind(layout, block, 8);
            view.int64s("longs").set(2, 7);
            view.int32s("ints").set(1, 9);
            assertThat(block.int64(8 + 8 + 16).get()).isEqualTo(7);
            assertThat(block.int32(8 + 36).get()).isEqualTo(9);
            assertThat(view.int64s("longs").count()).isEqualTo(3);
            assertThatThrownBy(() -> view.int64s("ints")).hasMessage("ints (int[2]) is no array of words of 8 bytes");
            assertThatThrownBy(() -> view.int64s("a")).hasMessage("a (long) is no array of words of 8 bytes");
        }
    }

    @Test
    void without_a_version_the_newest_is_found_and_a_misspelt_name_gets_a_hint() {
        KernelCatalog catalog = new KernelCatalog();

        assertThat(((Lookup.Found) catalog.find("rtable")).subjects())
                .extracting(Subject::reference)
                .isEqualTo(List.of("rtable@6.4"));
        assertThat(((Lookup.Missing) catalog.find("rtabel")).reason()).contains("did you mean rtable?");
        assertThat(((Lookup.Missing) catalog.find("rtable@5.0")).reason()).contains("it has 6.3, 6.4");
        assertThat(catalog.all())
                .allSatisfy(subject -> assertThat(subject.profile()).isPresent());
    }
}
