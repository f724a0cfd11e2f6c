package dev.faultline.offheap.declare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.emit.JavaDeclaration;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.offheap.kernel.KernelCatalog;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A layout is emitted as Java, compiled and loaded, and must be the same layout. */
@Tag("slow")
class EmittedDeclarationTest {

    private static final String AWKWARD = """
            struct plain { char a; long b; short c; double d; char e; };
            struct packed { char a; long b; short c; } __attribute__((packed));
            struct holds_packed { char a; struct packed p[2]; int b; };
            struct aligned_member { char a; int b __attribute__((aligned(32))); char c; };
            struct bits { int a : 3; unsigned b : 7; int c : 22; int d : 1; };
            struct bits_mixed { char a; int b : 4; char c; long d : 40; short e : 9; short f : 9; };
            struct bits_zero { int a : 3; int : 0; int b : 2; char c; long : 0; char d; };
            struct bits_packed { char a; int b : 13; long c : 45; int d : 7; } __attribute__((packed));
            struct bits_apart { int a : 3; int : 9; int b : 4; int : 2; int c : 1; };
            struct nameless { int a; union { long b; struct { short c; short d : 5; }; char e[12]; }; char f; };
            union arms { char a; long b[3]; struct { int x; char y; } c; int d : 9; };
            struct holds_union { char a; union arms u; char z; };
            struct flexible { int n; char data[]; };
            struct matrix { char a; int m[2][3]; int (*g[2])(long, char); };
            """;

    @TempDir
    Path directory;

    @Test
    void every_struct_of_the_catalogue_comes_back_with_the_same_bytes() throws Exception {
        comeBack(new KernelCatalog().all().stream().map(Subject::layout).toList());
    }

    @Test
    void awkward_structs_come_back_with_the_same_bytes() throws Exception {
        comeBack(NotationReader.read("test", AWKWARD));
    }

    @Test
    void the_class_reads_as_the_catalogue_does() {
        var found = (Lookup.Found) new KernelCatalog().find("kmem_cache_cpu@6.12");

        assertThat(JavaDeclaration.of(found.subjects().get(0).layout()).text()).isEqualTo("""
                import dev.faultline.layout.StructLayout;
                import dev.faultline.offheap.declare.Declaration;

                /** {@code struct kmem_cache_cpu}: 32 bytes. */
                public final class KmemCacheCpu {

                    /** Offsets and types of its fields. */
                    public static final StructLayout LAYOUT = Declaration.struct("kmem_cache_cpu")
                            .field("freelist", Declaration.pointer("void **"), 0)
                            .field("tid", Declaration.number("long unsigned int", 8), 8)
                            .field("slab", Declaration.pointer("struct slab *"), 16)
                            .field("partial", Declaration.pointer("struct slab *"), 24)
                            .ofSize(32, 8);

                    private KmemCacheCpu() {}
                }
                """);
    }

    @Test
    void classes_of_a_vm_are_refused() {
        StructLayout ring = StructLayout.of(
                "com.acme.Ring",
                AggregateKind.CLASS,
                16,
                8,
                List.of(Member.of("head", FieldType.Scalar.natural("int", 4), 12)),
                Provenance.of(Provenance.Origin.VM_MODEL, "25-coh"));

        assertThatThrownBy(() -> JavaDeclaration.of(ring))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the Java VM lays out classes");
    }

    private void comeBack(List<StructLayout> layouts) throws Exception {
        List<Path> sources = new ArrayList<>();
        for (int i = 0;
                i < layouts.size();
                i++) { // one package each, since two versions of a struct have the same class name
            String text = "package p" + i + ";\n\n"
                    + JavaDeclaration.of(layouts.get(i)).text();
            Path folder = Files.createDirectories(directory.resolve("p" + i));
            String file = JavaDeclaration.className(layouts.get(i).name()) + ".java";
            sources.add(Files.writeString(folder.resolve(file), text));
        }
        compile(sources);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            for (int i = 0; i < layouts.size(); i++) {
                StructLayout layout = layouts.get(i);
                Class<?> made = loader.loadClass("p" + i + "." + JavaDeclaration.className(layout.name()));
                StructLayout back = (StructLayout) made.getField("LAYOUT").get(null);
                assertThat(back.slots())
                        .as(layout.name())
                        .hasToString(layout.slots().toString());
                assertThat(back.sameBytesAs(layout)).as(layout.name()).isTrue();
                assertThat(back.byteAlignment()).as(layout.name()).isEqualTo(layout.byteAlignment());
            }
        }
    }

    private void compile(List<Path> sources) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("-proc:none", "-Xlint:all,-path", "-Werror", "-d", directory.toString()));
        words.add("-cp");
        words.add(System.getProperty("java.class.path"));
        sources.forEach(source -> words.add(source.toString()));
        var log = new java.io.ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler().run(null, log, log, words.toArray(String[]::new));
        assertThat(status).as(log.toString()).isZero();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isNotEmpty();
        }
    }
}
