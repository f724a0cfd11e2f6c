package dev.faultline.source.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.StructLayout;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.detect.SourceDetector;
import dev.faultline.source.elf.ElfBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BTF of machines of either byte order and of 32 and 64 bits. */
class BtfMachineTest {

    @TempDir
    Path directory;

    @Test
    void big_endian_btf_is_read_with_bits_counted_in_the_order_of_addresses() {
        BtfBuilder b = new BtfBuilder().bigEndian();
        int u32 = b.number("unsigned int", 4);
        int u64 = b.number("long unsigned int", 8);
        b.struct(
                "flags",
                16,
                true,
                b.string("top"),
                u32,
                3 << 24,
                b.string("across"),
                u32,
                9 << 24 | 3,
                b.string("low"),
                u32,
                4 << 24 | 28,
                b.string("wide"),
                u64,
                64);

        assertThat(places(source(b), "flags"))
                .containsExactly("top 0 1 0:3", "across 0 2 3:9", "low 3 1 28:4", "wide 8 8");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_elf_file_says_how_long_pointers_are_in_its_btf(boolean wide) throws IOException {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            BtfBuilder b = order == ByteOrder.BIG_ENDIAN ? new BtfBuilder().bigEndian() : new BtfBuilder();
            int bytes = wide ? 8 : 4;
            b.struct("head", 2 * bytes, false, b.string("next"), 2, 0, b.string("prev"), 2, 8 * bytes);
            b.pointer(1);
            Path file = Files.write(
                    directory.resolve("a.o"),
                    new ElfBuilder(wide, order).section(".BTF", b.build()).build());

            assertThat(places(BtfSource.open("a.o", file, Optional.empty()), "head"))
                    .containsExactly("next 0 " + bytes, "prev " + bytes + " " + bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"long unsigned int", "long int", "unsigned long", "long"})
    void raw_btf_has_pointers_as_long_as_long(String name) {
        for (int bytes : new int[] {4, 8}) {
            BtfBuilder b = new BtfBuilder();
            b.number(name, bytes);
            b.union("any", 8, b.string("pointer"), 3, 0, b.string("number"), 1, 0);
            b.pointer(2);

            assertThat(places(source(b), "any").get(0)).isEqualTo("pointer 0 " + bytes);
        }
    }

    @Test
    void raw_btf_without_long_has_pointers_that_fit_between_the_members() {
        BtfBuilder b = new BtfBuilder();
        int pointer = b.pointer(3);
        int alias = b.type("handler_t", BtfKind.TYPEDEF, 0, false, pointer);
        b.struct("list", 8, false, b.string("next"), alias, 0, b.string("prev"), alias, 32);
        assertThat(places(source(b), "list")).containsExactly("next 0 4", "prev 4 4");
    }

    @Test
    void raw_btf_without_long_has_arrays_of_pointers_that_fit_between_the_members() {
        BtfBuilder b = new BtfBuilder();
        int index = b.number("int", 4);
        int array = b.array(b.pointer(index), 3, index);
        b.struct("table", 16, false, b.string("slots"), array, 0, b.string("count"), index, 96);
        assertThat(places(source(b), "table")).containsExactly("slots 0 12", "count 12 4");
    }

    @Test
    void a_long_of_8_bytes_does_not_make_pointers_overlap() {
        BtfBuilder b = new BtfBuilder();
        int big = b.number("long", 8);
        int pointer = b.pointer(big);
        b.struct("pair", 8, false, b.string("a"), pointer, 0, b.string("b"), pointer, 32);
        assertThat(places(source(b), "pair")).containsExactly("a 0 4", "b 4 4");
    }

    @Test
    void the_types_of_the_running_kernel_tell_the_same_size_of_a_pointer_as_its_detector_states() {
        Path kernel = Path.of("/sys/kernel/btf/vmlinux");
        assumeTrue(Files.isReadable(kernel));
        LayoutSource stated =
                SourceDetector.here(Optional.empty(), Optional.empty()).open(SourceDetector.KERNEL);

        assertThat(places(stated, "list_head"))
                .isEqualTo(places(BtfSource.open("kernel", kernel, Optional.empty()), "list_head"))
                .containsExactly("next 0 8", "prev 8 8");
    }

    @Test
    void a_size_of_a_pointer_that_is_stated_is_not_searched_for() throws IOException {
        BtfBuilder b = new BtfBuilder();
        b.number("long", 8);
        b.struct("one", 8, false, b.string("next"), b.pointer(1), 0);
        Path file = Files.write(directory.resolve("vmlinux"), b.build());

        assertThat(places(BtfSource.ofKernel("kernel", file, OptionalInt.of(4)), "one"))
                .containsExactly("next 0 4");
        assertThat(places(BtfSource.ofKernel("kernel", file, OptionalInt.empty()), "one"))
                .containsExactly("next 0 8");
    }

    @Test
    void an_old_bit_field_starts_where_its_type_says() {
        BtfBuilder b = new BtfBuilder();
        int three = b.type("unsigned int", BtfKind.INT, 0, false, 4, 5 << 16 | 3);
        b.struct("old", 4, false, b.string("a"), three, 0);
        assertThat(places(source(b), "old")).containsExactly("a 0 1 5:3");
    }

    @Test
    void structs_of_more_than_65535_members_are_read() {
        int count = 70_000;
        BtfBuilder b = new BtfBuilder();
        int u8 = b.number("unsigned char", 1);
        int[] members = new int[3 * count];
        int name = b.string("m");
        for (int i = 0; i < count; i++) {
            members[3 * i] = name;
            members[3 * i + 1] = u8;
            members[3 * i + 2] = 8 * i;
        }
        b.struct("long", count, false, members);
        assertThat(((Lookup.Found) source(b).find("long"))
                        .subjects()
                        .get(0)
                        .layout()
                        .members())
                .hasSize(count);
    }

    private static BtfSource source(BtfBuilder b) {
        return BtfSource.of("test", ByteBuffer.wrap(b.build()), Optional.empty());
    }

    private static List<String> places(LayoutSource source, String name) {
        StructLayout layout =
                ((Lookup.Found) source.find(name)).subjects().get(0).layout();
        return layout.members().stream()
                .map(member ->
                        member.name() + " " + member.bytes().orElseThrow().start() + " "
                                + member.bytes().orElseThrow().byteSize()
                                + member.bits()
                                        .map(bits -> " " + bits.bitOffset() + ":" + bits.bitSize())
                                        .orElse(""))
                .toList();
    }
}
