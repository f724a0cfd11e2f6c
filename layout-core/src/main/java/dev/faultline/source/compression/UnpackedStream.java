package dev.faultline.source.compression;

import dev.faultline.input.InputException;
import io.airlift.compress.IncompatibleJvmException;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Unpacks compressed data while it is read, with a memory that does not depend on what the data state. Broken data is
 * an {@link InputException}.
 */
public final class UnpackedStream implements Closeable {

    private final String source;
    private final String place;
    private final String word;
    private final InputStream unpacked;

    private UnpackedStream(String source, String place, String word, InputStream unpacked) {
        this.source = source;
        this.place = place;
        this.word = word;
        this.unpacked = unpacked;
    }

    /**
     * {@return the content of zlib data, also of several one after the other}
     *
     * @param source the name of the input in messages
     * @param place the place in the input, for messages
     * @param packed the data
     */
    public static UnpackedStream zlib(String source, String place, InputStream packed) {
        return new UnpackedStream(source, place, "zlib", new ZlibStream(packed));
    }

    /**
     * {@return the content of Zstandard frames with windows up to 8 MiB}
     *
     * @param source the name of the input in messages
     * @param place the place in the input, for messages
     * @param packed the data
     */
    public static UnpackedStream zstd(String source, String place, InputStream packed) {
        try {
            return new UnpackedStream(source, place, Compression.ZSTD.word(), new ZstdInputStream(packed));
        } catch (IncompatibleJvmException | ExceptionInInitializerError | NoClassDefFoundError unable) {
            throw unable(source, place);
        }
    }

    /**
     * Reads the next bytes.
     *
     * @param into where to
     * @param at the index of the first
     * @param byteSize how many at the most, at least 1
     * @return how many were read, at least 1; 0 or less at the end
     * @throws InputException when the data is broken
     */
    public int read(byte[] into, int at, int byteSize) {
        try {
            return unpacked.read(into, at, byteSize);
        } catch (EOFException cut) {
            throw broken(source, place, word, "it ends too early");
        } catch (IOException | MalformedInputException | IndexOutOfBoundsException | ArithmeticException broken) {
            throw broken(source, place, word, broken.getMessage()); // the reader of zstd trusts indexes and sizes
        } catch (IncompatibleJvmException | ExceptionInInitializerError | NoClassDefFoundError unable) {
            throw unable(source, place);
        }
    }

    @Override
    public void close() {
        try {
            unpacked.close();
        } catch (IOException broken) {
            throw broken(source, place, word, broken.getMessage());
        }
    }

    static InputException broken(String source, String place, String word, String problem) {
        return new InputException(source, place, "broken " + word + " data" + (problem == null ? "" : ": " + problem));
    }

    private static InputException unable(String source, String place) {
        return new InputException(source, place, "zstd data cannot be read on this machine");
    }
}
