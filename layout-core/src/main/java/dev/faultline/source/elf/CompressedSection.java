package dev.faultline.source.elf;

import dev.faultline.input.InputException;
import dev.faultline.source.compression.Compression;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The content of a section that is compressed as ELF says it: a header with the method and the size, then the data. */
final class CompressedSection {

    private static final int ZLIB = 1;
    private static final int ZSTD = 2;
    private static final long LARGEST_BYTES = 1L << 30;

    /** The most bytes that zlib makes of one; a header that states more is wrong. */
    private static final int MOST_ZLIB_RATIO = 1032;

    private CompressedSection() {}

    /**
     * Decompresses a section.
     *
     * @param bytes what the file has, in its byte order
     * @param wide whether the file has 64 bits
     * @param source the name of the file in messages
     * @param place the name of the section in messages
     * @return the content, in the same byte order
     * @throws InputException when it is broken, larger than the limit, or compressed by another method
     */
    static ByteBuffer content(ByteBuffer bytes, boolean wide, String source, String place) {
        int headerBytes = wide ? 24 : 12;
        if (bytes.remaining() < headerBytes) {
            throw new InputException(source, place, "truncated compression header");
        }
        int method = bytes.getInt(0);
        long byteSize = wide ? bytes.getLong(8) : bytes.getInt(4) & 0xffffffffL;
        if (method != ZLIB && method != ZSTD) {
            throw new InputException(
                    source, place, "compressed by method " + method + "; zlib (1) and zstd (2) are supported");
        }
        long most = Math.min(LARGEST_BYTES, Compression.mostBytes(bytes.remaining()));
        if (method == ZLIB) {
            most = Math.min(most, (long) MOST_ZLIB_RATIO * bytes.remaining());
        }
        if (byteSize < 0 || byteSize > most) {
            throw new InputException(
                    source,
                    place,
                    "compressed from " + byteSize + " bytes to " + bytes.remaining() + "; the limit is " + most
                            + " bytes for this compressed size");
        }
        byte[] packed = new byte[bytes.remaining() - headerBytes];
        bytes.get(headerBytes, packed);
        byte[] content = method == ZLIB
                ? inflated(packed, (int) byteSize, source, place)
                : Compression.zstd(packed, (int) byteSize, source, place);
        return ByteBuffer.wrap(content).order(bytes.order());
    }

    private static byte[] inflated(byte[] packed, int byteSize, String source, String place) {
        byte[] inflated = new byte[byteSize];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            int length = 0;
            while (length < inflated.length && !inflater.finished()) {
                int some = inflater.inflate(inflated, length, inflated.length - length);
                if (some == 0) {
                    break;
                }
                length += some;
            }
            if (length != inflated.length) {
                throw new InputException(source, place, "inflates to " + length + " bytes of " + inflated.length);
            }
        } catch (DataFormatException broken) {
            throw new InputException(source, place, "broken zlib data: " + broken.getMessage());
        } finally {
            inflater.end();
        }
        return inflated;
    }
}
