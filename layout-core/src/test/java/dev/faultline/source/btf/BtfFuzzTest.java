package dev.faultline.source.btf;

import dev.faultline.source.LayoutSource;
import dev.faultline.testing.Mutations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken BTF and ELF: one clear line, in 256 MB. */
class BtfFuzzTest {

    @TempDir
    Path directory;

    @Test
    void btf_cut_at_every_byte_ends_with_one_line() {
        Mutations.truncations(BtfBuilder.everyKind(), BtfFuzzTest::readAll);
    }

    @Test
    void mutated_btf_ends_with_one_line_or_is_read() {
        Mutations.bytes(BtfBuilder.everyKind(), 60_000, 1_000_000, BtfFuzzTest::readAll);
    }

    @Test
    void elf_cut_at_every_byte_and_mutated_elf_end_with_one_line() {
        byte[] elf = elf(BtfBuilder.everyKind());
        Mutations.truncations(elf, this::openFile);
        Mutations.bytes(elf, 8_000, 2_000_000, this::openFile);
    }

    private void openFile(byte[] content) {
        Path file = directory.resolve("broken.o");
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        readNames(BtfSource.open("broken.o", file, Optional.empty()));
    }

    private static void readAll(byte[] blob) {
        readNames(BtfSource.of("broken", ByteBuffer.wrap(blob), Optional.empty()));
    }

    private static void readNames(LayoutSource source) {
        source.entries();
        source.all();
        source.find("everything");
    }

    /** The smallest 64-bit ELF file with a .BTF section and a table of names. */
    static byte[] elf(byte[] btf) {
        byte[] names = "\0.shstrtab\0.BTF\0".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        int namesAt = 64;
        int btfAt = namesAt + names.length;
        int table = (btfAt + btf.length + 7) / 8 * 8;
        ByteBuffer elf = ByteBuffer.allocate(table + 3 * 64).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        elf.putLong(40, table);
        elf.putShort(58, (short) 64).putShort(60, (short) 3).putShort(62, (short) 1);
        elf.position(namesAt);
        elf.put(names).put(btf);
        section(elf, table + 64, 1, 3, namesAt, names.length);
        section(elf, table + 128, 11, 1, btfAt, btf.length);
        return elf.array();
    }

    private static void section(ByteBuffer elf, int at, int name, int type, int offset, int byteSize) {
        elf.putInt(at, name).putInt(at + 4, type).putLong(at + 24, offset).putLong(at + 32, byteSize);
    }
}
