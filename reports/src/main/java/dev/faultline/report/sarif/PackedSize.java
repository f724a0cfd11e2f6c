package dev.faultline.report.sarif;

import java.util.zip.Deflater;

/** Counts how long a log is when it is packed with gzip, and says in time when it becomes too long. */
final class PackedSize {

    /** The longest packed log that GitHub takes is 10 MB. */
    static final long MOST_BYTES = 10_000_000;

    /** For the log's head with the rules' pages, and its end. */
    private static final long RESERVED_BYTES = 256 << 10;

    private final byte[] scratch = new byte[8192];
    private final Deflater whole = new Deflater();
    private long bytes;

    /**
     * Counts a text, unless the log would become too long with it.
     *
     * @param text UTF-8
     * @return whether the text fits
     */
    boolean add(byte[] text) {
        long free = MOST_BYTES - RESERVED_BYTES - bytes;
        if (text.length > free && packedAlone(text) > free) {
            return false;
        }
        bytes += packed(whole, text);
        return true;
    }

    /** A text packs worse alone than behind others that are like it. */
    private long packedAlone(byte[] text) {
        Deflater alone = new Deflater();
        try {
            return packed(alone, text);
        } finally {
            alone.end();
        }
    }

    private long packed(Deflater deflater, byte[] text) {
        deflater.setInput(text);
        long length = 0;
        int written;
        do {
            written = deflater.deflate(scratch, 0, scratch.length, Deflater.SYNC_FLUSH);
            length += written;
        } while (written == scratch.length);
        return length;
    }

    /** Frees the memory of the compressor. */
    void end() {
        whole.end();
    }
}
