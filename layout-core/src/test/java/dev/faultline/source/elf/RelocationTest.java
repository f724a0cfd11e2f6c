package dev.faultline.source.elf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.testing.Bounded;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Relocations of object files write what a linker would, or are refused with a line that says which. */
class RelocationTest {

    private static final String NAME = ".debug_info";
    private static final int X86_64 = 62;
    private static final int RISCV = 243;
    private static final int RELA = 4;

    private static ElfFile elf(ElfBuilder builder) {
        return ElfFile.of(FileBytes.of("a.o", ByteBuffer.wrap(builder.build())));
    }

    private static String content(ElfBuilder builder) {
        Section section = elf(builder).find(NAME).orElseThrow();
        byte[] streamed = new byte[(int) section.byteSize()];
        try (SectionStream stream = section.open()) {
            assertThat(stream.read(streamed, 0, streamed.length)).isEqualTo(streamed.length);
        }
        byte[] whole = new byte[streamed.length];
        section.content().get(whole);
        assertThat(streamed).isEqualTo(whole);
        return HexFormat.of().formatHex(whole);
    }

    private static String refusal(ElfBuilder builder) {
        String refusal =
                Bounded.refusal(() -> elf(builder).find(NAME).orElseThrow().content());
        assertThat(Bounded.refusal(() -> {
                    try (SectionStream stream =
                            elf(builder).find(NAME).orElseThrow().open()) {
                        return stream.read(new byte[100], 0, 100);
                    }
                }))
                .isEqualTo(refusal);
        return refusal;
    }

    /** Section 1 has 16 bytes, section 2 its relocations, section 3 the symbols: 1 is 0x1000, 2 is common. */
    private static ElfBuilder file(boolean wide, ByteOrder order, int machine, boolean hasAddends, long[]... entries) {
        byte[] content = HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f10");
        return new ElfBuilder(wide, order)
                .machine(machine)
                .section(NAME, content)
                .relocations(hasAddends, 3, entries)
                .symbols(0, new long[] {0, 0x1000, 0, 1, 1}, new long[] {0, 8, 8, 0xfff2, 0x11});
    }

    private static ElfBuilder x86(long[]... entries) {
        return file(true, ByteOrder.LITTLE_ENDIAN, X86_64, true, entries);
    }

    @Test
    void values_are_written_in_the_width_and_order_of_the_file() {
        assertThat(content(x86(new long[] {4, 1, 10, 0x23}))).isEqualTo("0102030423100000090a0b0c0d0e0f10");
        assertThat(content(x86(new long[] {8, 1, 1, -1}))).isEqualTo("0102030405060708ff0f000000000000");
        assertThat(content(x86(new long[] {0, 1, 12, 0}, new long[] {15, 1, 14, 5})))
                .isEqualTo("0010030405060708090a0b0c0d0e0f05");
        assertThat(content(x86(new long[] {4, 1, 2, 0}))).as("relative").isEqualTo("01020304fc0f0000090a0b0c0d0e0f10");
        assertThat(content(x86(new long[] {4, 0, 10, 7})))
                .as("no symbol")
                .isEqualTo("0102030407000000090a0b0c0d0e0f10");
        assertThat(content(x86(new long[] {4, 2, 10, 7}))).as("common").isEqualTo("0102030407000000090a0b0c0d0e0f10");
        assertThat(content(x86(new long[] {4, 1, 0, 7}))).as("none").isEqualTo("0102030405060708090a0b0c0d0e0f10");
        assertThat(content(file(true, ByteOrder.BIG_ENDIAN, 21, true, new long[] {0, 1, 38, 2})))
                .isEqualTo("0000000000001002090a0b0c0d0e0f10");
    }

    @Test
    void without_an_addend_the_value_is_added_to_what_is_there() {
        assertThat(content(file(false, ByteOrder.LITTLE_ENDIAN, 3, false, new long[] {4, 1, 1})))
                .isEqualTo("0102030405160708090a0b0c0d0e0f10");
        assertThat(content(file(false, ByteOrder.BIG_ENDIAN, 8, false, new long[] {4, 1, 2})))
                .isEqualTo("0102030405061708090a0b0c0d0e0f10");
    }

    @Test
    void relocations_in_any_order_and_several_at_one_place_are_all_applied() {
        assertThat(content(x86(new long[] {12, 1, 10, 1}, new long[] {0, 1, 10, 2})))
                .isEqualTo("021000000506070809" + "0a0b0c01100000");
        assertThat(content(file(
                        true,
                        ByteOrder.LITTLE_ENDIAN,
                        RISCV,
                        true,
                        new long[] {0, 1, 35, 0x20},
                        new long[] {0, 1, 39, 0x10},
                        new long[] {6, 1, 53, 0xfff},
                        new long[] {6, 1, 52, 1},
                        new long[] {7, 0, 33, 3},
                        new long[] {8, 0, 36, 1},
                        new long[] {8, 0, 40, 2})))
                .as("added, subtracted, and six bits")
                .isEqualTo("1102030405063e0b080a0b0c0d0e0f10");
    }

    @Test
    void differences_in_leb128_keep_their_length() {
        ElfBuilder elf = new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .machine(RISCV)
                .section(NAME, HexFormat.of().parseHex("ff8080007f"))
                .relocations(true, 3, new long[] {1, 1, 60, 0x90}, new long[] {1, 1, 61, 0x8}, new long[] {4, 0, 60, 5})
                .symbols(0, new long[] {0, 0x1000, 0, 1, 1});
        assertThat(content(elf)).isEqualTo("ff88810005");
    }

