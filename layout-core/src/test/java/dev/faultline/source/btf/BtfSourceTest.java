package dev.faultline.source.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BtfSourceTest {

    @Test
    void every_kind_is_read_and_typedef_names_are_kept() {
        StructLayout layout = find(source(BtfBuilder.everyKind()), "everything");

        assertThat(layout.byteSize()).isEqualTo(104);
        assertThat(layout.members().stream().map(member -> member.type().spelling() + " " + member.name()))
                .containsExactly(
                        "atomic_t refs",
                        "enum state on",
                        "enum wide big",
                        "const struct other * other",
                        "unsigned int (*)(const struct other *, ...) run",
                        "volatile long unsigned int shared",
                        "const struct other *restrict alias",
                        "double real",
                        "unsigned int * user",
                        "unsigned char[6] mac",
                        "union ",
                        "unsigned int low",
                        "unsigned int high",
                        "struct everything * self",
                        "unsigned char[0] end");
        assertThat(layout.resolve("refs").orElseThrow().bytes().byteSize()).isEqualTo(4);
        assertThat(layout.fields().stream().filter(Slot.Field::overlaps).map(Slot.Field::path))
                .containsExactlyInAnyOrder("number", "word");
        assertThat(layout.resolve("high").orElseThrow().bits().orElseThrow().bitOffset())
                .isEqualTo(3);
    }

    @Test
    void the_first_name_that_is_looked_up_is_found_as_later_ones_are() {
        List<String> names = source(BtfBuilder.everyKind()).entries().stream()
                .map(LayoutSource.Entry::name)
                .toList();
        assertThat(names).containsExactly("everything");
        for (String name : names) {
            BtfSource asked = source(BtfBuilder.everyKind());
            assertThat(asked.find("no such name")).isInstanceOf(Lookup.Missing.class);
            assertThat(source(BtfBuilder.everyKind()).find(name))
                    .isInstanceOf(Lookup.Found.class)
                    .isEqualTo(asked.find(name));
        }
        for (String near : List.of("everythin", "verything", "everything ", "everything\0other", "\uFFFD", "")) {
            assertThat(source(BtfBuilder.everyKind()).find(near).getClass())
                    .as(near)
                    .isEqualTo(near.strip().equals("everything") ? Lookup.Found.class : Lookup.Missing.class);
        }
    }

    @Test
    void names_that_are_not_utf_8_are_found_by_how_they_are_listed() {
        BtfBuilder b = new BtfBuilder();
        int number = b.number("int", 4);
        b.struct("c?t", 4, false, b.string("a"), number, 0);
        byte[] content = b.build();
        for (int i = 0; i + 2 < content.length; i++) {
            if (content[i] == 'c' && content[i + 1] == '?' && content[i + 2] == 't') {
                content[i + 1] = (byte) 0xff;
            }
        }
        BtfSource source = source(content);
        assertThat(source.find("c\uFFFDt")).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void layouts_say_of_which_build_they_are() {
        BtfSource source = source(BtfBuilder.everyKind());

        assertThat(find(source.ofBuild("6.12.1-amd64"), "everything")
                        .provenance()
                        .describe())
                .isEqualTo(find(source, "everything").provenance().describe() + ", 6.12.1-amd64");
    }

    @Test
    void bit_fields_in_the_old_encoding_are_read_as_well() {
        BtfBuilder b = new BtfBuilder();
        int three = b.type("unsigned int", BtfKind.INT, 0, false, 4, 3);
        int plain = b.number("unsigned int", 4);
        b.struct("old", 8, false, b.string("a"), three, 2, b.string("b"), plain, 32);

        StructLayout layout = find(source(b.build()), "old");

        assertThat(layout.resolve("a").orElseThrow().bits().orElseThrow().bitSize())
                .isEqualTo(3);
        assertThat(layout.resolve("b").orElseThrow().bits()).isEmpty();
    }

    @Test
    void a_split_btf_goes_on_where_its_base_ends() {
        BtfBuilder base = new BtfBuilder();
        int u32 = base.number("u32", 4);
        base.struct("first", 4, false, base.string("x"), u32, 0);
        BtfSource kernel = source(base.build());
        BtfBuilder split = new BtfBuilder(3, base.stringBytes());
        split.struct("second", 8, false, split.string("inner"), 2, 0, split.string("y"), u32, 32);

        BtfSource module = BtfSource.of("module", ByteBuffer.wrap(split.build()), Optional.of(kernel));

        assertThat(find(module, "second").fields().stream().map(Slot.Field::path))
                .containsExactly("inner.x", "y");
        assertThat(module.entries()).as("its own only").hasSize(1);
    }

    @Test
    void a_kind_nobody_knows_is_stepped_over_when_some_length_lets_the_rest_be_read() {
        for (int words = 0; words <= 3; words++) {
            BtfBuilder b = new BtfBuilder();
            int u32 = b.number("u32", 4);
            b.type("future", 25, 0, false, 0, new int[words]);
            b.struct("after", 4, false, b.string("x"), u32, 0);
            b.number("u64", 8);

            assertThat(find(source(b.build()), "after").byteSize())
                    .as("%d words behind the record", words)
                    .isEqualTo(4);
        }
    }

    @Test
    void a_struct_that_contains_itself_is_refused_and_the_others_are_still_there() {
        BtfBuilder b = new BtfBuilder();
        int u32 = b.number("u32", 4);
        b.struct("endless", 4, false, b.string("again"), 2, 0);
        b.struct("fine", 4, false, b.string("x"), u32, 0);
        BtfSource source = source(b.build());

        assertThatThrownBy(() -> source.find("endless"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("type 2")
                .hasMessageContaining("contains itself");
        assertThat(source.all().stream().map(subject -> subject.layout().name()))
                .containsExactly("fine");
    }

    @Test
    void structs_nested_to_multiply_are_refused_before_they_do() {
        BtfBuilder b = new BtfBuilder();
        int inner = b.number("u8", 1);
        int size = 1;
        for (int i = 0; i < 24; i++) {
            inner = b.struct("s" + i, size * 2, false, b.string("a"), inner, 0, b.string("b"), inner, size * 8);
            size *= 2;
        }

        BtfSource source = source(b.build());

        assertThatThrownBy(() -> source.find("s23"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("more than");
    }

    @Test
    void broken_headers_end_with_one_line_that_names_the_place() {
        byte[] good = BtfBuilder.everyKind();
        assertThatThrownBy(() -> source(new byte[10])).hasMessageContaining("truncated BTF");
        byte[] swapped = good.clone();
        swapped[0] = (byte) 0xeb;
        swapped[1] = (byte) 0x9f;
        assertThatThrownBy(() -> source(swapped))
                .hasMessage("test: byte 0x4: a BTF header of 402653184 bytes in a file of " + good.length);
        byte[] newer = good.clone();
        newer[2] = 9;
        assertThatThrownBy(() -> source(newer)).hasMessage("test: byte 0x2: BTF version 9; only version 1 is known");
        assertThatThrownBy(() -> source(java.util.Arrays.copyOf(good, good.length - 1)))
                .hasMessageContaining("the strings end at byte");
    }

    @Test
    void a_misspelt_name_is_answered_with_the_nearest() {
        assertThat(source(BtfBuilder.everyKind()).find("evrything"))
                .isEqualTo(new Lookup.Missing("test has no struct or union evrything (did you mean everything?)"));
    }

    private static BtfSource source(byte[] blob) {
        return BtfSource.of("test", ByteBuffer.wrap(blob), Optional.empty());
    }

    private static StructLayout find(BtfSource source, String name) {
        List<dev.faultline.source.Subject> found = ((Lookup.Found) source.find(name)).subjects();
        return found.get(0).layout();
    }
}
