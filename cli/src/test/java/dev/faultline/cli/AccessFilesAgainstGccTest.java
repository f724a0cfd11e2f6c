package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Addresses of a program made by gcc, loaded anywhere, lead to its variables, their structs and its build id. */
@Tag("slow")
@Tag("native")
class AccessFilesAgainstGccTest {

    private static final String SOURCE = """
            struct ring { long tail, mask, head, size; };
            struct ring rings[2];
            long total;
            void put(void) { for (int i = 0; i < 100; i++) { rings[1].tail++; total++; } }
            int main(void) { put(); return 0; }
            """;
    private static final long LOADED = 0x5588_d361_8000L;

    @TempDir
    Path folder;

    private String program;
    private final Map<String, Long> symbols = new HashMap<>();

    @BeforeEach
    void compile() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("ring.c"), SOURCE);
        program = folder.resolve("ring").toString();
        run(
                "gcc",
                "-g",
                "-O0",
                "-pie",
                "-fPIE",
                "-Wl,--build-id",
                "-o",
                program,
                folder.resolve("ring.c").toString());
        for (String line : run("nm", program).lines().toList()) {
            String[] words = line.strip().split(" ");
            if (words.length == 3) {
                symbols.put(words[2], Long.parseLong(words[0], 16));
            }
        }
    }

    private static String run(String... words) throws InterruptedException, IOException {
        Process process;
        try {
            process = new ProcessBuilder(words).redirectErrorStream(true).start();
        } catch (IOException missing) {
            throw new TestAbortedException(words[0] + " is not installed", missing);
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    @Test
    void c2c_without_symbols_of_data_is_attributed_by_where_the_program_was_loaded() throws IOException {
        long ring = LOADED + symbols.get("rings") + 32;
        long line = ring & -64;
        long total = LOADED + symbols.get("total");
        String code = "0x" + Long.toHexString(LOADED + symbols.get("put") + 12);
        String text = "  0  0  100  50  0  0  0x" + Long.toHexString(line) + "\n"
                + row(ring - line, code) + row(ring + 8 - line, code)
                + "  1  0  10  5  0  0  0x" + Long.toHexString(total & -64) + "\n"
                + row(total & 63, code);
        Path c2c = Files.writeString(folder.resolve("c2c.txt"), text);
        String access = folder.resolve("run.access").toString();
        Cli.Run imported = Cli.run("import", "perf-c2c", c2c.toString(), "--from", program, "-o", access);

        assertThat(imported.status()).as(imported.err()).isZero();
        List<String> lines = Files.readAllLines(Path.of(access));
        assertThat(lines.get(0)).contains("\"identity\":{\"build-id\":\"");
        assertThat(lines)
                .anyMatch(one -> one.contains("\"type\":\"ring\",\"field\":\"tail\",\"byteOffset\":0,"))
                .anyMatch(one -> one.contains("\"type\":\"ring\",\"field\":\"mask\",\"byteOffset\":8,"))
                .anyMatch(one -> one.contains("\"type\":\".data\",\"byteOffset\":"));
        assertThat(Cli.run("inspect", program + "#ring", "--profile", access).out())
                .contains("sampled", "written: tail", "mask");
        assertThat(Cli.run("inspect", program + "#.data", "--profile", access).out())
                .contains("total");
    }

    private static String row(long offset, String code) {
        return " 0.00%  50.00%  50.00%  0.00%  0.00%  0x" + Long.toHexString(offset) + "  0  1  " + code
                + "  0  190  150  600  2  [.] put  ring  ring.c:4  0\n";
    }
}
