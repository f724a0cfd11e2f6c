package dev.faultline.source.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.FieldType.Scalar;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataLayoutTest {

    private static final Provenance FROM = Provenance.of(Provenance.Origin.SYMBOLS, "app");

    private static DataSection section(String name, long address, long byteSize, long alignment) {
        return new DataSection(name, 1, address, byteSize, alignment, DataSection.Copies.SHARED);
    }

    private static DataRun run(DataSection... sections) {
        return new DataRun(List.of(sections), true);
    }

    private static GlobalVariable variable(String name, long address, long byteSize) {
        return GlobalVariable.untyped(name, address, byteSize, "", 1);
    }

    private static GlobalVariable typed(String name, long address, FieldType type) {
        return new GlobalVariable(name, address, type.byteSize(), type, "", GlobalVariable.DESCRIBED, Optional.empty());
    }

    private static DataLayout layout(GlobalVariable... variables) {
        return DataLayout.of(run(section(".data", 0x4010, 0x100, 16)), List.of(variables), true, FROM);
    }

    private static List<String> slots(StructLayout layout) {
        List<String> slots = new ArrayList<>();
        for (Slot slot : layout.slots()) {
            String what = slot instanceof Slot.Field field
                    ? field.path()
                    : slot.getClass().getSimpleName();
            slots.add(slot.byteOffset() + " " + slot.byteSize() + " " + what);
        }
        return slots;
    }

    @Test
    void variables_are_at_their_addresses_from_the_start_of_the_block_of_lines() {
        StructLayout layout = layout(variable("b", 0x4018, 4), variable("a", 0x4010, 8), variable("c", 0x4020, 0xf0))
                .layout();

        assertThat(layout.kind()).isEqualTo(AggregateKind.SECTION);
        assertThat(layout.spelling()).isEqualTo("section .data");
        assertThat(slots(layout)).containsExactly("0 16 NotShown", "16 8 a", "24 4 b", "28 4 Hole", "32 240 c");
    }

    @Test
    void a_gap_that_no_alignment_explains_is_not_known_to_be_free() {
        assertThat(slots(layout(variable("a", 0x4010, 4), variable("b", 0x4024, 4))
                        .layout()))
                .containsExactly("0 16 NotShown", "16 4 a", "20 16 NotShown", "36 4 b", "40 232 NotShown");
    }

    @Test
    void gaps_of_a_stripped_file_are_not_known_to_be_free() {
        List<GlobalVariable> exported = List.of(variable("a", 0x4010, 4), variable("b", 0x4018, 0xf8));

        assertThat(slots(DataLayout.of(run(section(".data", 0x4010, 0x100, 16)), exported, false, FROM)
                        .layout()))
                .containsExactly("0 16 NotShown", "16 4 a", "20 4 NotShown", "24 248 b");
    }

    @Test
    void of_several_names_of_one_address_one_is_shown() {
        DataLayout layout = layout(
                GlobalVariable.untyped("__environ", 0x4010, 8, "", 1),
                GlobalVariable.untyped("environ", 0x4010, 8, "", 1),
                GlobalVariable.untyped("env", 0x4010, 8, "", 2));

        assertThat(layout.names()).contains("environ").doesNotContain("__environ", "env");
        assertThat(layout.inside()).isZero();
    }

    @Test
    void symbols_inside_a_variable_are_counted_and_those_that_overlap_it_are_named() {
        DataLayout layout = layout(
                variable("table", 0x4010, 32),
                variable("first", 0x4010, 8),
                variable("second", 0x4018, 8),
                variable("odd", 0x4028, 16));

        assertThat(layout.names()).contains("table").doesNotContain("first", "second", "odd");
        assertThat(layout.inside()).isEqualTo(2);
        assertThat(layout.overlapping()).containsExactly("odd");
    }

    @Test
    void variables_outside_of_the_sections_are_ignored() {
        assertThat(layout(variable("a", 0x4010, 8), variable("b", 0x4110, 8), variable("c", 0x410c, 8))
                        .names())
                .contains("a")
                .doesNotContain("b", "c");
    }

    @Test
    void equal_names_are_told_apart_by_file_and_then_by_address() {
        List<GlobalVariable> variables = List.of(
                GlobalVariable.untyped("n", 0x10, 4, "src/a.c", 2),
                GlobalVariable.untyped("n", 0x20, 4, "b.c", 2),
                GlobalVariable.untyped("m", 0x30, 4, "one/c.c", 2),
                GlobalVariable.untyped("m", 0x40, 4, "two/c.c", 2),
                GlobalVariable.untyped("k", 0x50, 4, "", 2),
                GlobalVariable.untyped("k", 0x60, 4, "", 2),
                GlobalVariable.untyped("only", 0x70, 4, "a.c", 2));

        assertThat(VariableNames.unique(variables))
                .extracting(GlobalVariable::name)
                .containsExactly("n (a.c)", "n (b.c)", "m (c.c:0x30)", "m (c.c:0x40)", "k (0x50)", "k (0x60)", "only");
    }

    @Test
    void data_and_what_lies_behind_it_are_one_layout_found_by_the_name_of_each() {
        DataSection data = section(".data", 0x4000, 0x48, 16);
        DataSection bss = section(".bss", 0x4060, 0x40, 32);
        DataSection far = section(".lbss", 0x8000, 0x40, 32);
        List<DataRun> runs = DataRun.of(List.of(far, bss, data), true);

        assertThat(runs).hasSize(2);
        assertThat(runs.get(0).name()).isEqualTo(".data");
        assertThat(runs.get(0).has(".bss")).isTrue();
        assertThat(runs.get(0).words()).isEqualTo("sections .data and .bss");
        StructLayout layout = DataLayout.of(
                        runs.get(0), List.of(variable("a", 0x4040, 8), variable("z", 0x4060, 8)), true, FROM)
                .layout();
        assertThat(layout.resolve("a").orElseThrow().bytes().start()).isEqualTo(0x40);
        assertThat(layout.resolve("z").orElseThrow().bytes().start()).isEqualTo(0x60);
        assertThat(runs.get(1).name()).isEqualTo(".lbss");
    }

    @Test
    void byte_0_of_a_linked_program_is_on_a_line_of_any_size() {
        assertThat(run(section(".data", 0x4010, 8, 8)).placement().baseAlignment())
                .isEqualTo(4096);
        assertThat(run(section(".data", 0x40f10, 8, 8)).placement().baseAlignment())
                .isEqualTo(512);
        assertThat(run(section(".data", 0x40f10, 8, 8)).byteBase()).isEqualTo(0x40e00);
        assertThat(new DataRun(List.of(section(".data", 0, 8, 32)), false)
                        .placement()
                        .baseAlignment())
                .isEqualTo(32);
    }

    @Test
    void variables_with_the_most_members_are_closed_when_all_do_not_fit() {
        List<Member> many = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            many.add(Member.of("m" + i, Scalar.natural("int", 4), 4L * i));
        }
        FieldType large = new FieldType.Aggregate(
                "struct large", StructLayout.of("large", AggregateKind.STRUCT, 80_000, 4, many, FROM));
        FieldType small = new FieldType.Aggregate(
                "struct small",
                StructLayout.of(
                        "small",
                        AggregateKind.STRUCT,
                        8,
                        4,
                        List.of(Member.of("x", Scalar.natural("int", 4), 0)),
                        FROM));
        List<GlobalVariable> variables = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            variables.add(typed("large" + i, 0x10000 + 80_000L * i, large));
        }
        variables.add(typed("little", 0x10000 + 320_000, small));
        DataLayout layout = DataLayout.of(run(section(".data", 0x10000, 320_008, 16)), variables, true, FROM);

        assertThat(layout.closed()).isEqualTo(2);
        assertThat(layout.layout().resolve("little.x")).isPresent();
        assertThat(layout.layout().resolve("large3.m7")).isPresent();
        assertThat(layout.layout().resolve("large0")).isPresent();
        assertThat(layout.layout().resolve("large0.m7")).isEmpty();
    }

    @Test
    void elements_of_a_flexible_array_are_bytes_not_shown() {
        GlobalVariable longer = new GlobalVariable(
                "table", 0x4010, 24, new Scalar("long", 8, 8), "", GlobalVariable.DESCRIBED, Optional.empty());

        assertThat(slots(layout(longer, variable("next", 0x4028, 8)).layout()))
                .startsWith("0 16 NotShown", "16 8 table", "24 16 NotShown", "40 8 next");
    }

    @Test
    void a_section_larger_than_layouts_can_be_is_refused() {
        DataRun run = run(section(".bss", 0x4000, 1L << 33, 16));

        assertThatThrownBy(() -> DataLayout.of(run, List.of(variable("a", 0x4000, 8)), true, FROM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("section .bss");
    }
}
