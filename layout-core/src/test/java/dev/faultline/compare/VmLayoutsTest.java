package dev.faultline.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.faultline.analysis.Analyzer;
import dev.faultline.compare.VmLayouts.Variant;
import dev.faultline.compare.VmLayouts.Vm;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VmLayoutsTest {

    private static final Analyzer ANALYZER = new Analyzer(Machines.x86(), Catalog.RULES);

    private static Variant variant(String vm, String members, int byteSize) {
        String text = "struct c {\n" + members + "/* size: " + byteSize + ", cachelines: 1, members: 2 */\n};\n";
        Subject subject = Subject.of(NotationReader.read("test", text).get(0))
                .withPlacement(new Placement(8, "HotSpot object alignment"));
        return new Variant(List.of(new Vm(vm, Optional.empty())), ANALYZER.analyze(subject));
    }

    private static Variant spread(String vm, int offset, int byteSize) {
        return variant(vm, "long head; /* 0 8 */\nint turn; /* " + offset + " 4 */\n", byteSize);
    }

    @Test
    void VMs_that_agree_share_a_variant() {
        VmLayouts layouts = VmLayouts.of(List.of(spread("11", 72, 136), spread("17", 12, 128), spread("21", 12, 128)));
        assertThat(layouts.variants()).extracting(Variant::names).containsExactly("11", "17, 21");
        assertThatIllegalArgumentException().isThrownBy(() -> VmLayouts.of(List.of()));
    }

    @Test
    void unused_bytes_reach_to_the_next_field_or_the_end() {
        Variant variant = spread("11", 72, 136);
        var turn = variant.field("turn").orElseThrow();
        assertThat(variant.unusedBefore(turn)).isEqualTo(64);
        assertThat(variant.unusedAfter(turn)).isEqualTo(60);
        assertThat(variant.unusedBefore(variant.field("head").orElseThrow())).isZero();
        assertThat(variant.field("nobody")).isEmpty();
    }

    /** The distance that suffices depends on where in 8 bytes the field is. */
    @Test
    void a_field_is_alone_when_nothing_meets_it_wherever_the_object_stands() {
        assertThat(isAlone(64, 128)).isTrue();
        assertThat(isAlone(56, 120)).as("8 bytes nearer to what is before").isFalse();
        assertThat(isAlone(64, 120)).as("the next object is 8 bytes nearer").isFalse();
        assertThat(isAlone(12, 128)).isFalse();
    }

    private static boolean isAlone(int offset, int byteSize) {
        Variant variant = spread("17", offset, byteSize);
        return variant.isAlone(variant.field("turn").orElseThrow());
    }

    @Test
    void what_is_alone_on_some_VMs_only_is_named() {
        VmLayouts differ = VmLayouts.of(List.of(spread("17", 12, 128), spread("25-coh", 64, 128)));
        assertThat(differ.fieldsOfInterest()).containsExactly("head", "turn");
        assertThat(differ.fieldsAloneOnSome()).containsExactly("head", "turn");
        assertThat(VmLayouts.of(List.of(spread("8", 64, 128), spread("11", 72, 136)))
                        .fieldsAloneOnSome())
                .isEmpty();
    }

    @Test
    void of_many_fields_those_are_of_interest_that_are_written() {
        String members = "int f0; /* 0 4 */\nint f1; /* 4 4 */\nint f2; /* 8 4 */\nint f3; /* 12 4 */\n"
                + "int f4; /* 16 4 */\nint f5; /* 20 4 */\natomic_t f6; /* 24 4 */\nint f7; /* 28 4 */\n";
        assertThat(VmLayouts.of(List.of(variant("17", members, 32))).fieldsOfInterest())
                .containsExactly("f6");
    }

    @Test
    void VMs_are_in_the_order_of_their_versions() {
        assertThat(Stream.of("27-no-coh", "8", "25-coh", "27", "11", "25")
                        .map(mode -> new Vm(mode, Optional.empty()))
                        .sorted()
                        .map(Vm::mode))
                .containsExactly("8", "11", "25", "25-coh", "27", "27-no-coh");
    }
}
