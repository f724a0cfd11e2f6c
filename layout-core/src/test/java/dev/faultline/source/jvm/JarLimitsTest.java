package dev.faultline.source.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.Lookup;
import dev.faultline.source.jvm.classfile.ClassLimits;
import dev.faultline.source.jvm.store.DirectoryClasses;
import dev.faultline.testing.Bounded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile jars: their directory is checked before anything is unpacked, and their unpacked size is limited. */
class JarLimitsTest {

    private static final VmMode MODE = VmMode.parse("21");
    private static final int LARGE = 16 << 20;

    @TempDir
    Path scratch;

    /** A zip file whose headers may be wrong. */
    private static final class Zip {
        private final ByteArrayOutputStream file = new ByteArrayOutputStream();
        private final List<ByteBuffer> directory = new ArrayList<>();

        private static ByteBuffer bytes(int count) {
            return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        }

        /** {@return where the content of an entry is, which this adds} */
        int content(String name, byte[] packed, int method) {
            int at = file.size();
            byte[] letters = name.getBytes(StandardCharsets.UTF_8);
            file.writeBytes(bytes(30)
                    .putInt(0, 0x04034b50)
                    .putShort(8, (short) method)
                    .putShort(26, (short) letters.length)
                    .array());
            file.writeBytes(letters);
            file.writeBytes(packed);
            return at;
        }

        /** Adds an entry to the directory. */
        Zip entry(String name, int method, int flags, long packedBytes, long byteSize, long at, byte... extra) {
            byte[] letters = name.getBytes(StandardCharsets.UTF_8);
            directory.add(bytes(46 + letters.length + extra.length)
                    .putInt(0, 0x02014b50)
                    .putShort(8, (short) flags)
                    .putShort(10, (short) method)
                    .putInt(20, (int) packedBytes)
                    .putInt(24, (int) byteSize)
                    .putShort(28, (short) letters.length)
                    .putShort(30, (short) extra.length)
                    .putInt(42, (int) at)
                    .position(46)
                    .put(letters)
                    .put(extra)
                    .flip());
            return this;
        }

        Zip deflated(String name, byte[] content) {
            byte[] packed = deflate(content);
            return entry(name, 8, 0, packed.length, content.length, content(name, packed, 8));
        }

        byte[] end() {
            return end(Integer.MAX_VALUE, -1);
        }

