package dev.faultline.layout.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.TextLayouts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sizes that rustc prints become offsets; what it does not print is shown as not known. */
class RustSizesDialectTest {

    private static final RustSizesDialect RUST = new RustSizesDialect();

    private static final String GATE = """
            print-type-size type: `gate::Gate<u8, 3>`: 64 bytes, alignment: 64 bytes
            print-type-size     field `.marker`: 0 bytes
            print-type-size     field `.count`: 8 bytes
            print-type-size     padding: 8 bytes
            print-type-size     field `.wide`: 16 bytes, alignment: 16 bytes
            print-type-size     field `.open`: 1 bytes
            print-type-size     end padding: 31 bytes
            """;

    private static List<String> slots(String text, String name) {
        return ReadText.slots(ReadText.one(RUST, text, name));
    }

    @Test
    void fields_lie_in_the_order_printed_with_the_padding_between_them() {
        StructLayout gate = ReadText.one(RUST, GATE, "gate::Gate<u8, 3>");

        assertThat(gate.byteAlignment()).isEqualTo(64);
        assertThat(gate.provenance().describe()).isEqualTo("text:1, printed by rustc");
        assertThat(ReadText.slots(gate))
                .containsExactly(
                        "unknown count 0+8", "hole 8+8", "unknown wide 16+16", "unknown open 32+1", "padding 33+31");
        assertThat(ReadText.all(RUST, GATE).notes())
                .containsExactly(
                        "rustc prints no types of fields; a binary with debug information tells them to pahole");
    }

    @Test
    void an_enum_is_its_discriminant_and_a_union_of_its_variants() {
        String text = """
                print-type-size type: `Job`: 24 bytes, alignment: 8 bytes
                print-type-size     discriminant: 1 bytes
                print-type-size     variant `Run`: 23 bytes
                print-type-size         field `.fast`: 1 bytes
                print-type-size         padding: 6 bytes
                print-type-size         field `.id`: 8 bytes, alignment: 8 bytes
                print-type-size         field `.at`: 8 bytes
                print-type-size     variant `Wait`: 7 bytes
                print-type-size         padding: 3 bytes
                print-type-size         field `.0`: 4 bytes, alignment: 4 bytes
                print-type-size     variant `Idle`: 0 bytes
                """;

        assertThat(slots(text, "Job"))
                .containsExactly(
                        "discriminant discriminant 0+1",
                        "unknown Run.fast 1+1",
                        "hole 2+2",
                        "unknown Wait.0 4+4",
                        "unknown Run.id 8+8",
                        "unknown Run.at 16+8");
    }

    @Test
    void variants_of_a_niche_have_no_discriminant() {
        String text = """
                print-type-size type: `std::option::Option<Gate>`: 24 bytes, alignment: 8 bytes
                print-type-size     variant `Some`: 24 bytes
                print-type-size         field `.0`: 24 bytes
                print-type-size     variant `None`: 0 bytes
                """;

        assertThat(slots(text, "std::option::Option<Gate>")).containsExactly("unknown Some.0 0+24");
    }

    @Test
    void a_union_has_all_members_at_their_stated_offset() {
        String text = """
                print-type-size type: `raw::Bits<u8>`: 12 bytes, alignment: 4 bytes
                print-type-size     variant `Bits`: 12 bytes
                print-type-size         field `.word`: 4 bytes
                print-type-size         field `.bytes`: 12 bytes, offset: 0 bytes, alignment: 1 bytes
                """;

        StructLayout bits = ReadText.one(RUST, text, "raw::Bits<u8>");
        assertThat(bits.kind()).isEqualTo(AggregateKind.UNION);
        assertThat(ReadText.slots(bits)).containsExactly("unknown word 0+4", "unknown bytes 0+12");
    }

    @Test
    void captures_and_states_of_coroutines_that_are_not_printed_are_no_padding() {
        String text = """
                print-type-size type: `{closure@src/main.rs:4:9: 4:20}`: 16 bytes, alignment: 8 bytes
                print-type-size     end padding: 16 bytes
                print-type-size type: `{async fn body of fetch()}`: 32 bytes, alignment: 8 bytes
                print-type-size     discriminant: 1 bytes
                print-type-size     variant `Unresumed`: 8 bytes
                print-type-size         upvar `.url`: 8 bytes, offset: 0 bytes, alignment: 8 bytes
                print-type-size     variant `Suspend0`: 17 bytes
                print-type-size         upvar `.url`: 8 bytes, offset: 0 bytes, alignment: 8 bytes
                print-type-size         local `.buffer`: 8 bytes
                print-type-size         local `.__awaitee`: 1 bytes, type: {async fn body of send()}
                print-type-size     variant `Returned`: 8 bytes
                print-type-size         upvar `.url`: 8 bytes, offset: 0 bytes, alignment: 8 bytes
                print-type-size     end padding: 14 bytes
                """;

        assertThat(slots(text, "{closure@src/main.rs:4:9: 4:20}")).containsExactly("not shown 0+16");
        assertThat(slots(text, "{async fn body of fetch()}"))
                .containsExactly(
                        "unknown Unresumed.url 0+8",
                        "unknown Suspend0.url 0+8",
                        "unknown Returned.url 0+8",
                        "unknown Suspend0.buffer 8+8",
                        "{async fn body of send()} Suspend0.__awaitee 16+1",
                        "not shown 17+15");
    }

    @Test
    void a_type_with_missing_lines_is_named_and_the_others_are_read() {
        String text = GATE.replace("print-type-size     field `.count`: 8 bytes\n", "")
                + "print-type-size type: `Flag`: 1 bytes, alignment: 1 bytes\n"
                + "print-type-size     field `.0`: 1 bytes\n";

        TextLayouts all = ReadText.all(RUST, text);
        assertThat(all.layouts()).extracting(StructLayout::name).containsExactly("Flag");
        assertThat(all.skipped()).hasSize(1);
        assertThat(all.skipped().get(0).name()).isEqualTo("gate::Gate<u8, 3>");
        assertThat(all.skipped().get(0).reason())
                .hasMessage("text: line 1: the fields of `gate::Gate<u8, 3>` do not add up to its 64 bytes: lines are"
                        + " missing");
    }

    @Test
    void quoted_and_repeated_types_are_read_once() {
        String mail = (GATE + GATE).replaceAll("(?m)^", "> ");

        assertThat(ReadText.all(RUST, mail).layouts()).hasSize(1);
        assertThat(slots(mail, "gate::Gate<u8, 3>")).isEqualTo(slots(GATE, "gate::Gate<u8, 3>"));
    }

    @Test
    void an_unknown_line_of_a_type_is_refused_with_its_number() {
        String text = GATE + "print-type-size     surprise `.x`\n";

        assertThatThrownBy(() -> RUST.read("text", text))
                .isInstanceOf(InputException.class)
                .hasMessage("text: line 8: expected a field, a variant, a discriminant or padding of `gate::Gate<u8,"
                        + " 3>`");
        assertThat(RUST.read("text", "struct a { int b; };")).isEmpty();
    }
}
