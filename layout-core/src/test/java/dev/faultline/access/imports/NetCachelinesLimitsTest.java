package dev.faultline.access.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Cpus;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.testing.Bounded;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hostile tables of the largest size are read or refused in time and with an ordinary stack. */
@Tag("slow")
class NetCachelinesLimitsTest {

    private static final String HEADINGS = "Type     Name fastpath_tx_access fastpath_rx_access";
    private static final String RULER = "======== ==== ================== ==================";

    private static String refusal(String text) {
        return Bounded.refusal(() -> NetCachelines.read("t.rst", text));
    }

    @Test
    void a_ruler_of_very_many_columns_is_refused() {
        assertThat(refusal("=" + " =".repeat(10_000) + "\nType Name fastpath_tx_access fastpath_rx_access\n"))
                .isEqualTo("t.rst: line 1: a table of 10001 columns; expected Type, Name, fastpath_tx_access,"
                        + " fastpath_rx_access and a comment");
        assertThat(refusal("=" + " =".repeat(1_000_000) + "\n")).contains("no table in 1 lines");
    }

    @Test
    void fifty_thousand_tables_are_read() {
        String table = HEADINGS + "\n..struct ..x\na        b\n\n";
        assertThat(Bounded.read(10, () -> NetCachelines.read("t.rst", table.repeat(45_000))))
                .hasSize(45_000);
        String titled = "x struct fast path usage breakdown\n" + (HEADINGS + "\na        b\n\n").repeat(60_000);
        assertThat(Bounded.read(10, () -> NetCachelines.read("t.rst", titled))).hasSize(60_000);
    }

    @ParameterizedTest
    @CsvSource({
        "'[1]', ''",
        "'[', expected the name of a field",
        "'x', ''",
        "'1', ''",
        "':1', expected the name of a field",
        "';', expected the name of a field",
        "']', expected the name of a field",
    })
    void a_name_of_a_million_parts_ends(String part, String expected) {
        String name = "x" + part.repeat(1_000_000 / part.length());
        String gap = " ".repeat(name.length() - 3);
        String text = "x struct fast path usage breakdown\nType Name" + gap
                + "fastpath_tx_access fastpath_rx_access\nint  " + name + " read_mostly        read_mostly\n";
        if (expected.isEmpty()) {
            assertThat(Bounded.read(() -> NetCachelines.read("t.rst", text))
                            .get(0)
                            .rows()
                            .get(0)
                            .name())
                    .startsWith("x");
        } else {
            assertThat(refusal(text)).startsWith("t.rst: line 3: " + expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"=", "= ", "x", "' '", "Type ", "Type Name ", "'x struct fast path '", "'\t'", "'\f'", "'..struct '"})
    void a_line_as_long_as_a_file_may_be_ends(String part) {
        String line = part.repeat(NetCachelines.MOST_CHARACTERS / part.length() / 4);
        assertThat(refusal(line)).startsWith("t.rst: ");
        assertThat(refusal(line + "!")).startsWith("t.rst: ");
        assertThat(refusal("Type Name " + line)).startsWith("t.rst: ");
        assertThat(refusal("x struct fast path usage\n" + HEADINGS + "\n" + line + "!"))
                .startsWith("t.rst: ");
        assertThat(refusal(RULER + "\n" + HEADINGS + "\n" + line)).startsWith("t.rst: ");
    }

    @Test
    void headings_parted_by_other_signs_than_blanks_are_none() {
        assertThat(refusal("Type\fName\fa\fb\n")).contains("no table in 1 lines");
    }

    @Test
    void very_many_misspelt_fields_are_told_in_time() {
        String members = IntStream.range(0, 20_000)
                .mapToObj(i -> "int abcdefgh_" + i + "_ijklmnop;")
                .collect(Collectors.joining("\n", "struct x {", "};"));
        StructLayout layout = NotationReader.read("text", members).get(0);
        String row = "%-8s %-26s %-18s %s\n";
        String rows = IntStream.range(0, 20_000)
                .mapToObj(i -> String.format(row, "int", "abcdefgh_x" + i + "_jklmnop", "read_mostly", "read_mostly"))
                .collect(Collectors.joining(
                        "",
                        String.format(row, "Type", "Name", "fastpath_tx_access", "fastpath_rx_access")
                                + "..struct ..x\n"
                                + String.format(row, "int", "abcdefgh_0_ijklmnop", "read_mostly", "read_mostly"),
                        "\n"));
        FastPaths.Path all = new FastPaths.Path(new Cpus.All(), 1);
        ImportedProfile imported =
                Bounded.read(10, () -> new FastPaths(all, all).profileFor(layout, NetCachelines.read("t.rst", rows)));
        List<String> missing = imported.missing();
        assertThat(missing).hasSize(20_000);
        assertThat(missing.get(0)).contains("did you mean");
        assertThat(missing.get(20)).doesNotContain("did you mean");
    }

    @Test
    void one_name_of_many_fields_in_very_many_rows_is_told_in_time() {
        String members = IntStream.range(0, 5_000)
                .mapToObj(i -> "struct { int x; } s" + i + ";")
                .collect(Collectors.joining("\n", "struct big {", "};"));
        StructLayout layout = NotationReader.read("text", members).get(0);
        String row = "%-16s %-5s %-18s %s\n";
        String rows = "big struct fast path usage breakdown\n\n"
                + String.format(row, "Type", "Name", "fastpath_tx_access", "fastpath_rx_access")
                + String.format(row, "int", "x", "read_mostly", "read_mostly").repeat(10_000)
                + String.format(row, "struct_s7_int", "x", "read_mostly", "read_mostly");
        FastPaths.Path all = new FastPaths.Path(new Cpus.All(), 1);
        ImportedProfile imported =
                Bounded.read(5, () -> new FastPaths(all, all).profileFor(layout, NetCachelines.read("t.rst", rows)));
        assertThat(imported.missing()).hasSize(10_000);
        assertThat(imported.missing().get(0)).contains("has 5000 fields x, s0.x, s1.x, s2.x");
    }
}
