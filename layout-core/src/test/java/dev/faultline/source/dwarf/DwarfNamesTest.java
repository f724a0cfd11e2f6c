package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.Slot;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.detect.SourceDetector;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.testing.NativeCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Structs of several units: which are one, which have their unit, and how they are found. */
@Tag("slow")
@Tag("native")
class DwarfNamesTest {

    private static final String SHARED = """
            template <class T, int N> struct Ring { T head; T slots[N]; };
            namespace ns { struct Same { long a; char b; }; }
            """;

    @TempDir
    static Path directory;

    private static DwarfSource source;

    @BeforeAll
    static void program() throws Exception {
        assumeTrue(NativeCompiler.has("g++", "gcc"), "g++ is not installed");
        Files.createDirectories(directory.resolve("net/ipv4"));
        Files.createDirectories(directory.resolve("net/ipv6"));
        write("net/ipv4/route.cc", SHARED + """
                struct args { int a; long b; };
                namespace { struct Impl { int x; }; }
                ns::Same same4; Ring<long, 4> ring;
                int f4() { args x{1, 2}; Impl i{3}; return x.a + i.x; }
                int f5() { struct Local { int q; } l{3}; return l.q; }
                int twice() { int s = 0; { struct In { int q; } l{3}; s = l.q; }
                    { struct In { long q; } l{3}; return s + l.q; } }
                """);
        write("net/ipv6/route.cc", SHARED + """
                struct args { char a[3]; int b; };
                namespace { struct Impl { long x; }; }
                ns::Same same6;
                int f6() { args x{{1}, 2}; Impl i{4}; return x.b + i.x; }
                """);
        write(
                "plain.c",
                "struct args { int a; long b; };\nstruct list { struct list *next; unsigned long n; } list;\n"
                        + "int f7(struct args *x) { return x->a; }\n");
        write(
                "main.cc",
                "struct list { list *next; unsigned long n; };\nstruct list other;\n"
                        + "int f4(); int f5(); int f6(); int twice();\nint main() { return f4() + f5() + f6() + twice(); }\n");
        List<String> command = new ArrayList<>(List.of("gcc", "-g", "-o", "app", "main.cc", "plain.c"));
        command.addAll(List.of("net/ipv4/route.cc", "net/ipv6/route.cc", "-lstdc++"));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        try (ElfFile elf = ElfFile.open("app", directory.resolve("app"))) {
            source = DwarfSource.of(elf, CompanionFiles.NONE);
        }
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private static List<String> found(String name) {
        return ((Lookup.Found) source.find(name))
                .subjects().stream()
                        .map(subject ->
                                subject.reference() + " " + subject.layout().byteSize())
                        .toList();
    }

    private static String missing(String name) {
        return ((Lookup.Missing) source.find(name)).reason();
    }

    @Test
    void different_structs_of_one_name_have_their_units() {
        assertThat(found("args")).containsExactlyInAnyOrder("args@plain.c 16", "args@net/ipv6/route.cc 8");
        assertThat(found("Impl"))
                .containsExactlyInAnyOrder(
                        "(anonymous namespace)::Impl@net/ipv4/route.cc 4",
                        "(anonymous namespace)::Impl@net/ipv6/route.cc 8");
        assertThat(source.entries())
                .filteredOn(entry -> entry.name().equals("args"))
                .hasSize(2);
        assertThat(source.all()).extracting(Subject::reference).contains("args@plain.c", "args@net/ipv6/route.cc");
    }

    @Test
    void equal_structs_are_one_whatever_the_unit_and_the_language() {
        assertThat(found("ns::Same")).containsExactly("ns::Same 16");
        assertThat(found("list")).as("of C and C++").containsExactly("list 16");
        assertThat(source.entries()).extracting(LayoutSource.Entry::name).containsOnlyOnce("ns::Same", "list");
    }

    @Test
    void one_of_several_is_found_by_the_end_of_its_units_name() {
        assertThat(found("args@net/ipv6/route.cc")).containsExactly("args@net/ipv6/route.cc 8");
        assertThat(found("args@route.cc")).containsExactly("args@net/ipv6/route.cc 8");
        assertThat(found("struct args@plain.c")).containsExactly("args@plain.c 16");
        assertThat(found("{anonymous}::Impl@ipv4/route.cc"))
                .containsExactly("(anonymous namespace)::Impl@net/ipv4/route.cc 4");
        assertThat(found("Impl@route.cc")).as("of two units").hasSize(2);
        assertThat(missing("args@oute.cc"))
                .startsWith("app has no struct args of a unit oute.cc, but these: ")
                .contains("plain.c", "net/ipv6/route.cc");
        assertThat(missing("ns::Same@plain.c"))
                .isEqualTo("app has only one struct ns::Same, first in net/ipv4/route.cc; name it without @plain.c");
    }

    @Test
    void two_of_one_unit_have_their_lines() {
        assertThat(found("twice()::In"))
                .containsExactly("twice()::In@net/ipv4/route.cc:8 4", "twice()::In@net/ipv4/route.cc:9 8");
        assertThat(found("In@route.cc:9")).containsExactly("twice()::In@net/ipv4/route.cc:9 8");
    }

    @Test
    void names_are_found_as_people_write_them() {
        assertThat(found("Ring<long,4>")).containsExactly("Ring<long int, 4> 40");
        assertThat(found("struct Ring<long>")).containsExactly("Ring<long int, 4> 40");
        assertThat(found("Same")).containsExactly("ns::Same 16");
        assertThat(found("Local")).containsExactly("f5()::Local 4");
        assertThat(missing("Rign"))
                .isEqualTo("app has no struct, union or class Rign (did you mean Ring<long int, 4>?)");
    }

    private static Optional<Lookup.Found> alone(String name) throws IOException {
        try (ElfFile elf = ElfFile.open("app", directory.resolve("app"))) {
            return DwarfSource.findAlone(elf, CompanionFiles.NONE, name);
        }
    }

    @Test
    void one_struct_that_is_looked_for_alone_is_what_is_found_among_all() throws IOException {
        List<String> foundAlone = new ArrayList<>();
        for (LayoutSource.Entry entry : source.entries()) {
            Optional<Lookup.Found> alone = alone(entry.name());
            if (alone.isPresent()) {
                foundAlone.add(entry.name());
                Subject found = alone.get().subjects().get(0);
                Subject amongAll =
                        ((Lookup.Found) source.find(entry.name())).subjects().get(0);
                assertThat(found.reference()).isEqualTo(amongAll.reference());
                assertThat(found.layout().slots()).isEqualTo(amongAll.layout().slots());
                for (Slot.Field field : found.layout().fields()) {
                    assertThat(found.origins().locationOf(field.path()))
                            .isPresent()
                            .isEqualTo(amongAll.origins().locationOf(field.path()));
                }
            }
        }
        assertThat(foundAlone).contains("ns::Same", "list").doesNotContain("args", "(anonymous namespace)::Impl");
        assertThat(alone("Same").orElseThrow().subjects())
                .extracting(Subject::reference)
                .containsExactly("ns::Same");
        assertThat(alone("struct list")).isPresent();
        assertThat(alone("Local")).as("of a function").isPresent();
        assertThat(List.of("args", "Impl", "args@plain.c", "Ring<long,4>", "Rign", ""))
                .allSatisfy(name -> assertThat(alone(name))
                        .as("several, none, or told by all only: %s", name)
                        .isEmpty());
    }

    @Test
    void a_source_in_which_one_struct_is_looked_for_first_has_all_others() {
        SourceDetector detector = SourceDetector.here(Optional.empty(), Optional.empty());
        String app = directory.resolve("app").toString();
        LayoutSource opened = detector.openFor(app, "Same");
        assertThat(((Lookup.Found) opened.find("Same")).subjects()).hasSize(1);
        assertThat(((Lookup.Found) opened.find("args")).subjects()).hasSize(2);
        assertThat(opened.entries()).isEqualTo(detector.open(app).entries());
        assertThat(opened.inventory().subjects())
                .hasSameSizeAs(detector.open(app).inventory().subjects());
        assertThat(opened.find("Rign")).isInstanceOf(Lookup.Missing.class);
        assertThat(((Lookup.Found) detector.openFor(app, "args").find("args")).subjects())
                .hasSize(2);
        assertThat(detector.openFor(app, "Rign").find("Rign")).isEqualTo(opened.find("Rign"));
    }

    @Test
    void units_are_shown_without_the_directory_that_they_share() {
        UnitNames names = UnitNames.of(List.of("/src/app/net/a.c", "/src/app/b.c", "/src/application/c.c", "d.c"));
        assertThat(names.shown("/src/app/net/a.c")).isEqualTo("app/net/a.c");
        assertThat(names.shown("d.c")).isEqualTo("d.c");
        assertThat(names.shown("./e.c")).isEqualTo("e.c");
        assertThat(names.shown("src/main.rs/@/app.3c4d-cgu.0")).isEqualTo("src/main.rs");
        assertThat(UnitNames.distinct(List.of("a.c", "a.c", "a.c", "", "b.c"), List.of(3, 3, 7, 0, 1)))
                .containsExactly("a.c:3", "a.c:3:2", "a.c:7", "unit:0", "b.c");
    }
}
