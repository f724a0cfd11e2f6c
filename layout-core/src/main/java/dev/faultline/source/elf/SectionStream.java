package dev.faultline.source.elf;

import dev.faultline.input.InputException;
import java.io.Closeable;

/** Reads the content of a section from its start to its end. Not for several threads at once. */
public final class SectionStream implements Closeable {

    /** Where the bytes come from. */
    interface Input extends Closeable {

        /**
         * Reads the next bytes.
         *
         * @param into where to
         * @param at the index of the first
         * @param byteSize how many, at least 1
         * @return how many were read, at least 1 unless there are no more
         */
        int read(byte[] into, int at, int byteSize);

        /**
         * Goes forward where that is possible without reading.
         *
         * @param byteSize how far, at most to the end
         * @return how far it went
         */
        default long skip(long byteSize) {
            return 0;
        }

        @Override
        default void close() {}
    }

    private static final int SKIPPED_AT_ONCE = 1 << 16;

    private final Input input;
    private final long byteSize;
    private final String source;
    private final String place;
    private long position;

    /**
     * Reads an input.
     *
     * @param input the bytes
     * @param byteSize how many there must be
     * @param source the name of the file in messages
     * @param place the name of the section in messages
     */
    SectionStream(Input input, long byteSize, String source, String place) {
        this.input = input;
        this.byteSize = byteSize;
        this.source = source;
        this.place = place;
    }

    /**
     * Reads the next bytes; fewer than asked for only when the content ends.
     *
     * @param into where to
     * @param at the index of the first
     * @param byteCount how many
     * @return how many were read; 0 at the end
     * @throws InputException when the content is broken, or is not as long as it states
     */
    public int read(byte[] into, int at, int byteCount) {
        int most = (int) Math.min(byteCount, byteSize - position);
        int count = 0;
        while (count < most) {
            int some = input.read(into, at + count, most - count);
            if (some <= 0) {
                throw new InputException(source, place, "unpacks to " + (position + count) + " bytes of " + byteSize);
            }
            count += some;
        }
        if (count > 0 && position + count == byteSize && input.read(new byte[1], 0, 1) > 0) {
            throw new InputException(source, place, "unpacks to more than the " + byteSize + " bytes it states");
        }
        position += count;
        return count;
    }

    /**
     * Goes forward.
     *
     * @param byteCount how far; at the most to the end
     * @throws InputException when the content is broken
     */
    public void skip(long byteCount) {
        long left = Math.max(0, Math.min(byteCount, byteSize - position));
        long some = input.skip(left);
        position += some;
        left -= some;
        byte[] skipped = new byte[(int) Math.min(SKIPPED_AT_ONCE, left)];
        while (left > 0) {
            left -= read(skipped, 0, (int) Math.min(skipped.length, left));
        }
    }

    /** {@return the number of bytes that were read or skipped} */
    public long position() {
        return position;
    }

    /** {@return the size of the whole content in bytes} */
    public long byteSize() {
        return byteSize;
    }

    @Override
    public void close() {
        input.close();
    }
}
