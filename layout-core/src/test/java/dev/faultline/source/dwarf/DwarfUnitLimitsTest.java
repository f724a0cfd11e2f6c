package dev.faultline.source.dwarf;

import static dev.faultline.source.dwarf.DwarfNumbers.ALTERNATE;
import static dev.faultline.source.dwarf.DwarfNumbers.BYTE_SIZE;
import static dev.faultline.source.dwarf.DwarfNumbers.DATA1;
import static dev.faultline.source.dwarf.DwarfNumbers.DATA4;
import static dev.faultline.source.dwarf.DwarfNumbers.IMPORT;
import static dev.faultline.source.dwarf.DwarfNumbers.IMPORTED_UNIT;
import static dev.faultline.source.dwarf.DwarfNumbers.MEMBER;
import static dev.faultline.source.dwarf.DwarfNumbers.NAME;
import static dev.faultline.source.dwarf.DwarfNumbers.REF_ADDR;
import static dev.faultline.source.dwarf.DwarfNumbers.REF_SIG8;
import static dev.faultline.source.dwarf.DwarfNumbers.STRING;
import static dev.faultline.source.dwarf.DwarfNumbers.STRP;
import static dev.faultline.source.dwarf.DwarfNumbers.STRUCT;
import static dev.faultline.source.dwarf.DwarfNumbers.TYPE;
import static dev.faultline.source.dwarf.DwarfNumbers.TYPEDEF;
import static dev.faultline.source.dwarf.DwarfNumbers.TYPE_UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.input.InputException;
import dev.faultline.source.elf.ElfBuilder;
import dev.faultline.testing.AllocatedBytes;
import dev.faultline.testing.Bounded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Units, sections and files that no compiler makes: what is broken is told with its place, and the rest is read. */
@Tag("slow")
class DwarfUnitLimitsTest {

    /** Adds a unit with one good struct, and a table of abbreviations for it. */
    private static DwarfBuilder good(DwarfBuilder dwarf, String name) {
        dwarf.endAbbreviations().unit(DwarfBuilder.C99);
        int struct = dwarf.abbreviation(STRUCT, false, NAME, STRING, BYTE_SIZE, DATA4);
        dwarf.entry(struct, name, 4);
        return dwarf.end(1).endUnit();
    }

    private static DwarfUse.Told withOther(byte[] program, byte[] other) {
        return Bounded.read(() -> FuzzedDwarf.read(FuzzedDwarf.pair(program, other)));
    }

    @Test
    void a_unit_of_an_unknown_kind_is_refused_and_the_others_are_read() {
        int[][] headers = {
            {0, 8}, {1, 8}, {6, 8}, {0xffff, 8}, {4, 0}, {4, 1}, {4, 3}, {4, 5}, {4, 255}, {4, 16},
        };
        for (int[] header : headers) {
            DwarfBuilder dwarf = good(new DwarfBuilder(), "first");
            int start = dwarf.raw().size();
            dwarf.raw()
                    .number(20, 4)
                    .number(header[0], 2)
                    .number(0, 4)
                    .number(header[1], 1)
                    .number(0, 13);
            DwarfUse.Told told = LimitSample.read(good(dwarf, "last").build());
            assertThat(told.entries()).containsExactly("first", "last");
            assertThat(told.lines()).anyMatch(line -> line.contains("0x" + Integer.toHexString(start)));
        }
        for (int kind : new int[] {0, 7, 0x80, 0xff}) {
            DwarfBuilder dwarf = good(new DwarfBuilder(), "first");
            dwarf.raw().number(20, 4).number(5, 2).number(kind, 1).number(8, 1).number(0, 16);
            DwarfUse.Told told = LimitSample.read(good(dwarf, "last").build());
            assertThat(told.entries()).containsExactly("first", "last");
            assertThat(told.lines()).anyMatch(line -> line.contains("a unit of type " + kind));
        }
    }

