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

    /** Reads ranges that lie within the file. */
    private interface Reader {
        ByteBuffer read(long offset, int byteSize) throws IOException;

        void read(long offset, byte[] into, int at, int byteSize) throws IOException;
    }

    /** The JDK copies what it reads through a buffer of the size that is read, outside the heap. */
    private static final int MOST_BYTES_AT_ONCE = 1 << 18;

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
            return new FileBytes(source, channel.size(), new ChannelReader(channel), channel);
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
        return new FileBytes(source, bytes.remaining(), new MemoryReader(bytes.slice()), () -> {});
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
        return new FileBytes(part, size, new PartReader(reader, offset), () -> {});
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

    /**
     * Reads some bytes into an array.
     *
     * @param offset the first
     * @param into where to
     * @param at the index of the first
     * @param size how many
     * @param what a few words for messages: {@code "the ELF header"}
     * @throws InputException when they lie outside the file, or it cannot be read
     */
    public void read(long offset, byte[] into, int at, int size, String what) {
        check(offset, size, what);
        try {
            reader.read(offset, into, at, size);
        } catch (IOException unreadable) {
            throw unreadable(source, unreadable);
        }
    }

    /** Throws when a range lies outside the file. */
    void check(long offset, long size, String what) {
        if (offset < 0 || size < 0 || offset > byteSize - size) {
            throw InputException.atByte(
                    source, offset, what + " (" + size + " bytes) lies outside a file of " + byteSize);
        }
    }

    private record ChannelReader(FileChannel channel) implements Reader {

        @Override
        public ByteBuffer read(long offset, int byteSize) throws IOException {
            byte[] bytes = new byte[byteSize];
            read(offset, bytes, 0, byteSize);
            return ByteBuffer.wrap(bytes);
        }

        @Override
        public void read(long offset, byte[] into, int at, int byteSize) throws IOException {
            int count = 0;
            while (count < byteSize) {
                int most = Math.min(byteSize - count, MOST_BYTES_AT_ONCE);
                int some = channel.read(ByteBuffer.wrap(into, at + count, most), offset + count);
                if (some < 0) {
                    throw new EOFException("the file shrank while it was read");
                }
                count += some;
            }
        }
    }

    private record MemoryReader(ByteBuffer all) implements Reader {

        @Override
        public ByteBuffer read(long offset, int byteSize) {
            return all.slice((int) offset, byteSize);
        }

        @Override
        public void read(long offset, byte[] into, int at, int byteSize) {
            all.get((int) offset, into, at, byteSize);
        }
    }

    private record PartReader(Reader whole, long start) implements Reader {

        @Override
        public ByteBuffer read(long offset, int byteSize) throws IOException {
            return whole.read(start + offset, byteSize);
        }

        @Override
        public void read(long offset, byte[] into, int at, int byteSize) throws IOException {
            whole.read(start + offset, into, at, byteSize);
        }
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
