package dev.faultline.layout.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.StructLayout;
import dev.faultline.layout.SyncType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Synchronisation types in declarations without offsets, and in text of pahole for C++, Rust and Go. */
class SyncDeclarationTest {

    @TempDir
    Path directory;

    @Test
    void pthread_types_have_their_sizes_without_offsets() {
        StructLayout layout =
                read("struct s1 {int cfg; pthread_mutex_t m; long a; pthread_spinlock_t sp; int b; sem_t sem;};");

        assertThat(fields(layout))
                .containsExactly(
                        "cfg int [0, 4)",
                        "m pthread_mutex_t [8, 48) LOCK",
                        "a long [48, 56)",
                        "sp pthread_spinlock_t [56, 60) LOCK",
                        "b int [60, 64)",
                        "sem sem_t [64, 96) SEMAPHORE");
        assertThat(layout.byteSize()).isEqualTo(96);
    }

    @Test
    void gcc_aligns_an_array_of_atomic_structs_as_one_of_plain_structs() {
        StructLayout layout = read("""
                struct tag { char bytes[4]; };
                typedef _Atomic struct tag atomic_tag;
                typedef atomic_tag pair[2];
                struct s { char a; _Atomic struct tag one; char b; _Atomic(struct tag) two[2]; char c; atomic_tag d; char e;
                    pair f; char g; _Atomic(long) h[1]; };
                """);

        assertThat(layout.members().stream().map(member -> member.name() + " " + member.byteOffset()))
                .containsExactly("a 0", "one 4", "b 8", "two 9", "c 17", "d 20", "e 24", "f 25", "g 33", "h 40");
        assertThat(layout.byteSize()).isEqualTo(48);
    }

    @Test
    void a_pointer_may_be_atomic() {
        StructLayout layout = read("struct s { char a; int *_Atomic p; struct s *restrict _Atomic q; char b; };");

        assertThat(fields(layout))
                .containsExactly(
                        "a char [0, 1)",
                        "p int * _Atomic [8, 16) ATOMIC",
                        "q struct s * restrict _Atomic [16, 24) ATOMIC",
                        "b char [24, 25)");
    }

    @Test
    void atomics_of_cxx_have_the_size_of_their_argument_without_offsets() {
        StructLayout layout = read("""
                typedef unsigned short port_t;
                struct pair { int a; int b; };
                struct s {
                    char c;
                    std::atomic<int> i;
                    std::atomic<pair> p;
                    std::atomic<port_t> port;
                    std::atomic<int *> next;
                    std::mutex m;
                };
                """);

        assertThat(fields(layout))
                .containsExactly(
                        "c char [0, 1)",
                        "i std::atomic<int> [4, 8) ATOMIC",
                        "p std::atomic<pair> [8, 16) ATOMIC",
                        "port std::atomic<port_t> [16, 18) ATOMIC",
                        "next std::atomic<int*> [24, 32) ATOMIC",
                        "m std::mutex [32, 72) LOCK");
    }

    @Test
    void a_type_that_the_text_declares_is_not_that_of_a_library() {
        StructLayout layout = read("""
                struct rte_spinlock_t { long a; long b; };
                struct s { rte_spinlock_t lock; int x; };
                """);

        assertThat(layout.byteSize()).isEqualTo(24);
    }

    @Test
    void types_of_cxx_rust_and_go_are_recognised_in_text_of_pahole() {
        StructLayout layout = read("""
                struct S {
                	struct atomic<long int>    b __attribute__((__aligned__(8))); /*     0     8 */
                	class mutex               m;                    /*     8    40 */
                	class counting_semaphore<10> cs __attribute__((__aligned__(4))); /*    48     4 */
                	struct once_flag           of;                   /*    52     4 */
                	struct AtomicPtr<u8>       d __attribute__((__aligned__(8))); /*    56     8 */
                	/* --- cacheline 1 boundary (64 bytes) --- */
                	struct RwLock<alloc::vec::Vec<u8, alloc::alloc::Global>> rw __attribute__((__aligned__(8))); /*    64    40 */
                	struct Arc<std::sync::poison::mutex::Mutex<u32>, alloc::alloc::Global> arc; /*   104     8 */
                	class mutex &              ref;                  /*   112     8 */
                	volatile struct atomic<int>  va;                 /*   120     4 */

                	/* size: 128, cachelines: 2, members: 9 */
                	/* padding: 4 */
                };
                """);

        assertThat(layout.fields())
                .extracting(field -> field.path() + " "
                        + SyncType.of(field.type()).map(SyncType::name).orElse("-"))
                .containsExactly(
                        "b ATOMIC",
                        "m LOCK",
                        "cs SEMAPHORE",
                        "of READ_MOSTLY",
                        "d ATOMIC",
                        "rw LOCK",
                        "arc -",
                        "ref -",
                        "va ATOMIC");
    }

    @Test
    @Tag("slow")
    @Tag("native")
    void what_pahole_prints_of_the_types_of_libstdcxx_is_recognised() throws IOException, InterruptedException {
        assumeTrue(isThere("g++") && isThere("pahole"), "g++ or pahole is not installed");
        Path source = directory.resolve("all.cpp");
        Path object = directory.resolve("all.o");
        Files.writeString(source, """
                #include <atomic>
                #include <barrier>
                #include <condition_variable>
                #include <latch>
                #include <mutex>
                #include <semaphore>
                #include <shared_mutex>
                struct All {
                    std::atomic<long> a; std::atomic<int *> p; std::atomic_flag f; std::atomic_int i; std::mutex m;
                    std::recursive_mutex rm; std::timed_mutex tm; std::shared_mutex sm; std::condition_variable cv;
                    std::counting_semaphore<10> cs; std::binary_semaphore bs; std::latch l; std::once_flag once;
                    std::barrier<> bar; std::unique_lock<std::mutex> guard; std::atomic<int> *pointer; volatile int v;
                };
                int use(All *all) { return all->i; }
                """);
        run("g++", "-std=c++20", "-g", "-c", "-o", object.toString(), source.toString());

        StructLayout layout = read(run("pahole", "-C", "All", object.toString()));

        assertThat(layout.fields())
                .extracting(field -> field.path() + " "
                        + SyncType.of(field.type()).map(SyncType::name).orElse("-"))
                .containsExactly(
                        "a ATOMIC",
                        "p ATOMIC",
                        "f ATOMIC",
                        "i ATOMIC",
                        "m LOCK",
                        "rm LOCK",
                        "tm LOCK",
                        "sm LOCK",
                        "cv WAIT_QUEUE",
                        "cs SEMAPHORE",
                        "bs SEMAPHORE",
                        "l SEMAPHORE",
                        "once READ_MOSTLY",
                        "bar SEMAPHORE",
                        "guard -",
                        "pointer -",
                        "v VOLATILE");
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(one -> Files.isExecutable(Path.of(one, program)));
    }

    private static String run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }

    private static List<String> fields(StructLayout layout) {
        return layout.fields().stream()
                .map(field -> field.path() + " " + field.type().spelling().replace(" *", "*") + " " + field.bytes()
                        + SyncType.of(field.type()).map(sync -> " " + sync).orElse(""))
                .toList();
    }

    private static StructLayout read(String text) {
        List<StructLayout> layouts = NotationReader.read("sync.txt", text);
        return layouts.get(layouts.size() - 1);
    }
}
