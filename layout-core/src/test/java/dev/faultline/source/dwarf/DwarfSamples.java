package dev.faultline.source.dwarf;

import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.elf.FileBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** The small objects with DWARF in the test resources. */
final class DwarfSamples {

    private DwarfSamples() {}

    static byte[] bytes(String name) {
        try (InputStream in = DwarfSamples.class.getResourceAsStream("/dwarf/" + name)) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** {@return the types of a sample, read without other files} */
    static DwarfSource source(String name) {
        return source(name, bytes(name));
    }

    static DwarfSource source(String name, byte[] content) {
        try (ElfFile elf = ElfFile.of(FileBytes.of(name, ByteBuffer.wrap(content)))) {
            return DwarfSource.of(elf, CompanionFiles.NONE);
        }
    }
}
