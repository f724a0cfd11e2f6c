package dev.faultline.access.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetCachelinesTest {

    /** As Linux has them from 6.13: a simple table of reStructuredText. */
    static final String RULED = """
            .. a licence

            ======================================
            ring struct fast path usage breakdown
            ======================================

            =================== ============ =================== =================== ================
            Type                Name         fastpath_tx_access  fastpath_rx_access  Comments
            =================== ============ =================== =================== ================
            struct header       head
            u32                 produced     read_write          read_mostly         push(tx);pop(rx)
                                                                                     and more of it
            u32                 consumed     read_mostly         read_write          pop
            u8:2                flavour:2;   read_mostly                             -
            char                name[16]     -                   write_mostly        rename
            atomic_t            users        read_write          read_write
            struct stats_u64    pushes       write_mostly
            void*destructor     struct ring                                          nobody uses it
            =================== ============ =================== =================== ================

            Words after the table.
            """;

    /** As Linux had them to 6.12: columns under headings, no blanks in types, the struct in a row of its own. */
    static final String BARE = """
            ==============================================
            another_ring struct fast path usage breakdown
            ==============================================

            Type                Name         fastpath_tx_access  fastpath_rx_access  comment
            ..struct            ..ring                                               \s
            struct_header       head                                                 \s
            u32                 produced     read_write          read_mostly         push(tx);pop(rx)
            u32                 consumed     read_mostly         read_write          pop
            u8:2                flavour      read_mostly         -                   \s
            char                name[16]     -                   write_mostly        rename
            atomic_t            users        read_write          read_write
            struct_stats_u64    pushes       write_mostly        -
            unsigned_long_long  never        -                   -
            """;

    @Test
    void both_forms_say_the_same() {
        FieldTable ruled = NetCachelines.read("ring.rst", RULED).get(0);
        FieldTable bare = NetCachelines.read("old.rst", BARE).get(0);

        assertThat(ruled.struct()).isEqualTo("ring");
        assertThat(bare.struct()).as("the row counts, not the title").isEqualTo("ring");
        assertThat(words(ruled))
                .containsExactly(
                        "produced read_write read_mostly",
                        "consumed read_mostly read_write",
                        "flavour read_mostly -",
                        "name - write_mostly",
                        "users read_write read_write",
                        "pushes write_mostly -");
        assertThat(words(bare)).isEqualTo(words(ruled));
        assertThat(ruled.rows().get(1).line()).isEqualTo(11);
    }

    private static List<String> words(FieldTable table) {
        return table.rows().stream()
                .filter(FieldTable.Row::isUsed)
                .map(row -> row.name() + " " + row.tx().word() + " " + row.rx().word())
                .toList();
    }

    @Test
    void a_file_may_hold_several_tables_and_one_about_an_enum() {
        String both = RULED + "\n" + BARE.replace("..struct", "..enum  ");

        assertThat(NetCachelines.read("both.rst", both))
                .extracting(FieldTable::struct)
                .containsExactly("ring", "enum ring");
    }

    @Test
    void what_makes_no_sense_is_refused_with_its_line() {
        refused(
                "read_mostly         read_write          pop",
                "read_mostli         read_write          pop",
                "ring.rst: line 13: fastpath_tx_access of consumed: unknown access `read_mostli` (did you mean read_mostly");
        refused(
                "u32                 consumed     read_mostly ",
                "u32                 consumed     cold        ",
                "unknown access `cold`");
        refused(
                "consumed     read_mostly  ",
                "consumed               read_mostly  ",
                "line 13: `read_mostly` crosses a column border");
        refused(
                "fastpath_rx_access  Comments",
                "fastpath_zx_access  Comments",
                "line 8: unknown column `fastpath_zx_access` (did you mean fastpath_");
        refused(
                "u32                 consumed ",
                "                    consumed ",
                "line 13: expected a type and a name");
        refused(
                "char                name[16] ",
                "char                na me    ",
                "line 15: expected the name of a field, found `na me`");
        refused("ring struct fast", "all of a struct, fast", "line 8: the struct is not named");
        assertThatThrownBy(() -> NetCachelines.read("cut.rst", RULED.substring(0, RULED.indexOf("u8:2"))))
                .isInstanceOf(InputException.class)
                .hasMessage("cut.rst: line 13: the table has no end; expected a ruler of =");
        assertThatThrownBy(() -> NetCachelines.read("toc.rst", "Contents\n\n   tcp_sock\n"))
                .hasMessageStartingWith("toc.rst: no table in 3 lines; expected one with the headings Type Name");
        assertThatThrownBy(() -> NetCachelines.read("a.out", "\u007fELF\0\0"))
                .hasMessageStartingWith("a.out: line 1: not a text file");
        assertThatThrownBy(() -> NetCachelines.read("empty", "")).hasMessageContaining("no table in 0 lines");
        assertThatThrownBy(() -> NetCachelines.read("long", " ".repeat(NetCachelines.MOST_CHARACTERS + 1)))
                .hasMessageContaining("the limit is");
    }

    private static void refused(String good, String bad, String message) {
        assertThat(RULED).contains(good);
        assertThatThrownBy(() -> NetCachelines.read("ring.rst", RULED.replace(good, bad)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }
}