    @Test
    void lengths_of_units_that_cannot_be_end_the_section_and_padding_does_not() {
        for (long length : new long[] {0xfffffff0L, 0xfffffffeL, 0x7fffffffL, 0x10000}) {
            DwarfBuilder dwarf = good(new DwarfBuilder(), "first");
            dwarf.raw().number(length, 4);
            DwarfUse.Told told = LimitSample.read(good(dwarf, "last").build());
            assertThat(told.entries()).containsExactly("first");
            assertThat(told.lines()).anyMatch(line -> line.contains("what follows is not read"));
        }
        for (long length : new long[] {-1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32, 1L << 40, -12, -13, -8}) {
            DwarfBuilder dwarf = good(new DwarfBuilder(), "first");
            dwarf.raw().number(0xffffffffL, 4).number(length, 8);
            DwarfUse.Told told = LimitSample.read(good(dwarf, "last").build());
            assertThat(told.entries()).containsExactly("first");
            assertThat(told.lines()).isNotEmpty();
        }
        DwarfBuilder dwarf = good(new DwarfBuilder(), "first");
        dwarf.raw().number(0, 8).number(0, 4);
        for (int bytes = 1; bytes < 11; bytes++) {
            dwarf.raw().number(bytes, 4).writeBytes(new byte[bytes]);
        }
        assertThat(LimitSample.read(good(dwarf, "last").build()).entries()).containsExactly("first", "last");
    }

    @Test
    void forms_that_are_unknown_or_lead_to_themselves_refuse_their_unit() {
        for (int form : new int[] {0x02, 0x2d, 0x7f, 0x1f03, 0x3fff, 0x7fffffff}) {
            DwarfBuilder dwarf = good(new DwarfBuilder(), "first").endAbbreviations();
            dwarf.unit().entry(dwarf.abbreviation(0x11, false, NAME, form), 0L);
            dwarf.endUnit();
            DwarfUse.Told told = LimitSample.read(good(dwarf, "last").build());
            assertThat(told.entries()).containsExactly("first", "last");
            assertThat(told.lines()).anyMatch(line -> line.contains("form 0x" + Integer.toHexString(form)));
        }
        for (int inner : new int[] {0x16, 0x21, 0x7f, 0x80}) {
            DwarfBuilder dwarf = good(new DwarfBuilder(), "first").endAbbreviations();
            int struct = dwarf.abbreviation(0x11, false, NAME, 0x16, BYTE_SIZE, 0x16);
            dwarf.unit().entry(struct, new byte[] {(byte) inner, (byte) inner, 0x16, 0x16, 0x0b, 1});
            dwarf.endUnit();
            assertThat(LimitSample.read(good(dwarf, "last").build()).entries()).containsExactly("first", "last");
        }
    }

    @Test
    void units_that_import_one_another_end() {
        DwarfBuilder program = new DwarfBuilder();
        DwarfBuilder other = new DwarfBuilder();
        for (DwarfBuilder dwarf : new DwarfBuilder[] {program, other}) {
            int imported = dwarf.abbreviation(40, IMPORTED_UNIT, false, IMPORT, REF_ADDR);
            int moved = dwarf.abbreviation(41, IMPORTED_UNIT, false, IMPORT, ALTERNATE);
            int typedef = dwarf.abbreviation(42, TYPEDEF, false, NAME, STRING, TYPE, ALTERNATE);
            int struct = dwarf.abbreviation(43, STRUCT, true, NAME, STRING, BYTE_SIZE, DATA1);
            int member = dwarf.abbreviation(44, MEMBER, false, NAME, STRING, TYPE, ALTERNATE);
            int root = dwarf.abbreviation(45, 0x3c, true);
            for (int i = 0; i < 4; i++) {
                dwarf.unit().entry(root);
                dwarf.entry(imported, 12);
                dwarf.entry(imported, dwarf.unitOffset() + 12);
                dwarf.entry(moved, 12);
                dwarf.entry(moved, 12 + i * 20);
                dwarf.entry(typedef, "t", dwarf.unitOffset() + dwarf.next());
                dwarf.entry(struct, "s" + i, (byte) 4);
                dwarf.entry(member, "m", dwarf.unitOffset() + dwarf.next() - 5);
                dwarf.end(2).endUnit();
            }
            good(dwarf, "good");
        }
        byte[] link = "other\0abc".getBytes(StandardCharsets.US_ASCII);
        byte[] one = program.elf().section(".gnu_debugaltlink", link).build();
        byte[] two = other.elf().section(".gnu_debugaltlink", link).build();
        assertThat(withOther(one, two).entries()).contains("good");
        assertThat(withOther(one, one).entries()).contains("good");
    }

