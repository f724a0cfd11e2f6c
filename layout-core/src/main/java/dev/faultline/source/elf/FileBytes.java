package dev.faultline.source.elf;

import dev.faultline.input.InputException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** The bytes of a file, or of a part of it, read by their offset from the disk or from memory. */
public final class FileBytes implements Closeable {

    /** Reads a range that lies within the file. */
    private interface Reader {
        ByteBuffer read(long offset, int byteSize) throws IOException;
    }

    private final String source;
    private final long byteSize;
    private final Reader reader;
    private final Closeable owner;

    private FileBytes(String source, long byteSize, Reader reader, Closeable owner) {
        this.source = Objects.requireNonNull(source);
        this.byteSize = byteSize;
        this.reader = reader;
        this.owner = owner;
    }

    /**
     * Opens a file, to be closed by the caller.
     *
     * @param source its name in messages
     * @param file its path
     * @return its bytes
     * @throws InputException when it cannot be opened
     */
    public static FileBytes open(String source, Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return new FileBytes(
                    source, channel.size(), (offset, byteSize) -> read(channel, offset, byteSize), channel);
        } catch (IOException unreadable) {
            throw unreadable(source, unreadable);
        }
    }

    /**
     * {@return the bytes from the position of a buffer to its limit}
     *
     * @param source their name in messages
     * @param bytes not to be changed as long as they are read
     */
    public static FileBytes of(String source, ByteBuffer bytes) {
        ByteBuffer all = bytes.slice();
        return new FileBytes(
                source, all.remaining(), (offset, byteSize) -> all.slice((int) offset, byteSize), () -> {});
    }

    /**
     * {@return a part of these bytes, which is closed with them}
     *
     * @param part its name in messages
     * @param offset its first byte
     * @param size its length in bytes
     * @throws InputException when it lies outside these bytes
     */
    public FileBytes slice(String part, long offset, long size) {
        check(offset, size, part);
        return new FileBytes(part, size, (at, bytes) -> reader.read(offset + at, bytes), () -> {});
    }

    /** {@return the length in bytes} */
    public long byteSize() {
        return byteSize;
    }

    /** {@return the name in messages} */
    public String source() {
        return source;
    }

    /**
     * Reads some bytes.
     *
     * @param offset the first
     * @param size how many
     * @param what a few words for messages: {@code "the ELF header"}
     * @return a buffer of that size, in big-endian order
     * @throws InputException when they lie outside the file, or it cannot be read
     */
    public ByteBuffer read(long offset, int size, String what) {
        check(offset, size, what);
        try {
            return reader.read(offset, size);
        } catch (IOException unreadable) {
            throw unreadable(source, unreadable);
        }
    }

    private void check(long offset, long size, String what) {
        if (offset < 0 || size < 0 || offset > byteSize - size) {
            throw InputException.atByte(
                    source, offset, what + " (" + size + " bytes) lies outside a file of " + byteSize);
        }
    }

    private static ByteBuffer read(FileChannel channel, long offset, int byteSize) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(byteSize);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the file shrank while it was read");
            }
        }
        return bytes.flip();
    }

    private static InputException unreadable(String source, IOException cause) {
        return new InputException(source, "", "cannot be read: " + cause.getMessage());
    }

    @Override
    public void close() {
        try {
            owner.close();
        } catch (IOException unreadable) {
            throw unreadable(source, unreadable);
        }
    }
}
