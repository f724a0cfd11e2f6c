package dev.faultline.source.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.source.notation.NotationSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceDetectorTest {

    private static final String TEXT =
            "struct foo {\n\tint a; /* 0 4 */\n\t/* size: 4, cachelines: 1, members: 1 */\n};\n";

    @TempDir
    Path directory;

    private SourceDetector detector;

    @BeforeEach
    void detector() {
        detector = new SourceDetector(directory.resolve("btf"), Optional.empty(), Optional.of(VmMode.ofFeature(17)));
    }

    private String file(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes).toString();
    }

    private static byte[] ownClass() throws IOException {
        try (var in = SourceDetectorTest.class.getResourceAsStream("SourceDetectorTest.class")) {
            return in.readAllBytes();
        }
    }

    @Test
    void text_is_text_whatever_its_file_is_called() throws IOException {
        LayoutSource source = detector.open(file("vmlinux.jar", TEXT.getBytes(StandardCharsets.UTF_8)));
        assertThat(source).isInstanceOf(NotationSource.class);
        assertThat(source.find("foo")).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void classes_are_told_by_their_first_bytes() throws IOException {
        LayoutSource single = detector.open(file("notes.txt", ownClass()));
        assertThat(single).isInstanceOf(ClassSource.class);
        assertThat(single.find(getClass().getName())).isInstanceOf(Lookup.Found.class);

        Path jar = directory.resolve("archive.o");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(getClass().getName().replace('.', '/') + ".class"));
            out.write(ownClass());
        }
        assertThat(detector.open(jar.toString()).find(getClass().getName())).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void a_directory_holds_classes() throws IOException {
        Path place = directory.resolve(getClass().getName().replace('.', '/') + ".class");
        Files.createDirectories(place.getParent());
        Files.write(place, ownClass());
        assertThat(detector.open(directory.toString()).find(getClass().getName()))
                .isInstanceOf(Lookup.Found.class);
    }

    @Test
    void jvm_is_the_running_vm() {
        assertThat(detector.open("jvm").find("java.lang.Thread")).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void a_kernel_without_btf_says_why_and_what_else_to_do() {
        assertThatThrownBy(() -> detector.open("kernel"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("CONFIG_DEBUG_INFO_BTF")
                .hasMessageContaining("--from");
    }

    @Test
    void what_is_no_source_is_refused_in_one_line() throws IOException {
        refused("no-such-file", "no such file");
        refused(file("empty", new byte[0]), "is empty");
        refused(file("packed", new byte[] {0x1f, (byte) 0x8b, 8, 0}), "is compressed");
        refused(file("binary", new byte[] {1, 2, 3, 4, 0, 0}), "found binary data starting 01 02 03 04");
        refused("a\0b", "is not a valid file name");
    }

    private void refused(String name, String reason) {
        assertThatThrownBy(() -> detector.open(name))
                .as(name)
                .isInstanceOf(InputException.class)
                .hasMessageContaining(reason)
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("\n"));
    }

    @Test
    void a_file_that_ends_after_its_magic_number_is_refused_when_opened_or_knows_nothing() throws IOException {
        List<byte[]> stumps = List.of(
                new byte[] {(byte) 0x9f, (byte) 0xeb, 1},
                new byte[] {0x7f, 'E', 'L', 'F'},
                new byte[] {'P', 'K', 3, 4},
                new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe});
        for (byte[] stump : stumps) {
            String name = file("stump", stump);
            try {
                assertThat(detector.open(name).find("foo")).isInstanceOf(Lookup.Missing.class);
            } catch (InputException refused) {
                assertThat(refused).hasMessageStartingWith(name + ": ");
            }
        }
    }

    @Test
    void a_stream_may_be_text_but_no_kind_that_needs_a_file() throws IOException {
        LayoutSource source = read(TEXT.getBytes(StandardCharsets.UTF_8));
        assertThat(source).isInstanceOf(NotationSource.class);
        assertThatThrownBy(() -> read(ownClass()))
                .hasMessage("standard input: a class file can only be read from a file; name it with --from");
        assertThatThrownBy(() -> read(new byte[0])).hasMessage("standard input: is empty");
    }

    private LayoutSource read(byte[] bytes) {
        return detector.read("standard input", new ByteArrayInputStream(bytes));
    }

    @Test
    void an_endless_stream_is_given_up() {
        var endless = new java.io.InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                java.util.Arrays.fill(bytes, from, from + length, (byte) ' ');
                return length;
            }
        };
        assertThatThrownBy(() -> detector.read("standard input", endless)).hasMessageContaining("longer than 64 MiB");
    }

    @Test
    void a_base_that_is_not_there_is_refused() throws IOException {
        var split =
                new SourceDetector(directory.resolve("btf"), Optional.of(directory.resolve("base")), Optional.empty());
        String module = file("module", new byte[] {(byte) 0x9f, (byte) 0xeb, 1, 0});
        assertThatThrownBy(() -> split.open(module))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--base");
    }
}
