package dev.faultline.source.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import io.airlift.compress.zstd.ZstdCompressor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an ELF file says of itself, and its sections, from the disk and from memory. */
class ElfFileTest {

    private static final byte[] CONTENT = "0123456789".repeat(100).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    private static byte[] deflated() {
        Deflater deflater = new Deflater();
        deflater.setInput(CONTENT);
        deflater.finish();
        byte[] packed = new byte[CONTENT.length];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    private static byte[] zstd() {
        ZstdCompressor compressor = new ZstdCompressor();
        byte[] packed = new byte[compressor.maxCompressedLength(CONTENT.length)];
        return Arrays.copyOf(packed, compressor.compress(CONTENT, 0, CONTENT.length, packed, 0, packed.length));
    }

    private static ElfFile inMemory(byte[] bytes) {
        return ElfFile.of(FileBytes.of("a.o", ByteBuffer.wrap(bytes)));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"true, LITTLE_ENDIAN", "true, BIG_ENDIAN", "false, LITTLE_ENDIAN", "false, BIG_ENDIAN"})
    void class_order_type_machine_and_sections_are_those_of_the_file(boolean wide, String orderName)
            throws IOException {
        ByteOrder order = orderName.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        byte[] file = new ElfBuilder(wide, order)
                .type(ElfFile.CORE)
                .section(".plain", CONTENT)
                .compressed(".zlib", 1, CONTENT.length, deflated())
                .compressed(".zstd", 2, CONTENT.length, zstd())
                .section(".bss", 8, 0, new byte[0])
                .build();
        Path path = Files.write(directory.resolve("a.o"), file);
        try (ElfFile onDisk = ElfFile.open("a.o", path)) {
            for (ElfFile elf : new ElfFile[] {onDisk, inMemory(file)}) {
                assertThat(elf.source()).isEqualTo("a.o");
                assertThat(elf.is64Bit()).isEqualTo(wide);
                assertThat(elf.byteOrder()).isEqualTo(order);
                assertThat(elf.type()).isEqualTo(ElfFile.CORE);
                assertThat(elf.machine()).isEqualTo(62);
                for (String name : new String[] {".plain", ".zlib", ".zstd"}) {
                    ByteBuffer content = elf.section(name).orElseThrow();
                    assertThat(content.order()).isEqualTo(order);
                    assertThat(bytes(content)).as(name).isEqualTo(CONTENT);
                }
                assertThat(elf.section(".plai")).isEmpty();
                assertThat(elf.has(".plain")).isTrue();
                assertThat(elf.has(".bss")).as("it has no content").isFalse();
                assertThat(elf.hasAny(name -> name.startsWith(".zl"))).isTrue();
                assertThat(elf.hasAny(name -> name.startsWith(".b"))).isFalse();
            }
        }
    }

    @Test
    void broken_and_lying_compression_is_refused() {
        byte[] cut = Arrays.copyOf(zstd(), 10);
        refused(
                new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                        .compressed(".BTF", 2, CONTENT.length, cut)
                        .build(),
                "a.o: section .BTF: broken zstd data: ");
        refused(
                new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                        .compressed(".BTF", 2, CONTENT.length + 1, zstd())
                        .build(),
                "a.o: section .BTF: unpacks to 1000 bytes of 1001");
        refused(
                new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN)
                        .compressed(".BTF", 3, 1, new byte[0])
                        .build(),
                "a.o: section .BTF: compressed by method 3; zlib (1) and zstd (2) are supported");
    }

    private static void refused(byte[] file, String message) {
        assertThatThrownBy(() -> inMemory(file).section(".BTF"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void a_file_without_sections_has_none() {
        byte[] file = new byte[64];
        file[0] = 0x7f;
        System.arraycopy("ELF".getBytes(StandardCharsets.US_ASCII), 0, file, 1, 3);
        file[4] = 2;
        assertThat(inMemory(file).section(".BTF")).isEmpty();
        assertThatThrownBy(() -> inMemory(new byte[64])).hasMessage("a.o: is no ELF file");
        assertThatThrownBy(() -> inMemory(Arrays.copyOf(file, 20)))
                .hasMessage("a.o: byte 0x0: the ELF header (64 bytes) lies outside a file of 20");
    }
}
