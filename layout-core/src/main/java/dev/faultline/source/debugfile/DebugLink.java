package dev.faultline.source.debugfile;

import dev.faultline.input.InputException;
import dev.faultline.source.elf.BuildId;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.elf.Section;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The name of another file with debug information, and by what the right one is known.
 *
 * @param name the name, as the binary has it
 * @param checksum the CRC-32 of that file; empty when it has a build-id instead
 * @param id the build-id of that file; empty when it has a checksum instead
 */
record DebugLink(String name, Optional<Integer> checksum, Optional<BuildId> id) {

    static final String SECTION = ".gnu_debuglink";
    static final String ALTERNATE_SECTION = ".gnu_debugaltlink";

    /** Longest path that Linux has. */
    private static final int LONGEST_NAME_BYTES = 4096;

    /** Section contents are at most a name, a checksum and an identity. */
    private static final int MOST_BYTES = LONGEST_NAME_BYTES + 128;

    /** {@return where {@code objcopy} or the linker of a distribution has put a binary's debug information} */
    static Optional<DebugLink> of(ElfFile elf) {
        return content(elf, SECTION).flatMap(bytes -> {
            int end = end(bytes);
            int at = (end + Integer.BYTES) / Integer.BYTES * Integer.BYTES; // after the zero, aligned
            return end < 1 || at > bytes.limit() - Integer.BYTES
                    ? Optional.empty()
                    : Optional.of(new DebugLink(name(bytes, end), Optional.of(bytes.getInt(at)), Optional.empty()));
        });
    }

    /** {@return the file to which dwz has moved what several binaries have in common} */
    static Optional<DebugLink> alternateOf(ElfFile elf) {
        return content(elf, ALTERNATE_SECTION).flatMap(bytes -> {
            int end = end(bytes);
            return end < 1
                    ? Optional.empty()
                    : Optional.of(new DebugLink(
                            name(bytes, end),
                            Optional.empty(),
                            BuildId.of(bytes.slice(end + 1, bytes.limit() - end - 1))));
        });
    }

    private static Optional<ByteBuffer> content(ElfFile elf, String name) {
        try {
            return elf.find(name)
                    .filter(Section::hasContent)
                    .filter(section -> section.byteSize() <= MOST_BYTES)
                    .map(Section::content);
        } catch (InputException broken) {
            return Optional.empty(); // the binary is read without it
        }
    }

    /** {@return the index of the zero that ends the name; -1 when there is none} */
    private static int end(ByteBuffer bytes) {
        for (int at = 0; at < bytes.limit() && at <= LONGEST_NAME_BYTES; at++) {
            if (bytes.get(at) == 0) {
                return at;
            }
        }
        return -1;
    }

    private static String name(ByteBuffer bytes, int end) {
        Charset charset = StandardCharsets.UTF_8;
        return charset.decode(bytes.slice(0, end)).toString();
    }
}
