package dev.faultline.source.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * BTF of several compilers and machines, of either byte order and of 32 and 64 bits, is read as pahole reads it: the
 * same structs with the same members at the same places.
 */
@Tag("slow")
@Tag("native")
class BtfAgainstPaholeTest {

    private static final String DECLARATIONS = """
            struct list_head { struct list_head *next, *prev; };
            typedef struct { int counter; } atomic_t;
            typedef int (*callback_t)(struct list_head *, int);
            union value { long number; void *pointer; char bytes[6]; };
            struct bits { unsigned a : 3, b : 9; int : 7; unsigned c : 6; unsigned long long d : 40; signed char e : 3; };
            struct shape {
                struct list_head list; atomic_t refs; unsigned long big; long long wide; callback_t callback;
                int (*handler)(long); char *const *words; int (*grid)[4];
                const volatile int *seen; double real; _Bool flag; callback_t table[2];
                union value value; struct { char c; short s; } inner[2]; struct bits bits; enum { ONE, TWO } number;
                char tail[];
            };
            struct packed { char c; long l; } __attribute__((packed));
            struct shape shape; union value value; struct packed packed; struct bits bits;
            """;

    private static final String MODULE = """
            struct session { struct list_head all; struct bits bits; atomic_t pending; struct session *peer; };
            struct session session;
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcc -gbtf",
                "gcc -m32 -gbtf",
                "clang --target=bpfel -O1 -g",
                "clang --target=bpfeb -O1 -g",
                "gcc -g +pahole",
                "gcc -m32 -g +pahole",
                "clang --target=i686-linux-gnu -g +pahole",
                "clang --target=aarch64-linux-gnu -g +pahole",
                "clang --target=armeb-linux-gnueabi -g +pahole",
                "clang --target=powerpc-linux-gnu -g +pahole",
                "clang --target=powerpc64-linux-gnu -g +pahole",
                "clang --target=s390x-linux-gnu -g +pahole"
            })
    void structs_of_each_machine_are_as_pahole_prints_them(String compiler) throws Exception {
        Path object = compile(compiler.replace(" +pahole", ""), "shape", DECLARATIONS);
        if (compiler.endsWith("+pahole")) {
            run("pahole", "-J", object.toString());
        }

        List<String> expected = paholes("-F", "btf", object.toString());

        assertThat(expected).hasSizeGreaterThanOrEqualTo(5);
        assertThat(described(BtfSource.open("shape.o", object, Optional.empty())))
                .isEqualTo(expected);
    }

    @Test
    void a_module_on_its_base_is_as_pahole_prints_it() throws Exception {
        Path base = compile("gcc -g", "base", DECLARATIONS);
        run("pahole", "-J", base.toString());
        Path module = compile("gcc -g", "module", DECLARATIONS + MODULE);
        run("pahole", "-J", "--btf_base", base.toString(), module.toString());
        BtfSource kernel = BtfSource.open("base", base, Optional.empty());

        List<String> expected = paholes("-F", "btf", "--btf_base", base.toString(), module.toString());

        assertThat(described(BtfSource.open("module", module, Optional.of(kernel))))
                .hasSize(1)
                .allMatch(expected::contains);
    }

    @Test
    void the_module_on_another_base_is_refused() throws Exception {
        Path base = compile("gcc -g", "base", DECLARATIONS);
        run("pahole", "-J", base.toString());
        Path module = compile("gcc -g", "module", DECLARATIONS + MODULE);
        run("pahole", "-J", "--btf_base", base.toString(), module.toString());
        List<String> others = List.of(
                DECLARATIONS.replace("counter", "number_of_all"),
                DECLARATIONS.replace("counter", "c"),
                DECLARATIONS + "struct one_more { int x; } one_more;",
                DECLARATIONS + "long one_more(long x) { return x; }",
                DECLARATIONS
                        .replace("struct packed", "union value")
                        .replace("union value { char", "struct packed { char"),
                "struct list_head { struct list_head *next, *prev; } list;");
        for (String other : others) {
            Path object = compile("gcc -g", "other", other);
            run("pahole", "-J", object.toString());
            BtfSource kernel = BtfSource.open("other", object, Optional.empty());

            assertThat(org.junit.jupiter.api.Assertions.assertThrows(
                            dev.faultline.input.InputException.class,
                            () -> BtfSource.open("module", module, Optional.of(kernel))))
                    .as(other)
                    .hasMessageStartingWith("module: the base other does not fit: at type ");
        }
    }

    private static List<String> described(BtfSource source) {
        return described(source.all().stream().map(Subject::layout).toList());
    }

    /** One line a struct, sorted by name: where its fields are, as deep as they go. */
    private static List<String> described(List<StructLayout> layouts) {
        TreeMap<String, String> described = new TreeMap<>();
        for (StructLayout layout : layouts) {
            List<String> members = layout.members().stream()
                    .map(member -> asPaholeSpells(member.type().spelling()) + " "
                            + member.name() + " " + member.byteOffset() + " "
                            + member.type().byteSize() + " "
                            + member.bits().map(Object::toString).orElse(""))
                    .toList();
            described.put(layout.spelling(), layout.spelling() + " " + layout.byteSize() + " " + members);
        }
        return List.copyOf(described.values());
    }

    /** As pahole 1.24 spells types: a pointer to an array as one to its element, and numbers with a word of its own. */
    private static String asPaholeSpells(String declared) {
        return declared.replaceAll(" ?\\(\\*\\)(\\[\\d+])+$", " *").replace("single double", "double");
    }

    private List<String> paholes(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("pahole"));
        command.addAll(List.of(arguments));
        return described(NotationReader.read("pahole", run(command.toArray(String[]::new))));
    }

    private Path compile(String compiler, String name, String declarations) throws IOException, InterruptedException {
        Path source = Files.writeString(directory.resolve(name + ".c"), declarations);
        Path object = directory.resolve(name + ".o");
        List<String> command = new ArrayList<>(List.of(compiler.split(" ")));
        command.addAll(List.of("-c", "-o", object.toString(), source.toString()));
        run(command.toArray(String[]::new));
        return object;
    }

    /** {@return what a program printed; without the program the test is skipped, when it fails the test does} */
    private String run(String... command) throws IOException, InterruptedException {
        Path out = directory.resolve("out.txt");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException missing) {
            assumeTrue(false, command[0] + " is not installed");
            throw missing;
        }
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
