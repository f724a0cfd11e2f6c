package dev.faultline.source.compression;

import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Makes compressed files. */
public final class Packer {

    private static final int BLOCK_BYTES = 1 << 20;

    private Packer() {}

    /** {@return the content as a compressed file} */
    public static byte[] packed(Compression format, byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = stream(format, packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    /** {@return the content as zstd data, made with memory for its size} */
    public static byte[] zstd(byte[] content) {
        ZstdCompressor compressor = new ZstdCompressor();
        byte[] packed = new byte[compressor.maxCompressedLength(content.length)];
        int length = compressor.compress(content, 0, content.length, packed, 0, packed.length);
        return Arrays.copyOf(packed, length);
    }

    /** {@return a number of zero bytes as a compressed file} */
    static byte[] packedZeros(Compression format, int count) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = stream(format, packed)) {
            for (int written = 0; written < count; written += BLOCK_BYTES) {
                out.write(new byte[BLOCK_BYTES]);
            }
        }
        return packed.toByteArray();
    }

    private static OutputStream stream(Compression format, OutputStream packed) throws IOException {
        return switch (format) {
            case GZIP -> new GZIPOutputStream(packed);
            case XZ -> new XZOutputStream(packed, new LZMA2Options(1));
            case ZSTD -> new ZstdOutputStream(packed);
        };
    }
}