        byte[] end(int lastBytes, long statedOffset) {
            int start = file.size();
            directory.forEach(entry -> file.writeBytes(entry.array()));
            int size = file.size() - start;
            long offset = statedOffset < 0 ? start : statedOffset;
            file.writeBytes(bytes(22)
                    .putInt(0, 0x06054b50)
                    .putShort(8, (short) directory.size())
                    .putShort(10, (short) directory.size())
                    .putInt(12, lastBytes == Integer.MAX_VALUE ? size : lastBytes)
                    .putInt(16, (int) offset)
                    .array());
            return file.toByteArray();
        }
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] some = new byte[1 << 16];
        while (!deflater.finished()) {
            packed.write(some, 0, deflater.deflate(some));
        }
        deflater.end();
        return packed.toByteArray();
    }

    private ClassSource open(byte[] jar) {
        try {
            Path file = Files.write(scratch.resolve("app.jar"), jar);
            return ClassSource.open("app.jar", file, MODE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String refusal(byte[] jar) {
        return Bounded.refusal(() -> open(jar));
    }

    private static byte[] ring() {
        return ClassMaker.named("Ring").with("J", "head").bytes();
    }

    @Test
    void entries_that_share_bytes_are_refused() {
        Zip zip = new Zip();
        byte[] packed = deflate(new byte[LARGE]);
        int at = zip.content("A0.class", packed, 8);
        for (int i = 0; i < 2000; i++) {
            zip.entry("A" + i + ".class", 8, 0, packed.length, LARGE, at);
        }
        assertThat(refusal(zip.end()))
                .isEqualTo("app.jar: not a jar that can be read: its entries overlap: A0.class and A1.class share"
                        + " bytes of the file");
    }

    @Test
    void entries_that_share_some_bytes_are_refused() {
        Zip zip = new Zip();
        byte[] packed = deflate(new byte[LARGE]);
        int at = zip.content("A.class", packed, 8);
        zip.entry("B.class", 8, 0, packed.length - 8, LARGE, at + 8).entry("A.class", 8, 0, packed.length, LARGE, at);
        assertThat(refusal(zip.end())).contains("A.class and B.class share bytes");
        Zip last = new Zip();
        last.entry("A.class", 8, 0, packed.length + 5, LARGE, last.content("A.class", packed, 8));
        assertThat(refusal(last.end())).contains("A.class and the directory share bytes");
    }

    @Test
    void classes_that_unpack_to_too_much_in_all_are_refused_as_a_whole() {
        Zip zip = new Zip();
        byte[] packed = deflate(new byte[LARGE]);
        for (int i = 0; i < 40; i++) {
            String name = "A" + i + ".class";
            zip.entry(name, 8, 0, packed.length, LARGE, zip.content(name, packed, 8));
        }
        ClassSource source = open(zip.end());
        assertThat(source.entries()).hasSize(40);
        assertThat(Bounded.refusal(source::all)).startsWith("app.jar: its classes unpack to more than ");
        assertThat(((Lookup.Missing) source.find("A39")).reason())
                .isEqualTo("app.jar: its classes unpack to more than " + ClassLimits.mostUnpacked(zip.file.size())
                        + " bytes in total");
    }

    @Test
    void a_class_read_again_and_again_counts_once() {
        byte[] large = new byte[LARGE];
        System.arraycopy(ring(), 0, large, 0, 8);
        ClassSource source = open(new Zip()
                .deflated("Large.class", large)
                .deflated("Ring.class", ring())
                .end());
        for (int i = 0; i < 20; i++) {
            assertThat(source.find("Large")).isInstanceOf(Lookup.Missing.class);
        }
        assertThat(source.find("Ring")).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void sizes_that_lie_do_not_matter() {
        byte[] packed = deflate(ring());
        Zip zip = new Zip();
        zip.entry("Ring.class", 8, 0, packed.length, 3, zip.content("Ring.class", packed, 8));
        assertThat(open(zip.end()).find("Ring")).isInstanceOf(Lookup.Found.class);
        Zip huge = new Zip();
        huge.entry("Ring.class", 8, 0, packed.length, 0xfffffffeL, huge.content("Ring.class", packed, 8));
        assertThat(open(huge.end()).find("Ring")).isInstanceOf(Lookup.Found.class);
        Zip cut = new Zip();
        cut.entry("Ring.class", 8, 0, packed.length - 9, 3, cut.content("Ring.class", packed, 8));
        assertThat(((Lookup.Missing) open(cut.end()).find("Ring")).reason())
                .startsWith("app.jar!/Ring.class: cannot be unpacked: ");
    }

    @Test
    void wide_sizes_are_read_and_their_lies_refused() {
        byte[] packed = deflate(ring());
        for (long at : new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40}) {
            for (long size : new long[] {packed.length, -1, Long.MAX_VALUE, 1L << 33}) {
                Zip zip = new Zip();
                zip.content("Ring.class", packed, 8);
                byte[] extra = Zip.bytes(28)
                        .putShort(0, (short) 1)
                        .putShort(2, (short) 24)
                        .putLong(4, 5)
                        .putLong(12, size)
                        .putLong(20, at)
                        .array();
                zip.entry("Ring.class", 8, 0, -1, -1, -1, extra);
                byte[] jar = zip.end();
                if (at == 0 && size == packed.length) {
                    assertThat(open(jar).find("Ring")).isInstanceOf(Lookup.Found.class);
                } else if (at == 1 && size == packed.length) {
                    assertThat(refusal(jar)).contains("share bytes of the file");
                } else {
                    assertThat(refusal(jar)).contains("is outside the file").contains("app.jar: ");
                }
            }
        }
    }

    @Test
    void a_directory_that_is_not_where_it_should_be_is_refused() {
        assertThat(refusal(new Zip().deflated("Ring.class", ring()).end(-2, -1)))
                .isEqualTo("app.jar: not a jar that can be read: its directory is outside the file");
        assertThat(refusal(new Zip().deflated("Ring.class", ring()).end(-1, -1)))
                .contains("is outside the file");
        assertThat(refusal(new Zip().deflated("Ring.class", ring()).end(30, -1)))
                .contains("entry 1 of its directory");
        assertThat(refusal("PK\3\4 and no more".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("app.jar: not a jar that can be read: it has no central directory");
    }

    @Test
    void what_stands_in_front_of_a_jar_is_passed_over() {
        byte[] jar = new Zip().deflated("Ring.class", ring()).end();
        byte[] behind = new byte[jar.length + 1000];
        System.arraycopy(jar, 0, behind, 1000, jar.length);
        assertThat(open(behind).find("Ring")).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void encrypted_and_unknown_entries_are_said_to_be_so() {
        byte[] ring = ring();
        Zip zip = new Zip();
        zip.entry("A.class", 0, 1, ring.length, ring.length, zip.content("A.class", ring, 0));
        zip.entry("B.class", 12, 0, ring.length, ring.length, zip.content("B.class", ring, 12));
        zip.entry("Ring.class", 0, 0, ring.length, ring.length, zip.content("Ring.class", ring, 0));
        ClassSource source = open(zip.end());
        assertThat(((Lookup.Missing) source.find("A")).reason()).endsWith("cannot be unpacked: it is encrypted");
        assertThat(((Lookup.Missing) source.find("B")).reason()).endsWith("cannot be unpacked: unknown method 12");
        assertThat(source.find("Ring")).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void a_jar_of_too_many_entries_is_refused() {
        Zip zip = new Zip();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        zip.entry("a", 0, 0, 0, 0, 0);
        byte[] one = zip.directory.remove(0).array();
        for (int i = 0; i <= ClassLimits.MOST_JAR_ENTRIES; i++) {
            directory.writeBytes(one);
        }
        zip.directory.add(ByteBuffer.wrap(directory.toByteArray()));
        assertThat(refusal(zip.end())).isEqualTo("app.jar: not a jar that can be read: more than 262144 entries");
    }

    @Test
    void links_that_lead_back_are_not_followed() throws IOException {
        Path root = Files.createDirectory(scratch.resolve("classes"));
        Files.write(root.resolve("Ring.class"), ring());
        Files.createSymbolicLink(root.resolve("again"), root);
        Files.createSymbolicLink(root.resolve("Loop.class"), Path.of("Loop.class"));
        ClassSource source = ClassSource.open("classes", root, MODE);
        assertThat(Bounded.read(source::all)).hasSize(1);
    }

    /** Many links to one class file count like many class files. */
    @Test
    void a_directory_of_links_to_one_large_class_is_refused(@TempDir Path root) throws IOException {
        Path large = root.resolve("Large.class");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(16 << 20);
        }
        for (int i = 0; i < 64; i++) {
            Files.createSymbolicLink(root.resolve("L" + i + ".class"), large);
        }
        DirectoryClasses classes = new DirectoryClasses("classes", root, Optional.empty());
        assertThat(Bounded.refusal(classes::names)).contains("more than 1073741824 bytes in total");
    }
}
