package dev.faultline.source.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.machine.Machines;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.testing.NativeCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The global variables of programs with DWARF are where gdb says, and have the types that the source declares. */
@Tag("slow")
@Tag("native")
class DataTypesAgainstGdbTest {

    private static final String C = """
            struct pair { long hits; int misses; };
            long limit = 100;
            _Atomic long requests = 1;
            static int n = 3;
            static struct pair stats = {1, 2};
            struct { int a; char b; } nameless;
            char zero[100];
            int grid[3][4] = {{1}};
            struct pair *pointer = &stats;
            enum color { RED, GREEN } color = GREEN;
            int (*function)(void);
            struct tail { int count; int values[]; } tail = {2, {1, 2}};
            extern int more(void);
            int tick(void) { static long n = 1; return n++ + more() + *(int *)zero + stats.misses; }
            int use(void) { return n++; }
            int main(void) { static char n; return n + tick() + requests + nameless.a; }
            """;
    private static final String OTHER = """
            static short n = 5;
            int more(void) { static int m; return n++ + m++; }
            """;
    private static final String CXX = """
            #include <atomic>
            namespace app {
            std::atomic<long> counter{1};
            namespace { int hidden = 2; }
            struct Stats { static long sum; long own; };
            long Stats::sum = 3;
            Stats stats{4};
            template<class T> struct Of { static T count; };
            template<class T> T Of<T>::count = 5;
            inline long &next() { static long n = 6; return n; }
            }
            int main() { return app::counter + app::hidden + app::Stats::sum + app::Of<int>::count + app::next()++; }
            """;
    private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]+)");

    @TempDir
    Path directory;

    @BeforeEach
    void sources() throws IOException {
        assumeTrue(NativeCompiler.has("gcc", "g++", "gdb"), "gcc, g++ and gdb are not installed");
        Files.writeString(directory.resolve("main.c"), C);
        Files.writeString(directory.resolve("other.c"), OTHER);
        Files.writeString(directory.resolve("main.cc"), CXX);
    }

    private Path compiled(String compiler, String options, String... sources) throws IOException, InterruptedException {
        assumeTrue(NativeCompiler.has(compiler), compiler + " is not installed");
        Path program = directory.resolve("program");
        List<String> command = new ArrayList<>(List.of(compiler, "-w", "-o", program.toString()));
        command.addAll(List.of(options.split(" ")));
        for (String source : sources) {
            command.add(directory.resolve(source).toString());
        }
        NativeCompiler.run(command, directory);
        return program;
    }

    private static Subject data(Path program) {
        LayoutSource source =
                new SourceDetector(Path.of("/none"), Optional.empty(), Optional.empty()).open(program.toString());
        Lookup lookup = source.find(".data");
        assertThat(lookup).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) lookup).subjects().get(0);
    }

    /** Compares the address and the size of variables with what gdb prints. */
    private void compare(Path program, Subject data, List<String> names) throws IOException, InterruptedException {
        String words = data.placement().source();
        long base = Long.parseLong(words.substring(words.indexOf("0x") + 2), 16);
        List<String> command = new ArrayList<>(List.of("gdb", "-nx", "-batch", program.toString()));
        for (String name : names) {
            command.addAll(List.of("-ex", "print &" + name, "-ex", "print sizeof(" + name + ")"));
        }
        String[] lines = NativeCompiler.run(command, directory).split("\n");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).replace("'", "");
            Optional<FieldRef> found = data.layout().resolve(name);
            assertThat(found).as(name + " in " + data.layout().paths()).isPresent();
            Matcher address = ADDRESS.matcher(lines[2 * i]);
            assertThat(address.find()).as(lines[2 * i]).isTrue();
            assertThat(base + found.get().bytes().start()).as(name).isEqualTo(Long.parseLong(address.group(1), 16));
            assertThat(lines[2 * i + 1])
                    .as(name)
                    .endsWith(" = " + found.get().type().byteSize());
        }
    }

    private static String type(Subject data, String name) {
        return data.layout()
                .resolve(name)
                .map(FieldRef::type)
                .map(FieldType::spelling)
                .orElse("nothing");
    }

    @ParameterizedTest
    @CsvSource({
        "gcc, -g -gdwarf-5",
        "gcc, -g -gdwarf-4 -no-pie",
        "gcc, -g -gdwarf-2 -O2",
        "gcc, -g -flto",
        "gcc, -g -gdwarf-5 -gsplit-dwarf",
        "gcc, -g -gdwarf-4 -gsplit-dwarf",
        "clang, -g -gdwarf-5 -gsplit-dwarf",
        "clang, -g -gdwarf-5",
        "clang, -g -gdwarf-4 -O2"
    })
    void variables_of_c_are_where_gdb_says(String compiler, String options) throws Exception {
        Path program = compiled(compiler, options, "main.c", "other.c");
        Subject data = data(program);
        List<String> names = new ArrayList<>(List.of(
                "limit", "requests", "stats.misses", "nameless", "zero", "grid", "pointer", "color", "function"));
        if (options.contains("-flto")) {
            names.remove("stats.misses"); // its debug information says no address
        } else if (!options.contains("-O2")) {
            names.addAll(List.of("tick::n", "main::n", "more::m"));
        }
        compare(program, data, names);

        assertThat(type(data, "limit")).isIn("long", "long int");
        assertThat(type(data, "requests")).endsWith(type(data, "limit"));
        assertThat(type(data, "pointer")).isEqualTo("struct pair *");
        assertThat(type(data, "grid")).isEqualTo("int[3][4]");
        if (!options.contains("-O2") && !options.contains("-flto")) {
            assertThat(data.layout().members())
                    .extracting(member -> member.name())
                    .contains("n (main.c)", "n (other.c)")
                    .doesNotContain("n.0");
        }
        assertThat(data.layout().provenance().origin().name()).isEqualTo("DWARF");
        assertThat(data.origins().locations().of("limit").orElseThrow().words()).endsWith("main.c:2");
    }

    @ParameterizedTest
    @CsvSource({
        "g++, -g -std=c++17 -gdwarf-5",
        "g++, -g -std=c++17 -gdwarf-4",
        "g++, -g -std=c++17 -gdwarf-5 -fdebug-types-section",
        "g++, -g -std=c++17 -gdwarf-4 -fdebug-types-section",
        "clang++, -g -std=c++17"
    })
    void variables_of_cxx_have_their_scopes_and_types(String compiler, String options) throws Exception {
        Path program = compiled(compiler, options, "main.cc");
        Subject data = data(program);

        compare(
                program,
                data,
                List.of(
                        "app::counter",
                        "'app::(anonymous namespace)::hidden'",
                        "app::Stats::sum",
                        "app::stats.own",
                        "'app::Of<int>::count'"));
        assertThat(type(data, "app::counter")).contains("atomic<long");
        assertThat(data.layout().members()).extracting(member -> member.name()).contains("app::next()::n");
    }

    @Test
    void two_atomics_of_a_program_on_one_line_are_a_suspicion_of_one_rule() throws Exception {
        Files.writeString(
                directory.resolve("hot.c"),
                "_Alignas(64) _Atomic long hits = 1; _Atomic long misses = 2; int main(void) { return hits + misses; }");
        Subject data = data(compiled("gcc", "-g", "hot.c"));
        List<Finding> findings =
                new Analyzer(Machines.x86(), Catalog.RULES).analyze(data).findings();

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("NeighbouringStatics");
            assertThat(finding.fields()).containsExactly("hits", "misses");
            assertThat(finding.isSuspicion()).isTrue();
        });
    }

    @Test
    void variables_of_object_files_have_types_by_name() throws Exception {
        Subject data = data(compiled("gcc", "-g -c", "main.c"));

        assertThat(type(data, "limit")).isEqualTo("long int");
        assertThat(type(data, "stats.misses")).isEqualTo("int");
        assertThat(data.layout().members()).extracting(member -> member.name()).contains("tick::n");
    }
}