    @Test
    void type_units_of_one_another_end() {
        DwarfBuilder dwarf = good(new DwarfBuilder(), "good");
        DwarfBuilder types = new DwarfBuilder();
        types.rawAbbreviations().writeBytes(dwarf.rawAbbreviations().toByteArray());
        types.endAbbreviations();
        String marks = "\u0001000000000000000X\u0001".repeat(800);
        int typedef = types.abbreviation(TYPEDEF, false, NAME, STRING, TYPE, REF_SIG8);
        int root = types.abbreviation(TYPE_UNIT, true);
        int user = types.abbreviation(STRUCT, true, NAME, STRING, BYTE_SIZE, DATA1);
        int member = types.abbreviation(MEMBER, false, NAME, STRING, TYPE, REF_SIG8);
        for (int i = 0; i < 8; i++) {
            types.unit();
            types.raw().number(i, 8).number(24, 4); // the signature, and where the type is
            types.entry(root);
            types.entry(
                    i % 2 == 0 ? typedef : user,
                    marks.replace('X', (char) ('0' + (i + 1) % 8)),
                    i % 2 == 0 ? (Object) ((i + 1L) % 8) : (Object) (byte) 4);
            if (i % 2 == 1) {
                types.entry(member, marks.replace('X', '3'), (i + 1L) % 8);
                types.end(1);
            }
            types.end(1).endUnit();
        }
        byte[] file = new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .section(".debug_info", dwarf.raw().toByteArray())
                .section(".debug_types", types.raw().toByteArray())
                .section(".debug_abbrev", types.rawAbbreviations().number(0, 1).toByteArray())
                .section(".debug_str", new byte[1])
                .build();
        assertThat(LimitSample.read(file).entries()).contains("good");
    }

    @Test
    void units_that_refer_to_many_others_are_read_in_time() {
        DwarfBuilder dwarf = good(new DwarfBuilder(), "good").endAbbreviations();
        int root = dwarf.abbreviation(0x11, true);
        int number = dwarf.abbreviation(0x24, false, NAME, STRING, BYTE_SIZE, DATA1);
        int tiny = dwarf.abbreviation(STRUCT, false, BYTE_SIZE, DATA1);
        int typedef = dwarf.abbreviation(TYPEDEF, false, NAME, STRING, TYPE, REF_ADDR);
        int[] targets = new int[64];
        for (int i = 0; i < targets.length; i++) {
            dwarf.unit().entry(root);
            targets[i] = dwarf.unitOffset() + dwarf.entry(number, "int", (byte) 4);
            for (int j = 0; j < 5_000; j++) {
                dwarf.entry(tiny, (byte) j);
            }
            dwarf.end(1).endUnit();
        }
        dwarf.unit().entry(root);
        int struct = dwarf.abbreviation(STRUCT, true, NAME, STRING, BYTE_SIZE, DATA1);
        int member = dwarf.abbreviation(MEMBER, false, NAME, STRING, TYPE, REF_ADDR);
        for (int i = 0; i < 5_000; i++) {
            dwarf.entry(typedef, "t" + i, targets[i % targets.length]);
            dwarf.entry(struct, "s" + i, (byte) 4);
            dwarf.entry(member, "m", targets[i % targets.length]);
            dwarf.end(1);
        }
        dwarf.end(1).endUnit();
        assertThat(LimitSample.read(dwarf.build()).entries()).contains("good");
    }

