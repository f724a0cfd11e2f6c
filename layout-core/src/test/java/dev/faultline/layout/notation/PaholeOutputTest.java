package dev.faultline.layout.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that pahole prints of a C++ program is read, with the offsets that the compiler itself computes. */
@Tag("slow")
@Tag("native")
class PaholeOutputTest {

    private static final String PROGRAM = """
            #include <atomic>
            #include <cstddef>
            #include <cstdio>
            #include <functional>
            #include <map>
            #include <mutex>
            #include <string>
            #include <tuple>
            #include <variant>
            struct Empty {};
            struct Base { int b; virtual ~Base() {} virtual int f(int) const noexcept { return 0; } };
            struct Plain { long q; char c; };
            struct Virtual { int v; virtual void g() {} };
            struct Left : virtual Virtual { int left; };
            struct Right : virtual Virtual { int right; };
            struct Diamond : Left, Right { int own; void g() override {} };
            struct Padded { Padded() {} int a; long b; char c; };
            struct Reusing : Padded { char d; int e; };
            struct Two : Empty, Plain { int y; };
            template<class T, int N> struct Slot { T d[N]; };
            template<class... A> struct Pack { std::tuple<A...> t; };
            struct Multi final : public Base, private Plain, protected Empty {
              int m; static int st; static const int lim = 3; typedef int my_int; my_int mi; enum E1 { A, B }; E1 e1;
              enum class E2 : unsigned char { X, Y }; E2 e2; struct In { int z; template<class T> T foo(T t) const { return t; } } in;
              union { int au; float af; }; struct { int as; } anon; int Padded::*dp; void (Multi::*mf)(int); int &r; int &&rr;
              int (*fp)(void *, int); void (*(*get)(int))(char); int (*arr)[10]; decltype(nullptr) np; long double ld;
              __int128 wide; mutable int mu; std::function<int(int)> fn; std::atomic<int> at{0}; bool bf : 1; unsigned bg : 3;
              void (*fna[4])(int); std::mutex mutex; std::map<int, std::string> map; std::variant<int, std::string> either;
              Slot<int, (3 > 2)> slot; Slot<std::pair<int, long>, 2> pairs; Pack<int, long> pack; long last;
              Multi() : r(*new int), rr(static_cast<int &&>(*new int)) {} Multi &operator=(const Multi &) { return *this; }
              bool operator<(const Multi &) const { return false; } int operator()(int) & { return 1; }
              operator bool() const { return false; } int f(int) const noexcept override { return in.foo(3); }
            };
            int Multi::st;
            #define SIZE(t) std::printf("%s %zu\\n", #t, sizeof(t));
            #define AT(t, m) std::printf("%s.%s %zu %zu\\n", #t, #m, offsetof(t, m), sizeof(((t *) 0)->m));
            int main() {
              Multi *x = new Multi; *x = *x; (void) (*x < *x); (void) (*x)(1); (void) bool(*x); Diamond *y = new Diamond; (void) y;
              Reusing z; (void) z; Two w; (void) w;
              SIZE(Base) SIZE(Plain) SIZE(Left) SIZE(Right) SIZE(Diamond) SIZE(Reusing) SIZE(Two) SIZE(Multi)
              AT(Multi, m) AT(Multi, mi) AT(Multi, e1) AT(Multi, e2) AT(Multi, in) AT(Multi, anon) AT(Multi, dp) AT(Multi, mf)
              AT(Multi, fp) AT(Multi, get) AT(Multi, arr) AT(Multi, np) AT(Multi, ld) AT(Multi, wide) AT(Multi, mu) AT(Multi, fn)
              AT(Multi, at) AT(Multi, fna) AT(Multi, mutex) AT(Multi, map) AT(Multi, either) AT(Multi, slot) AT(Multi, pairs)
              AT(Multi, pack) AT(Multi, last) AT(Reusing, d) AT(Reusing, e) AT(Two, y)
            }
            """;

    @TempDir
    Path directory;

    private String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
            return text;
        }
    }

    private static boolean isThere(String tool) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(one -> Files.isExecutable(Path.of(one, tool)));
    }

    @Test
    void nothing_of_a_program_is_skipped_and_offsets_are_those_of_the_compiler() throws Exception {
        for (String tool : List.of("g++", "pahole")) {
            assumeTrue(isThere(tool), tool + " is not installed");
        }
        Files.writeString(directory.resolve("program.cpp"), PROGRAM);
        run("g++", "-std=c++17", "-g", "-Wno-invalid-offsetof", "-o", "program", "program.cpp");
        String printed = run("pahole", "program");
        TextLayouts read = NotationReader.readAll("pahole", printed);

        assertThat(read.skipped()).isEmpty();
        long heads = Pattern.compile("^(struct|class|union) .*\\{$", Pattern.MULTILINE)
                .matcher(printed)
                .results()
                .count();
        assertThat(read.layouts()).hasSizeGreaterThanOrEqualTo((int) heads);
        assertThat(facts(read.layouts())).containsAll(run("./program").lines().toList());
        requireNoHoleOfABase(read.layouts());
    }

    private static List<String> facts(List<StructLayout> layouts) {
        List<String> facts = new ArrayList<>();
        for (StructLayout layout : layouts) {
            facts.add(layout.name() + " " + layout.byteSize());
            for (Member member : layout.members()) {
                facts.add(layout.name() + "." + member.name() + " " + member.byteOffset() + " "
                        + member.type().byteSize());
            }
        }
        return facts;
    }

    /** The first bytes of each class with a base class belong to something. */
    private static void requireNoHoleOfABase(List<StructLayout> layouts) {
        for (StructLayout layout : layouts) {
            if (List.of("Multi", "Diamond", "Reusing", "Two", "Left", "Right").contains(layout.name())) {
                assertThat(layout.members().stream()
                                .flatMap(member -> member.bytes().stream())
                                .mapToLong(ByteRange::start))
                        .as(layout.name())
                        .contains(0L);
            }
        }
    }
}
