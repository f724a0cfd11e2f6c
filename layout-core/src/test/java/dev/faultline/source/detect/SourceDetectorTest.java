package dev.faultline.source.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.btf.BtfBuilder;
import dev.faultline.source.compression.Compression;
import dev.faultline.source.compression.Packer;
import dev.faultline.source.debugfile.DebugRoots;
import dev.faultline.source.elf.ArchiveFile;
import dev.faultline.source.elf.ElfBuilder;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.source.notation.NotationSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    void a_kernel_without_btf_is_the_first_vmlinux_that_is_there() throws IOException {
        Path missing = directory.resolve("boot/vmlinux-6.1");
        Path vmlinux = directory.resolve("vmlinux");
        SourceDetector fallback = new SourceDetector(
                directory.resolve("btf"),
                List.of(missing, vmlinux),
                Optional.empty(),
                Optional.empty(),
                DebugRoots.NONE);
        assertThatThrownBy(() -> fallback.open("kernel"))
                .hasMessageContaining("nor can a vmlinux be read at any of: " + missing + ", " + vmlinux + "; give");
        Files.write(vmlinux, BtfBuilder.everyKind());
        assertThat(fallback.open("kernel").description()).isEqualTo(vmlinux.toString());
    }

    @Test
    void what_is_no_source_is_refused_in_one_line() throws IOException {
        refused("no-such-file", "no such file");
        refused(file("empty", new byte[0]), "is empty");
        refused(
                file("packed", new byte[] {0x1f, (byte) 0x8b, 8, 0}),
                "broken gzip data: it ends too early; was it cut off?");
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
    void a_stream_may_be_text_or_a_binary_but_no_jar_and_no_class() throws IOException {
        assertThat(read(TEXT.getBytes(StandardCharsets.UTF_8))).isInstanceOf(NotationSource.class);
        assertThat(read(elfWithBtf()).entries())
                .isEqualTo(entries(BtfBuilder.everyKind()))
                .isNotEmpty();
        assertThatThrownBy(() -> read(ownClass()))
                .hasMessage("standard input: a class file can only be read from a file; name it with --from");
        assertThatThrownBy(() -> read(new byte[0])).hasMessage("standard input: is empty");
    }

    private static byte[] elfWithBtf() {
        return new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .section(".BTF", BtfBuilder.everyKind())
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void a_compressed_file_is_read_as_what_is_in_it(Compression format) throws IOException {
        byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
        for (byte[] content : List.of(text, BtfBuilder.everyKind(), elfWithBtf())) {
            byte[] packed = Packer.packed(format, content);
            assertThat(detector.open(file("vmlinux", packed)).entries()).isEqualTo(entries(content));
            assertThat(read(packed).entries()).isEqualTo(entries(content)).isNotEmpty();
        }
    }

    /** {@return what is in a file that is not compressed} */
    private List<LayoutSource.Entry> entries(byte[] content) throws IOException {
        return detector.open(file("plain", content)).entries();
    }

    @Test
    void what_is_said_of_compressed_content_is_what_is_said_of_the_content() throws IOException {
        String name = file("a.gz", Packer.packed(Compression.GZIP, ElfBuilder.withSections(".text")));
        refused(name, "an ELF file without debug information: compile it with -g");
        String tar = file("b.gz", Packer.packed(Compression.GZIP, tar()));
        refused(tar, "a tar archive, which is not read: unpack it and name a file in it: `tar -xf " + tar + "`");
        String twice = file("c.gz", Packer.packed(Compression.GZIP, Packer.packed(Compression.XZ, tar())));
        refused(twice, "compressed data compressed by gzip; unpack it first: `gzip -dc " + twice + " > unpacked`");
        String library = file("e.xz", Packer.packed(Compression.XZ, "!<arch>\n".getBytes(StandardCharsets.US_ASCII)));
        refused(library, "a static library without members");
        String jar = file("d.xz", Packer.packed(Compression.XZ, new byte[] {'P', 'K', 3, 4}));
        refused(jar, "a jar compressed by xz; unpack it first: `xz -dc " + jar + " > unpacked`");
        String nothing = file("e.gz", Packer.packed(Compression.GZIP, new byte[0]));
        refused(nothing, "is empty");
    }

    private static byte[] tar() {
        byte[] tar = new byte[512];
        System.arraycopy("a.c".getBytes(StandardCharsets.US_ASCII), 0, tar, 0, 3);
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        return tar;
    }

    @Test
    void a_split_binary_in_memory_asks_for_its_base_as_one_on_the_disk() throws IOException {
        var split =
                new SourceDetector(directory.resolve("btf"), Optional.of(directory.resolve("base")), Optional.empty());
        String module = file("a.ko.xz", Packer.packed(Compression.XZ, elfWithBtf()));
        assertThatThrownBy(() -> split.open(module))
                .isInstanceOf(InputException.class)
                .hasMessage(directory.resolve("base") + ": --base: no such file, or it cannot be read");
    }

    @Test
    void a_static_library_says_which_member_to_take_out() throws IOException {
        byte[] archive = new StaticArchiveTest.Archive(ArchiveFile.MAGIC)
                .member("foo.o/", elfWithBtf())
                .build();
        String name = file("libfoo.a", archive);
        refused(
                name,
                "a static library of 1 member, 1 with debug information (foo.o), which is not read: take one out and name it:"
                        + " `ar x " + name + " foo.o`");
        assertThatThrownBy(() -> read(archive))
                .hasMessage(
                        "standard input: a static library of 1 member, 1 with debug information (foo.o), which is not read: take one"
                                + " out and name it: `ar x FILE foo.o`");
    }

    @Test
    void text_in_another_encoding_is_text() throws IOException {
        for (Charset encoding : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            byte[] marked = ("\ufeff" + TEXT).getBytes(encoding);
            assertThat(detector.open(file("a.txt", marked)).find("foo")).isInstanceOf(Lookup.Found.class);
        }
    }

    @Test
    void text_with_a_control_character_names_its_place_and_the_command_that_removes_it() throws IOException {
        String name = file("a.txt", TEXT.replace(";", "\0").getBytes(StandardCharsets.UTF_8));
        refused(name, "byte 0x13: text with a control character, 00; remove these: `tr -d '\\000-\\010\\016-\\037'`");
    }

    @Test
    void a_directory_without_classes_names_a_file_that_is_a_source() throws IOException {
        file("picture.png", new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        String object = file("foo.o", elfWithBtf());
        refused(directory.toString(), "a directory without classes or jars; name a file in it, such as " + object);
        Path bundle = Files.createDirectories(directory.resolve("foo.dSYM/Contents/Resources/DWARF"));
        refused(
                bundle.getParent().getParent().getParent().toString(),
                "debug information of macOS (dSYM), which is not read: clang prints the layouts of its source: `clang");
    }

    @Test
    void a_symbolic_link_that_leads_nowhere_says_so() throws IOException {
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), Path.of("nowhere"));
        Path first = Files.createSymbolicLink(directory.resolve("first"), Path.of("second"));
        Files.createSymbolicLink(directory.resolve("second"), Path.of("first"));
        refused(dangling.toString(), "is a symbolic link to a file that is not there");
        refused(first.toString(), "is a symbolic link that leads to itself");
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

    @Test
    void a_base_may_be_compressed_or_the_running_kernels() throws IOException {
        byte[] btf = BtfBuilder.everyKind();
        Path kernels = Files.createDirectory(directory.resolve("btf"));
        Files.write(kernels.resolve("vmlinux"), btf);
        String packed = file("base.xz", Packer.packed(Compression.XZ, btf));
        String complete = file("complete.btf", btf);
        for (String base : List.of(packed, SourceDetector.KERNEL)) {
            var source = new SourceDetector(kernels, Optional.of(Path.of(base)), Optional.empty()).open(complete);
            assertThat(source.notes())
                    .containsExactly(complete + ": is complete without a base; " + base + " is not used");
        }
    }

    @Test
    void a_base_that_is_no_btf_is_refused() throws IOException {
        String text = file("a.h", "struct a { int x; };".getBytes(StandardCharsets.UTF_8));
        String complete = file("complete.btf", BtfBuilder.everyKind());
        var detector = new SourceDetector(directory.resolve("btf"), Optional.of(Path.of(text)), Optional.empty());
        assertThatThrownBy(() -> detector.open(complete))
                .hasMessage(text + ": --base: expected BTF or a binary with BTF, found another kind of source");
    }
}
