package dev.faultline.source.elf;

import dev.faultline.input.InputException;
import dev.faultline.source.compression.Compression;
import dev.faultline.source.compression.UnpackedStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * How a section is compressed: what the header at its start says. It is either a header of ELF, or, in sections named
 * {@code .zdebug_*}, the letters {@code ZLIB} and the size in big-endian order.
 *
 * @param method how the data are compressed
 * @param headerBytes size of the header; the data follow
 * @param byteSize size of the content, decompressed; within the limits for its compressed size
 */
record CompressionHeader(Method method, int headerBytes, long byteSize) {

    /** The methods of compression, by the numbers that ELF has for them. */
    enum Method {
        ZLIB(1),
        ZSTD(2);

        private final int number;

        Method(int number) {
            this.number = number;
        }
    }

    /** The most bytes that zlib makes of one; a header that states more is wrong. */
    private static final int MOST_ZLIB_RATIO = 1032;

    private static final String GNU_MAGIC = "ZLIB";
    private static final int GNU_HEADER_BYTES = 12;

    /** {@return the size of the header of ELF} */
    static int headerBytes(boolean wide) {
        return wide ? 24 : 12;
    }

    /**
     * {@return what a header of ELF says}
     *
     * @param header the first bytes, in the byte order of the file
     * @param packedBytes size of the section in the file
     * @param source the name of the file in messages
     * @param place the name of the section in messages
     * @throws InputException when it states another method, or a size above the limits
     */
    static CompressionHeader ofElf(ByteBuffer header, long packedBytes, String source, String place) {
        int headerBytes = header.remaining();
        int number = header.getInt(0);
        long byteSize = headerBytes == headerBytes(true) ? header.getLong(8) : header.getInt(4) & 0xffffffffL;
        for (Method method : Method.values()) {
            if (method.number == number) {
                return new CompressionHeader(method, headerBytes, byteSize).checked(packedBytes, source, place);
            }
        }
        throw new InputException(
                source, place, "compressed by method " + number + "; zlib (1) and zstd (2) are supported");
    }

    /** {@return what the header of a section named {@code .zdebug_*} says} */
    static CompressionHeader ofGnu(FileBytes file, SectionHeader section, String place) {
        if (section.byteSize() < GNU_HEADER_BYTES) {
            throw new InputException(file.source(), place, "truncated compression header");
        }
        ByteBuffer header = file.read(section.byteOffset(), GNU_HEADER_BYTES, place);
        String magic = StandardCharsets.ISO_8859_1
                .decode(header.slice(0, GNU_MAGIC.length()))
                .toString();
        if (!magic.equals(GNU_MAGIC)) {
            throw new InputException(file.source(), place, "expected ZLIB at its start, found '" + magic + "'");
        }
        return new CompressionHeader(Method.ZLIB, GNU_HEADER_BYTES, header.getLong(GNU_MAGIC.length()))
                .checked(section.byteSize(), file.source(), place);
    }

    private CompressionHeader checked(long packedBytes, String source, String place) {
        long most = Compression.mostBytes(packedBytes);
        if (method == Method.ZLIB) {
            most = Math.min(most, MOST_ZLIB_RATIO * packedBytes);
        }
        if (byteSize < 0 || byteSize > most) {
            throw new InputException(
                    source,
                    place,
                    "compressed from " + Long.toUnsignedString(byteSize) + " bytes to " + packedBytes
                            + "; the limit is " + most + " bytes for this compressed size");
        }
        return this;
    }

    /** {@return the content of such data, decompressed while it is read} */
    UnpackedStream unpacked(String source, String place, InputStream data) {
        return switch (method) {
            case ZLIB -> UnpackedStream.zlib(source, place, data);
            case ZSTD -> UnpackedStream.zstd(source, place, data);
        };
    }
}
