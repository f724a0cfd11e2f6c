package dev.faultline.source.elf;

import dev.faultline.input.InputException;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private static final int IDENT_BYTES = 16;

    /** Stands for the index of a section that does not fit into 16 bits. */
    private static final int INDEX_ELSEWHERE = 0xffff;

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
    private final SectionNames names;

    /** The tables of relocations of each section, by its number; made when they are first asked for. */
    private Map<Integer, List<Section>> relocationTables;

    private final Map<Integer, SymbolValues> symbolValues = new HashMap<>();

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
            this.names = new SectionNames(ByteBuffer.allocate(0));
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

    /** {@return all its sections; the number of each is its index in the list, and the first is a placeholder} */
    public List<Section> sections() {
        return sections;
    }

    /**
     * {@return the first section of a name}
     *
     * @param name such as {@code ".debug_info"}, which finds {@code ".zdebug_info"} too
     */
    public Optional<Section> find(String name) {
        return called(name).findFirst();
    }

    /**
     * {@return all sections of a name, in the order of the file} Object files have several when each holds a type that
     * the linker takes once.
     *
     * @param name such as {@code ".debug_info"}, which finds {@code ".zdebug_info"} too
     */
    public List<Section> findAll(String name) {
        return called(name).toList();
    }

    private Stream<Section> called(String name) {
        String compressed = SectionNames.compressed(name);
        return sections.stream().filter(section -> {
            int at = section.header().nameOffset();
            return names.is(at, name) || names.is(at, compressed);
        });
    }

    /**
     * {@return whether it has a section of that name with content in this file}
     *
     * @param name such as {@code ".BTF"}
     */
    public boolean has(String name) {
        return find(name).filter(Section::hasContent).isPresent();
    }

    /**
     * {@return whether it has a section with content whose name is accepted}
     *
     * @param accepted is asked for each name, of which at most 256 bytes are given
     */
    public boolean hasAny(Predicate<String> accepted) {
        return sections.stream().anyMatch(section -> section.hasContent() && accepted.test(section.name()));
    }

    /**
     * Reads one section.
     *
     * @param name its name, such as {@code ".BTF"}
     * @return its content, decompressed, in the byte order of the file; empty when there is no such section
     * @throws InputException when the content cannot be read
     */
    public Optional<ByteBuffer> section(String name) {
        return find(name).map(Section::content);
    }

    /** {@return the relocations of a section that the file has; linked files have their values in the content} */
    Optional<Relocations> relocations(Section section) {
        return Optional.ofNullable(relocationTables().get(section.index()))
                .map(tables -> new Relocations(this, section, tables));
    }

    private synchronized Map<Integer, List<Section>> relocationTables() {
        if (relocationTables == null) {
            relocationTables = sections.stream()
                    .filter(section -> Relocations.isTable(section) && section.hasContent())
                    .collect(Collectors.groupingBy(Section::info));
        }
        return relocationTables;
    }

    /** {@return the values of the symbols of the table in a section} */
    synchronized SymbolValues symbolValues(int index) {
        if (index <= 0 || index >= sections.size() || !SymbolTable.isTable(sections.get(index))) {
            throw new InputException(
                    source(), "", "symbols in section " + index + " of " + sections.size() + ", which has none");
        }
        return symbolValues.computeIfAbsent(index, any -> new SymbolValues(this, sections.get(index)));
    }

    FileBytes bytes() {
        return file;
    }

    SectionNames names() {
        return names;
    }

    private List<Section> sections(ByteBuffer header, long table) {
        int entryBytes = header.getShort(wide ? 58 : 46) & 0xffff;
        long count = header.getShort(wide ? 60 : 48) & 0xffff;
        if (entryBytes < (wide ? 64 : 40)) {
            throw InputException.atByte(source(), wide ? 58 : 46, "section headers of " + entryBytes + " bytes");
        }
        if (count == 0) { // above 65,279 sections the first header has the count
            count = SectionHeader.read(read(table, entryBytes, "section header 0"), 0, wide)
                    .byteSize();
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
                SectionHeader entry = SectionHeader.read(entries, i * entryBytes, wide);
                found.add(new Section(this, found.size(), entry));
            }
        }
        return Collections.unmodifiableList(found);
    }

    private SectionNames names(int statedIndex) {
        int index = statedIndex == INDEX_ELSEWHERE && !sections.isEmpty()
                ? sections.get(0).link()
                : statedIndex;
        if (index < 0 || index >= sections.size()) {
            throw InputException.atByte(
                    source(), wide ? 62 : 50, "section names in section " + index + " of " + sections.size());
        }
        SectionHeader section = sections.get(index).header();
        if (section.byteSize() < 0 || section.byteSize() > MOST_NAME_BYTES) {
            throw new InputException(
                    source(),
                    "section " + index,
                    "names of " + section.byteSize() + " bytes; the limit is " + MOST_NAME_BYTES);
        }
        return new SectionNames(read(section.byteOffset(), (int) section.byteSize(), "the names of the sections"));
    }

    ByteBuffer read(long offset, int byteSize, String what) {
        return file.read(offset, byteSize, what).order(order);
    }

    @Override
    public void close() {
        file.close();
    }
}
