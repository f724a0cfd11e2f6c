package dev.faultline.source.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import dev.faultline.testing.AllocatedBytes;
import dev.faultline.testing.Bounded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Tag;
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

    private static ElfFile inMemory(ElfBuilder elf) {
        return ElfFile.of(FileBytes.of("a.o", ByteBuffer.wrap(elf.build())));
    }

    private static byte[] gnuCompressed(long byteSize, byte[] packed) {
        return ByteBuffer.allocate(12 + packed.length)
                .put("ZLIB".getBytes(StandardCharsets.US_ASCII))
                .putLong(byteSize)
                .put(packed)
                .array();
    }

    private static byte[] deflated(int byteSize) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            byte[] some = new byte[1 << 16];
            for (int written = 0; written < byteSize; written += some.length) {
                out.write(some);
            }
        }
        return packed.toByteArray();
    }

    /** {@return the bytes that this thread allocates} */
    private static long allocated(Callable<?> reader) {
        long before = AllocatedBytes.ofThread();
        assertThatThrownBy(reader::call).isInstanceOf(InputException.class);
        return AllocatedBytes.ofThread() - before;
    }

    @Test
    void what_a_header_of_compressed_data_states_is_not_allocated() throws IOException {
        byte[] packed = Arrays.copyOf(deflated(1 << 20), 100_000); // followed by what is no zlib data
        for (ElfBuilder elf : List.of(
                new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN).compressed(".debug_info", 1, 60 << 20, packed),
                new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN).compressed(".debug_info", 2, 60 << 20, packed),
                new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                        .section(".zdebug_info", gnuCompressed(60 << 20, packed)))) {
            Section section = inMemory(elf).sections().get(1);
            assertThat(section.byteSize()).isEqualTo(60 << 20);
            assertThat(allocated(section::content)).isLessThan(6 << 20);
            assertThat(allocated(() -> section.read(0, 1, "a byte"))).isLessThan(6 << 20);
            assertThat(allocated(() -> {
                        try (SectionStream stream = section.open()) {
                            return stream.read(new byte[4 << 20], 0, 4 << 20);
                        }
                    }))
                    .isLessThan(6 << 20);
        }
    }

    @Test
    @Tag("slow")
    void data_that_inflates_to_more_than_it_states_or_may_is_refused() throws IOException {
        byte[] bomb = deflated(200 << 20);
        assertThat(bomb.length).isLessThan(300_000);
        for (int stated : new int[] {1000, 60 << 20}) {
            ElfBuilder elf = new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN).compressed(".debug_info", 1, stated, bomb);
            assertThat(Bounded.refusal(() -> inMemory(elf).section(".debug_info")))
                    .isEqualTo("a.o: section .debug_info: unpacks to more than the " + stated + " bytes it states");
        }
        ElfBuilder elf = new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN).compressed(".debug_info", 1, 200 << 20, bomb);
        assertThat(Bounded.refusal(
                        () -> inMemory(elf).find(".debug_info").orElseThrow().open()))
                .contains("compressed from 209715200 bytes to ", "; the limit is ");
    }

    @Test
    void many_small_sections_with_relocations_are_read_in_time() {
        ElfBuilder elf = new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN).symbols(0, new long[] {0, 0x1000, 0, 1, 1});
        for (int i = 0; i < 20_000; i++) {
            elf.section(".debug_types", new byte[8]).relocations(true, 1, new long[] {0, 1, 1, i});
        }
        ElfFile file = inMemory(elf);
        long sum = Bounded.read(() -> file.findAll(".debug_types").stream()
                .mapToLong(section -> section.content().getLong())
                .sum());
        assertThat(sum).isEqualTo(20_000L * 0x1000 + 19_999L * 20_000 / 2);
    }

    @Test
    void relocations_without_end_at_one_place_take_the_time_of_their_number() {
        long[][] entries = new long[1_000_000][];
        Arrays.fill(entries, new long[] {0, 1, 1, 7});
        ElfBuilder elf = new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .section(".debug_info", new byte[8])
                .relocations(true, 3, entries)
                .symbols(0, new long[] {0, 0x1000, 0, 1, 1});
        ElfFile file = inMemory(elf);
        assertThat(Bounded.read(() -> file.section(".debug_info").orElseThrow().getLong()))
                .isEqualTo(0x1007);
    }

    @Test
    void sections_that_are_their_own_relocations_symbols_or_names_end() {
        ElfBuilder elf = new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                .section(".debug_info", 4, 0, 0, 1, 1, 24, new byte[48])
                .section(".symtab", 2, 0, 0, 2, 2, 24, new byte[72]);
        ElfFile file = inMemory(elf);
        assertThat(Bounded.read(() -> file.section(".debug_info").orElseThrow().remaining()))
                .isEqualTo(48);
        assertThat(Bounded.read(
                        () -> SymbolTable.of(file).orElseThrow().symbols().count()))
                .isEqualTo(2);
    }
}
