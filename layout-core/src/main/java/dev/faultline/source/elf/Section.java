package dev.faultline.source.elf;

import dev.faultline.input.InputException;
import dev.faultline.source.compression.UnpackedStream;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A section of an ELF file. Its content is what a debugger sees: decompressed, and in object files relocated, with
 * addresses that count from the start of each section. Several threads may read one section.
 */
public final class Section {

    /** Most bytes of a content that is held in memory. */
    static final long MOST_CONTENT_BYTES = 1L << 30;

    /** What the names of sections start with whose relocations are applied. Those of BTF have none of the linker. */
    private static final List<String> DEBUG_PREFIXES =
            List.of(".debug_", SectionNames.GNU_COMPRESSED, ".gnu.debuglto_.debug_");

    private static final int FIRST_ARRAY_BYTES = 1 << 20;

    /**
     * Up to this ratio of unpacked to packed size, memory is allocated for the stated size; above it, memory grows with
     * what is unpacked.
     */
    private static final int TRUSTED_RATIO = 4;

    private final ElfFile file;
    private final int index;
    private final SectionHeader header;
    private volatile CompressionHeader compression;
    private volatile boolean isInFile;
    private SoftReference<ByteBuffer> made = new SoftReference<>(null);

    Section(ElfFile file, int index, SectionHeader header) {
        this.file = file;
        this.index = index;
        this.header = header;
    }

    /** {@return its name, of which at most 256 bytes are given; {@code .debug_info} also for {@code .zdebug_info}} */
    public String name() {
        return SectionNames.standard(file.names().name(header.nameOffset()));
    }

    /** {@return its number in the file, from 0; the first is a placeholder} */
    public int index() {
        return index;
    }

    /** {@return what it holds: {@code sh_type}} */
    public int type() {
        return header.type();
    }

    /** {@return its attributes: {@code sh_flags}} */
    public long flags() {
        return header.flags();
    }

    /** {@return its address in memory; 0 when it has none, and in object files} */
    public long address() {
        return header.address();
    }

    /** {@return the multiple of which its address is: {@code sh_addralign}; 0 and 1 are any} */
    public long byteAlignment() {
        return header.byteAlignment();
    }

    /** {@return the number of another section: {@code sh_link}} */
    public int link() {
        return header.link();
    }

    /** {@return a number whose meaning depends on the type: {@code sh_info}} */
    public int info() {
        return header.info();
    }

