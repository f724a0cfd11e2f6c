package dev.faultline.source.elf;

import dev.faultline.input.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads sections of ELF files, 32 and 64 bit, of either byte order, compressed or not. */
public final class ElfSections {

    private static final int MAGIC = 0x7f454c46;
    private static final long LARGEST_SECTION_BYTES = 1L << 30;
    private static final int SHT_NOBITS = 8;
    private static final long SHF_COMPRESSED = 0x800;
    private static final int COMPRESSED_ZLIB = 1;
    private static final int LONGEST_NAME_BYTES = 256;

    /** Most sections; a kernel built with one section per function has 100,000. */
    private static final long MOST_SECTIONS = 1 << 20;

    private static final int ENTRIES_AT_ONCE = 4096;

    /**
     * Bytes that any section may inflate to; a larger one is limited by its compressed size, as BTF shrinks to a third.
     */
    private static final long SMALL_SECTION_BYTES = 64 << 20;

    private static final long MOST_INFLATING = 20;

    private final String source;
    private final FileChannel channel;
    private final long fileBytes;
    private final boolean wide;
    private final ByteOrder order;

    private ElfSections(String source, FileChannel channel) throws IOException {
        this.source = source;
        this.channel = channel;
        this.fileBytes = channel.size();
        ByteBuffer ident = read(0, 16, "the ELF identification");
        this.wide = ident.get(4) == 2;
        this.order = ident.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private record Section(int nameOffset, int type, long flags, long offset, long byteSize) {}

    /** {@return whether a file starts like ELF; false when it cannot be read} */
    public static boolean isElf(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(4);
            return start.length == 4 && isElf(ByteBuffer.wrap(start));
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** {@return whether these bytes start like ELF} */
    public static boolean isElf(ByteBuffer start) {
        return start.remaining() >= 4
                && start.duplicate().order(ByteOrder.BIG_ENDIAN).getInt(start.position()) == MAGIC;
    }

    /**
     * Reads one section.
     *
     * @param file an ELF file
     * @param name the section's name, such as {@code ".BTF"}
     * @return its content, decompressed; empty when there is no such section
     * @throws InputException when the file cannot be read or is broken
     */
    public static Optional<ByteBuffer> section(Path file, String name) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new ElfSections(file.toString(), channel).find(name);
        } catch (IOException unreadable) {
            throw new InputException(file.toString(), "", "cannot be read: " + unreadable.getMessage());
        }
    }

