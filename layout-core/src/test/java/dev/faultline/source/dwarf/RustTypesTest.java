package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.layout.notation.NotationStyle;
import dev.faultline.layout.notation.NotationWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types of Rust, as rustc describes them in DWARF 4 and 5, are shown as rustc laid them out. */
class RustTypesTest {

    private static Map<String, List<StructLayout>> shapes(int version) throws Exception {
        return ReadDwarf.all(ReadDwarf.kept("rust/shapes-" + version + ".o"));
    }

    private static StructLayout shape(String name) throws Exception {
        List<StructLayout> all = shapes(5).get(name);
        assertThat(all).as(name).hasSize(1);
        return all.get(0);
    }

    private static List<String> slots(String name) throws Exception {
        return ReadDwarf.slots(shape(name));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void sizes_offsets_and_alignments_are_those_that_rustc_prints(int version) throws Exception {
        String printed = Files.readString(ReadDwarf.kept("rust/shapes.sizes"));
        RustSizes sizes = RustSizes.of(printed, shapes(version).values());

        assertThat(sizes.differences()).isEmpty();
        assertThat(sizes.compared())
                .contains("Job", "Nested", "Single", "InC", "Wide", "Views", "Shared", "Packed", "Word")
                .hasSizeGreaterThan(40);
    }

    @Test
    void an_enum_is_its_discriminant_and_a_union_of_the_variants_that_have_fields() throws Exception {
        StructLayout job = shape("shapes::Job");

        assertThat(ReadDwarf.slots(job))
                .containsExactly(
                        "u8 discriminant 0+1",
                        "bool Run.fast 1+1",
                        "hole 2+2",
                        "u32 Wait.0 4+4",
                        "u64 Run.id 8+8",
                        "u64 Run.at 16+8");
        assertThat(job.fields()).extracting(field -> field.overlaps()).containsExactly(false, true, true, true, true);
        assertThat(job.resolve("Wait.0").orElseThrow().bytes().start()).isEqualTo(4);
        assertThat(job.resolve("Run.at").orElseThrow().bytes().start()).isEqualTo(16);
    }

    @Test
    void a_discriminant_in_a_niche_shares_the_bytes_of_a_field() throws Exception {
        assertThat(slots("core::option::Option<&u64>")).containsExactly("u64 discriminant 0+8", "&u64 Some.0 0+8");
        assertThat(slots("shapes::Nested"))
                .containsExactly(
                        "u8 discriminant 0+1",
                        "u8 In.0.discriminant 0+1",
                        "bool In.0.Run.fast 1+1",
                        "bool Other.0 1+1",
                        "hole 2+2",
                        "u32 In.0.Wait.0 4+4",
                        "u64 In.0.Run.id 8+8",
                        "u64 In.0.Run.at 16+8");
        assertThat(slots("core::option::Option<core::option::Option<bool>>"))
                .containsExactly("u8 discriminant 0+1", "u8 Some.0.discriminant 0+1", "bool Some.0.Some.0 0+1");
    }

    @Test
    void enums_without_a_choice_have_no_union() throws Exception {
        assertThat(slots("shapes::Single")).containsExactly("u32 Only.0 0+4", "u8 Only.1 4+1", "padding 5+3");
        assertThat(shape("shapes::Never").byteSize()).isZero();
        assertThat(slots("core::option::Option<u128>")).containsExactly("u128 discriminant 0+16", "u128 Some.0 16+16");
    }

    @Test
    void variants_are_no_types_of_their_own() throws Exception {
        assertThat(shapes(4).keySet()).noneMatch(name -> name.endsWith("::Run") || name.endsWith("::Some"));
    }

    @Test
    void members_are_in_the_order_of_memory_and_alignments_as_stated() throws Exception {
        assertThat(shape("shapes::Reordered").members())
                .extracting(Member::name)
                .containsExactly("b", "d", "a", "c");
        assertThat(shape("shapes::InOrder").members()).extracting(Member::name).containsExactly("a", "b", "c", "d");
        assertThat(shape("shapes::Packed").byteAlignment()).isEqualTo(1);
        assertThat(slots("shapes::Packed")).containsExactly("u8 a 0+1", "u64 b 1+8", "u64 c 9+8");
        assertThat(shape("shapes::Aligned").byteAlignment()).isEqualTo(64);
        assertThat(shape("shapes::Word").kind()).isEqualTo(AggregateKind.UNION);
        assertThat(slots("shapes::inner::Ring<shapes::Tuple, 2>"))
                .containsExactly("shapes::Tuple[2] slots 0+16", "u64 head 16+8", "u64 tail 24+8");
    }

    @Test
    void pointers_views_and_tuples_are_spelled_as_in_the_language() throws Exception {
        assertThat(slots("shapes::Views"))
                .contains(
                        "u8 * slice.data_ptr 32+8",
                        "usize slice.length 40+8",
                        "*const u8 constant 96+8",
                        "*mut shapes::Tuple mutable 104+8",
                        "fn(u32) -> bool function 88+8",
                        "u32 pair.0 80+4",
                        "bool pair.1 84+1",
                        "u16[2][3] grid 128+12",
                        "shapes::Colour colour 140+1");
        assertThat(slots("(u32, bool)")).containsExactly("u32 0 0+4", "bool 1 4+1", "padding 5+3");
    }

    @Test
    void atomics_are_one_field() throws Exception {
        assertThat(slots("shapes::Shared"))
                .contains(
                        "core::sync::atomic::AtomicU64 hits 0+8",
                        "core::sync::atomic::AtomicPtr<shapes::Tuple> first 8+8",
                        "core::sync::atomic::AtomicBool ready 44+1");
    }

    @Test
    void states_of_a_coroutine_are_variants_under_their_names() throws Exception {
        assertThat(slots("shapes::flow::{async_fn_env#0}"))
                .contains(
                        "u64 Unresumed.a 0+8",
                        "u8 __state 8+1",
                        "u8 Suspend0.__awaitee.__state 24+1",
                        "u64[8] Suspend1.all 32+64");
        assertThat(slots("shapes::describe::{closure_env#0}")).containsExactly("&u64 _ref__start 0+8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shapes::Tuple", "shapes::Job", "shapes::Single", "shapes::Wide", "(u32, bool)"})
    void a_printed_layout_reads_back_with_fields_that_are_named_by_numbers(String name) throws Exception {
        StringBuilder text = new StringBuilder();
        NotationWriter.write(shape(name), NotationStyle.plain(64), text);

        StructLayout read = NotationReader.read("printed", text.toString()).get(0);
        assertThat(ReadDwarf.slots(read)).containsExactlyElementsOf(slots(name));
    }
}
