package dev.faultline.layout.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.layout.notation.TextLayouts;
import dev.faultline.layout.syntax.SkippedDeclaration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C declarations laid out by the ABI model and by C compilers. */
@Tag("slow")
class AgainstGccTest {

    private static final long SEED = 20_261_121L;
    private static final int RANDOM_STRUCTS = 500;

    /** Structs that clang lays out differently: it heeds attributes that gcc ignores, and pads atomic structs. */
    private static final List<String> OTHERWISE_IN_CLANG = List.of("before_anonymous", "atomics", "line_t");

    /** A typedef aligned to more than its size: members of it are, the struct that it names has its own alignment. */
    private static final List<String> ALIGNED_TYPEDEF = List.of("line_t");

    private static final String HEADERS = """
            #define _GNU_SOURCE
            #include <dirent.h>
            #include <inttypes.h>
            #include <netdb.h>
            #include <poll.h>
            #include <pthread.h>
            #include <sched.h>
            #include <setjmp.h>
            #include <signal.h>
            #include <stdarg.h>
            #include <stdatomic.h>
            #include <stdbool.h>
            #include <stddef.h>
            #include <stdint.h>
            #include <stdio.h>
            #include <stdlib.h>
            #include <sys/epoll.h>
            #include <sys/ioctl.h>
            #include <sys/resource.h>
            #include <sys/socket.h>
            #include <sys/stat.h>
            #include <sys/statvfs.h>
            #include <sys/time.h>
            #include <sys/types.h>
            #include <sys/uio.h>
            #include <sys/un.h>
            #include <sys/utsname.h>
            #include <sys/vfs.h>
            #include <termios.h>
            #include <time.h>
            #include <uchar.h>
            #include <ucontext.h>
            #include <wchar.h>
            #include <fcntl.h>
            """;

    /** Types of the kernel, of C++ and of other compilers, which these headers do not declare. */
    private static final List<String> NOT_IN_HEADERS = List.of(
            "^[us](8|16|32|64)$",
            "^__[bl]e(16|32|64)$",
            "^__[us](8|16|32|64)$",
            "^(umode|gfp|ktime|sector)_t$",
            "^(dma_addr|phys_addr|resource_size|nullptr|char8)_t$",
            "^std::.*",
            "^(unchar|__sum16|__wsum|__bf16|ino64_t|__gnuc_va_list)$");

    @TempDir
    Path directory;

    @Test
    void every_awkward_declaration_is_laid_out_as_gcc_does() throws IOException, InterruptedException {
        compare("gcc", resource("macros.h"), resource("awkward.c"), "the awkward structs", ALIGNED_TYPEDEF);
    }

    @Test
    void every_awkward_declaration_is_laid_out_as_clang_does() throws IOException, InterruptedException {
        compare("clang", resource("macros.h"), resource("awkward.c"), "the awkward structs", OTHERWISE_IN_CLANG);
    }

    @Test
    void random_declarations_with_attributes_are_laid_out_as_gcc_does() throws IOException, InterruptedException {
        compare("gcc", "", random(SEED), "seed " + SEED, List.of());
        long rotating = System.currentTimeMillis();
        System.out.println("random C declarations from seed " + rotating);
        compare("gcc", "", random(rotating), "seed " + rotating, List.of());
    }

    @Test
    void every_basic_type_has_the_size_and_alignment_of_glibc() throws IOException, InterruptedException {
        assumeTrue(CompiledLayouts.isThere("gcc"), "gcc is not installed");
        StringBuilder members = new StringBuilder();
        new TreeMap<>(BasicTypes.all())
                .keySet().stream()
                        .filter(name -> NOT_IN_HEADERS.stream().noneMatch(name::matches))
                        .forEach(name -> members.append(
                                "struct of_" + name.replace(' ', '_') + " { char before; " + name + " member; };\n"));
        CompiledLayouts layouts = new CompiledLayouts(NotationReader.read("types.c", members.toString()));
        assertThat(layouts.ours()).isEqualTo(layouts.of("gcc", HEADERS + members, directory));
        assertThat(layouts.ours()).hasSizeGreaterThan(300);
    }

    private static String random(long seed) {
        StringBuilder text = new StringBuilder("#define LINE 64\n");
        for (int i = 0; i < RANDOM_STRUCTS; i++) {
            text.append(new RandomDeclarations(new Random(seed + i), i).declaration());
        }
        return text.toString();
    }

    private void compare(String compiler, String macros, String declarations, String label, List<String> except)
            throws IOException, InterruptedException {
        assumeTrue(CompiledLayouts.isThere(compiler), compiler + " is not installed");
        TextLayouts read = NotationReader.readAll("test.c", declarations);
        assertThat(read.skipped())
                .extracting(SkippedDeclaration::reason)
                .allSatisfy(reason -> assertThat(reason).hasMessageContaining("a bit-field of a type aligned to"));
        assertThat(read.skipped().size()).isLessThan(RANDOM_STRUCTS / 20);
        List<StructLayout> layouts = read.layouts().stream()
                .filter(layout -> !except.contains(layout.name()))
                .toList();
        assertThat(layouts)
                .extracting(layout -> layout.provenance().origin())
                .containsOnly(Provenance.Origin.ABI_MODEL);
        CompiledLayouts compiled = new CompiledLayouts(layouts);
        List<String> ours = compiled.ours();
        List<String> theirs = compiled.of(compiler, macros + declarations, directory);
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            assertThat(ours.get(i))
                    .as("%s: line %d of the comparison; ours first", label, i)
                    .isEqualTo(theirs.get(i));
        }
        assertThat(ours).hasSameSizeAs(theirs).hasSizeGreaterThan(280);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = AgainstGccTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