    /**
     * {@return whether the addresses of an ELF file have 8 bytes; else they have 4}
     *
     * @param file an ELF file
     * @throws InputException when the file cannot be read
     */
    public static boolean is64Bit(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new ElfSections(file.toString(), channel).wide;
        } catch (IOException unreadable) {
            throw new InputException(file.toString(), "", "cannot be read: " + unreadable.getMessage());
        }
    }

    private Optional<ByteBuffer> find(String name) throws IOException {
        ByteBuffer header = read(0, wide ? 64 : 52, "the ELF header");
        long table = wide ? header.getLong(40) : header.getInt(32) & 0xffffffffL;
        int entryBytes = header.getShort(wide ? 58 : 46) & 0xffff;
        long count = header.getShort(wide ? 60 : 48) & 0xffff;
        int namesIndex = header.getShort(wide ? 62 : 50) & 0xffff;
        if (table == 0) {
            return Optional.empty();
        }
        if (entryBytes < (wide ? 64 : 40)) {
            throw InputException.atByte(source, wide ? 58 : 46, "section headers of " + entryBytes + " bytes");
        }
        if (count == 0) { // above 65,279 sections the first header has the count
            count = entry(table, entryBytes, 0).byteSize();
        }
        if (count < 0 || count > fileBytes / entryBytes) {
            throw InputException.atByte(
                    source, wide ? 60 : 48, count + " sections in a file of " + fileBytes + " bytes");
        }
        if (count > MOST_SECTIONS) {
            throw InputException.atByte(source, table, count + " sections; the limit is " + MOST_SECTIONS);
        }
        if (namesIndex >= count) {
            throw InputException.atByte(
                    source, wide ? 62 : 50, "section names in section " + namesIndex + " of " + count);
        }
        Section names = entry(table, entryBytes, namesIndex);
        byte[] wanted = (name + "\0").getBytes(StandardCharsets.ISO_8859_1);
        for (long first = 0; first < count; first += atOnce(entryBytes)) {
            int some = (int) Math.min(count - first, atOnce(entryBytes));
            ByteBuffer entries = read(table + first * entryBytes, some * entryBytes, "section headers from " + first);
            for (int i = 0; i < some; i++) {
                Section section = entry(entries, i * entryBytes);
                if (hasName(section, names, wanted)) {
                    return Optional.of(content(section, name));
                }
            }
        }
        return Optional.empty();
    }

    /** {@return the number of section headers to read at once; each may state a size of 65,535 bytes} */
    private static int atOnce(int entryBytes) {
        return Math.max(1, ENTRIES_AT_ONCE * 64 / entryBytes);
    }

    private Section entry(long table, int entryBytes, long index) throws IOException {
        return entry(read(table + index * entryBytes, entryBytes, "section header " + index), 0);
    }

    private Section entry(ByteBuffer entries, int at) {
        return wide
                ? new Section(
                        entries.getInt(at),
                        entries.getInt(at + 4),
                        entries.getLong(at + 8),
                        entries.getLong(at + 24),
                        entries.getLong(at + 32))
                : new Section(
                        entries.getInt(at),
                        entries.getInt(at + 4),
                        entries.getInt(at + 8) & 0xffffffffL,
                        entries.getInt(at + 16) & 0xffffffffL,
                        entries.getInt(at + 20) & 0xffffffffL);
    }

    private boolean hasName(Section section, Section names, byte[] wanted) throws IOException {
        long at = names.offset() + (section.nameOffset() & 0xffffffffL);
        if (wanted.length > LONGEST_NAME_BYTES || at < 0 || at > fileBytes - wanted.length) {
            return false;
        }
        ByteBuffer name = read(at, wanted.length, "a section's name");
        for (byte letter : wanted) {
            if (name.get() != letter) {
                return false;
            }
        }
        return true;
    }

    private ByteBuffer content(Section section, String name) throws IOException {
        if (section.type() == SHT_NOBITS) {
            throw new InputException(source, "section " + name, "has no content in this file; was it stripped?");
        }
        if (section.byteSize() < 0 || section.byteSize() > LARGEST_SECTION_BYTES) {
            throw new InputException(
                    source, "section " + name, section.byteSize() + " bytes; the limit is " + LARGEST_SECTION_BYTES);
        }
        ByteBuffer bytes = read(section.offset(), (int) section.byteSize(), "section " + name);
        return (section.flags() & SHF_COMPRESSED) == 0 ? bytes : inflate(bytes, name);
    }

    private ByteBuffer inflate(ByteBuffer bytes, String name) {
        int headerBytes = wide ? 24 : 12;
        if (bytes.remaining() < headerBytes) {
            throw new InputException(source, "section " + name, "truncated compression header");
        }
        int method = bytes.getInt(0);
        long byteSize = wide ? bytes.getLong(8) : bytes.getInt(4) & 0xffffffffL;
        if (method != COMPRESSED_ZLIB) {
            throw new InputException(
                    source, "section " + name, "compressed by method " + method + "; only zlib (1) is supported");
        }
        // zlib expands a byte to at most 1032; a header that states more is wrong
        long most = Math.min(1032L * bytes.remaining(), SMALL_SECTION_BYTES + MOST_INFLATING * bytes.remaining());
        most = Math.min(LARGEST_SECTION_BYTES, most);
        if (byteSize < 0 || byteSize > most) {
            throw new InputException(
                    source,
                    "section " + name,
                    "compressed from " + byteSize + " bytes to " + bytes.remaining() + "; the limit is " + most
                            + " bytes for this compressed size");
        }
        byte[] inflated = new byte[(int) byteSize];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes.array(), headerBytes, bytes.remaining() - headerBytes);
            int length = 0;
            while (length < inflated.length && !inflater.finished()) {
                int some = inflater.inflate(inflated, length, inflated.length - length);
                if (some == 0) {
                    break;
                }
                length += some;
            }
            if (length != inflated.length) {
                throw new InputException(
                        source, "section " + name, "inflates to " + length + " bytes of " + inflated.length);
            }
        } catch (DataFormatException broken) {
            throw new InputException(source, "section " + name, "broken zlib data: " + broken.getMessage());
        } finally {
            inflater.end();
        }
        return ByteBuffer.wrap(inflated).order(order);
    }

    private ByteBuffer read(long offset, int byteSize, String what) throws IOException {
        if (offset < 0 || offset > fileBytes - byteSize) {
            throw InputException.atByte(
                    source, offset, what + " (" + byteSize + " bytes) lies outside a file of " + fileBytes);
        }
        ByteBuffer bytes = ByteBuffer.allocate(byteSize);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the file shrank while it was read");
            }
        }
        return bytes.flip().order(order == null ? ByteOrder.LITTLE_ENDIAN : order);
    }
}
