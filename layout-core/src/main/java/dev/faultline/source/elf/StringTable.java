package dev.faultline.source.elf;

import dev.faultline.input.InputException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The names of symbols. Small tables are held, large ones are read name by name. Not for several threads at once. */
final class StringTable {

    private static final int MOST_HELD_BYTES = 16 << 20;
    private static final int BYTES_AT_ONCE = 256;
    private static final int LONGEST_NAME_BYTES = 1 << 16;

    /** How often more names than the table has bytes may be asked for: names share their ends. */
    private static final int MOST_REPEATS = 16;

    private final Section section;
    private final long byteSize;
    private final ByteBuffer held;
    private long bytesLeft;

    private StringTable(Section section) {
        this.section = section;
        this.byteSize = section.hasContent() ? section.byteSize() : 0;
        this.held = byteSize > 0 && byteSize <= MOST_HELD_BYTES ? section.content() : ByteBuffer.allocate(0);
        this.bytesLeft = MOST_REPEATS * byteSize + (MOST_HELD_BYTES >> 4);
    }

    /** {@return the table that a table of symbols names} */
    static StringTable of(ElfFile file, Section symbols) {
        int index = symbols.link();
        if (index <= 0 || index >= file.sections().size()) {
            throw new InputException(
                    file.source(),
                    symbols.place(),
                    "names in section " + index + " of " + file.sections().size());
        }
        return new StringTable(file.sections().get(index));
    }

    /** {@return the name at an offset, of which at most 64 KiB are given} */
    String name(long byteOffset) {
        if (byteOffset == 0) {
            return "";
        }
        ByteArrayOutputStream name = new ByteArrayOutputStream(BYTES_AT_ONCE);
        long at = byteOffset;
        boolean isEnded = false;
        while (!isEnded && name.size() < LONGEST_NAME_BYTES && at < Math.max(byteSize, byteOffset + 1)) {
            ByteBuffer some = part(at);
            int length = 0;
            while (length < some.remaining() && some.get(length) != 0) {
                length++;
            }
            isEnded = length < some.remaining();
            byte[] bytes = new byte[length];
            some.get(0, bytes);
            name.writeBytes(bytes);
            at += length;
        }
        bytesLeft -= name.size();
        if (bytesLeft < 0) {
            throw new InputException(
                    section.source(),
                    section.place(),
                    "the names of symbols overlap more than " + MOST_REPEATS + "-fold");
        }
        return name.toString(StandardCharsets.UTF_8);
    }

    private ByteBuffer part(long at) {
        int most = (int) Math.min(BYTES_AT_ONCE, Math.max(1, byteSize - at));
        return held.remaining() == 0 || at + most > byteSize
                ? section.read(at, most, "the name of a symbol")
                : held.slice((int) at, most);
    }
}
