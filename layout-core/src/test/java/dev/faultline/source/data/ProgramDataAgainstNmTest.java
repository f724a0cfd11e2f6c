package dev.faultline.source.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.access.ProfileReader;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.testing.NativeCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The variables of programs made by gcc are where nm says, and where the program itself sees them. */
@Tag("slow")
@Tag("native")
class ProgramDataAgainstNmTest {

    private static final String MAIN = """
            #include <stdio.h>
            long limit = 100;
            _Atomic long requests = 1;
            static int n = 3;
            static struct pair { long hits, misses; } stats = {1, 2};
            char zero[100];
            _Atomic int zcount;
            _Alignas(64) long aligned;
            char byte = 1;
            _Thread_local int mine = 4;
            _Thread_local int mine0;
            const char *const constant = "text";
            extern long alias __attribute__((alias("limit")));
            int tick(void) { static int n = 1; static int m; return n++ + m++; }
            extern int more(void);
            #define SHOW(v) printf(#v " %lx\\n", (unsigned long)&v & 4095)
            int main(void) {
                SHOW(limit); SHOW(requests); SHOW(stats); SHOW(zero); SHOW(zcount); SHOW(aligned); SHOW(byte);
                return (tick() + more() + n + stats.hits + mine + mine0 + constant[0]) * 0;
            }
            """;
    private static final String OTHER = """
            static int n = 5;
            int tentative;
            int more(void) { static int m; return n++ + m++ + tentative++; }
            """;

    /** A symbol as nm prints it. */
    private record NmSymbol(long value, long byteSize, char type, String name) {}

    @TempDir
    Path directory;

    @BeforeEach
    void sources() throws IOException {
        assumeTrue(NativeCompiler.has("gcc", "g++", "nm", "strip"), "gcc, g++, nm and strip are not installed");
        Files.writeString(directory.resolve("main.c"), MAIN);
        Files.writeString(directory.resolve("other.c"), OTHER);
    }

    private Path made(String options, String... sources) throws IOException, InterruptedException {
        return compiled("gcc", options, sources);
    }

    private Path compiled(String compiler, String options, String... sources) throws IOException, InterruptedException {
        Path program = directory.resolve("program");
        List<String> command = new ArrayList<>(List.of(compiler, "-w", "-o", program.toString()));
        Arrays.stream(options.split(" ")).filter(option -> !option.isEmpty()).forEach(command::add);
        for (String source : sources) {
            command.add(directory.resolve(source).toString());
        }
        NativeCompiler.run(command, directory);
        return program;
    }

    private List<NmSymbol> nm(Path program) throws IOException, InterruptedException {
        List<NmSymbol> symbols = new ArrayList<>();
        for (String line : NativeCompiler.run(List.of("nm", "-S", "--defined-only", program.toString()), directory)
                .split("\n")) {
            String[] words = line.split(" ");
            if (words.length == 4) {
                symbols.add(new NmSymbol(
                        Long.parseUnsignedLong(words[0], 16),
                        Long.parseLong(words[1], 16),
                        words[2].charAt(0),
                        words[3]));
            }
        }
        return symbols;
    }

    private static ProgramData data(Path program) {
        try (ElfFile elf = ElfFile.open(program.getFileName().toString(), program)) {
            return ProgramData.of(elf, DescribedVariables.none());
        }
    }

