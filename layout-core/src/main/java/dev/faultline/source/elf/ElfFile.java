package dev.faultline.source.elf;

import dev.faultline.input.InputException;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An ELF file, 32 or 64 bit, of either byte order: what its header says, and its sections by name. The section headers
 * are read once, when it is opened; a section's content is read each time it is asked for.
 */
public final class ElfFile implements Closeable {

    /** The value of {@link #type} of an object file or a kernel module: {@code ET_REL}. */
    public static final int RELOCATABLE = 1;

    /** The value of {@link #type} of the memory of a crashed program: {@code ET_CORE}. */
    public static final int CORE = 4;

    private static final int MAGIC = 0x7f454c46;
    private static final long LARGEST_SECTION_BYTES = 1L << 30;
    private static final int SHT_NOBITS = 8;
    private static final long SHF_COMPRESSED = 0x800;
    private static final int IDENT_BYTES = 16;

    /** Stands for the index of a section that does not fit into 16 bits. */
    private static final int INDEX_ELSEWHERE = 0xffff;

    private static final int LONGEST_NAME_BYTES = 256;

    /** Most sections; a kernel built with one section per function has 100,000. */
    private static final long MOST_SECTIONS = 1 << 20;

    /** Most bytes of all names of sections; those of a program built with one section per function have 50 MB. */
    private static final long MOST_NAME_BYTES = 256 << 20;

    private static final int ENTRIES_AT_ONCE = 4096;

    private final FileBytes file;
    private final boolean wide;
    private final ByteOrder order;
    private final int type;
    private final int machine;
    private final List<Section> sections;

    /** The names of all sections, each ended by a zero byte. */
    private final ByteBuffer names;

    private record Section(int nameOffset, int type, long flags, long offset, long byteSize, int link) {}

    private ElfFile(FileBytes file) {
        this.file = file;
        ByteBuffer ident = file.read(0, IDENT_BYTES, "the ELF identification");
        this.wide = ident.get(4) == 2;
        this.order = ident.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer header = read(0, wide ? 64 : 52, "the ELF header");
        this.type = header.getShort(16) & 0xffff;
        this.machine = header.getShort(18) & 0xffff;
        long table = wide ? header.getLong(40) : header.getInt(32) & 0xffffffffL;
        if (table == 0) {
            this.sections = List.of();
            this.names = ByteBuffer.allocate(0);
        } else {
            this.sections = sections(header, table);
            this.names = names(header.getShort(wide ? 62 : 50) & 0xffff);
        }
    }

    /** {@return whether these bytes start like ELF} */
    public static boolean isElf(ByteBuffer start) {
        return start.remaining() >= 4
                && start.duplicate().order(ByteOrder.BIG_ENDIAN).getInt(start.position()) == MAGIC;
    }

    /**
     * Opens an ELF file on the disk, to be closed by the caller.
     *
     * @param source its name in messages
     * @param path its path
     * @return the file
     * @throws InputException when it cannot be read, or its headers are broken
     */
    public static ElfFile open(String source, Path path) {
        FileBytes bytes = FileBytes.open(source, path);
        try {
            return of(bytes);
        } catch (InputException broken) {
            bytes.close();
            throw broken;
        }
    }

    /**
     * Opens an ELF file in memory or inside another file. Closing it closes the bytes.
     *
     * @param bytes its bytes
     * @return the file
     * @throws InputException when it cannot be read, or its headers are broken
     */
    public static ElfFile of(FileBytes bytes) {
        if (bytes.byteSize() < 4 || !isElf(bytes.read(0, 4, "the ELF magic"))) {
            throw new InputException(bytes.source(), "", "is no ELF file");
        }
        return new ElfFile(bytes);
    }

    /** {@return its name in messages} */
    public String source() {
        return file.source();
    }

    /** {@return whether its addresses have 8 bytes; else they have 4} */
    public boolean is64Bit() {
        return wide;
    }

    /** {@return the byte order of its numbers} */
    public ByteOrder byteOrder() {
        return order;
    }

    /** {@return what it is, such as {@link #RELOCATABLE}: {@code e_type}} */
    public int type() {
        return type;
    }

    /** {@return the architecture it is for, such as 62 for x86-64: {@code e_machine}} */
    public int machine() {
        return machine;
    }

    /** {@return whether it has any sections} */
    public boolean hasSections() {
        return sections.size() > 1; // the first is a placeholder
    }

    /**
     * {@return whether it has a section of that name with content in this file}
     *
     * @param name such as {@code ".BTF"}
     */
    public boolean has(String name) {
        return find(name).filter(ElfFile::hasContent).isPresent();
    }

    /**
     * {@return whether it has a section with content whose name is accepted}
     *
     * @param accepted is asked for each name, of which at most 256 bytes are given
     */
    public boolean hasAny(Predicate<String> accepted) {
        return sections.stream().anyMatch(section -> hasContent(section) && accepted.test(name(section)));
    }

