package dev.faultline.source.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.StructLayout;
import dev.faultline.source.Lookup;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where fields are by the rules of JDK 8 to 14, beside those of later versions. */
class FieldRunsTest {

    private static StructLayout layout(String mode, String name, ClassMaker... makers) {
        Lookup lookup = ClassMaker.source(VmMode.parse(mode), makers).find(name);
        assertThat(lookup).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) lookup).subjects().get(0).layout();
    }

    private static long offset(StructLayout layout, String path) {
        return layout.resolve(path).orElseThrow().bytes().start();
    }

    private static ClassMaker pad(String name, String superName, String type, int fields) {
        String[] names = IntStream.range(0, fields)
                .mapToObj(i -> name.toLowerCase(java.util.Locale.ROOT) + i)
                .toArray(String[]::new);
        return ClassMaker.named(name).extending(superName).with(type, names);
    }

    /** Padding in layers above and below a word: what each kind of padding is worth on each VM. */
    private static StructLayout layered(String mode, String type, int fields) {
        return layout(
                mode,
                "Turn",
                pad("Front", "java/lang/Object", type, fields),
                ClassMaker.named("Value").extending("Front").with("I", "turn"),
                pad("End", "Value", type, fields),
                ClassMaker.named("Turn").extending("End"));
    }

    @ParameterizedTest
    @CsvSource({
        // longs: front padding holds where no hole is behind the header or holes are left alone
        "8,             J,  7,  72, 136",
        "11,            J,  7,  72, 136",
        "14,            J,  7,  72, 136",
        "11-no-coops,   J,  7,  72, 136",
        "11-align16,    J,  7,  72, 144",
        "15,            J,  7,  12, 128",
        "17,            J,  7,  12, 128",
        "21,            J,  7,  12, 128",
        "25,            J,  7,  12, 128",
        "17-no-ccp,     J,  7,  72, 136",
        "24-coh,        J,  7,  64, 128",
        "25-coh,        J,  7,  64, 128",
        "27,            J,  7,  64, 128",
        "27-no-coh,     J,  7,  12, 128",
        // bytes: hold everywhere
        "8,             B, 64,  76, 144",
        "11,            B, 64,  76, 144",
        "17,            B, 64,  76, 144",
        "25,            B, 64,  76, 144",
        "25-coh,        B, 64,  72, 144",
        "27,            B, 64,  72, 144",
        "27-no-coh,     B, 64,  76, 144",
    })
    void padding_in_layers_holds_on_some_VMs(String mode, String type, int fields, long turn, long size) {
        StructLayout layout = layered(mode, type, fields);
        assertThat(offset(layout, "turn")).isEqualTo(turn);
        assertThat(layout.byteSize()).isEqualTo(size);
    }

    @Test
    void a_small_field_goes_before_the_first_long_and_the_rest_behind_the_longs() {
        ClassMaker mixed = ClassMaker.named("Mixed")
                .with("B", "flag")
                .with("J", "sum")
                .with("I", "first", "second")
                .with("Ljava/lang/Object;", "owner")
                .with("S", "code");
        StructLayout layout = layout("11", "Mixed", mixed);

        assertThat(List.of("first", "sum", "second", "code", "flag", "owner"))
                .extracting(field -> offset(layout, field))
                .containsExactly(12L, 16L, 24L, 28L, 30L, 32L);
    }

    @Test
    void shorts_and_bytes_fill_the_gap_in_the_order_of_declaration() {
        ClassMaker shorts = ClassMaker.named("Shorts")
                .with("J", "sum")
                .with("S", "one", "two", "three")
                .with("B", "flag");
        StructLayout layout = layout("8", "Shorts", shorts);

        assertThat(List.of("one", "two", "sum", "three", "flag"))
                .extracting(field -> offset(layout, field))
                .containsExactly(12L, 14L, 16L, 24L, 26L);
    }

    @Test
    void a_reference_goes_before_the_first_long_when_nothing_smaller_does() {
        ClassMaker node = ClassMaker.named("Node").with("J", "key").with("Ljava/lang/Object;", "left", "right");
        assertThat(offset(layout("11", "Node", node), "left")).isEqualTo(12);
        assertThat(offset(layout("11", "Node", node), "right")).isEqualTo(24);
        assertThat(offset(layout("11-no-coops", "Node", node), "left")).isEqualTo(24);
    }

    @Test
    void a_subclass_starts_where_a_reference_could_and_holes_above_stay_empty() {
        ClassMaker base = ClassMaker.named("Base").with("I", "n").with("B", "flag");
        ClassMaker leaf = ClassMaker.named("Leaf").extending("Base").with("B", "state");
        assertThat(offset(layout("11", "Leaf", base, leaf), "state")).isEqualTo(20);
        assertThat(offset(layout("11-no-coops", "Leaf", base, leaf), "state")).isEqualTo(24);
        assertThat(offset(layout("17", "Leaf", base, leaf), "state")).isEqualTo(17);
    }

    @Test
    void an_exception_has_the_references_of_Throwable_first() {
        ClassMaker failure =
                ClassMaker.named("Failure").extending("java/lang/Throwable").with("J", "at");
        StructLayout layout = layout("11", "Failure", failure);
        assertThat(offset(layout, "backtrace")).isEqualTo(12);
        assertThat(offset(layout, "depth")).isGreaterThan(offset(layout, "suppressedExceptions"));
    }

    @Test
    void without_compressed_oops_old_VMs_have_a_header_of_16_bytes() {
        assertThat(VmMode.parse("11-no-coops").headerBytes()).isEqualTo(16);
        assertThat(VmMode.parse("17-no-coops").headerBytes()).isEqualTo(12);
    }

    @Test
    void JDK_8_honours_the_annotation_of_sun_misc_and_later_ones_that_of_jdk_internal() {
        ClassMaker old = ClassMaker.named("Old").withAnnotationOfJdk8().withContended("", "J", "head");
        ClassMaker young = ClassMaker.named("Young").withContended("", "J", "head");

        assertThat(offset(layout("8-contended", "Old", old), "head")).isEqualTo(144);
        assertThat(layout("8-contended", "Old", old).byteSize()).isEqualTo(144 + 8 + 128);
        assertThat(offset(layout("8", "Old", old), "head"))
                .as("an application's")
                .isEqualTo(16);
        assertThat(offset(layout("11-contended", "Old", old), "head")).isEqualTo(16);
        assertThat(offset(layout("17-contended", "Old", old), "head")).isEqualTo(16);
        assertThat(offset(layout("8-contended", "Young", young), "head")).isEqualTo(16);
        assertThat(offset(layout("11-contended", "Young", young), "head")).isEqualTo(144);
    }

    @Test
    void contended_fields_come_last_each_with_padding_before_and_after() {
        ClassMaker ring = ClassMaker.named("Ring")
                .withContended("consumer", "J", "head")
                .withContended("", "J", "lone")
                .withContended("consumer", "I", "cached")
                .with("I", "mask");
        StructLayout layout = layout("11-contended", "Ring", ring);

        assertThat(List.of("mask", "lone", "head", "cached"))
                .extracting(field -> offset(layout, field))
                .containsExactly(12L, 144L, 280L, 288L);
        assertThat(layout.byteSize()).isEqualTo(424);
    }

    @Test
    void a_contended_class_is_padded_before_and_after() {
        ClassMaker counters = ClassMaker.named("Counters").contended().with("J", "hits");
        ClassMaker leaf = ClassMaker.named("Leaf").extending("Counters").with("I", "n");
        assertThat(offset(layout("11-contended", "Counters", counters), "hits")).isEqualTo(144);
        assertThat(layout("11-contended", "Counters", counters).byteSize()).isEqualTo(280);
        assertThat(offset(layout("11-contended", "Leaf", counters, leaf), "n")).isEqualTo(280);
    }
}