    @Test
    void an_index_of_a_package_that_states_too_much_is_refused() {
        int[][] headers = {
            {0, -1, 0}, {0, Integer.MAX_VALUE, 0}, {Integer.MAX_VALUE, Integer.MAX_VALUE, 0}, {-1, -1, -1},
            {1 << 30, 1 << 30, 1 << 30}, {8, 0, Integer.MAX_VALUE}, {1, 1 << 29, 0}, {8, 1, 1},
        };
        for (int[] header : headers) {
            DwarfBuilder.Bytes index = new DwarfBuilder.Bytes();
            index.number(5, 4)
                    .number(header[0], 4)
                    .number(header[1], 4)
                    .number(header[2], 4)
                    .number(1, 8)
                    .number(-1, 8);
            byte[] file = good(new DwarfBuilder(), "good")
                    .elf()
                    .section(".debug_cu_index", index.toByteArray())
                    .section(".debug_tu_index", index.toByteArray())
                    .build();
            try {
                assertThat(LimitSample.read(file).entries()).contains("good");
            } catch (InputException refused) {
                assertThat(refused).hasMessageContaining("index");
            }
        }
    }

    @Test
    void line_tables_that_share_one_long_directory_take_little() {
        DwarfBuilder dwarf = good(new DwarfBuilder(), "good").endAbbreviations();
        int text = dwarf.string("d".repeat(1 << 16));
        int root = dwarf.abbreviation(0x11, true, 0x10, 0x17);
        int struct = dwarf.abbreviation(STRUCT, false, NAME, STRING, BYTE_SIZE, DATA1, 0x3a, 0x0f, 0x3b, DATA1);
        DwarfBuilder.Bytes lines = new DwarfBuilder.Bytes();
        for (int i = 0; i < 500; i++) {
            dwarf.unit().entry(root, 20 * i);
            dwarf.entry(struct, "s" + i, (byte) (i & 0x7f), new DwarfBuilder.Leb(1000), (byte) 1);
            dwarf.end(1).endUnit();
        }
        int files = 50_000;
        lines.number(20L * files, 4).number(5, 2).number(8, 1).number(0, 1).number(20L * files, 4);
        lines.number(1, 1).number(1, 1).number(1, 1).number(0, 1).number(1, 1).number(1, 1); // no opcodes
        for (int rows = 0; rows < 2; rows++) {
            lines.number(1, 1).leb(1).leb(STRP).leb(files);
            for (int i = 0; i < files; i++) {
                lines.number(text + i, 4);
            }
        }
        byte[] file = dwarf.elf().section(".debug_line", lines.toByteArray()).build();
        assertThat(LimitSample.read(file).entries()).contains("good", "s1");
    }

    @Test
    void a_section_that_unpacks_to_less_or_more_than_it_states_is_refused() throws IOException {
        byte[] info = good(new DwarfBuilder(), "good").raw().toByteArray();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(info);
            out.write(new byte[8 << 20]);
        }
        for (int size : new int[] {info.length, info.length + (8 << 20), info.length + (9 << 20), 1 << 30, -1}) {
            byte[] file = good(new DwarfBuilder(), "good")
                    .elf()
                    .compressed(".debug_str_offsets", 1, size, packed.toByteArray())
                    .compressed(".debug_info.dwo", 1, size, packed.toByteArray())
                    .build();
            try {
                assertThat(LimitSample.read(file).entries()).contains("good");
            } catch (InputException refused) {
                assertThat(refused.getMessage()).contains("section .debug");
            }
        }
    }

    /** No number in a small file makes a reader allocate for what is not there. */
    @Test
    void nothing_is_allocated_for_numbers_that_lie() {
        byte[] sample = DwarfSamples.bytes("gcc-5.o");
        Function<byte[], Long> allocated = content -> {
            long before = AllocatedBytes.ofThread();
            try (var elf = DwarfUse.elf(content)) {
                DwarfSource source = DwarfSource.of(elf, CompanionFiles.NONE);
                source.entries();
                source.inventory();
            } catch (InputException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
            return AllocatedBytes.ofThread() - before;
        };
        assertThat(allocated.apply(sample)).isPositive(); // loads classes
        long good = allocated.apply(sample);
        long most = 0;
        for (int at = 0; at + Integer.BYTES <= sample.length; at += 7) {
            for (int number : new int[] {Integer.MAX_VALUE, 0x00ffffff}) {
                byte[] lying = sample.clone();
                ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
                most = Math.max(most, allocated.apply(lying));
            }
        }
        assertThat(most).isLessThan((2 << 20) + 4L * sample.length + 2 * good);
    }
}
