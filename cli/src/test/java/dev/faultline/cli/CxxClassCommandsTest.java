package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a C++ class in object files: what is its base class, its virtual base and its own stays apart. */
@Tag("slow")
@Tag("native")
class CxxClassCommandsTest {

    private static final String TODAY = "char kind; volatile long head; char open; volatile long tail; T *items;";
    private static final String ORDERED = "char kind; char open; volatile long head; volatile long tail; T *items;";
    private static final String CLASS = "shop::Queue<int>";

    @TempDir
    Path directory;

    @BeforeEach
    void compiled() throws IOException, InterruptedException {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "g++"))),
                "g++ is not installed");
        compile("today", TODAY);
        compile("ordered", ORDERED);
    }

    private void compile(String name, String members) throws IOException, InterruptedException {
        Path source = Files.writeString(directory.resolve(name + ".cc"), """
                namespace shop {
                struct Base { virtual ~Base() {} int id; };
                struct Root { long root; };
                template <class T> class Queue : public Base { public: MEMBERS };
                class Hidden : virtual Root { public: char a; long b; char c; };
                }
                shop::Queue<int> queue; shop::Hidden hidden;
                """.replace("MEMBERS", members));
        run("g++", "-g", "-c", "-o", directory.resolve(name + ".o").toString(), source.toString());
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(directory.resolve("log")))
                .isZero();
    }

    private String reference(String name, String type) {
        return directory.resolve(name + ".o") + "#" + type;
    }

    @Test
    void inspect_shows_the_base_class_and_the_bytes_that_are_not_shown() {
        Cli.Run run = Cli.run("inspect", reference("today", CLASS));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("class shop::Queue<int> {\n        /* shop::Base              <ancestor>; */");
        assertThat(run.out()).containsPattern("char +kind; +/\\* +12 +1 \\*/");

        Cli.Run hidden = Cli.run("inspect", reference("today", "shop::Hidden"));
        assertThat(hidden.out()).contains("_vptr.Hidden;").contains("/* bytes 25 to 39 are not shown */");
    }

    @Test
    void diff_tells_what_moved() {
        Cli.Run better = Cli.run("diff", reference("today", CLASS), reference("ordered", CLASS), "--fail-on", "worse");
        assertThat(better.status()).as(better.err()).isZero();
        assertThat(better.out()).startsWith("shop::Queue<int>  BETTER").contains("48 -> 40 bytes");
        assertThat(better.out()).containsPattern("open +24 -> 13").doesNotContain("shop::Base");

        Cli.Run worse = Cli.run("diff", reference("ordered", CLASS), reference("today", CLASS));
        assertThat(worse.out()).contains("8 bytes larger");
    }

    @Test
    void check_keeps_and_breaks_promises() throws IOException {
        Path contract = Files.writeString(directory.resolve("queue.contract.yaml"), """
                contract: queues
                source: today.o
                structs:
                  shop::Queue<int>:
                    promises: [{max-size: 56}, {offset: {kind: 12}}, {same-line: [head, items]}]
                """);

        Cli.Run run = Cli.run("check", contract.toString());
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.out())
                .contains("BROKEN  shop::Queue<int>  same-line: [head, items]")
                .contains(": 1 of 3 promises broken");
    }

    @Test
    void suggested_declarations_compile_and_leave_the_base_class_where_it_is() throws Exception {
        Cli.Run run = Cli.run("suggest", reference("today", CLASS), "--emit", "c");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("struct shop_Queue_int {\n\tunsigned char base_0[12]; /* base class shop::Base */\n")
                .contains("== 40, \"size of struct shop_Queue_int\"");
        assertThat(run.err()).contains("C has no base classes; bytes stand for shop::Base");
        Path declared = Files.writeString(directory.resolve("suggested.c"), run.out());
        run("g++", "-x", "c", "-c", "-o", directory.resolve("suggested.o").toString(), declared.toString());

        Cli.Run layout = Cli.run("suggest", reference("today", CLASS), "--emit", "layout");
        assertThat(layout.status()).as(layout.err()).isZero();
        assertThat(layout.out()).contains("/* shop::Base              <ancestor>; */        /*     0    12 */");
    }

    @Test
    void no_member_is_moved_to_where_a_virtual_base_class_may_be() {
        Cli.Run run = Cli.run("suggest", reference("today", "shop::Hidden"));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("Nothing to win");
    }

    @Test
    void report_is_a_page_about_it() throws IOException {
        Path page = directory.resolve("page.html");
        Cli.Run run = Cli.run("report", reference("today", CLASS), "-o", page.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Files.readString(page)).contains("shop::Queue&lt;int&gt;").contains("shop::Base");
    }
}
