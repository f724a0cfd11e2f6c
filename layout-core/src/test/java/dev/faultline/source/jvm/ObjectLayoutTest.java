package dev.faultline.source.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.SyncType;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;

/** Known facts about the layout of classes. */
class ObjectLayoutTest {

    private static final VmMode JDK_17 = VmMode.parse("17");

    private static Subject subject(String mode, String name, ClassMaker... makers) {
        Lookup lookup = ClassMaker.source(VmMode.parse(mode), makers).find(name);
        assertThat(lookup).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) lookup).subjects().get(0);
    }

    private static StructLayout layout(String mode, String name, ClassMaker... makers) {
        return subject(mode, name, makers).layout();
    }

    private static long offset(StructLayout layout, String path) {
        return layout.resolve(path).orElseThrow().bytes().start();
    }

    private static ClassMaker counters() {
        return ClassMaker.named("com/acme/Counters").with("J", "hits", "misses");
    }

    @Test
    void the_header_a_hole_and_the_fields_tile_the_object() {
        StructLayout layout = layout("17", "com.acme.Counters", counters());

        assertThat(layout.slots())
                .extracting(slot -> slot.getClass().getSimpleName(), Slot::byteOffset, Slot::byteSize)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Field", 0L, 12L),
                        org.assertj.core.groups.Tuple.tuple("Hole", 12L, 4L),
                        org.assertj.core.groups.Tuple.tuple("Field", 16L, 8L),
                        org.assertj.core.groups.Tuple.tuple("Field", 24L, 8L));
        assertThat(layout.byteSize()).isEqualTo(12 + 4 + 8 + 8);
        assertThat(layout.members()).extracting(member -> member.name()).containsExactly("(header)", "hits", "misses");
        assertThat(layout.kind()).isEqualTo(AggregateKind.CLASS);
        assertThat(layout.spelling()).isEqualTo("class com.acme.Counters");
    }

    @Test
    void the_layout_says_where_it_is_from_and_where_objects_start() {
        Subject subject = subject("25-coh", "com.acme.Counters", counters());

        assertThat(subject.layout().provenance())
                .isEqualTo(new Provenance(Provenance.Origin.VM_MODEL, "memory", "VM mode 25-coh", OptionalInt.empty()));
        assertThat(subject.placement().baseAlignment()).isEqualTo(8);
        assertThat(subject.placement().source()).isEqualTo("HotSpot object alignment");
        assertThat(subject("17-align16", "com.acme.Counters", counters())
                        .placement()
                        .baseAlignment())
                .isEqualTo(16);
    }

    @Test
    void a_compact_header_takes_8_bytes_and_a_wide_one_16() {
        assertThat(offset(layout("25-coh", "com.acme.Counters", counters()), "hits"))
                .isEqualTo(8);
        assertThat(layout("25-coh", "com.acme.Counters", counters()).byteSize()).isEqualTo(8 + 8 + 8);
        assertThat(offset(layout("17-no-ccp", "com.acme.Counters", counters()), "hits"))
                .isEqualTo(16);
    }

    @Test
    void a_users_Contended_does_nothing_unless_the_VM_is_told_to_heed_it() {
        ClassMaker contended = counters().contended();

        assertThat(layout("17", "com.acme.Counters", contended).byteSize()).isEqualTo(32);
        StructLayout heeded = layout("17-contended", "com.acme.Counters", contended);
        assertThat(heeded.byteSize()).isEqualTo(288);
        assertThat(offset(heeded, "hits")).isEqualTo(12 + 128 + 4);
        assertThat(heeded.slots().get(heeded.slots().size() - 1)).isInstanceOf(Slot.Padding.class);
    }

    @Test
    void a_field_of_a_contended_group_is_128_bytes_from_others_but_not_from_its_group() {
        ClassMaker ring = ClassMaker.named("Ring")
                .withContended("producer", "J", "tail")
                .withContended("consumer", "J", "head")
                .withContended("producer", "J", "cachedHead");
        StructLayout layout = layout("17-contended", "Ring", ring);

        assertThat(offset(layout, "cachedHead")).isEqualTo(offset(layout, "tail") + 8);
        assertThat(offset(layout, "head")).isEqualTo(offset(layout, "cachedHead") + 8 + 128);
        assertThat(layout.byteSize()).isEqualTo(offset(layout, "head") + 8 + 128);
    }

    /** Padding by inheritance no longer works since JDK 15 (JDK-8237767). */
    @Test
    void an_int_below_a_class_of_padding_longs_slides_in_front_of_them() {
        ClassMaker pad = ClassMaker.named("Pad").with("J", "p1", "p2", "p3", "p4", "p5", "p6", "p7");
        ClassMaker value = ClassMaker.named("Value").extending("Pad").with("I", "value");

        assertThat(offset(layout("17", "Value", pad, value), "value")).isEqualTo(12);
        assertThat(offset(layout("25-coh", "Value", pad, value), "value"))
                .as("no hole after a compact header")
                .isEqualTo(8 + 7 * 8);
    }

    /** JDK-8353273. */
    @Test
    void references_gather_from_JDK_25_on_when_the_superclass_ends_in_one() {
        ClassMaker base = ClassMaker.named("Base").with("Ljava/lang/Object;", "a");
        ClassMaker leaf =
                ClassMaker.named("Leaf").extending("Base").with("I", "n").with("[J", "b");

        assertThat(offset(layout("17", "Leaf", base, leaf), "n")).isEqualTo(16);
        assertThat(offset(layout("25", "Leaf", base, leaf), "n")).isEqualTo(20);
        assertThat(offset(layout("25", "Leaf", base, leaf), "b")).isEqualTo(16);
    }

    @Test
    void static_fields_are_no_part_of_an_object() {
        StructLayout layout = layout(
                "17",
                "S",
                ClassMaker.named("S").with(Opcodes.ACC_STATIC, "J", "total").with("I", "n"));
        assertThat(layout.paths()).containsExactly("(header)", "n");
        assertThat(layout.byteSize()).isEqualTo(16);
    }

    @Test
    void a_volatile_field_says_so_in_its_type() {
        StructLayout layout = layout(
                "17",
                "V",
                ClassMaker.named("V")
                        .with(Opcodes.ACC_VOLATILE, "J", "sequence")
                        .with("Ljava/util/concurrent/atomic/AtomicInteger;", "count")
                        .with("[[Ljava/util/Map$Entry;", "table"));

        assertThat(layout.resolve("sequence").orElseThrow().type().spelling()).isEqualTo("volatile long");
        assertThat(SyncType.of(layout.resolve("sequence").orElseThrow().type())).contains(SyncType.VOLATILE);
        assertThat(layout.resolve("count").orElseThrow().type().spelling()).isEqualTo("AtomicInteger");
        assertThat(layout.resolve("count").orElseThrow().bytes().byteSize()).isEqualTo(4);
        assertThat(layout.resolve("table").orElseThrow().type().spelling()).isEqualTo("Map$Entry[][]");
    }

    @Test
    void fields_of_one_name_are_told_apart_by_the_class_they_are_from() {
        ClassMaker top = ClassMaker.named("a/Base").with("J", "x");
        ClassMaker middle = ClassMaker.named("b/Base").extending("a/Base").with("J", "x");
        ClassMaker leaf =
                ClassMaker.named("c/Leaf").extending("b/Base").with("J", "x").with("I", "x");
        StructLayout layout = layout("17", "c.Leaf", top, middle, leaf);

        assertThat(layout.paths()).containsExactly("(header)", "a.Base.x", "Base.x", "Leaf.x", "x");
        assertThat(layout.paths())
                .allSatisfy(path -> assertThat(layout.resolve(path)).as(path).isPresent());
        assertThat(List.of(
                        offset(layout, "a.Base.x"),
                        offset(layout, "Base.x"),
                        offset(layout, "Leaf.x"),
                        offset(layout, "x")))
                .containsExactly(16L, 24L, 32L, 12L);
    }

    @Test
    void bytes_the_VM_adds_to_a_class_of_its_own_are_fields_in_parentheses() {
        StructLayout loader = layout("17", "L", ClassMaker.named("L").extending("java/lang/ClassLoader"));
        assertThat(loader.resolve("(vm 1)").orElseThrow().bytes().byteSize()).isEqualTo(8);
    }

    @Test
    void a_superclass_of_the_JDK_is_read_from_the_running_JDK() {
        ClassMaker list = ClassMaker.named("L").extending("java/util/ArrayList").with("I", "n");
        StructLayout layout = layout("17", "L", list);
        assertThat(layout.paths()).containsSubsequence("(header)", "modCount", "elementData", "size", "n");
        int running = Runtime.version().feature();
        assertThat(layout.provenance().describe())
                .isEqualTo(
                        "memory, VM mode 17" + (running == 17 ? "" : ", java.util.AbstractList as in JDK " + running));
        assertThat(ClassMaker.source(JDK_17, list).find("ArrayList")).isInstanceOf(Lookup.Missing.class);
    }
}
