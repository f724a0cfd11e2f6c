package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.source.dwarf.record.TypeStore;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.testing.NativeCompiler;
import dev.faultline.testing.NativeTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which types of several units are one, and that the threads which walk the units do not matter. */
@Tag("native")
@Tag("slow")
class TypesOfUnitsTest {

    @BeforeAll
    static void needsCompiler() {
        assumeTrue(NativeCompiler.has("gcc"), "gcc is not installed");
    }

    /** Enough for a megabyte of units, which one thread alone does not walk. */
    private static final int TYPES = 1500;

    private static final int UNITS = 12;

    @TempDir
    Path directory;

    /** {@return the named types of sources, as threads find them} */
    private List<TypeStore.Named> named(int threads, Path library) {
        DwarfReader reader = new DwarfReader(threads, new TypeStore());
        try (ElfFile elf = ElfFile.open(library.toString(), library)) {
            reader.read(elf, CompanionFiles.NONE);
        }
        assertThat(reader.unread()).isEmpty();
        return reader.store().named();
    }

    private Path library(String compiler, List<String> texts) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(compiler, "-g", "-w", "-shared", "-fPIC", "-o", "types.so"));
        for (int i = 0; i < texts.size(); i++) {
            String name = "unit" + i + ".c";
            Files.writeString(directory.resolve(name), texts.get(i));
            words.add(name);
        }
        new NativeCompiler(NativeTypes.of(false, ""), directory).run(words);
        return directory.resolve("types.so");
    }

    private static String line(TypeStore.Named one) {
        return one.name() + " " + one.unit() + " " + one.firstSeen() + " "
                + one.type().byteSize() + " "
                + one.type().members().stream()
                        .map(member -> member.name() + "@" + member.bitOffset() + ":" + member.bitSize())
                        .collect(Collectors.joining(" "));
    }

    private List<String> names(String... texts) throws IOException, InterruptedException {
        return named(2, library("gcc", List.of(texts))).stream()
                .map(TypeStore.Named::name)
                .sorted()
                .toList();
    }

    @Test
    void structs_that_point_to_each_other_are_one_in_whatever_order_units_use_them()
            throws IOException, InterruptedException {
        String types =
                "struct a; struct b { const struct a *up; struct a *(*get)(struct b *); struct a **table[4]; };\n"
                        + "struct a { volatile struct b *down; const struct a *next; union { int i; float f; } u; };\n";
        String first = types + "struct a v_a; struct b v_b;";
        String second = types + "const struct b *other; struct b w_b; struct a w_a;";

        assertThat(names(first, second)).containsExactly("a", "b");
    }

    @Test
    void a_changed_member_is_another_type() throws IOException, InterruptedException {
        List<String> members = List.of(
                "int x; int y;", // changed below in one way each
                "int z; int y;",
                "int x; unsigned y;",
                "int x; int y : 7;",
                "int x; int y : 9;",
                "int y; int x;",
                "int x; int y[2];",
                "int x; int y[3];",
                "int x; struct other *y;",
                "int x; struct third *y;",
                "int x; struct other { char c; } y;",
                "int x; struct other { short c; } y;",
                "int x; int y __attribute__((aligned(8)));",
                "int x; enum { ONE } y;",
                "int x; int (*y)(int);",
                "int x; int (*y)(long);");
        String[] units = new String[members.size()];
        for (int i = 0; i < units.length; i++) {
            units[i] = "struct s { " + members.get(i) + " }; struct s v" + i + ";";
        }

        assertThat(names(units).stream().filter("s"::equals)).hasSize(members.size());
    }

    /** What structs have inside counts however deep it is, although the structs around it look the same. */
    @Test
    void a_struct_changed_two_levels_down_makes_others_of_those_around_it() throws IOException, InterruptedException {
        String around = "struct middle { struct inner one; }; struct outer { struct middle two; struct outer *next; };"
                + "struct array { struct outer all[2]; }; struct other { struct outer *up; };";
        String[] inner = {"int x; float y;", "int x; int y;", "int x; char y[4];", "int x; int *y[0]; float z;"};
        String[] units = new String[2 * inner.length];
        for (int i = 0; i < units.length; i++) {
            units[i] = "struct inner { " + inner[i % inner.length] + " };" + around + "struct array v" + i
                    + "; struct other w" + i + ";";
        }

        List<String> names = names(units);

        for (String one : List.of("inner", "middle", "outer", "array")) {
            assertThat(names.stream().filter(one::equals)).as(one).hasSize(inner.length);
        }
        assertThat(names.stream().filter("other"::equals)).hasSize(1);
    }

    @Test
    void neither_the_number_of_units_nor_of_threads_changes_what_is_found() throws IOException, InterruptedException {
        StringBuilder types = new StringBuilder();
        StringBuilder addresses = new StringBuilder();
        for (int i = 0; i < TYPES; i++) {
            types.append(String.format(
                    "struct s%d { struct s%d *next; int first, second : %d; char text[%d]; union { long n; double r; } u; };%n"
                            + "static struct s%d v%d;%n",
                    i, (i + 1) % TYPES, 1 + i % 31, 1 + i % 100, i, i));
            addresses.append("&v").append(i).append(',');
        }
        List<String> texts = IntStream.range(0, UNITS)
                .mapToObj(unit -> types + "struct own" + unit + " { int a; } own" + unit + "; void *all" + unit
                        + "[] = {" + addresses + "};")
                .toList();
        Path library = library("gcc", texts);
        List<String> expected =
                named(1, library).stream().map(TypesOfUnitsTest::line).toList();

        assertThat(expected).hasSize(TYPES + UNITS);
        for (int threads : new int[] {2, 7}) {
            assertThat(named(threads, library)).map(TypesOfUnitsTest::line).isEqualTo(expected);
        }
    }
}
