package dev.faultline.source.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.testing.NativeCompiler;
import dev.faultline.testing.NativeTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Debug information of object files, relocated and decompressed, is that which readelf shows, byte by byte. */
@Tag("slow")
@Tag("native")
class RelocationsAgainstReadelfTest {

    private static final String CODE = """
            struct first { char a; long b; int c[3]; };
            struct second { struct first f; struct second *next; };
            struct second global, other;
            static struct first hidden = {1, 2, {3}};
            #ifdef THREADS
            _Thread_local int one, two;
            #else
            int one, two;
            #endif
            extern int external;
            int use(struct second *s, int n) {
                int sum = 0;
                for (int i = 0; i < n; i++) {
                    struct first *f = &s->f;
                    sum += f->c[i % 3] + hidden.c[0];
                    s = s->next;
                }
                return sum + two + external;
            }
            int both(struct second *s) {
                if (s)
                    return use(s, 3) + use(s->next, 4);
                return use(&global, one);
            }
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "x86-64, x86_64-linux-gnu, ''",
        "x86-64, x86_64-linux-gnux32, ''",
        "x86, i386-linux-gnu, ''",
        "aarch64, aarch64-linux-gnu, ''",
        "aarch64_be, aarch64_be-linux-gnu, ''",
        "arm, arm-linux-gnueabi, ''",
        "armeb, armeb-linux-gnueabi, ''",
        "ppc32, powerpc-linux-gnu, ''",
        "ppc64, powerpc64-linux-gnu, ''",
        "ppc64le, powerpc64le-linux-gnu, ''",
        "systemz, s390x-linux-gnu, ''",
        "riscv64, riscv64-linux-gnu, ''",
        "riscv64, riscv64-linux-gnu, -mno-relax",
        "riscv32, riscv32-linux-gnu, ''",
        "mips, mips-linux-gnu, ''",
        "mipsel, mipsel-linux-gnu, ''",
        "mips64, mips64-linux-gnuabi64, ''",
        "mips64el, mips64el-linux-gnuabi64, ''",
        "sparc, sparc-linux-gnu, ''",
        "sparcv9, sparcv9-linux-gnu, ''"
    })
    void every_section_of_clang_is_that_of_readelf(String name, String target, String option) throws Exception {
        assumeTrue(NativeCompiler.has("clang", "readelf"), "clang and readelf are not installed");
        compare(compiled(name, target, "-gdwarf-4", "-gz=none", option));
        compare(compiled(name, target, "-gdwarf-5", "-gz=zlib", option));
    }

    /** Readelf passes over the variables of threads, and does not know all machines. */
    @ParameterizedTest
    @CsvSource({
        "bpfel, bpfel, ''",
        "bpfeb, bpfeb, ''",
        "hexagon, hexagon-linux, ''",
        "x86-64, x86_64-linux-gnu, -DTHREADS",
        "x86, i386-linux-gnu, -DTHREADS",
        "riscv64, riscv64-linux-gnu, ''",
        "mips64el, mips64el-linux-gnuabi64, ''"
    })
    void addresses_are_those_of_llvm(String name, String target, String option) throws Exception {
        assumeTrue(NativeCompiler.has("clang", "llvm-dwarfdump"), "clang and llvm-dwarfdump are not installed");
        Path object = compiled(name, target, "-gdwarf-5", "-gz=none", option);
        List<Long> expected = run("llvm-dwarfdump", "--debug-addr", object.toString())
                .lines()
                .filter(line -> line.startsWith("0x"))
                .map(line -> Long.parseUnsignedLong(line.substring(2), 16))
                .toList();
        assertThat(expected).hasSizeGreaterThan(5);
        try (ElfFile elf = ElfFile.open("a.o", object)) {
            ByteBuffer content = elf.section(".debug_addr").orElseThrow().position(8);
            List<Long> found = new ArrayList<>();
            while (content.hasRemaining()) {
                found.add(elf.is64Bit() ? content.getLong() : content.getInt() & 0xffffffffL);
            }
            assertThat(found).isEqualTo(expected);
        }
    }

    private Path compiled(String name, String target, String version, String packing, String option) throws Exception {
        assumeTrue(
                run("clang", "-print-targets")
                        .lines()
                        .anyMatch(line -> line.strip().startsWith(name + " ")),
                "clang does not compile for " + name);
        Path source = Files.writeString(directory.resolve("a.c"), CODE);
        Path object = directory.resolve("a.o");
        List<String> command = new ArrayList<>(
                List.of("clang", "--target=" + target, "-fintegrated-as", "-O1", "-g", version, packing, "-w", "-c"));
        command.addAll(option.isEmpty() ? List.of() : List.of(option));
        command.addAll(List.of("-o", object.toString(), source.toString()));
        run(command.toArray(String[]::new));
        return object;
    }

    private void compare(Path object) throws Exception {
        try (ElfFile elf = ElfFile.open("a.o", object)) {
            List<Section> sections = elf.sections().stream()
                    .filter(section -> section.hasContent() && section.name().startsWith(".debug_"))
                    .toList();
            Map<String, byte[]> expected = readelf(sections, object);
            assertThat(expected).hasSizeGreaterThan(3).hasSameSizeAs(sections);
            for (Section section : sections) {
                byte[] bytes = expected.get(section.name());
                assertThat(bytes(section.content())).as(section.name()).isEqualTo(bytes);
                assertThat(streamed(section)).as("stream of " + section.name()).isEqualTo(bytes);
            }
        }
    }

    private static byte[] streamed(Section section) {
        Random random = new Random(1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (SectionStream stream = section.open()) {
            byte[] some = new byte[9];
            int count = 1;
            while (count > 0) {
                count = stream.read(some, 0, 1 + random.nextInt(some.length));
                content.write(some, 0, count);
            }
        }
        return content.toByteArray();
    }

    private static byte[] bytes(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    /** {@return the bytes of sections, of which lines have an address, up to four groups of digits, and text} */
    private Map<String, byte[]> readelf(List<Section> sections, Path object) throws Exception {
        List<String> command = new ArrayList<>(List.of("readelf", "-z"));
        sections.forEach(section -> command.addAll(List.of("-R", section.name())));
        command.add(object.toString());
        Map<String, byte[]> contents = new TreeMap<>();
        for (String dump : run(command.toArray(String[]::new)).split("Hex dump of section '")) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (String line : dump.split("\n")) {
                if (line.startsWith("  0x")) {
                    int begin = line.indexOf(' ', 4) + 1;
                    String digits = line.substring(begin, begin + 35).replace(" ", "");
                    content.writeBytes(HexFormat.of().parseHex(digits));
                }
            }
            if (content.size() > 0) {
                contents.put(dump.substring(0, dump.indexOf('\'')), content.toByteArray());
            }
        }
        return contents;
    }

    private String run(String... command) throws IOException, InterruptedException {
        return new NativeCompiler(NativeTypes.of(false, ""), directory).run(Arrays.asList(command));
    }
}
