package dev.faultline.source.elf;

import java.nio.ByteOrder;

/** Applies relocations in ascending order to a content while it is read. A part of the content is in memory. */
final class RelocatedInput implements SectionStream.Input {

    private static final int WINDOW_BYTES = 1 << 16;

    private final Section section;
    private final SectionStream content;
    private final Relocations.Walk relocations;
    private final boolean isBigEndian;
    private final byte[] window = new byte[WINDOW_BYTES];
    private long windowOffset;
    private int read;
    private int finished;
    private int filled;
    private boolean hasEntry;

    RelocatedInput(ElfFile file, Section section, SectionStream content, Relocations.Walk relocations) {
        this.section = section;
        this.content = content;
        this.relocations = relocations;
        this.isBigEndian = file.byteOrder() == ByteOrder.BIG_ENDIAN;
        this.hasEntry = relocations.advance();
    }

    @Override
    public int read(byte[] into, int at, int byteSize) {
        if (read == finished) {
            refill();
        }
        int some = Math.min(byteSize, finished - read);
        System.arraycopy(window, read, into, at, some);
        read += some;
        return some;
    }

    /** Moves the window forward, and applies the relocations whose bytes are all in it. */
    private void refill() {
        System.arraycopy(window, read, window, 0, filled - read);
        windowOffset += read;
        filled -= read;
        read = 0;
        int some = content.read(window, filled, window.length - filled);
        filled += some;
        boolean isLast = content.position() == content.byteSize();
        long sureBelow = windowOffset + filled - (isLast ? 0 : RelocationType.MOST_BYTES);
        while (hasEntry && (isLast || Long.compareUnsigned(relocations.entry().byteOffset, sureBelow) < 0)) {
            apply(relocations.entry());
            hasEntry = relocations.advance();
        }
        finished = isLast ? filled : filled - RelocationType.MOST_BYTES;
    }

    private void apply(RelocationEntry entry) {
        long at = entry.byteOffset - windowOffset;
        if (at < 0 || at > filled || !entry.apply(window, (int) at, filled, isBigEndian)) {
            throw entry.outside(section, content.byteSize());
        }
    }

    @Override
    public void close() {
        content.close();
    }
}