    /** {@return the size of an entry when it is a table, else 0: {@code sh_entsize}} */
    public int entryBytes() {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, header.entryBytes()));
    }

    /** {@return the name of the file in messages} */
    String source() {
        return file.source();
    }

    /** {@return the byte order of its numbers, which is that of the file} */
    public ByteOrder byteOrder() {
        return file.byteOrder();
    }

    /** {@return whether this file has any bytes of it} */
    public boolean hasContent() {
        return header.type() != SectionHeader.NOBITS && header.type() != SectionHeader.NULL && header.byteSize() != 0;
    }

    /** {@return whether its content is compressed in the file} */
    public boolean isCompressed() {
        return hasContent() && (hasElfHeader() || isGnuCompressed());
    }

    /**
     * {@return the size of the content in bytes, decompressed; of a section without content, the size in memory}
     *
     * @throws InputException when it lies outside the file, or a compressed section states more than its compressed
     *     size allows
     */
    public long byteSize() {
        if (isCompressed()) {
            return compression().byteSize();
        }
        checkPlace();
        return header.byteSize();
    }

    /**
     * Reads the whole content.
     *
     * @return the content in the byte order of the file, not to be changed
     * @throws InputException when it is broken, has no content in this file, or is larger than 1 GiB
     */
    public ByteBuffer content() {
        requireContent();
        long byteSize = checkedContentBytes();
        return isStoredAsIs() ? stored(0, (int) byteSize, place()) : made();
    }

    /**
     * Opens the content to read it once, whatever its size.
     *
     * @return the stream, to be closed by the caller
     * @throws InputException when it is broken or has no content in this file
     */
    public SectionStream open() {
        requireContent();
        Optional<Relocations> relocations = relocations();
        if (relocations.isEmpty()) {
            return unpacked();
        }
        long byteSize = byteSize();
        SectionStream.Input input =
                relocations.get().areAscending() ? relocations.get().over(unpacked()) : heldInput();
        return new SectionStream(input, byteSize, file.source(), place());
    }

    private SectionStream.Input heldInput() {
        checkedContentBytes();
        ByteBuffer content = made();
        return (into, at, byteCount) -> {
            int some = Math.min(byteCount, content.remaining());
            content.get(into, at, some);
            return some;
        };
    }

    /**
     * Reads a part of the content. When it is compressed or relocated, the first call makes all of it, which is kept
     * as long as the memory allows.
     *
     * @param byteOffset offset of the first byte in the content
     * @param byteSize how many bytes
     * @param what a few words for messages: {@code "the header of a unit"}
     * @return a buffer of that size in the byte order of the file, not to be changed
     * @throws InputException when the part lies outside, or the content is broken
     */
    public ByteBuffer read(long byteOffset, int byteSize, String what) {
        requireContent();
        long contentBytes = byteSize();
        if (byteOffset < 0 || byteSize < 0 || byteOffset > contentBytes - byteSize) {
            throw new InputException(
                    file.source(),
                    place() + ", byte 0x" + Long.toHexString(byteOffset),
                    what + " (" + byteSize + " bytes) lies outside a section of " + contentBytes + " bytes");
        }
        if (isStoredAsIs()) {
            return stored(byteOffset, byteSize, what);
        }
        checkedContentBytes();
        return made().slice((int) byteOffset, byteSize).order(file.byteOrder());
    }

    /** {@return its name for messages} */
    String place() {
        return "section " + file.names().name(header.nameOffset());
    }

    SectionHeader header() {
        return header;
    }

    private boolean isStoredAsIs() {
        return !isCompressed() && relocations().isEmpty();
    }

    private Optional<Relocations> relocations() {
        if (file.type() != ElfFile.RELOCATABLE || isStructure()) {
            return Optional.empty();
        }
        boolean isDebug =
                DEBUG_PREFIXES.stream().anyMatch(prefix -> file.names().startsWith(header.nameOffset(), prefix));
        return isDebug ? file.relocations(this) : Optional.empty();
    }

    /** {@return whether it is one that relocations are read with, and so has none of its own} */
    private boolean isStructure() {
        return Relocations.isTable(this) || SymbolTable.isTable(this);
    }

    private boolean hasElfHeader() {
        return (header.flags() & SectionHeader.COMPRESSED) != 0;
    }

    private boolean isGnuCompressed() {
        return file.names().startsWith(header.nameOffset(), SectionNames.GNU_COMPRESSED);
    }

    private void requireContent() {
        if (header.type() == SectionHeader.NOBITS || header.type() == SectionHeader.NULL) {
            throw new InputException(file.source(), place(), "has no content in this file; was it stripped?");
        }
    }

    private long checkedContentBytes() {
        long byteSize = byteSize();
        if (byteSize > MOST_CONTENT_BYTES) {
            throw new InputException(file.source(), place(), byteSize + " bytes; the limit is " + MOST_CONTENT_BYTES);
        }
        return byteSize;
    }

    private ByteBuffer stored(long byteOffset, int byteSize, String what) {
        return file.read(header.byteOffset() + byteOffset, byteSize, what);
    }

    private void checkPlace() {
        if (!isInFile && hasContent()) {
            file.bytes().check(header.byteOffset(), header.byteSize(), place());
            isInFile = true;
        }
    }

    private CompressionHeader compression() {
        CompressionHeader known = compression;
        if (known == null) {
            known = readCompression();
            compression = known;
        }
        return known;
    }

    private CompressionHeader readCompression() {
        checkPlace();
        if (!hasElfHeader()) {
            return CompressionHeader.ofGnu(file.bytes(), header, place());
        }
        int headerBytes = CompressionHeader.headerBytes(file.is64Bit());
        if (header.byteSize() < headerBytes) {
            throw new InputException(file.source(), place(), "truncated compression header");
        }
        return CompressionHeader.ofElf(stored(0, headerBytes, place()), header.byteSize(), file.source(), place());
    }

    private SectionStream unpacked() {
        long byteSize = byteSize();
        if (!isCompressed()) {
            FileRange range = new FileRange(file.bytes(), header.byteOffset(), byteSize, place());
            return new SectionStream(range, byteSize, file.source(), place());
        }
        int headerBytes = compression().headerBytes();
        FileRange data = new FileRange(
                file.bytes(), header.byteOffset() + headerBytes, header.byteSize() - headerBytes, place());
        UnpackedStream unpacked = compression().unpacked(file.source(), place(), data);
        SectionStream.Input input = new SectionStream.Input() {
            @Override
            public int read(byte[] into, int at, int byteCount) {
                return unpacked.read(into, at, byteCount);
            }

            @Override
            public void close() {
                unpacked.close();
            }
        };
        return new SectionStream(input, byteSize, file.source(), place());
    }

    private synchronized ByteBuffer made() {
        ByteBuffer content = made.get();
        if (content == null) {
            byte[] bytes = readAll();
            relocations().ifPresent(relocations -> relocations.apply(bytes));
            content = ByteBuffer.wrap(bytes);
            made = new SoftReference<>(content);
        }
        return content.duplicate().order(file.byteOrder());
    }

    private byte[] readAll() {
        try (SectionStream stream = unpacked()) {
            long byteSize = stream.byteSize();
            byte[] content = new byte[(int) Math.min(byteSize, firstArrayBytes())];
            int length = stream.read(content, 0, content.length);
            while (length < byteSize) {
                content = Arrays.copyOf(content, (int) Math.min(byteSize, 2L * content.length));
                length += stream.read(content, length, content.length - length);
            }
            return content;
        }
    }

    private long firstArrayBytes() {
        return Math.max(FIRST_ARRAY_BYTES, TRUSTED_RATIO * header.byteSize());
    }

    @Override
    public String toString() {
        return name();
    }
}
