package dev.faultline.source.compression;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Inflates zlib data straight into the array of the reader. Unlike {@code InflaterInputStream} it goes on when the data
 * is followed by more zlib data, as linkers make that put compressed sections one after the other.
 */
final class ZlibStream extends InputStream {

    private static final int BUFFER_BYTES = 1 << 18;

    private final InputStream packed;
    private final Inflater inflater = new Inflater();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int buffered;

    ZlibStream(InputStream packed) {
        this.packed = packed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int byteSize) throws IOException {
        try {
            while (true) {
                int some = inflater.inflate(into, at, byteSize);
                if (some > 0) {
                    return some;
                }
                if (inflater.needsDictionary()) {
                    throw new ZipException("it needs a dictionary");
                }
                if (inflater.finished() && !restart()) {
                    return -1;
                }
                if (inflater.needsInput() && !fill()) {
                    throw new EOFException();
                }
            }
        } catch (DataFormatException broken) {
            throw new ZipException(broken.getMessage());
        }
    }

    /** {@return whether data follows, with which it begins} */
    private boolean restart() throws IOException {
        int left = inflater.getRemaining();
        int read = buffered;
        inflater.reset();
        if (left == 0) {
            return fill();
        }
        inflater.setInput(buffer, read - left, left);
        return true;
    }

    private boolean fill() throws IOException {
        buffered = Math.max(0, packed.readNBytes(buffer, 0, buffer.length));
        inflater.setInput(buffer, 0, buffered);
        return buffered > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        packed.close();
    }
}
