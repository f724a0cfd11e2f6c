package dev.faultline.source.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.testing.Bounded;
import dev.faultline.testing.NativeCompiler;
import dev.faultline.testing.NativeTypes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The symbols of ELF files have the names, places and kinds that the file says. */
class SymbolTableTest {

    private static final int STRINGS = 3;

    @TempDir
    Path directory;

    private static ElfFile elf(ElfBuilder builder) {
        return ElfFile.of(FileBytes.of("a.o", ByteBuffer.wrap(builder.build())));
    }

    private static List<Symbol> symbols(ElfBuilder builder) {
        return SymbolTable.of(elf(builder)).orElseThrow().symbols().toList();
    }

    private static byte[] names(String names) {
        return names.replace('|', '\0').getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"true, LITTLE_ENDIAN", "true, BIG_ENDIAN", "false, LITTLE_ENDIAN", "false, BIG_ENDIAN"})
    void symbols_have_all_that_the_file_says(boolean wide, String order) {
        ElfBuilder elf = new ElfBuilder(
                        wide, order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                .section(".strtab", STRINGS, 0, names("|one|long_name|"))
                .symbols(
                        1,
                        new long[] {1, 0x1000, 8, 1, 0x11},
                        new long[] {5, 4, 16, 0xfff2, 0x25},
                        new long[] {0, 0, 0, 7, 3},
                        new long[] {10, 3, 0, 0xfff1, 0xa6},
                        new long[] {1, 0, 0, 0, 0x10});
        assertThat(symbols(elf))
                .containsExactly(
                        new Symbol("one", 0x1000, 8, 1, Symbol.Type.OBJECT, Symbol.Binding.GLOBAL),
                        new Symbol("long_name", 4, 16, Symbol.COMMON, Symbol.Type.COMMON, Symbol.Binding.WEAK),
                        new Symbol("", 0, 0, 7, Symbol.Type.SECTION, Symbol.Binding.LOCAL),
                        new Symbol("name", 3, 0, Symbol.ABSOLUTE, Symbol.Type.TLS, Symbol.Binding.UNIQUE),
                        new Symbol("one", 0, 0, Symbol.UNDEFINED, Symbol.Type.NONE, Symbol.Binding.GLOBAL));
        assertThat(SymbolTable.of(elf(elf)).orElseThrow().data())
                .extracting(Symbol::name)
                .containsExactly("one", "long_name", "name");
    }

    @Test
    void sections_with_numbers_above_16_bits_are_in_a_table_beside() {
        byte[] indexes = new byte[12];
        ByteBuffer.wrap(indexes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4, 70_000)
                .putInt(8, 80_000);
        ElfBuilder elf = new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .section(".strtab", STRINGS, 0, names("|a|b|"))
                .symbols(1, new long[] {1, 0, 0, 0xffff, 1}, new long[] {3, 0, 0, 5, 1})
                .section(".symtab_shndx", 18, 0, 0, 2, 0, 4, indexes);
        assertThat(symbols(elf)).extracting(Symbol::sectionIndex).containsExactly(70_000, 5);
    }

    @Test
    void more_symbols_than_are_read_at_once_are_all_listed_and_long_names_are_whole() {
        String longName = "x".repeat(1000);
        long[][] symbols = new long[10_000][];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = new long[] {i % 2 == 0 ? 1 : 3, i, 1, 1, 1};
        }
        List<Symbol> found = symbols(new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .section(".strtab", STRINGS, 0, names("|a|" + longName + "|" + "padding".repeat(100_000)))
                .symbols(1, symbols));
        assertThat(found).hasSize(10_000);
        assertThat(found.get(9_999))
                .isEqualTo(new Symbol(longName, 9_999, 1, 1, Symbol.Type.OBJECT, Symbol.Binding.LOCAL));
    }

    @Test
    void the_symbols_for_other_files_stand_in_where_all_were_stripped() {
        ElfBuilder elf = new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .section(".dynstr", STRINGS, 0, names("|a|"))
                .section(".dynsym", 11, 0, 0, 1, 1, 24, new byte[48]);
        assertThat(symbols(elf)).hasSize(1);
        assertThat(SymbolTable.of(elf(new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN))))
                .isEmpty();
    }

    @Test
    void broken_tables_are_refused() {
        assertThat(refusal(new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN).symbols(9, new long[] {1, 0, 0, 0, 0})))
                .isEqualTo("a.o: section .symtab: names in section 9 of 3");
        assertThat(refusal(new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                        .section(".strtab", STRINGS, 0, names("|a|"))
                        .symbols(1, new long[] {77, 0, 0, 0, 0})))
                .isEqualTo("a.o: section .strtab, byte 0x4d: the name of a symbol (1 bytes) lies outside a section of 3"
                        + " bytes");
        assertThat(refusal(new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                        .section(".strtab", STRINGS, 0, names("|a|"))
                        .section(".symtab", 2, 0, 0, 1, 1, 16, new byte[48])))
                .isEqualTo("a.o: section .symtab: symbols of 16 bytes; expected 24");
    }

    @Test
    void names_that_overlap_over_and_over_are_refused() {
        long[][] symbols = new long[100_000][];
        for (int i = 0; i < symbols.length; i++) {
            symbols[i] = new long[] {1 + i % 100, 0, 0, 1, 1};
        }
        assertThat(refusal(new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                        .section(".strtab", STRINGS, 0, names("|" + "a".repeat(60_000) + "|"))
                        .symbols(1, symbols)))
                .isEqualTo("a.o: section .strtab: the names of symbols overlap more than 16-fold");
    }

    private static String refusal(ElfBuilder elf) {
        return Bounded.refusal(() -> symbols(elf));
    }

    @Test
    @Tag("slow")
    @Tag("native")
    void symbols_of_a_program_are_those_of_readelf() throws Exception {
        assumeTrue(NativeCompiler.has("gcc", "readelf"), "gcc and readelf are not installed");
        NativeCompiler compiler = new NativeCompiler(NativeTypes.of(false, ""), directory);
        Path source = directory.resolve("a.c");
        Files.writeString(
                source,
                "int a[3]; static long b = 1; __thread int c = 2; extern int d; int e __attribute__((weak));"
                        + " int main(void) { return a[0] + b + c; }");
        Path program = directory.resolve("a");
        for (List<String> options :
                List.of(List.of("-no-pie"), List.of("-c", "-fcommon"), List.of("-shared", "-fPIC"))) {
            List<String> command = new ArrayList<>(List.of("gcc", "-o", program.toString(), source.toString()));
            command.addAll(options);
            compiler.run(command);
            List<String> expected = compiler.run(List.of("readelf", "-sW", program.toString()))
                    .lines()
                    .dropWhile(line -> !line.contains("'.symtab'"))
                    .filter(line -> line.matches(" +[1-9][0-9]*: .*"))
                    .map(line -> line.strip().split(" +"))
                    .filter(words -> words[3].matches("OBJECT|TLS|COMMON"))
                    .map(words -> words[7] + " " + Long.parseLong(words[1], 16) + " " + words[2] + " " + words[4])
                    .toList();
            assertThat(expected).hasSizeGreaterThan(3);
            try (ElfFile elf = ElfFile.open("a", program)) {
                assertThat(SymbolTable.of(elf).orElseThrow().data().filter(Symbol::isDefined))
                        .map(symbol -> symbol.name() + " " + symbol.value() + " " + symbol.byteSize() + " "
                                + symbol.binding().name().toUpperCase(Locale.ROOT))
                        .containsExactlyElementsOf(expected);
            }
        }
    }
}
