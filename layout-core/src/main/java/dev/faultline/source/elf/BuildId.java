package dev.faultline.source.elf;

import dev.faultline.input.InputException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The identity of a build, which a linker writes into a program, and which its separate debug information has too.
 *
 * @param digits 2 to 128 hexadecimal digits, lower case
 */
public record BuildId(String digits) {

    private static final int SHT_NOTE = 7;
    private static final int NOTE_HEADER_BYTES = 12;
    private static final int OWNER = 0x474e5500; // GNU
    private static final int TYPE = 3;
    private static final int MOST_NOTE_BYTES = 1 << 16;
    private static final int FEWEST_ID_BYTES = 2;
    private static final int MOST_ID_BYTES = 64;

    public BuildId {
        if (!digits.matches("([0-9a-f]{2}){" + FEWEST_ID_BYTES + "," + MOST_ID_BYTES + "}")) {
            throw new IllegalArgumentException(digits);
        }
    }

    /**
     * {@return the identity of these bytes; empty when they are too few or too many}
     *
     * @param id bytes from the position of the buffer to its limit
     */
    public static Optional<BuildId> of(ByteBuffer id) {
        if (id.remaining() < FEWEST_ID_BYTES || id.remaining() > MOST_ID_BYTES) {
            return Optional.empty();
        }
        byte[] bytes = new byte[id.remaining()];
        id.duplicate().get(bytes);
        return Optional.of(new BuildId(HexFormat.of().formatHex(bytes)));
    }

    /** {@return the identity of a file, if it has one that is whole} */
    public static Optional<BuildId> of(ElfFile elf) {
        for (Section section : elf.sections()) {
            if (section.type() == SHT_NOTE
                    && section.hasContent()
                    && section.header().byteSize() <= MOST_NOTE_BYTES) {
                Optional<BuildId> found = inNotes(section);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<BuildId> inNotes(Section section) {
        ByteBuffer notes;
        try {
            notes = section.content();
        } catch (InputException broken) {
            return Optional.empty();
        }
        long alignment = section.byteAlignment() == 8 ? 8 : 4;
        long at = 0;
        while (at <= notes.limit() - NOTE_HEADER_BYTES) {
            long nameBytes = notes.getInt((int) at) & 0xffffffffL;
            long idBytes = notes.getInt((int) at + 4) & 0xffffffffL;
            int type = notes.getInt((int) at + 8);
            long name = at + NOTE_HEADER_BYTES;
            long id = at + aligned(NOTE_HEADER_BYTES + nameBytes, alignment);
            long end = id + idBytes;
            if (end > notes.limit()) {
                return Optional.empty();
            }
            if (type == TYPE && nameBytes == Integer.BYTES && isOwner(notes, (int) name)) {
                return of(notes.slice((int) id, (int) idBytes));
            }
            at = aligned(end, alignment);
        }
        return Optional.empty();
    }

    private static boolean isOwner(ByteBuffer notes, int at) {
        int owner = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            owner = owner << 8 | notes.get(at + i) & 0xff;
        }
        return owner == OWNER;
    }

    private static long aligned(long offset, long alignment) {
        return (offset + alignment - 1) / alignment * alignment;
    }

    /** {@return the file of this identity below {@code .build-id}: two digits, a slash, the others and an ending} */
    public String path(String ending) {
        return digits.substring(0, 2) + "/" + digits.substring(2) + ending;
    }

    @Override
    public String toString() {
        return digits;
    }
}
