package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.cli.Cli.Run;
import dev.faultline.testing.NativeCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command with names of C++, and with one of several structs of a name. */
@Tag("slow")
@Tag("native")
class CxxNamesTest {

    private static final String RING = """
            #include <atomic>
            namespace ns {
            template <class T, int N> struct Ring { std::atomic<T> head; std::atomic<T> tail; T slots[N]; };
            struct Box { Ring<long, 4> ring; };
            }
            """;

    @TempDir
    static Path directory;

    private static String app;

    @BeforeAll
    static void programs() throws IOException, InterruptedException {
        assumeTrue(NativeCompiler.has("g++"), "g++ is not installed");
        Files.createDirectories(directory.resolve("net"));
        Files.writeString(directory.resolve("net/a.cc"), RING + """
                struct args { int a; long b; };
                struct holder { args inner; };
                ns::Ring<long, 4> ring; ns::Ring<unsigned, 8> other; ns::Box box; args x; holder h;
                int g();
                int main() { return g(); }
                """);
        Files.writeString(
                directory.resolve("net/b.cc"), "struct args { char a; short b; };\nargs y;\nint g() { return y.a; }\n");
        Files.writeString(
                directory.resolve("net/new.cc"),
                "struct args { char a; short b, c; };\nargs y;\nint g() { return y.a; }\n");
        compile("app", "net/b.cc");
        compile("new", "net/new.cc");
        app = directory.resolve("app").toString();
    }

    private static void compile(String program, String unit) throws IOException, InterruptedException {
        Process compiler = new ProcessBuilder("g++", "-g", "-o", program, "net/a.cc", unit)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
    }

    private static Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static Path profile() throws IOException {
        return write("profile.yaml", """
                profile: two writers
                structs:
                  "ns::Ring<long,4>":
                    roles: { a: { cpus: 1 }, b: { cpus: 1 } }
                    operations:
                      - { name: put, role: a, rate: 5e6, accesses: [ { field: head, kind: rmw } ] }
                      - { name: get, role: b, rate: 5e6, accesses: [ { field: tail, kind: rmw } ] }
                  "args@net/b.cc":
                    roles: { a: { cpus: all } }
                    operations:
                      - { name: put, role: a, rate: 1e6, accesses: [ { field: b, kind: rmw } ] }
                """);
    }

