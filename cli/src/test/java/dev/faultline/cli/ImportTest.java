package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.cli.Cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code faultline import}: words, files and what comes out. */
class ImportTest {

    static final String TABLE = """
            tcp_sock struct fast path usage breakdown

            ====== ======== =================== =================== ========
            Type   Name     fastpath_tx_access  fastpath_rx_access  Comments
            ====== ======== =================== =================== ========
            u32    rcv_nxt  read_mostly         read_write          somebody
            u32    snd_nxt  read_write          read_mostly
            ====== ======== =================== =================== ========
            """;

    private static final String LAYOUT = """
            struct tcp_sock {
                    u32 rcv_nxt; /* 0 4 */
                    u32 snd_nx;  /* 4 4 */
                    /* size: 8 */
            };
            """;

    @TempDir
    Path temporary;

    private String table;
    private String layout;

    @BeforeEach
    void files() throws IOException {
        table = Files.writeString(temporary.resolve("tcp_sock.rst"), TABLE).toString();
        layout = Files.writeString(temporary.resolve("layout.txt"), LAYOUT).toString();
    }

    @Test
    void what_is_imported_can_be_inspected_with() {
        Path profile = temporary.resolve("p.yaml");
        Run imported = Cli.run(
                "import", "net-cachelines", table, "--rate", "tx=2e6", "--cpus", "rx=1", "-o", profile.toString());
        assertThat(imported.status()).as(imported.err()).isZero();
        assertThat(imported.out()).isEmpty();
        assertThat(profile)
                .content()
                .contains("rx: { cpus: 1 }", "rate: 2e6", "rate: 1000")
                .doesNotContain("somebody");

        String whole = LAYOUT.replace("snd_nx; ", "snd_nxt;");
        Run inspected = Cli.withInput(whole, "inspect", "--from", "-", "--profile", profile.toString());
        assertThat(inspected.status()).as(inspected.err()).isZero();
        assertThat(inspected.out()).contains("fast paths of tcp_sock").contains("snd_nxt");
    }

    @Test
    void a_table_comes_from_standard_input_too() {
        Run piped = Cli.withInput(TABLE, "import", "net-cachelines", "-");

        assertThat(piped.status()).as(piped.err()).isZero();
        assertThat(piped.out())
                .isEqualTo(Cli.run("import", "net-cachelines", table).out());
        Run twice = Cli.withInput(TABLE, "import", "net-cachelines", "-", table);
        assertThat(twice.status()).isEqualTo(3);
        assertThat(twice.err())
                .contains("tcp_sock has a table in standard input already")
                .hasLineCount(1);
    }

    @Test
    void fields_the_layout_lacks_are_named_and_left_out_or_fail() {
        Run loose = Cli.run("import", "net-cachelines", table, "--for", layout + "#tcp_sock");
        assertThat(loose.status()).isZero();
        assertThat(loose.err())
                .hasLineCount(1)
                .endsWith(
                        "tcp_sock.rst: line 7: struct tcp_sock has no field snd_nxt (did you mean snd_nx?); left out\n");
        assertThat(loose.out()).contains("rcv_nxt").doesNotContain("snd_nx");

        Run strict = Cli.run("import", "net-cachelines", table, "--for", layout + "#tcp_sock", "--strict");
        assertThat(strict.status()).isEqualTo(3);
        assertThat(strict.out()).isEmpty();
        assertThat(strict.err())
                .hasLineCount(1)
                .contains("has no field snd_nxt")
                .doesNotContain("left out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            import                                      | 2 | name a format and a file
            import tcp_sock.rst                         | 2 | there is no format 'tcp_sock.rst'; expected perf-script, perf-c2c, perf-report, perf-annotate, perf-mem, dhat, hooks, net-cachelines, and its file
            import net-cachelines                       | 2 | name a file, or - for standard input
            import net-cachelines - --strict            | 2 | --strict needs a layout
            import net-cachelines - --rate up=1         | 2 | '--rate': expected a role tx or rx, got 'up'
            import net-cachelines - --rate tx=-1        | 2 | '--rate': expected operations a second
            import net-cachelines - --rate 5            | 2 | --rate
            import net-cachelines - --cpus tx=0         | 2 | '--cpus': expected all or a number
            import net-cachelines - --for @             | 2 | '--for': expected [SOURCE#]NAME
            import net-cachelines - --for no_such       | 3 | no_such
            import net-cachelines none.rst              | 3 | none.rst: cannot be read: no such file
            import net-cachelines .                     | 3 | .: cannot be read
            import net-cachelines - --for rtable        | 3 | struct rtable has none of the fields; the table is about tcp_sock
            """)
    void what_is_wrong_is_one_line(String words, int status, String line) {
        Run run = Cli.withInput(TABLE, words.strip().split(" +"));
        assertThat(run.err()).contains(line);
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(status == 2 ? 2 : 1);
    }

    @Test
    void an_empty_or_binary_file_is_no_table() {
        assertThat(Cli.withInput("", "import", "net-cachelines", "-").err())
                .isEqualTo("faultline: standard input: no table in 0 lines; expected one with the headings Type Name"
                        + " fastpath_tx_access fastpath_rx_access\n");
        assertThat(Cli.withInput("PK\0\3", "import", "net-cachelines", "-").status())
                .isEqualTo(3);
    }
}
