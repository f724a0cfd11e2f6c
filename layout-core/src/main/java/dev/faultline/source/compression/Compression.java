package dev.faultline.source.compression;

import dev.faultline.input.InputException;
import io.airlift.compress.IncompatibleJvmException;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/** A format of compressed files that is read: what its files start with, and how they are unpacked. */
public enum Compression {
    /** gzip, also several files one after the other. */
    GZIP("gzip -dc", 0x1f, 0x8b) {
        @Override
        InputStream stream(byte[] packed) throws IOException {
            return new GZIPInputStream(new ByteArrayInputStream(packed), BUFFER_BYTES);
        }
    },
    /** xz, as kernel modules are compressed. */
    XZ("xz -dc", 0xfd, '7', 'z', 'X', 'Z', 0) {
        @Override
        InputStream stream(byte[] packed) throws IOException {
            return new XZInputStream(new ByteArrayInputStream(packed), MOST_DICTIONARY_KIB);
        }
    },
    /** Zstandard, with windows up to 8 MiB. */
    ZSTD("zstd -dc", 0x28, 0xb5, 0x2f, 0xfd) {
        @Override
        InputStream stream(byte[] packed) {
            return new ZstdInputStream(new ByteArrayInputStream(packed));
        }
    };

    /** Most bytes that a file may have when it is unpacked: 256 MiB. */
    public static final long MOST_BYTES = 256L << 20;

    /** Bytes that any input may unpack to; larger ones are limited by the packed size. */
    private static final long SMALL_BYTES = 64L << 20;

    /** How much larger than its packed size large content may be: BTF shrinks to a third, text to a tenth. */
    private static final int MOST_RATIO = 20;

    private static final int BUFFER_BYTES = 1 << 16;

    /** Memory for the dictionary of xz, whose command line makes at most 64 MiB. */
    private static final int MOST_DICTIONARY_KIB = 72 << 10;

    private final String command;
    private final byte[] magic;

    Compression(String command, int... magic) {
        this.command = command;
        this.magic = new byte[magic.length];
        for (int i = 0; i < magic.length; i++) {
            this.magic[i] = (byte) magic[i];
        }
    }

    abstract InputStream stream(byte[] packed) throws IOException;

    /**
     * {@return the format of a file, if it is one that is read}
     *
     * @param head its first bytes
     */
    public static Optional<Compression> of(byte[] head) {
        return Arrays.stream(values())
                .filter(format -> head.length >= format.magic.length
                        && Arrays.equals(format.magic, Arrays.copyOf(head, format.magic.length)))
                .findFirst();
    }

    /**
     * {@return the most bytes that an input may unpack to}
     *
     * @param packedBytes its length
     */
    public static long mostBytes(long packedBytes) {
        return SMALL_BYTES + MOST_RATIO * packedBytes;
    }

    /** {@return the name of the format in messages} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return what to do when Faultline cannot unpack a file: a command with {@code FILE} for its name} */
    public String wayOut() {
        return "unpack it first: `" + command + " FILE > unpacked`";
    }

    /**
     * Unpacks a file.
     *
     * @param source its name in messages
     * @param packed its content
     * @return what was packed
     * @throws InputException when it is broken, cut off, or unpacks to more than the limit
     */
    public byte[] unpack(String source, byte[] packed) {
        long most = Math.min(MOST_BYTES, mostBytes(packed.length));
        try (InputStream in = stream(packed)) {
            byte[] content = in.readNBytes((int) most + 1);
            if (content.length > most) {
                throw tooLarge(source, "unpacks to more than " + (most >> 20) + " MiB");
            }
            return content;
        } catch (MemoryLimitException large) {
            throw tooLarge(source, "needs " + (large.getMemoryNeeded() >> 10) + " MiB to be unpacked");
        } catch (OutOfMemoryError large) {
            throw tooLarge(source, "does not fit into the memory of this VM when unpacked");
        } catch (EOFException cut) {
            throw new InputException(source, "", "broken " + word() + " data: it ends too early; was it cut off?");
        } catch (IOException | MalformedInputException | IndexOutOfBoundsException | ArithmeticException broken) {
            throw UnpackedStream.broken(
                    source, "", word(), broken.getMessage()); // the reader of zstd trusts some indexes and sizes
        } catch (IncompatibleJvmException | ExceptionInInitializerError | NoClassDefFoundError unable) {
            throw tooLarge(source, "zstd data cannot be read on this machine");
        }
    }

    private InputException tooLarge(String source, String problem) {
        return new InputException(source, "", problem + "; " + wayOut());
    }
}
