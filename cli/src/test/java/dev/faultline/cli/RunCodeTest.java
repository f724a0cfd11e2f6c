package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program runs code only when asked, and whatever that does, its own output and exit status are its own. */
class RunCodeTest {

    private static final String COMPUTED = """
            class Computed {
              static final int LINE = Integer.getInteger("line", 64);
              static final int HEAD_OFFSET = 0, TAIL_OFFSET = LINE;
              static { System.out.println("printed by the program"); System.err.println("and an error"); }
            }
            """;

    @TempDir
    private Path folder;

    private String compiled(String... texts) throws IOException {
        Path out = Files.createDirectories(folder.resolve("classes"));
        List<String> words = new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", out.toString()));
        for (String text : texts) {
            String type = text.replaceFirst("(?s).*?class (\\w+).*", "$1");
            words.add(Files.writeString(folder.resolve(type + ".java"), text).toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(new String[0])))
                .isZero();
        return out.toString();
    }

    private String ending() {
        return "class Ends { static final int A_OFFSET = Integer.getInteger(\"a\", 0), B_OFFSET = A_OFFSET + 8;"
                + " static { try { java.nio.file.Files.writeString(java.nio.file.Path.of(\""
                + folder.resolve("written").toString().replace("\\", "\\\\")
                + "\"), \"x\"); } catch (java.io.IOException e) { } System.exit(1); } }";
    }

    @Test
    void code_is_run_only_when_asked() throws IOException {
        String classes = compiled(COMPUTED, ending());
        Cli.Run plain = Cli.run("list", classes);
        assertThat(plain.status()).isZero();
        assertThat(plain.err()).isEmpty();
        assertThat(plain.out()).doesNotContain(".offsets");
        assertThat(folder.resolve("written")).doesNotExist();

        Cli.Run run = Cli.run("list", classes, "--run-code", "--run-code-seconds", "60");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("Computed.offsets").doesNotContain("Ends.offsets", "printed");
        assertThat(run.err().lines())
                .containsExactly(
                        "faultline: --run-code: the initialiser of Ends ended its VM with status 1",
                        "faultline: --run-code: what the initialisers of " + classes
                                + " printed is left out: 36 bytes");
        assertThat(folder.resolve("written")).as("with the rights of the user").exists();

        Cli.Run shown = Cli.run("inspect", classes + "#Computed.offsets", "--run-code", "--width", "200");
        assertThat(shown.status()).isZero();
        assertThat(shown.out()).contains("offset constants computed by running the program's initialisers", "TAIL");
    }

    @Test
    void wrong_usage_is_told() throws IOException {
        String classes = compiled(COMPUTED);
        assertThat(Cli.run("list", classes, "--java-home", "/none").err())
                .startsWith("faultline: --java-home goes with --run-code\n");
        assertThat(Cli.run("list", classes, "--run-code", "--run-code-seconds", "0")
                        .err())
                .contains("'--run-code-seconds': expected 1 to 3600, got 0");
        Cli.Run noJava = Cli.run(
                "list",
                classes,
                "--run-code",
                "--java-home",
                folder.resolve("none").toString());
        assertThat(noJava.status()).isEqualTo(3);
        assertThat(noJava.err()).contains("none: is no Java to run initialisers with: there is no ");
    }

    @Test
    void a_program_that_is_ended_ends_the_vm_too() throws Exception {
        Path pid = folder.resolve("pid");
        String classes = compiled("class Endless { static final int A_OFFSET = Integer.getInteger(\"a\", 0), B_OFFSET;"
                + " static int n; static { try { java.nio.file.Path file = java.nio.file.Path.of(\""
                + pid.toString().replace("\\", "\\\\")
                + "\"); java.nio.file.Files.writeString(file.resolveSibling(\"p\"),"
                + " \"\" + ProcessHandle.current().pid()); java.nio.file.Files.move(file.resolveSibling(\"p\"), file); }"
                + " catch (java.io.IOException e) { } while (System.nanoTime() != 0) { n++; }"
                + " B_OFFSET = Integer.getInteger(\"b\", 0); } }");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "list",
                        classes,
                        "--run-code",
                        "--run-code-seconds",
                        "600")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        try {
            while (program.isAlive() && !Files.exists(pid)) {
                program.waitFor(20, TimeUnit.MILLISECONDS);
            }
            assertThat(pid).as(Files.readString(folder.resolve("out"))).exists();
            Optional<ProcessHandle> vm = ProcessHandle.of(Long.parseLong(Files.readString(pid)));
            program.destroy();
            assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
            if (vm.isPresent()) {
                vm.get().onExit().get(1, TimeUnit.MINUTES);
            }
        } finally {
            program.destroyForcibly();
        }
    }
}