    /**
     * Reads one section.
     *
     * @param name its name, such as {@code ".BTF"}
     * @return its content, decompressed, in the byte order of the file; empty when there is no such section
     * @throws InputException when the content cannot be read
     */
    public Optional<ByteBuffer> section(String name) {
        return find(name).map(section -> content(section, name));
    }

    private Optional<Section> find(String name) {
        byte[] wanted = (name + "\0").getBytes(StandardCharsets.ISO_8859_1);
        return sections.stream().filter(section -> isCalled(section, wanted)).findFirst();
    }

    private boolean isCalled(Section section, byte[] wanted) {
        int at = section.nameOffset();
        return at >= 0
                && at <= names.limit() - wanted.length
                && names.slice(at, wanted.length).equals(ByteBuffer.wrap(wanted));
    }

    private String name(Section section) {
        int at = section.nameOffset();
        if (at < 0) {
            return "";
        }
        int end = at;
        while (end < names.limit() && names.get(end) != 0 && end - at < LONGEST_NAME_BYTES) {
            end++;
        }
        return at >= end
                ? ""
                : StandardCharsets.ISO_8859_1.decode(names.slice(at, end - at)).toString();
    }

    private static boolean hasContent(Section section) {
        return section.type() != SHT_NOBITS && section.byteSize() != 0;
    }

    private List<Section> sections(ByteBuffer header, long table) {
        int entryBytes = header.getShort(wide ? 58 : 46) & 0xffff;
        long count = header.getShort(wide ? 60 : 48) & 0xffff;
        if (entryBytes < (wide ? 64 : 40)) {
            throw InputException.atByte(source(), wide ? 58 : 46, "section headers of " + entryBytes + " bytes");
        }
        if (count == 0) { // above 65,279 sections the first header has the count
            count = entry(read(table, entryBytes, "section header 0"), 0).byteSize();
        }
        if (count < 0 || count > file.byteSize() / entryBytes) {
            throw InputException.atByte(
                    source(), wide ? 60 : 48, count + " sections in a file of " + file.byteSize() + " bytes");
        }
        if (count > MOST_SECTIONS) {
            throw InputException.atByte(source(), table, count + " sections; the limit is " + MOST_SECTIONS);
        }
        List<Section> found = new ArrayList<>();
        int atOnce = Math.max(1, ENTRIES_AT_ONCE * 64 / entryBytes); // an entry may state a size of 65,535 bytes
        for (long first = 0; first < count; first += atOnce) {
            int some = (int) Math.min(count - first, atOnce);
            ByteBuffer entries = read(table + first * entryBytes, some * entryBytes, "section headers from " + first);
            for (int i = 0; i < some; i++) {
                found.add(entry(entries, i * entryBytes));
            }
        }
        return found;
    }

    private Section entry(ByteBuffer entries, int at) {
        return wide
                ? new Section(
                        entries.getInt(at),
                        entries.getInt(at + 4),
                        entries.getLong(at + 8),
                        entries.getLong(at + 24),
                        entries.getLong(at + 32),
                        entries.getInt(at + 40))
                : new Section(
                        entries.getInt(at),
                        entries.getInt(at + 4),
                        entries.getInt(at + 8) & 0xffffffffL,
                        entries.getInt(at + 16) & 0xffffffffL,
                        entries.getInt(at + 20) & 0xffffffffL,
                        entries.getInt(at + 24));
    }

    private ByteBuffer names(int statedIndex) {
        int index = statedIndex == INDEX_ELSEWHERE && !sections.isEmpty()
                ? sections.get(0).link()
                : statedIndex;
        if (index < 0 || index >= sections.size()) {
            throw InputException.atByte(
                    source(), wide ? 62 : 50, "section names in section " + index + " of " + sections.size());
        }
        Section section = sections.get(index);
        if (section.byteSize() < 0 || section.byteSize() > MOST_NAME_BYTES) {
            throw new InputException(
                    source(),
                    "section " + index,
                    "names of " + section.byteSize() + " bytes; the limit is " + MOST_NAME_BYTES);
        }
        return read(section.offset(), (int) section.byteSize(), "the names of the sections");
    }

    private ByteBuffer content(Section section, String name) {
        if (section.type() == SHT_NOBITS) {
            throw new InputException(source(), "section " + name, "has no content in this file; was it stripped?");
        }
        if (section.byteSize() < 0 || section.byteSize() > LARGEST_SECTION_BYTES) {
            throw new InputException(
                    source(), "section " + name, section.byteSize() + " bytes; the limit is " + LARGEST_SECTION_BYTES);
        }
        ByteBuffer bytes = read(section.offset(), (int) section.byteSize(), "section " + name);
        return (section.flags() & SHF_COMPRESSED) == 0
                ? bytes
                : CompressedSection.content(bytes, wide, source(), "section " + name);
    }

    private ByteBuffer read(long offset, int byteSize, String what) {
        return file.read(offset, byteSize, what).order(order);
    }

    @Override
    public void close() {
        file.close();
    }
}
