package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program is recorded by the launcher of the distribution, and the recording is inspected. */
class RecordIT {

    private static final String PROGRAM = "package acme;\n"
            + "public class Ring {\n"
            + "  volatile long head; volatile long tail;\n"
            + "  void put() { tail = tail + 1; }\n"
            + "  void take() { head = head + 1; if (head > tail) throw new Error(); }\n"
            + "  public static void main(String[] arguments) throws Exception {\n"
            + "    Ring ring = new Ring();\n"
            + "    int turns = System.in.read() - '0';\n"
            + "    Thread producer = new Thread(\n"
            + "        () -> { for (int i = 0; i < turns * 1000; i++) ring.put(); }, \"put-1\");\n"
            + "    producer.start(); producer.join();\n"
            + "    Thread consumer = new Thread(\n"
            + "        () -> { for (int i = 0; i < turns * 1000; i++) ring.take(); }, \"take-1\");\n"
            + "    consumer.start(); consumer.join();\n"
            + "    System.out.println(ring.head);\n"
            + "    System.exit(arguments.length == 0 ? 0 : 5);\n"
            + "  }\n"
            + "}\n";

    /** The producer writes the tail at the offset that is asked for, then the consumer writes the head at 0. */
    private static final String OFF_HEAP = "package acme;\n"
            + "public class OffHeapRing {\n"
            + "  final int tailAt;\n"
            + "  final java.nio.ByteBuffer memory;\n"
            + "  OffHeapRing(int tailAt) { this.tailAt = tailAt;\n"
            + "    memory = java.nio.ByteBuffer.allocateDirect(256); }\n"
            + "  void put() { memory.putLong(tailAt, memory.getLong(tailAt) + 1); }\n"
            + "  void take() { memory.putLong(0, memory.getLong(0) + 1); }\n"
            + "  static void run(String name, Runnable turn) throws Exception {\n"
            + "    Thread thread = new Thread(() -> { for (int i = 0; i < 20000; i++) turn.run(); }, name);\n"
            + "    thread.start(); thread.join();\n"
            + "  }\n"
            + "  public static void main(String[] arguments) throws Exception {\n"
            + "    OffHeapRing ring = new OffHeapRing(Integer.parseInt(arguments[0]));\n"
            + "    run(\"put-1\", ring::put);\n"
            + "    run(\"take-1\", ring::take);\n"
            + "    System.out.println(ring.memory.getLong(0) + \" \" + ring.memory.getLong(ring.tailAt));\n"
            + "  }\n"
            + "}\n";

    private static final String LOOP = "package acme;\n"
            + "public class Loop {\n"
            + "  volatile long turns;\n"
            + "  void step() { turns = turns + 1; }\n"
            + "  public static void main(String[] arguments) throws Exception {\n"
            + "    for (Loop loop = new Loop(); ; loop.step()) Thread.sleep(1);\n"
            + "  }\n"
            + "}\n";
    private static final int MOST_WAITS = 600;
    private static final long MILLIS_A_WAIT = 100;

    @TempDir
    Path directory;

    private record Run(int status, String out, String err) {}

