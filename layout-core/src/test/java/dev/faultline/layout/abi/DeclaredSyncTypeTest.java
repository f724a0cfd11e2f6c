package dev.faultline.layout.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.SyncTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredSyncTypeTest {

    private static final String C_HEADERS = """
            #define _GNU_SOURCE
            #include <pthread.h>
            #include <semaphore.h>
            #include <stdatomic.h>
            #include <stdint.h>
            #include <stdio.h>
            #include <threads.h>
            """;
    private static final String CXX_HEADERS = """
            #include <atomic>
            #include <condition_variable>
            #include <cstdio>
            #include <latch>
            #include <mutex>
            #include <semaphore>
            #include <shared_mutex>
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "pthread_mutex_t, 40, 8",
        "union pthread_mutex_t, 40, 8",
        "pthread_rwlock_t, 56, 8",
        "pthread_cond_t, 48, 8",
        "pthread_spinlock_t, 4, 4",
        "volatile pthread_spinlock_t, 4, 4",
        "pthread_barrier_t, 32, 8",
        "pthread_once_t, 4, 4",
        "sem_t, 32, 8",
        "mtx_t, 40, 8",
        "cnd_t, 48, 8",
        "std::mutex, 40, 8",
        "std::shared_mutex, 56, 8",
        "std::condition_variable, 48, 8",
        "std::atomic<int>, 4, 4",
        "std::atomic<unsigned long>, 8, 8",
        "std::atomic<bool>, 1, 1",
        "std::counting_semaphore<10>, 4, 4",
        "rte_spinlock_t, 4, 4",
        "pg_atomic_uint64, 8, 8"
    })
    void a_known_type_has_the_size_it_has_on_linux(String spelling, long bytes, long byteAlignment) {
        assertThat(DeclaredSyncType.of(spelling, BasicTypes::of))
                .hasValueSatisfying(type -> assertThat(List.of(type.spelling(), type.byteSize(), type.byteAlignment()))
                        .isEqualTo(List.of(spelling, bytes, byteAlignment)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int",
                "pthread_mutex_t *",
                "struct mutex",
                "std::barrier<>",
                "std::atomic<unknown>",
                "std::atomic<three>",
                "std::atomic<>",
                "CachePadded<AtomicU64>"
            })
    void a_type_without_one_size_is_unknown(String spelling) {
        assertThat(DeclaredSyncType.of(
                        spelling,
                        name -> name.equals("three")
                                ? Optional.of(new FieldType.Opaque("three", 3, 1))
                                : BasicTypes.of(name)))
                .isEmpty();
    }

    @Test
    @Tag("slow")
    @Tag("native")
    void sizes_are_those_of_the_compiler() throws IOException, InterruptedException {
        assertAgreement("gcc", "c", C_HEADERS, entry -> entry.name().root().isEmpty());
        assertAgreement("g++", "cpp", CXX_HEADERS, entry -> entry.name().root().equals("std"));
    }

    /** Compares the size of each type that the compiler's headers declare. */
    private void assertAgreement(String compiler, String ending, String headers, Predicate<SyncTable.Entry> included)
            throws IOException, InterruptedException {
        assumeTrue(isThere(compiler), compiler + " is not installed");
        List<String> expected = new ArrayList<>();
        StringBuilder program = new StringBuilder(headers + "int main(void) {\n");
        for (String spelling : declared(compiler, ending, headers, spellings(included))) {
            FieldType type = DeclaredSyncType.of(spelling, BasicTypes::of).orElseThrow();
            expected.add(spelling + " " + type.byteSize() + " " + type.byteAlignment());
            program.append("printf(\"%s %zu %zu\\n\", \"" + spelling + "\", sizeof(" + spelling + "), (size_t) "
                    + (ending.equals("c") ? "_Alignof" : "alignof") + "(" + spelling + "));\n");
        }
        Path source = directory.resolve("sizes." + ending);
        Path binary = directory.resolve("sizes");
        Files.writeString(source, program + "}\n");
        assertThat(run(compiler, "-w", standard(ending), "-o", binary.toString(), source.toString()))
                .isEmpty();

        assertThat(expected).hasSizeGreaterThan(25);
        assertThat(run(binary.toString()).lines().toList()).isEqualTo(expected);
    }

    private static List<String> spellings(Predicate<SyncTable.Entry> included) {
        return SyncTable.entries().stream()
                .filter(included)
                .filter(entry -> entry.size().isPresent() || entry.isSizedByArgument())
                .map(entry -> (entry.name().root().isEmpty() ? "" : "std::")
                        + entry.name().simple()
                        + (entry.isSizedByArgument() ? "<long>" : entry.name().hasArguments() ? "<10>" : ""))
                .distinct()
                .toList();
    }

    /** {@return those that the headers declare, without types of other systems and libraries} */
    private List<String> declared(String compiler, String ending, String headers, List<String> spellings)
            throws IOException, InterruptedException {
        Path source = directory.resolve("names." + ending);
        StringBuilder text = new StringBuilder(headers);
        for (int i = 0; i < spellings.size(); i++) {
            text.append("#line ").append(i + 1).append(" \"names\"\n").append(spellings.get(i));
            text.append(" *pointer").append(i).append(";\n");
        }
        Files.writeString(source, text.toString());
        Set<Integer> unknown = new HashSet<>();
        Matcher error = Pattern.compile("(?m)^names:(\\d+):\\d+: error")
                .matcher(run(compiler, "-w", standard(ending), "-fmax-errors=0", "-fsyntax-only", source.toString()));
        while (error.find()) {
            unknown.add(Integer.parseInt(error.group(1)) - 1);
        }
        return IntStream.range(0, spellings.size())
                .filter(i -> !unknown.contains(i))
                .mapToObj(spellings::get)
                .toList();
    }

    private static String standard(String ending) {
        return ending.equals("c") ? "-std=gnu11" : "-std=c++20";
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(one -> Files.isExecutable(Path.of(one, program)));
    }

    private static String run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
