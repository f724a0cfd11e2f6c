package dev.faultline.source.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.source.compression.Compression;
import dev.faultline.source.compression.Packer;
import dev.faultline.testing.Bounded;
import dev.faultline.testing.NativeCompiler;
import dev.faultline.testing.NativeTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A section has one content, however it is compressed and however it is read. */
class SectionTest {

    private static final int ZLIB = 1;
    private static final int ZSTD = 2;
    private static final byte[] CONTENT = content();

    @TempDir
    Path directory;

    /** {@return what compresses to a third} */
    private static byte[] content() {
        byte[] content = new byte[400_001];
        Random random = new Random(1);
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) random.nextInt(6);
        }
        return content;
    }

    private static byte[] zlib(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    private static byte[] zstd(byte[] content) throws IOException {
        return Packer.packed(Compression.ZSTD, content);
    }

    private static byte[] gnu(long byteSize, byte[] packed) {
        return ByteBuffer.allocate(12 + packed.length)
                .put("ZLIB".getBytes(StandardCharsets.US_ASCII))
                .putLong(byteSize)
                .put(packed)
                .array();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static ElfBuilder builder(boolean wide, ByteOrder order) {
        return new ElfBuilder(wide, order);
    }

    private static Section only(ElfBuilder elf) {
        return ElfFile.of(FileBytes.of("a.o", ByteBuffer.wrap(elf.build())))
                .sections()
                .get(1);
    }

    private static byte[] bytes(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    private static byte[] streamed(Section section, int most) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (SectionStream stream = section.open()) {
            byte[] some = new byte[most];
            int count = stream.read(some, 0, most);
            while (count > 0) {
                content.write(some, 0, count);
                assertThat(stream.position()).isEqualTo(content.size());
                count = stream.read(some, 0, most);
            }
        }
        return content.toByteArray();
    }

    private static void check(Section section, byte[] expected) {
        assertThat(section.byteSize()).isEqualTo(expected.length);
        assertThat(section.hasContent()).isTrue();
        assertThat(bytes(section.content())).isEqualTo(expected);
        assertThat(streamed(section, 7919)).isEqualTo(expected);
        assertThat(streamed(section, 700_000)).isEqualTo(expected);
        int middle = expected.length / 2;
        assertThat(bytes(section.read(middle, 99, "a part")))
                .isEqualTo(Arrays.copyOfRange(expected, middle, middle + 99));
        assertThat(section.read(1, 2, "a part").order()).isEqualTo(section.byteOrder());
        try (SectionStream stream = section.open()) {
            stream.skip(middle);
            byte[] some = new byte[10];
            assertThat(stream.read(some, 2, 5)).isEqualTo(5);
            assertThat(Arrays.copyOfRange(some, 2, 7)).isEqualTo(Arrays.copyOfRange(expected, middle, middle + 5));
            stream.skip(Long.MAX_VALUE);
            assertThat(stream.position()).isEqualTo(expected.length);
            assertThat(stream.read(some, 0, 1)).isZero();
        }
    }

    @Test
    void content_is_the_same_plain_and_compressed() throws IOException {
        byte[] zlib = zlib(CONTENT);
        byte[] zstd = zstd(CONTENT);
        for (boolean wide : new boolean[] {true, false}) {
            for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                check(only(builder(wide, order).section(".debug_info", CONTENT)), CONTENT);
                check(only(builder(wide, order).compressed(".debug_info", ZLIB, CONTENT.length, zlib)), CONTENT);
                check(only(builder(wide, order).compressed(".debug_info", ZSTD, CONTENT.length, zstd)), CONTENT);
                check(only(builder(wide, order).section(".zdebug_info", gnu(CONTENT.length, zlib))), CONTENT);
            }
        }
    }

    @Test
    void compressed_data_one_after_the_other_is_one_content() throws IOException {
        byte[] twice = joined(CONTENT, CONTENT);
        check(
                only(builder(true, ByteOrder.LITTLE_ENDIAN)
                        .compressed(".debug_info", ZLIB, twice.length, joined(zlib(CONTENT), zlib(CONTENT)))),
                twice);
        check(
                only(builder(true, ByteOrder.LITTLE_ENDIAN)
                        .compressed(".debug_info", ZSTD, twice.length, joined(zstd(CONTENT), zstd(CONTENT)))),
                twice);
    }

    @Test
    void compressed_sections_of_object_files_are_relocated() throws IOException {
        byte[] content = new byte[200_000];
        for (ElfBuilder elf : List.of(
                builder(true, ByteOrder.LITTLE_ENDIAN).compressed(".debug_info", ZLIB, content.length, zlib(content)),
                builder(true, ByteOrder.LITTLE_ENDIAN).section(".zdebug_info", gnu(content.length, zlib(content))))) {
            elf.relocations(true, 3, new long[] {150_000, 1, 1, 5}).symbols(0, new long[] {0, 0x1000, 0, 1, 1});
            byte[] expected = content.clone();
            expected[150_000] = 5;
            expected[150_001] = 0x10;
            check(only(elf), expected);
        }
    }

    @Test
    void several_sections_of_one_name_are_all_found_by_the_name_without_z() throws IOException {
        ElfFile elf = ElfFile.of(FileBytes.of(
                "a.o",
                ByteBuffer.wrap(builder(true, ByteOrder.BIG_ENDIAN)
                        .section(".debug_types", 1, 0x200, 0x40, 7, 8, 9, new byte[1])
                        .section(".debug_typesx", new byte[2])
                        .section(".zdebug_types", gnu(3, zlib(new byte[3])))
                        .section(".debug_types", 8, 0, new byte[0])
                        .build())));
        assertThat(elf.findAll(".debug_types")).extracting(Section::index).containsExactly(1, 3, 4);
        assertThat(elf.findAll(".debug_types")).extracting(Section::name).containsOnly(".debug_types");
        assertThat(elf.findAll(".debug_types"))
                .extracting(Section::isCompressed)
                .containsExactly(false, true, false);
        assertThat(elf.find(".debug_types").orElseThrow().index()).isEqualTo(1);
        assertThat(elf.find(".debug_type")).isEmpty();
        assertThat(elf.sections()).hasSize(6);
        Section first = elf.sections().get(1);
        assertThat(first.type()).isEqualTo(1);
        assertThat(first.flags()).isEqualTo(0x200);
        assertThat(first.address()).isEqualTo(0x40);
        assertThat(first.link()).isEqualTo(7);
        assertThat(first.info()).isEqualTo(8);
        assertThat(first.entryBytes()).isEqualTo(9);
        assertThat(elf.sections().get(4).hasContent()).isFalse();
        assertThat(elf.sections().get(0).hasContent()).isFalse();
        assertThat(Bounded.refusal(() -> elf.sections().get(4).open()))
                .isEqualTo("a.o: section .debug_types: has no content in this file; was it stripped?");
    }

    @Test
    void a_part_outside_the_content_is_refused() throws IOException {
        Section section =
                only(builder(true, ByteOrder.LITTLE_ENDIAN).compressed(".debug_str", ZLIB, 3, zlib(new byte[3])));
        assertThat(bytes(section.read(3, 0, "nothing"))).isEmpty();
        assertThat(Bounded.refusal(() -> section.read(2, 2, "a name")))
                .isEqualTo("a.o: section .debug_str, byte 0x2: a name (2 bytes) lies outside a section of 3 bytes");
        assertThat(Bounded.refusal(() -> section.read(-1, 1, "a name"))).contains("lies outside");
        assertThat(Bounded.refusal(() -> section.read(Long.MAX_VALUE, 1, "a name")))
                .contains("lies outside");
    }

    private static void refused(ElfBuilder elf, String message) {
        assertThat(Bounded.refusal(() -> only(elf).content())).startsWith(message);
        assertThat(Bounded.refusal(() -> streamed(only(elf), 1000))).startsWith(message);
        assertThat(Bounded.refusal(() -> only(elf).read(0, 1, "a byte"))).startsWith(message);
    }

    @Test
    void compressed_data_that_is_cut_off_or_lies_about_its_size_is_refused() throws IOException {
        byte[] zlib = zlib(CONTENT);
        byte[] zstd = zstd(CONTENT);
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        refused(
                builder(true, order).compressed(".debug_info", ZLIB, CONTENT.length, Arrays.copyOf(zlib, 50_000)),
                "a.o: section .debug_info: broken zlib data: it ends too early");
        refused(
                builder(true, order)
                        .compressed(".debug_info", ZLIB, CONTENT.length, Arrays.copyOf(zlib, zlib.length - 2)),
                "a.o: section .debug_info: broken zlib data: it ends too early");
        refused(
                builder(true, order).compressed(".debug_info", ZSTD, CONTENT.length, Arrays.copyOf(zstd, 50_000)),
                "a.o: section .debug_info: broken zstd data: ");
        refused(
                builder(true, order).compressed(".debug_info", ZLIB, CONTENT.length + 1, zlib),
                "a.o: section .debug_info: unpacks to 400001 bytes of 400002");
        refused(
                builder(true, order).compressed(".debug_info", ZLIB, CONTENT.length - 1, zlib),
                "a.o: section .debug_info: unpacks to more than the 400000 bytes it states");
        refused(
                builder(true, order).compressed(".debug_info", ZSTD, CONTENT.length - 1, zstd),
                "a.o: section .debug_info: unpacks to more than the 400000 bytes it states");
        zlib[zlib.length - 1] ^= 1;
        refused(
                builder(true, order).compressed(".debug_info", ZLIB, CONTENT.length, zlib),
                "a.o: section .debug_info: broken zlib data: incorrect data check");
    }

    @Test
    void headers_of_compressed_data_are_checked() throws IOException {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        refused(
                builder(true, order).section(".debug_info", 1, 0x800, new byte[20]),
                "a.o: section .debug_info: truncated compression header");
        refused(
                builder(true, order).section(".zdebug_info", new byte[11]),
                "a.o: section .zdebug_info: truncated compression header");
        refused(
                builder(true, order).section(".zdebug_info", new byte[12]),
                "a.o: section .zdebug_info: expected ZLIB at its start, found '");
        refused(
                builder(true, order).section(".zdebug_info", gnu(Long.MIN_VALUE, new byte[12])),
                "a.o: section .zdebug_info: compressed from 9223372036854775808 bytes to 24; the limit is 24768 bytes");
        refused(
                builder(true, order).section(".zdebug_info", gnu(1L << 40, zlib(CONTENT))),
                "a.o: section .zdebug_info: compressed from 1099511627776 bytes to");
    }

    @Test
    @Tag("slow")
    void a_section_above_2_gib_is_read_in_parts_and_as_a_stream() throws IOException {
        long byteSize = (5L << 30) + 3;
        byte[] last = {7, 8, 9};
        Path file = SparseElf.withSection(directory.resolve("a.o"), ".debug_info", byteSize, last);
        try (ElfFile elf = ElfFile.open("a.o", file)) {
            Section section = elf.find(".debug_info").orElseThrow();
            assertThat(section.byteSize()).isEqualTo(byteSize);
            assertThat(bytes(section.read(5L << 30, 3, "the end"))).isEqualTo(last);
            try (SectionStream stream = section.open()) {
                stream.skip(5L << 30);
                byte[] end = new byte[9];
                assertThat(stream.read(end, 0, 9)).isEqualTo(3);
                assertThat(Arrays.copyOf(end, 3)).isEqualTo(last);
            }
            assertThat(Bounded.refusal(section::content))
                    .isEqualTo("a.o: section .debug_info: 5368709123 bytes; the limit is 1073741824");
        }
    }

    @Test
    @Tag("slow")
    @Tag("native")
    void objcopy_changes_the_compression_and_not_the_content() throws Exception {
        assumeTrue(NativeCompiler.has("gcc", "objcopy"), "gcc and objcopy are not installed");
        NativeCompiler compiler = new NativeCompiler(NativeTypes.c(new Random(1), 60), directory);
        Path object = compiler.object();
        Path program = directory.resolve("program");
        compiler.run(List.of("gcc", "-shared", "-o", program.toString(), object.toString()));
        for (Path plain : List.of(object, program)) {
            Map<String, byte[]> expected = debug(plain);
            assertThat(expected).containsKeys(".debug_info", ".debug_str", ".debug_abbrev");
            List<String> formats = new ArrayList<>(List.of("zlib-gabi", "zlib-gnu"));
            if (compiler.run(List.of("objcopy", "--help")).contains("|zstd")) {
                formats.add("zstd");
            }
            for (String format : formats) {
                Path packed = directory.resolve("packed");
                compiler.run(
                        List.of("objcopy", "--compress-debug-sections=" + format, plain.toString(), packed.toString()));
                try (ElfFile elf = ElfFile.open("a", packed)) {
                    assertThat(elf.find(".debug_info").orElseThrow().isCompressed())
                            .as(format)
                            .isTrue();
                }
                assertThat(debug(packed)).as(format).containsExactlyEntriesOf(expected);
            }
        }
    }

    private static Map<String, byte[]> debug(Path file) {
        Map<String, byte[]> contents = new TreeMap<>();
        try (ElfFile elf = ElfFile.open("a", file)) {
            for (Section section : elf.sections()) {
                if (section.hasContent() && section.name().startsWith(".debug_")) {
                    byte[] content = bytes(section.content());
                    assertThat(streamed(section, 1009)).isEqualTo(content);
                    contents.put(section.name(), content);
                }
            }
        }
        return contents;
    }
}
