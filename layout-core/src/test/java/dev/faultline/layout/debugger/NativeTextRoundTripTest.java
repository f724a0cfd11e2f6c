package dev.faultline.layout.debugger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.testing.NativeCompiler;
import dev.faultline.testing.NativeFacts;
import dev.faultline.testing.NativeHeaders;
import dev.faultline.testing.NativeTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types that gdb and pahole print are read with the offsets, sizes and bits that the compiler gives them. */
@Tag("slow")
@Tag("native")
class NativeTextRoundTripTest {

    private static final int TYPES = 300;

    /** Types of gcc itself, and one whose objects need arguments. */
    private static final Set<String> UNNAMEABLE = Set.of("__va_list_tag", "__pthread_cleanup_class");

    private static final String CXX_HEADERS = """
            #include <atomic>
            #include <condition_variable>
            #include <deque>
            #include <functional>
            #include <list>
            #include <memory>
            #include <mutex>
            #include <string>
            #include <thread>
            #include <vector>
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void random_types_are_read_as_the_compiler_lays_them_out(boolean isCxx) throws IOException, InterruptedException {
        assumeTrue(NativeCompiler.has("gcc", "g++", "gdb", "pahole"), "gcc, g++, gdb or pahole is not installed");
        long seed = System.nanoTime();
        System.out.println("random " + (isCxx ? "C++" : "C") + " types from seed " + seed);
        Random random = new Random(seed);
        assertThat(differences(isCxx ? NativeTypes.cxx(random, TYPES) : NativeTypes.c(random, TYPES)))
                .as("seed %d", seed)
                .isEmpty();
    }

    /** pahole 1.24 prints no class of a namespace: of the C++ types these are the ones that it shows. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void types_of_the_headers_are_read_as_the_compiler_lays_them_out(boolean isCxx)
            throws IOException, InterruptedException {
        assumeTrue(NativeCompiler.has("gcc", "g++", "gdb", "pahole"), "gcc, g++, gdb or pahole is not installed");
        String includes = "#define _GNU_SOURCE\n" + NativeHeaders.includes();
        NativeCompiler compiler = new NativeCompiler(NativeTypes.of(isCxx, includes), directory);
        Path source = directory.resolve(isCxx ? "headers.cc" : "headers.c");
        Path object = directory.resolve("headers.o");
        Files.writeString(source, includes);
        compiler.run(List.of(
                isCxx ? "g++" : "gcc",
                "-fno-eliminate-unused-debug-types",
                "-w",
                "-g",
                "-c",
                "-o",
                object.toString(),
                source.toString()));
        Set<String> spellings = new TreeSet<>();
        StringBuilder declarations = new StringBuilder(includes);
        for (StructLayout layout : read("pahole", compiler.run(List.of("pahole", object.toString())))) {
            if (!layout.name().isEmpty() && !UNNAMEABLE.contains(layout.name())) {
                spellings.add(layout.spelling());
                layout.fields()
                        .forEach(field -> Stream.of(field.path().split("\\."))
                                .filter(name -> name.matches("[A-Za-z_]\\w*"))
                                .forEach(name -> declarations
                                        .append("#undef ")
                                        .append(name)
                                        .append('\n')));
            }
        }
        assertThat(spellings).hasSizeGreaterThan(TYPES);
        assertThat(differences(NativeTypes.of(isCxx, declarations.toString(), spellings.toArray(String[]::new))))
                .isEmpty();
    }

    @Test
    void classes_of_the_standard_library_are_read_from_gdb_as_gxx_lays_them_out()
            throws IOException, InterruptedException {
        assumeTrue(NativeCompiler.has("g++", "gdb"), "g++ or gdb is not installed");
        NativeTypes types = NativeTypes.of(
                true, CXX_HEADERS, "std::timed_mutex", "std::thread", "std::atomic<int>", "std::atomic<long>");
        NativeCompiler compiler = new NativeCompiler(types, directory);
        List<StructLayout> read = read("gdb", compiler.run(gdb(types, compiler.object())));
        assertThat(new NativeFacts(types, Map.of("gdb", read)).differences(compiler))
                .isEmpty();
    }

    private List<String> differences(NativeTypes types) throws IOException, InterruptedException {
        NativeCompiler compiler = new NativeCompiler(types, directory);
        Path object = compiler.object();
        Map<String, List<StructLayout>> texts = new LinkedHashMap<>();
        texts.put("gdb", read("gdb", compiler.run(gdb(types, object))));
        for (String pahole : List.of("pahole", "pahole --hex", "pahole -E")) {
            List<String> command = new ArrayList<>(List.of(pahole.split(" ")));
            command.add(object.toString());
            texts.put(pahole, read(pahole, compiler.run(command)));
        }
        return new NativeFacts(types, texts).differences(compiler);
    }

    private static List<StructLayout> read(String label, String text) {
        return NotationReader.readAll(label, text).layouts();
    }

    private static List<String> gdb(NativeTypes types, Path object) {
        List<String> command = new ArrayList<>(List.of("gdb", "-nx", "-batch"));
        for (NativeTypes.Type type : types.types()) {
            command.addAll(List.of("-ex", "ptype /o " + type.spelling().replaceFirst("^::", "")));
        }
        command.add(object.toString());
        return command;
    }
}
