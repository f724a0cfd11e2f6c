package dev.faultline.access.imports;

import dev.faultline.access.Cpus;
import dev.faultline.access.ProfileReader;
import dev.faultline.access.ProfileWriter;
import dev.faultline.assertion.Layouts;
import dev.faultline.layout.StructLayout;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import dev.faultline.testing.TextMutator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Broken net_cachelines tables give one clear line, in 256 MB; tables that are read give a valid profile. */
class NetCachelinesFuzzTest {

    private static final StructLayout RING =
            Layouts.read("struct ring { unsigned int produced, consumed; char name[16]; atomic_t users; };");

    private static final FastPaths PATHS =
            new FastPaths(new FastPaths.Path(new Cpus.All(), 1e6), new FastPaths.Path(new Cpus.Count(2), 1e3));

    private static final List<String> WORDS = List.of(
            "====",
            "read_mostly",
            "write_mostly",
            "read_write",
            "..struct",
            "..ring",
            "struct ",
            "-",
            "  ",
            "\t",
            "Type",
            "Name",
            "fastpath_tx_access",
            "fastpath_rx_access",
            "comment",
            "u32",
            "[4]",
            ":2",
            " struct fast path usage breakdown");

    @Test
    void broken_tables_end_with_one_line_or_become_a_profile() {
        Fuzz.text(FuzzShare.TABLE, new TextMutator(List.of(NetCachelinesTest.RULED, NetCachelinesTest.BARE), WORDS))
                .cutting(List.of(NetCachelinesTest.RULED, NetCachelinesTest.BARE))
                .run(text -> {
                    List<FieldTable> tables = NetCachelines.read("ring.rst", text);
                    String yaml = ProfileWriter.write(PATHS.profile(tables).profile());
                    ProfileReader.read("made of a table", yaml);
                    PATHS.profileFor(RING, tables);
                });
    }
}