    @ParameterizedTest
    @CsvSource({"20, 78", "21, 78", "8, 39", "8, 41", "243, 8", "243, 9"})
    void offsets_of_threads_variables_begin_at_0(int machine, int type) {
        long bias = machine == RISCV ? 0x800 : 0x8000;
        boolean is32 = type == 8 || type == 39 || machine == 20;
        ElfBuilder elf = file(true, ByteOrder.BIG_ENDIAN, machine, true, new long[] {0, 1, type, bias + 4});
        assertThat(content(elf)).startsWith(is32 ? "00001004" : "0000000000001004");
    }

    @Test
    void the_word_of_mips_in_64_bits_has_an_order_of_its_own() {
        long info = Long.reverseBytes(18); // the type is its last byte, the symbol its first four
        ElfBuilder elf = new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .machine(8)
                .section(NAME, new byte[8])
                .relocations(true, 3, new long[] {0, info >>> 32, 1, 4})
                .symbols(0, new long[] {0, 0x1000, 0, 1, 1});
        assertThat(content(elf)).isEqualTo("0410000000000000");
        ElfBuilder composed = new ElfBuilder(true, ByteOrder.BIG_ENDIAN)
                .machine(8)
                .section(NAME, new byte[8])
                .relocations(true, 3, new long[] {0, 1, 18 << 8 | 12, 4})
                .symbols(0, new long[] {0, 0x1000, 0, 1, 1});
        assertThat(refusal(composed))
                .isEqualTo("a.o: section .rela.debug_info: a relocation of type 4620 of machine 8, which is not known;"
                        + " link the file and name the program");
    }

    @Test
    void the_type_of_sparc_in_64_bits_is_one_byte() {
        assertThat(content(file(true, ByteOrder.BIG_ENDIAN, 43, true, new long[] {8, 1, 0x1234_00 | 54, 2})))
                .isEqualTo("01020304050607080000000000001002");
    }

    @Test
    void linked_files_and_other_sections_have_their_values_already() {
        assertThat(content(x86(new long[] {4, 1, 10, 0x23}).type(2))).isEqualTo("0102030405060708090a0b0c0d0e0f10");
        ElfBuilder other = new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .section(".BTF", new byte[8])
                .relocations(true, 3, new long[] {0, 1, 1, 5})
                .symbols(0, new long[] {0, 0x1000, 0, 1, 1});
        assertThat(elf(other).section(".BTF").orElseThrow().getLong()).isZero();
    }

    @Test
    void several_tables_of_one_section_are_applied_one_after_the_other() {
        byte[] second = new byte[24];
        ByteBuffer.wrap(second)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0)
                .putLong(1L << 32 | 14)
                .putLong(0x55);
        ElfBuilder elf = x86(new long[] {4, 1, 10, 0x23}).section(".rela2", RELA, 0, 0, 3, 1, 24, second);
        assertThat(content(elf)).isEqualTo("5502030423100000090a0b0c0d0e0f10");
    }

    @Test
    void a_large_content_is_relocated_in_every_window() {
        byte[] content = new byte[400_001];
        List<long[]> entries = new ArrayList<>();
        for (int at = 0; at + 8 <= content.length; at += 61) {
            entries.add(new long[] {at, 1, 1, at});
        }
        ElfBuilder elf = new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .section(NAME, content)
                .relocations(true, 3, entries.toArray(long[][]::new))
                .symbols(0, new long[] {0, 0x1000, 0, 1, 1});
        ByteBuffer found =
                ByteBuffer.wrap(HexFormat.of().parseHex(content(elf))).order(ByteOrder.LITTLE_ENDIAN);
        for (long[] entry : entries) {
            assertThat(found.getLong((int) entry[0])).isEqualTo(0x1000 + entry[0]);
        }
    }

    @Test
    void broken_relocations_are_refused() {
        assertThat(refusal(x86(new long[] {13, 1, 10, 0})))
                .isEqualTo("a.o: section .debug_info: a relocation at byte 0xd lies outside the section's 16 bytes");
        assertThat(refusal(x86(new long[] {-1, 1, 10, 0}))).contains("byte 0xffffffffffffffff lies outside");
        assertThat(refusal(x86(new long[] {1L << 32, 1, 10, 0}))).contains("byte 0x100000000 lies outside");
        assertThat(refusal(x86(new long[] {0, 3, 10, 0}))).isEqualTo("a.o: section .rela.debug_info: symbol 3 of 3");
        assertThat(refusal(x86(new long[] {0, 1, 77, 0})))
                .isEqualTo("a.o: section .rela.debug_info: a relocation of type 77 of machine 62, which is not known;"
                        + " link the file and name the program");
        assertThat(refusal(file(true, ByteOrder.LITTLE_ENDIAN, 9999, true, new long[] {0, 1, 1, 0})))
                .contains("type 1 of machine 9999");
        assertThat(refusal(new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                        .section(NAME, new byte[8])
                        .relocations(true, 77, new long[] {0, 1, 1, 0})))
                .isEqualTo("a.o: symbols in section 77 of 4, which has none");
        assertThat(refusal(new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                        .section(NAME, new byte[8])
                        .section(".rela.debug_info", RELA, 0, 0, 1, 1, 8, new byte[24])))
                .contains("relocations of type 4 and 8 bytes, which are not read");
    }

    @Test
    void a_table_of_relocations_as_symbols_is_refused() {
        assertThat(refusal(new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                        .section(NAME, new byte[8])
                        .relocations(true, 2, new long[] {0, 1, 1, 0})))
                .isEqualTo("a.o: symbols in section 2 of 4, which has none");
    }

    @Test
    void only_the_section_with_a_broken_relocation_is_refused() {
        ElfBuilder elf = x86(new long[] {0, 1, 77, 0}).section(".debug_str", "a".getBytes(StandardCharsets.US_ASCII));
        assertThat(elf(elf).section(".debug_str").orElseThrow().remaining()).isEqualTo(1);
    }
}
