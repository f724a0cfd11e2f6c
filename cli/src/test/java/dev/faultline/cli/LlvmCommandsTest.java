package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts of LLVM IR on the command line: a ring whose ends share a line, and the same with a line for each. */
class LlvmCommandsTest {

    @TempDir
    Path directory;

    private String shared;
    private String apart;

    @BeforeEach
    void write() throws IOException {
        shared = copy("ring.ll", directory.resolve("ring.ll"));
        apart = copy("ring-apart.ll", directory.resolve("ring-apart.ll"));
    }

    private static String copy(String name, Path file) throws IOException {
        try (InputStream in = LlvmCommandsTest.class.getResourceAsStream("/llvm/" + name)) {
            Files.createDirectories(file.getParent());
            Files.write(file, in.readAllBytes());
        }
        return file.toString();
    }

    @Test
    void inspect_names_writers_with_their_lines_and_fails_on_demand() {
        Cli.Run run = Cli.run("inspect", shared, "--fail-on", "warning");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .contains("head (written at ring.c:14 in ring_take) shares a cache line with tail")
                .contains("(written at ring.c:13 in ring_put) in 15 of 16 placements")
                .contains("access     read from the code; rates are not known")
                .contains("from-code");
        assertThat(run.err()).contains("100 % of 4 accesses attributed");
        assertThat(Cli.run("inspect", apart, "--fail-on", "warning").status()).isZero();
    }

    @Test
    void diff_of_two_builds_tells_what_is_gone() {
        Cli.Run better = Cli.run("diff", shared + "#ring", apart + "#ring", "--fail-on", "worse");
        assertThat(better.status()).as(better.err()).isZero();
        assertThat(better.out()).contains("BETTER").contains("gone  WritersShareLine  warning");
        assertThat(Cli.run("diff", apart + "#ring", shared + "#ring", "--fail-on", "worse")
                        .status())
                .isEqualTo(1);
    }

    @Test
    void profile_has_the_operations_with_what_their_roles_rest_on() {
        Cli.Run run = Cli.run("profile", shared + "#ring");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("# ring_put: it is a producer by its name; it alone writes tail (ring.c:13 in ring_put)")
                .contains("- { field: head, kind: write }")
                .contains("# Not looked at: code outside of the files that were read.");
    }

    @Test
    void suggest_parts_the_ends() {
        Cli.Run run = Cli.run("suggest", shared + "#ring");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("no costs are told").contains("tail    4 -> 64  0 -> 1");
    }

    @Test
    void a_contract_is_kept_by_the_one_and_broken_by_the_other() throws IOException {
        assertThat(check("ring-apart.ll", "{ different-lines: [head, tail] }, { max-hazard: none }")
                        .status())
                .isZero();
        Cli.Run broken = check("ring.ll", "{ max-hazard: none }");
        assertThat(broken.status()).isEqualTo(1);
        assertThat(broken.out()).contains("WritersShareLine").contains("ring.c:14 in ring_take");
    }

    private Cli.Run check(String source, String promises) throws IOException {
        Path contract = Files.writeString(
                directory.resolve("contract.yaml"),
                "contract: c\nsource: " + source + "\nstructs:\n  ring:\n    promises: [" + promises + "]\n");
        return Cli.run("check", contract.toString());
    }

    @Test
    void a_directory_a_pattern_and_a_list_are_one_program() throws IOException {
        Path build = directory.resolve("build");
        copy("ring.ll", build.resolve("deep/ring.ll"));
        Files.writeString(build.resolve("broken.ll"), "; ModuleID = 'x'\ndefine void @f(\n");
        Cli.Run run = Cli.run("inspect", build.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("WritersShareLine");
        assertThat(run.err()).contains("1 part could not be read").contains("has no debug metadata");
        assertThat(Cli.run("inspect", build + "/deep/*.ll#ring").out()).contains("WritersShareLine");
    }

    @Test
    void a_text_without_debug_metadata_says_how_to_make_one() throws IOException {
        Path plain = Files.writeString(
                directory.resolve("plain.ll"),
                "; ModuleID = 'x'\nsource_filename = \"x.c\"\ndefine void @f() {\n" + "  ret void\n}\n");
        Cli.Run run = Cli.run("inspect", plain.toString());
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err())
                .isEqualTo("faultline: " + plain + ": has no debug metadata; compile with clang -O1 -g -emit-llvm -S,"
                        + " or rustc -g --emit=llvm-ir\n");
    }
}