    @Test
    void inspect_takes_a_name_in_any_spelling_and_says_what_a_short_one_may_mean() {
        for (String name :
                List.of("ns::Ring<long,4>", "struct ns::Ring< long int, 4u >", "Ring<long>", "::ns::Ring<long>")) {
            Run run = Cli.run("inspect", app + "#" + name);
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out()).startsWith("ns::Ring<long int, 4>: no findings");
        }
        assertThat(Cli.run("inspect", "--from", app, "Ring<unsigned>").out()).startsWith("ns::Ring<unsigned int, 8>: ");
        Run several = Cli.run("inspect", app + "#ns::Ring");
        assertThat(several.status()).isEqualTo(3);
        assertThat(several.err())
                .isEqualTo("faultline: " + app + ": ns::Ring is short for 2 names; give more of one:"
                        + " ns::Ring<long int, 4>; ns::Ring<unsigned int, 8>\n");
        assertThat(Cli.run("inspect", app + "#ns::Rign<long>").err()).contains("(did you mean ns::Ring<long int, 4>");
    }

    @Test
    void a_pattern_of_a_source_matches_names_as_shown_and_in_their_one_form() {
        for (String pattern :
                List.of("ns::*", "ns::Ring<unsigned*", "*Ring<unsigned int,*>", "*Ring<unsigned int, 8>")) {
            Run run = Cli.run("list", app, "--match", pattern);
            assertThat(run.out()).as(pattern).contains("  ns::Ring<unsigned int, 8>\n");
        }
        assertThat(Cli.run("inspect", app, "--match", "ns::Ring<long,*>").out())
                .startsWith("ns::Ring<long int, 4>: ")
                .doesNotContain("unsigned");
    }

    @Test
    void each_of_several_structs_of_a_name_is_shown_with_its_unit_which_names_it() {
        Run both = Cli.run("inspect", app + "#args");
        assertThat(both.err())
                .isEqualTo(
                        "faultline: " + app + ": args stands for 2 different structs: args@net/a.cc, args@net/b.cc\n");
        assertThat(both.out()).contains("args@net/a.cc: no findings\n", "args@net/b.cc: no findings\n");
        Run one = Cli.run("inspect", app + "#args@b.cc", "--format", "json");
        assertThat(one.out())
                .contains("\"name\":\"args\",\"version\":\"net/b.cc\"")
                .doesNotContain("net/a.cc");
        assertThat(Cli.run("inspect", app + "#args@b.cc", "--format", "html").out())
                .contains("args@net/b.cc");
        assertThat(Cli.run("list", app, "--match", "args").out()).contains("args@net/a.cc\n", "args@net/b.cc\n");
        assertThat(Cli.run("inspect", app + "#args@a.cc", "--embedders").out()).contains("holder: no findings\n");
        assertThat(Cli.run("inspect", app + "#args@b.cc", "--embedders").out()).doesNotContain("holder: ");
    }

    @Test
    void what_needs_one_struct_lists_those_of_the_name() {
        for (String command : List.of("suggest", "simulate")) {
            Run run = Cli.run(command, app + "#args");
            assertThat(run.status()).as(command).isEqualTo(3);
            assertThat(run.err()).as(command).contains("Name one of them: args@net/a.cc, args@net/b.cc");
        }
        Run one = Cli.run("suggest", app + "#args@net/a.cc");
        assertThat(one.status()).as(one.err()).isZero();
        assertThat(Cli.run("suggest", app + "#ns::Ring<long,4>").out())
                .startsWith("candidate 1 saves ")
                .contains("\nA layout for ns::Ring<long int, 4>\n");
    }

    @Test
    void profiles_name_structs_in_any_spelling_and_one_of_several_by_its_unit() throws IOException {
        String profile = profile().toString();
        Run run = Cli.run("inspect", app, "--profile", profile, "--fail-on", "error");
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).contains("error  WritersShareLine  ns::Ring<long int, 4>\n");
        assertThat(Cli.run("inspect", app, "--profile", profile, "--all", "--format", "sarif")
                        .out())
                .contains("struct args@net/b.cc");
        assertThat(Cli.run("simulate", app + "#Ring<long>", "--profile", profile)
                        .out())
                .startsWith("ns::Ring<long int, 4> on ");
        assertThat(Cli.run("profile", app + "#args").out()).contains("\"args@net/a.cc\":", "\"args@net/b.cc\":");
        Run drafted = Cli.run("profile", app + "#Ring<long>");
        assertThat(drafted.out()).contains("\"ns::Ring<long int, 4>\":");
        String draft = write("draft.yaml", drafted.out()).toString();
        assertThat(Cli.run("inspect", app + "#Ring<long>", "--profile", draft).status())
                .isZero();
    }

    @Test
    void contracts_name_structs_likewise_and_a_star_in_a_name_is_no_wildcard() throws IOException {
        Path contract = write("app.contract.yaml", """
                contract: names of C++
                structs:
                  "app#ns::Ring<long,4>": { promises: [ alone: head ] }
                  "app#args@net/b.cc": { promises: [ max-size: 4 ] }
                  "app#ns::Ring<unsigned*": { promises: [ max-size: 40 ] }
                """);
        Run run = Cli.run("check", contract.toString());
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.out())
                .contains("BROKEN  ns::Ring<long int, 4>")
                .contains("kept  args@net/b.cc")
                .contains("kept  ns::Ring<unsigned int, 8>");
    }

    @Test
    void diff_compares_structs_of_one_unit_and_then_what_is_left_of_a_name() {
        assertThat(Cli.run("diff", app, app).err()).contains("nothing differs between");
        Run two = Cli.run("diff", app + "#args@a.cc", app + "#args@b.cc");
        assertThat(two.out()).startsWith("args@net/a.cc -> args@net/b.cc");
        Run sources = Cli.run("diff", app, directory.resolve("new").toString());
        assertThat(sources.out()).contains(", 0 added, 0 removed", "args@net/b.cc -> args@net/new.cc");
        Run named = Cli.run("diff", app + "#Ring<long>", directory.resolve("new") + "#ns::Ring<long,4>");
        assertThat(named.err()).contains("nothing differs");
    }

    @Test
    void a_base_is_refused_for_dwarf() {
        Run run = Cli.run("inspect", app, "--base", app);
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err())
                .isEqualTo("faultline: " + app + ": has DWARF, which is complete by itself; leave out --base " + app
                        + ", which is for BTF\n");
    }

    @Test
    void the_first_screen_names_own_structs_before_those_of_libraries() {
        assertThat(Cli.run("inspect", app).out())
                .contains(
                        "  suspected most: ns::Ring<long int, 4> (",
                        "faultline inspect '" + app + "#ns::Ring<long int,")
                .doesNotContain("std::");
        Path page = directory.resolve("page.html");
        Run report = Cli.run("report", app + "#args", "-o", page.toString());
        assertThat(report.status()).as(report.err()).isZero();
        assertThat(page).content().contains("args@net/a.cc", "args@net/b.cc");
    }
}
