package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.testing.NativeCompiler;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which structs are one, and the names of those that only a function knows, as real files have shown. */
@Tag("slow")
@Tag("native")
class StructVariantsTest {

    @TempDir
    Path directory;

    @Test
    void structs_that_differ_only_in_the_elements_of_an_open_array_are_two() throws Exception {
        assumeTrue(NativeCompiler.has("gcc"), "gcc is not installed");
        CompiledDwarf made = CompiledDwarf.of(
                directory,
                "gcc -g",
                "struct item { long a; int b; }; struct list { int n; struct item all[]; }; struct list *one;",
                "struct item { int *a; long b; }; struct list { int n; struct item all[]; }; struct list *two;",
                "struct item { int *a; long b; }; struct list { int n; struct item all[]; }; struct list *three;");

        assertThat(made.names()).filteredOn("item"::equals).hasSize(2);
        assertThat(made.layouts())
                .filteredOn(layout -> layout.name().equals("list"))
                .hasSize(2)
                .allSatisfy(layout -> assertThat(layout.byteSize()).isEqualTo(8));
    }

    @Test
    void an_unnamed_struct_of_a_function_has_the_name_of_its_typedef() throws Exception {
        assumeTrue(NativeCompiler.has("g++"), "g++ is not installed");
        CompiledDwarf made = CompiledDwarf.of(directory, "g++ -g", """
                int load(int n) { typedef struct { char c; int i; } arch_t; arch_t a = {1, n}; return a.i; }
                struct Outer { int run(int n) { typedef struct { int i; } arch_t; arch_t a; a.i = n; return a.i; } };
                int use(Outer &outer) { return outer.run(2); }
                """);

        assertThat(made.names()).contains("load()::arch_t", "Outer::run()::arch_t");
        StructLayout layout = made.layout("load()::arch_t");
        assertThat(layout.members()).extracting(Member::byteOffset).containsExactly(0L, 4L);
    }
}
