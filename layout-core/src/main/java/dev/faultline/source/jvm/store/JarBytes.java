package dev.faultline.source.jvm.store;

import dev.faultline.api.Internal;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** The bytes of a jar: those of a file, or of a jar inside another one. */
@Internal
public abstract class JarBytes {

    private final long byteSize;

    private JarBytes(long byteSize) {
        this.byteSize = byteSize;
    }

    /** {@return the bytes of a file, which has to stay open} */
    public static JarBytes of(FileChannel channel) throws IOException {
        return new JarBytes(channel.size()) {
            @Override
            void fill(ByteBuffer bytes, long at) throws IOException {
                while (bytes.hasRemaining()) {
                    if (channel.read(bytes, at + bytes.position()) < 0) {
                        throw new EOFException("it ends before byte " + (at + bytes.limit()));
                    }
                }
            }
        };
    }

    /** {@return bytes in memory} */
    static JarBytes of(byte[] content) {
        return new JarBytes(content.length) {
            @Override
            void fill(ByteBuffer bytes, long at) {
                bytes.put(content, (int) at, bytes.remaining());
            }
        };
    }

    /** {@return a part of these bytes} */
    final JarBytes part(long from, long count) throws EOFException {
        if (from < 0 || count < 0 || from > byteSize - count) {
            throw new EOFException("it ends before byte " + (from + count));
        }
        JarBytes whole = this;
        return new JarBytes(count) {
            @Override
            void fill(ByteBuffer bytes, long at) throws IOException {
                whole.fill(bytes, from + at);
            }
        };
    }

    /** {@return how many there are} */
    final long byteSize() {
        return byteSize;
    }

    /** {@return {@code count} bytes from an offset, in little-endian order} */
    final ByteBuffer read(long at, int count) throws IOException {
        if (at < 0 || at > byteSize - count) {
            throw new EOFException("it ends before byte " + (at + count));
        }
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        fill(bytes, at);
        return bytes.flip();
    }

    /** Fills a buffer that is empty, with bytes that exist. */
    abstract void fill(ByteBuffer bytes, long at) throws IOException;
}
