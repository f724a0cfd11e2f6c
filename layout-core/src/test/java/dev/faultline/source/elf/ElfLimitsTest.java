package dev.faultline.source.elf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.testing.Bounded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ELF files whose headers state more than the file has are refused in time. */
class ElfLimitsTest {

    private static final int HEADER_BYTES = 64;
    private static final String NAMES = "\0.BTF\0";

    @TempDir
    Path scratch;

    /** A 64-bit little-endian header; the section headers follow it, and section 0 has the names. */
    private static ByteBuffer header(int sections) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1).put(6, (byte) 1);
        header.putLong(40, HEADER_BYTES).putShort(58, (short) HEADER_BYTES).putShort(60, (short) sections);
        return header;
    }

    private static ByteBuffer section(int name, long flags, long offset, long byteSize) {
        ByteBuffer section = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return section.putInt(0, name)
                .putInt(4, 1)
                .putLong(8, flags)
                .putLong(24, offset)
                .putLong(32, byteSize);
    }

    private Path write(long fileBytes, ByteBuffer... parts) throws IOException {
        Path file = scratch.resolve("a.o");
        StandardOpenOption[] how = {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE};
        try (FileChannel out = FileChannel.open(file, how)) {
            for (ByteBuffer part : parts) {
                out.write(part.rewind());
            }
            if (fileBytes > out.size()) {
                out.write(ByteBuffer.allocate(1), fileBytes - 1);
            }
        }
        return file;
    }

    private static Optional<ByteBuffer> section(Path file) {
        try (ElfFile elf = ElfFile.open("a.o", file)) {
            return elf.section(".BTF");
        }
    }

    @Test
    void very_many_sections_in_a_sparse_file_are_refused() throws IOException {
        long sections = (1 << 20) + 1;
        Path file = write(HEADER_BYTES * (sections + 2), header(0), section(0, 0, 0, sections));
        assertThat(Bounded.refusal(() -> section(file))).endsWith("1048577 sections; the limit is 1048576");
    }

    @Test
    void more_sections_than_are_read_at_once_are_all_looked_at() throws IOException {
        int sections = 10_000;
        ByteBuffer[] parts = new ByteBuffer[sections + 2];
        long end = (long) HEADER_BYTES * (sections + 1);
        parts[0] = header(sections);
        for (int i = 1; i < sections; i++) {
            parts[i] = section(0, 0, end, NAMES.length());
        }
        parts[sections] = section(1, 0, end, 3);
        parts[sections + 1] = ByteBuffer.wrap(NAMES.getBytes(StandardCharsets.ISO_8859_1));
        Path file = write(0, parts);
        assertThat(Bounded.read(() -> section(file)).orElseThrow().remaining()).isEqualTo(3);
    }

    @Test
    void a_compressed_section_that_states_a_gigabyte_is_refused_before_it_is_inflated() throws IOException {
        int packedBytes = 1 << 20;
        long end = 3 * HEADER_BYTES;
        ByteBuffer compression = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        compression.putInt(0, 1).putLong(8, 1 << 30);
        Path file = write(
                end + NAMES.length() + packedBytes,
                header(2),
                section(0, 0, end, NAMES.length()),
                section(1, 0x800, end + NAMES.length(), packedBytes),
                ByteBuffer.wrap(NAMES.getBytes(StandardCharsets.ISO_8859_1)),
                compression);
        assertThat(Bounded.refusal(() -> section(file)))
                .endsWith("compressed from 1073741824 bytes to 1048576; the limit is 88080384 bytes for this"
                        + " compressed size");
    }
}
