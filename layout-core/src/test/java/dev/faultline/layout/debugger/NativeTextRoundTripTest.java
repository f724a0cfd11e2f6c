package dev.faultline.layout.debugger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.testing.NativeCompiler;
import dev.faultline.testing.NativeFacts;
import dev.faultline.testing.NativeTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types of real programs as gdb and pahole print them have the offsets, sizes and bits that the compiler gives them. */
@Tag("slow")
@Tag("native")
class NativeTextRoundTripTest {

    private static final int TYPES = 300;

    private static final String C_HEADERS = """
            #define _GNU_SOURCE
            #include <dirent.h>
            #include <netinet/in.h>
            #include <netinet/ip.h>
            #include <netinet/tcp.h>
            #include <pthread.h>
            #include <semaphore.h>
            #include <signal.h>
            #include <stdio.h>
            #include <sys/stat.h>
            #include <sys/ucontext.h>
            #include <linux/perf_event.h>
            #include <linux/io_uring.h>
            """;

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

    @Test
    void c_types_are_read_as_gcc_lays_them_out() throws IOException, InterruptedException {
        assumeTrue(NativeCompiler.has("gcc", "gdb", "pahole"), "gcc, gdb or pahole is not installed");
        long seed = System.nanoTime();
        NativeTypes headers = NativeTypes.of(
                false,
                C_HEADERS,
                "struct stat",
                "struct dirent",
                "struct iphdr",
                "struct tcphdr",
                "struct tcp_info",
                "struct sockaddr_in6",
                "struct perf_event_attr",
                "struct perf_event_mmap_page",
                "struct io_uring_params",
                "struct _IO_FILE",
                "struct ucontext_t",
                "union sigval",
                "struct __pthread_mutex_s");
        assertThat(differences(headers.and(NativeTypes.c(new Random(seed), TYPES)), "pahole -E"))
                .as("seed %d", seed)
                .isEmpty();
    }

    @Test
    void cxx_types_are_read_as_gxx_lays_them_out() throws IOException, InterruptedException {
        assumeTrue(NativeCompiler.has("g++", "gdb", "pahole"), "g++, gdb or pahole is not installed");
        long seed = System.nanoTime();
        assertThat(differences(NativeTypes.cxx(new Random(seed), TYPES), "pahole -E"))
                .as("seed %d", seed)
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

    private List<String> differences(NativeTypes types, String... more) throws IOException, InterruptedException {
        NativeCompiler compiler = new NativeCompiler(types, directory);
        Path object = compiler.object();
        Map<String, List<StructLayout>> texts = new LinkedHashMap<>();
        texts.put("gdb", read("gdb", compiler.run(gdb(types, object))));
        List<String> paholes = new ArrayList<>(List.of("pahole", "pahole --hex"));
        paholes.addAll(List.of(more));
        for (String pahole : paholes) {
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