    private Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("faultline.dist"), "bin", "faultline")
                .toString()));
        command.addAll(List.of(words));
        Path err = directory.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PATH", System.getProperty("java.home") + "/bin:" + System.getenv("PATH"));
        return builder.start();
    }

    private Run run(String input, String... words) throws IOException, InterruptedException {
        Process process = start(words);
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, Files.readString(directory.resolve("err")));
    }

    private void makeJar() throws IOException {
        Path source = Files.writeString(directory.resolve("Ring.java"), PROGRAM);
        Path classes = Files.createDirectory(directory.resolve("classes"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), source.toString()))
                .isZero();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "acme.Ring");
        try (OutputStream file = Files.newOutputStream(directory.resolve("app.jar"));
                JarOutputStream jar = new JarOutputStream(file, manifest);
                Stream<Path> all = Files.list(classes.resolve("acme"))) {
            for (Path one : all.toList()) {
                jar.putNextEntry(new JarEntry("acme/" + one.getFileName()));
                jar.write(Files.readAllBytes(one));
            }
        }
    }

    @Test
    void a_program_keeps_its_input_its_output_and_its_status_and_its_hazard_is_found() throws Exception {
        makeJar();
        Run recorded = run("2", "record", "-o", "run.access", "--", "java", "-jar", "app.jar", "fail");
        assertThat(recorded.out()).isEqualTo("2000\n");
        assertThat(recorded.status()).isEqualTo(5);
        assertThat(recorded.err()).contains("rows in ").contains("run.access");
        String file = Files.readString(directory.resolve("run.access"));
        assertThat(file)
                .contains("\"program\":\"app.jar\"", "\"sha256\":\"")
                .contains("{\"role\":\"put-#\",\"threads\":1,\"operation\":\"Ring.put\",\"type\":\"acme.Ring\","
                        + "\"field\":\"tail\",\"kind\":\"volatile-write\",\"count\":2000,\"sameObject\":2000}");

        Run inspected = run("", "inspect", "app.jar", "--profile", "run.access");
        assertThat(inspected.status()).as(inspected.err()).isZero();
        assertThat(inspected.out()).contains("recorded by faultline record", "WritersShareLine", "recorded ·");
    }

    @Test
    void a_ring_off_the_heap_is_found_without_a_profile_and_its_repaired_twin_is_not() throws Exception {
        Path source = Files.writeString(directory.resolve("OffHeapRing.java"), OFF_HEAP);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", directory.toString(), source.toString()))
                .isZero();
        for (String tailAt : List.of("8", "128")) {
            String file = "ring" + tailAt + ".access";
            Run recorded = run("", "record", "-o", file, "--", "java", "-cp", ".", "acme.OffHeapRing", tailAt);
            assertThat(recorded.out()).as(recorded.err()).isEqualTo("20000 20000\n");
            Run inspected = run("", "inspect", file);
            assertThat(inspected.status()).as(inspected.err()).isZero();
            assertThat(inspected.out()).contains("block acme.OffHeapRing.<init>:6", "at_0", "at_" + tailAt);
            if (tailAt.equals("8")) {
                assertThat(inspected.out()).contains("WritersShareLine", "recorded ·");
            } else {
                assertThat(inspected.out()).contains("no findings");
            }
        }
        Run classes = run("", "inspect", "acme/OffHeapRing.class", "--profile", "ring8.access");
        assertThat(classes.err()).contains("inspect ring8.access shows them").doesNotContain("no struct analysed here");
    }

    @Test
    void another_command_gets_the_agent_by_its_environment() throws Exception {
        makeJar();
        Run recorded = run("1", "record", "-o", "sh.access", "--", "sh", "-c", "exec java -cp app.jar acme.Ring");
        assertThat(recorded.status()).isZero();
        assertThat(recorded.out()).isEqualTo("1000\n");
        assertThat(recorded.err()).contains("Picked up JAVA_TOOL_OPTIONS", "each Java VM prints a line about that");
        assertThat(Files.readString(directory.resolve("sh.access"))).contains("\"tail\"");
    }

    @Test
    void a_program_that_runs_is_recorded_until_the_command_ends_and_goes_on() throws Exception {
        Path source = Files.writeString(directory.resolve("Loop.java"), LOOP);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", directory.toString(), source.toString()))
                .isZero();
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+EnableDynamicAgentLoading",
                        "-cp",
                        directory.toString(),
                        "acme.Loop")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("loop.out").toFile())
                .start();
        try {
            Path file = directory.resolve("pid.access");
            String pid = Long.toString(program.pid());
            Process recorder = start("record", "-o", "pid.access", "--pid", pid);
            for (int waits = 0; !Files.exists(file) || !Files.readString(file).contains("turns"); waits++) {
                assertThat(recorder.isAlive() && waits < MOST_WAITS)
                        .as(Files.readString(directory.resolve("err")))
                        .isTrue();
                Thread.sleep(MILLIS_A_WAIT);
            }
            recorder.destroy(); // as Ctrl-C does
            recorder.waitFor();
            assertThat(Files.readString(directory.resolve("err"))).contains("rows in ");
            String recorded = Files.readString(file);
            Run again = run("", "record", "-o", "again.access", "--pid", pid);
            assertThat(again.status()).isEqualTo(3);
            assertThat(again.err()).contains("recorded before");
            assertThat(Files.readString(file)).as("nothing is counted any more").isEqualTo(recorded);
            assertThat(program.isAlive()).isTrue();
        } finally {
            program.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_process_that_cannot_be_recorded_is_told_in_a_line() throws Exception {
        for (String noNumber : List.of("abc", "0", "-7")) {
            Run wrong = run("", "record", "-o", "a.access", "--pid=" + noNumber);
            assertThat(wrong.status()).isEqualTo(2);
            assertThat(wrong.err()).contains("expected the number of a process, got '" + noNumber + "'");
        }
        Run none = run("", "record", "-o", "a.access", "--pid", "99999999");
        assertThat(none.status()).isEqualTo(3);
        assertThat(none.err()).contains("process 99999999: there is no such process");
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            Run noVm = run("", "record", "-o", "a.access", "--pid", Long.toString(other.pid()));
            assertThat(noVm.status()).isEqualTo(3);
            assertThat(noVm.err()).contains("no Java VM").doesNotContain("Exception");
            assertThat(other.isAlive()).as("it was not harmed").isTrue();
        } finally {
            other.destroy();
        }
        assertThat(run("", "record", "-o", "a.access", "--pid", "1", "--", "java")
                        .status())
                .isEqualTo(2);
    }

    @Test
    void what_cannot_be_run_or_written_is_told_in_a_line() throws Exception {
        Run missing = run("", "record", "-o", "a.access", "--", "no-such-program");
        assertThat(missing.status()).isEqualTo(3);
        assertThat(missing.err()).contains("no-such-program: cannot be started").doesNotContain("Exception");
        Run nowhere = run("", "record", "-o", "none/a.access", "--", "java", "-version");
        assertThat(nowhere.status()).isEqualTo(3);
        assertThat(nowhere.err()).contains("none/a.access: cannot be written").doesNotContain("Exception");
        assertThat(run("", "record", "--", "java", "-version").status()).isEqualTo(2);
        assertThat(run("", "record", "-o", "a.access").status()).isEqualTo(2);
    }
}