    private static Subject found(ProgramData data, String section) {
        Lookup lookup = data.find(section);
        assertThat(lookup).as(section).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) lookup).subjects().get(0);
    }

    private static long base(Subject subject) {
        String words = subject.placement().source();
        return Long.parseLong(words.substring(words.indexOf("0x") + 2), 16);
    }

    private static Map<String, String> variables(Subject subject, long base) {
        Map<String, String> variables = new TreeMap<>();
        for (Member member : subject.layout().members()) {
            if (!member.name().isEmpty()) {
                variables.put(
                        member.name(),
                        (base + member.byteOffset()) + " " + member.type().byteSize());
            }
        }
        return variables;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-no-pie", "-static", "-g", "-Wl,-z,norelro", "-fuse-ld=lld"})
    void variables_of_a_program_are_where_nm_says_and_where_it_sees_them(String options) throws Exception {
        assumeTrue(!options.contains("lld") || NativeCompiler.has("ld.lld"), "lld is not installed");
        Path program = made(options, "main.c", "other.c");
        ProgramData data = data(program);
        Subject subject = found(data, ".data");
        StructLayout layout = subject.layout();
        long base = base(subject);
        Map<String, String> variables = variables(subject, base);

        assertThat(variables).containsKeys("requests", "stats", "zero", "tentative", "n (main.c)", "n (other.c)");
        assertThat(variables).doesNotContainKeys("mine", "mine0", "constant");
        assertThat(variables.containsKey("limit") ^ variables.containsKey("alias"))
                .isTrue();
        int compared = 0;
        for (NmSymbol symbol : nm(program)) {
            boolean isInside = symbol.value() >= base && symbol.value() + symbol.byteSize() <= base + layout.byteSize();
            if ("bBdDvV".indexOf(symbol.type()) >= 0 && isInside && symbol.byteSize() > 0) {
                assertThat(layout.members())
                        .as(symbol.toString())
                        .anyMatch(member -> base + member.byteOffset() <= symbol.value()
                                && symbol.value() + symbol.byteSize()
                                        <= base
                                                + member.byteOffset()
                                                + member.type().byteSize()
                                && !member.name().isEmpty());
                String shown = variables.get(symbol.name());
                if (shown != null) {
                    assertThat(shown).as(symbol.name()).isEqualTo(symbol.value() + " " + symbol.byteSize());
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(8);
        for (String line :
                NativeCompiler.run(List.of(program.toString()), directory).split("\n")) {
            String[] words = line.split(" ");
            String name = words[0].equals("limit") && !variables.containsKey("limit") ? "alias" : words[0];
            long offset = layout.resolve(name).orElseThrow().bytes().start();
            assertThat((base + offset) & 4095).as(line).isEqualTo(Long.parseLong(words[1], 16));
        }
        assertThat(subject.placement().residues(64)).isEqualTo(1);
    }

    @Test
    void thread_local_variables_are_shown_and_no_hazard() throws Exception {
        Files.writeString(
                directory.resolve("tls.c"),
                "_Thread_local long a = 1, b = 2; _Thread_local long z; int main(void) { return a + b + z; }");
        Path program = made("", "tls.c");
        ProgramData data = data(program);
        Subject subject = found(data, ".tdata");

        assertThat(subject.layout().fields()).extracting(field -> field.path()).contains("a", "b", "z");
        assertThat(subject.origins().silence("NeighbouringStatics", List.of("a", "b")))
                .isTrue();
        assertThat(data.notes()).anyMatch(note -> note.contains("each thread has a copy of its own"));
        for (NmSymbol symbol : nm(program)) {
            if (List.of("a", "b", "z").contains(symbol.name())) {
                long first = subject.layout().resolve("a").orElseThrow().bytes().start();
                assertThat(subject.layout()
                                        .resolve(symbol.name())
                                        .orElseThrow()
                                        .bytes()
                                        .start()
                                - first)
                        .isEqualTo(symbol.value());
            }
        }
    }

    @Test
    void variables_of_an_object_file_are_at_their_offsets_and_the_linker_places_the_section() throws Exception {
        Path object = made("-c", "main.c");
        ProgramData data = data(object);
        Map<String, String> all = variables(found(data, ".data"), 0);
        all.putAll(variables(found(data, ".bss"), 0));

        assertThat(found(data, ".data").layout().name()).isEqualTo(".data");
        assertThat(found(data, ".bss").layout().name()).isEqualTo(".bss");
        assertThat(found(data, ".bss").placement())
                .isEqualTo(new Placement(64, "alignment of the section in an object" + " file; the linker places it"));
        for (NmSymbol symbol : nm(object)) {
            if (all.containsKey(symbol.name())) {
                assertThat(all.get(symbol.name())).isEqualTo(symbol.value() + " " + symbol.byteSize());
            }
        }
        assertThat(all).containsKeys("requests", "zero", "byte");
        assertThat(all.keySet()).anyMatch(name -> name.matches("n\\.\\d")).anyMatch(name -> name.matches("m\\.\\d"));
    }

    @Test
    void variables_that_the_linker_has_yet_to_place_are_counted() throws Exception {
        ProgramData common = data(made("-c -fcommon", "other.c"));
        found(common, ".data");
        assertThat(common.notes()).anyMatch(note -> note.contains("1 common variable (-fcommon) left out"));

        ProgramData own = data(made("-c -fdata-sections", "main.c"));
        assertThat(own.entries()).noneMatch(entry -> entry.name().startsWith(".data."));
        assertThat(own.find(".data")).isInstanceOf(Lookup.Missing.class);
    }

    @Test
    void a_shared_library_shows_what_it_exports_even_when_stripped() throws Exception {
        Path library = made("-shared -fPIC", "other.c");
        assertThat(variables(found(data(library), ".bss"), 0)).containsKeys("tentative", "m.0");

        NativeCompiler.run(List.of("strip", library.toString()), directory);
        ProgramData stripped = data(library);
        assertThat(variables(found(stripped, ".bss"), 0)).containsOnlyKeys("tentative");
        assertThat(stripped.isComplete()).isFalse();
    }

    @Test
    void a_stripped_program_says_what_to_do() throws Exception {
        Path program = made("", "main.c", "other.c");
        NativeCompiler.run(List.of("strip", program.toString()), directory);
        ProgramData stripped = data(program);

        assertThat(stripped.isComplete()).isFalse();
        assertThat(((Lookup.Missing) stripped.find(".data")).reason())
                .contains("it was stripped; name the program before that, or its debug file");
    }

    @Test
    void variables_of_cxx_have_their_scopes() throws Exception {
        Files.writeString(directory.resolve("main.cc"), """
                namespace app { long counter = 1; namespace inner { static long total = 2; } }
                namespace { long hidden = 3; }
                struct Stats { static long sum; };
                long Stats::sum = 4;
                template<class T> struct Of { static long count; };
                template<class T> long Of<T>::count = 5;
                long next() { static long n = 6; return n++; }
                int main() { return app::counter + app::inner::total++ + hidden++ + Stats::sum + Of<int>::count + next(); }
                """);
        Map<String, String> variables = variables(found(data(compiled("g++", "", "main.cc")), ".data"), 0);

        assertThat(variables)
                .containsKeys(
                        "app::counter",
                        "app::inner::total",
                        "(anonymous namespace)::hidden",
                        "Stats::sum",
                        "_ZN2OfIiE5countE",
                        "_ZZ4nextvE1n");
    }

    @Test
    void a_profile_finds_two_variables_of_data_and_bss_on_one_line() throws Exception {
        Files.writeString(
                directory.resolve("hot.c"),
                "long limit = 100; long requests; int main(void) { return limit + requests; }");
        Subject data = found(data(made("", "hot.c")), ".data");
        long apart = data.layout().resolve("requests").orElseThrow().bytes().start() / 64
                - data.layout().resolve("limit").orElseThrow().bytes().start() / 64;
        assumeTrue(apart == 0, "this linker put the two variables on two lines");
        List<Finding> findings = new Analyzer(Machines.x86(), Catalog.RULES)
                .analyze(data.withProfile(ProfileReader.read("p.yaml", """
                        profile: hot
                        structs:
                          .data:
                            roles: { worker: { cpus: all } }
                            operations:
                              - name: serve
                                role: worker
                                rate: 1e6
                                accesses: [ { field: limit, kind: read }, { field: requests, kind: rmw } ]
                        """).forStruct(".data")))
                .findings();

        assertThat(findings).extracting(Finding::rule).contains("NeighbouringStatics");
    }
}
