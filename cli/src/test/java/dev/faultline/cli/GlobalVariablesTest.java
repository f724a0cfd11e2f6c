package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The global variables of a program made by gcc, from the command line. */
@Tag("slow")
@Tag("native")
class GlobalVariablesTest {

    private static final String SOURCE = """
            _Alignas(64) long limit = 100;
            long requests = 1;
            struct { _Alignas(64) long count; } apart;
            int main(void) { return limit + requests + apart.count; }
            """;
    private static final String PROFILE = """
            profile: workers count and read the limit
            structs:
              .data:
                roles: { worker: { cpus: all } }
                operations:
                  - name: serve
                    role: worker
                    rate: 1e6
                    accesses:
                      - { field: limit, kind: read }
                      - { field: %s, kind: rmw }
            """;

    @TempDir
    Path folder;

    private Path program;

    @BeforeEach
    void compile() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("hot.c"), SOURCE);
        Files.writeString(folder.resolve("near.yaml"), PROFILE.formatted("requests"));
        Files.writeString(folder.resolve("far.yaml"), PROFILE.formatted("apart.count"));
        program = compile("hot", "-g");
    }

    private Path compile(String name, String debugOption) throws IOException, InterruptedException {
        Path made = folder.resolve(name);
        try {
            Process gcc = new ProcessBuilder(
                            "gcc",
                            debugOption,
                            "-o",
                            made.toString(),
                            folder.resolve("hot.c").toString())
                    .redirectErrorStream(true)
                    .start();
            gcc.getInputStream().readAllBytes();
            assertThat(gcc.waitFor()).isZero();
        } catch (IOException missing) {
            assumeTrue(false, "gcc is not installed");
        }
        return made;
    }

    private String profile(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void the_variables_are_listed_and_shown_with_offsets_from_a_line() {
        Cli.Run list = Cli.run("list", program.toString());
        Cli.Run run = Cli.run("inspect", program + "#.data");

        assertThat(list.out()).contains(".data");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("section .data {", "limit;", "requests;", "byte 0 is at the start of a line: address 0x")
                .contains("sections .data and .bss")
                .doesNotContain("try to pack");
        assertThat(Cli.run("inspect", program + "#.bss").out()).contains("section .data {");
    }

    @Test
    void a_report_tells_two_hot_variables_on_one_line_under_one_name() throws IOException {
        Path to = folder.resolve("report.md");

        Cli.Run run = Cli.run("report", program + "#.data", "--profile", profile("near.yaml"), "-o", to.toString());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Files.readString(to))
                .contains("NeighbouringStatics")
                .contains("requests")
                .contains("limit")
                .contains("a struct that is aligned to 64 bytes")
                .doesNotContain("WriterBesideReaders")
                .doesNotContain("WritersShareLine");
    }

    @Test
    void a_whole_program_includes_its_data_and_fails_where_asked() {
        Cli.Run near = Cli.run(
                "inspect", "--from", program.toString(), "--profile", profile("near.yaml"), "--fail-on", "error");
        Cli.Run far = Cli.run(
                "inspect", "--from", program.toString(), "--profile", profile("far.yaml"), "--fail-on", "warning");

        assertThat(near.status()).as(near.out() + near.err()).isEqualTo(1);
        assertThat(near.out()).contains("NeighbouringStatics");
        assertThat(far.status()).as(far.out() + far.err()).isZero();
    }

    @Test
    void suggest_refuses_to_order_variables_and_says_what_to_do() {
        Cli.Run run = Cli.run("suggest", program + "#.data", "--profile", profile("near.yaml"));

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("the linker orders the variables of a section");
    }

    @Test
    void a_variable_asked_for_as_a_struct_leads_to_its_section() {
        Cli.Run run = Cli.run("inspect", program + "#requests");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err())
                .isEqualTo("faultline: " + program + ": requests is a variable, not a struct; its neighbours are in the"
                        + " section: " + program + "#.data\n");
        assertThat(Cli.run("inspect", program + "#reqests").err()).contains("has no struct, union or class reqests");
    }

    @Test
    void strict_fails_when_the_debug_information_has_no_structs() throws IOException, InterruptedException {
        for (String option : new String[] {"-g1", "-g"}) { // its only struct has no name
            String path = compile("lines" + option, option).toString();
            Cli.Run strict = Cli.run("inspect", path, "--strict");
            assertThat(strict.status()).as(option).isEqualTo(3);
            assertThat(strict.err())
                    .contains(path + ": its DWARF describes no structs; was it compiled with -g1 or for line numbers"
                            + " only?");
            assertThat(Cli.run("inspect", path).status()).as(option).isZero(); // the variables are shown
            assertThat(Cli.run("inspect", path + "#ring").err()).contains("its DWARF describes no structs");
        }
    }
}
