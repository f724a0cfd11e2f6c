package dev.faultline.source.dwarf;

import dev.faultline.input.InputException;
import dev.faultline.source.Subject;
import dev.faultline.source.compression.Packer;
import dev.faultline.source.dwarf.entry.Abbreviation;
import dev.faultline.source.dwarf.entry.StringSections;
import dev.faultline.source.dwarf.entry.Unit;
import dev.faultline.source.dwarf.entry.UnitBases;
import dev.faultline.source.dwarf.entry.UnitBytes;
import dev.faultline.source.dwarf.entry.UnitParser;
import dev.faultline.source.dwarf.type.SplitUnit;
import dev.faultline.source.elf.ArchiveFile;
import dev.faultline.source.elf.ElfBuilder;
import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.elf.Section;
import dev.faultline.testing.ByteMutator;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.Deflater;

/** A sample with its sections apart, so that they can be changed, and made a file again, compressed or not. */
final class FuzzedDwarf {

    private static final int[] FORMS = {
        0x01, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13,
                0x14,
        0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26,
                0x27,
        0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x7f
    };

    /** By how much zlib may make a small content longer. */
    private static final int MOST_ADDED_BYTES = 100;

    private final boolean isWide;
    private final ByteOrder order;
    private final int type;
    private final int machine;
    private final List<String> names = new ArrayList<>();
    private final List<Section> headers = new ArrayList<>();
    private final List<byte[]> contents = new ArrayList<>();

    /** Where entries start in the first section of units, and where offsets of entries stand. */
    private final List<Integer> entries = new ArrayList<>();

    private final List<Integer> references = new ArrayList<>();

    /** The sections as they are without changes, compressed: most are stored so in most files. */
    private final Map<Integer, byte[]> packedByZlib = new HashMap<>();

    private final Map<Integer, byte[]> packedByZstd = new HashMap<>();

    FuzzedDwarf(byte[] file) {
        ElfFile elf = DwarfUse.elf(file);
        isWide = file[4] == 2;
        order = elf.byteOrder();
        type = elf.type();
        machine = elf.machine();
        for (Section section : elf.sections()) {
            if (section.hasContent() && !section.name().equals(".shstrtab")) {
                ByteBuffer content = section.content();
                byte[] bytes = new byte[content.remaining()];
                content.duplicate().get(bytes);
                names.add(section.name());
                headers.add(section);
                contents.add(bytes);
            }
        }
        findEntries();
    }

    private int index(String prefix) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).startsWith(prefix)) {
                return i;
            }
        }
        return -1;
    }

    private UnitBytes bytes(int index) {
        return new UnitBytes(contents.get(index), contents.get(index).length, order);
    }

    /** Walks all units as a reader does. */
    private void findEntries() {
        byte[] info = contents.get(index(".debug_info"));
        UnitParser parser = new UnitParser(bytes(index(".debug_abbrev")), StringSections.EMPTY);
        Set<Integer> starts = new HashSet<>();
        int end;
        for (int offset = 0; offset < info.length; offset = end) {
            byte[] rest = Arrays.copyOfRange(info, offset, info.length);
            int size = (int) UnitParser.unitBytes(new UnitBytes(rest, rest.length, order));
            end = offset + size;
            Unit unit = parser.parse(new UnitBytes(rest, size, order), offset, false, UnitBases.START);
            for (int at = unit.root(); at < size; ) {
                starts.add(at);
                entries.add(at);
                Abbreviation abbreviation = unit.abbreviation(at);
                int values = unit.bytes().next();
                at = abbreviation == null ? values : unit.behind(abbreviation, values);
            }
        }
        ByteBuffer numbers = ByteBuffer.wrap(info).order(order);
        for (int at = 0; at + Integer.BYTES <= info.length; at++) {
            if (numbers.getInt(at) > 0 && starts.contains(numbers.getInt(at))) {
                references.add(at);
            }
        }
    }

    /** {@return the file with some changes} */
    byte[] changed(Random random) {
        List<byte[]> changed = new ArrayList<>(contents);
        for (int changes = 1 + Integer.numberOfTrailingZeros(random.nextInt() | 16); changes > 0; changes--) {
            int index = random.nextInt(changed.size());
            byte[] content = changed.get(index).clone();
            changed.set(index, content);
            change(names.get(index), content, random);
        }
        return built(changed, random);
    }

    private void change(String name, byte[] content, Random random) {
        if (name.startsWith(".debug_info") && random.nextInt(3) > 0 && !references.isEmpty()) {
            int at = references.get(random.nextInt(references.size()));
            if (at + Integer.BYTES <= content.length) {
                ByteBuffer.wrap(content).order(order).putInt(at, entries.get(random.nextInt(entries.size())));
            }
        } else if (name.startsWith(".debug_abbrev") && random.nextInt(3) > 0) {
            form(content, random);
        } else if (content.length > 0) {
            DwarfFuzzTest.change(content, 0, content.length, random);
        }
    }

    /** Gives an attribute the form of another, or any, or makes an entry one of another kind. */
    private static void form(byte[] table, Random random) {
        List<Integer> forms = new ArrayList<>();
        List<Integer> tags = new ArrayList<>();
        int at = 0;
        while (at + 3 < table.length) {
            if (table[at] == 0) {
                at++;
                continue;
            }
            at = behind(table, at);
            tags.add(at);
            at = behind(table, at) + 1;
            while (at + 1 < table.length && (table[at] != 0 || table[at + 1] != 0)) {
                at = behind(table, at);
                forms.add(Math.min(at, table.length - 1));
                boolean isConstant = at < table.length && table[at] == 0x21;
                at = behind(table, at);
                at = isConstant ? behind(table, at) : at;
            }
            at += 2;
        }
        List<Integer> places = random.nextInt(4) == 0 && !tags.isEmpty() ? tags : forms;
        if (!places.isEmpty()) {
            int one = places.get(random.nextInt(places.size()));
            int other = places.get(random.nextInt(places.size()));
            table[one] =
                    places == forms && random.nextBoolean() ? (byte) FORMS[random.nextInt(FORMS.length)] : table[other];
        }
    }

    private static int behind(byte[] table, int leb) {
        int at = leb;
        while (at < table.length && table[at] < 0) {
            at++;
        }
        return at + 1;
    }

    private byte[] built(List<byte[]> changed, Random random) {
        ElfBuilder elf = new ElfBuilder(isWide, order).type(type).machine(machine);
        int packing = random.nextInt(6); // four of six leave all as it is
        for (int i = 0; i < changed.size(); i++) {
            byte[] content = changed.get(i);
            Section header = headers.get(i);
            if (names.get(i).startsWith(".debug") && packing < 2) {
                int lie = random.nextInt(20) == 0
                        ? (int) ByteMutator.interesting(content.length, random)
                        : content.length;
                elf.compressed(names.get(i), packing + 1, lie, packed(packing, i, content));
            } else {
                elf.section(
                        names.get(i),
                        header.type(),
                        header.flags() & ~0x800,
                        header.address(),
                        header.link(),
                        header.info(),
                        header.entryBytes(),
                        content);
            }
        }
        return elf.build();
    }

    private byte[] packed(int packing, int index, byte[] content) {
        if (content != contents.get(index)) {
            return packed(packing, content);
        }
        return (packing == 1 ? packedByZstd : packedByZlib).computeIfAbsent(index, any -> packed(packing, content));
    }

    private static byte[] packed(int packing, byte[] content) {
        if (packing == 1) {
            return Packer.zstd(content);
        }
        Deflater deflater = new Deflater();
        byte[] packed = new byte[MOST_ADDED_BYTES + content.length];
        deflater.setInput(content);
        deflater.finish();
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    /** {@return an archive of object files} */
    static byte[] archive(List<byte[]> members) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.writeBytes(ArchiveFile.MAGIC.getBytes(StandardCharsets.US_ASCII));
        for (byte[] member : members) {
            archive.writeBytes(String.format("%-16s%-32s%-10d`\n", "a.o/", "0", member.length)
                    .getBytes(StandardCharsets.US_ASCII));
            archive.writeBytes(member);
            archive.writeBytes(new byte[member.length & 1]);
        }
        return archive.toByteArray();
    }

    /** A program and its other files, in one input: {@code PAIR}, the size of the first, the first, the second. */
    static byte[] pair(byte[] program, byte[] other) {
        return ByteBuffer.allocate(2 * Integer.BYTES + program.length + other.length)
                .put("PAIR".getBytes(StandardCharsets.US_ASCII))
                .putInt(program.length)
                .put(program)
                .put(other)
                .array();
    }

    /** Reads an input, which may be a pair; each struct is analysed and written. */
    static DwarfUse.Told read(byte[] input) {
        return read(input, DwarfUse::analyse, Long.MAX_VALUE);
    }

    /**
     * Reads an input, which may be a pair.
     *
     * @param input the input
     * @param user is given each struct
     * @param mostAllocated how many bytes opening it may allocate, garbage included
     */
    static DwarfUse.Told read(byte[] input, Consumer<Subject> user, long mostAllocated) {
        boolean isPair = input.length >= 8 && input[0] == 'P' && input[1] == 'A' && input[2] == 'I' && input[3] == 'R';
        if (!isPair) {
            return DwarfUse.of(input, CompanionFiles.NONE, user, mostAllocated);
        }
        int length =
                Math.max(0, Math.min(input.length - 8, ByteBuffer.wrap(input).getInt(4)));
        byte[] other = Arrays.copyOfRange(input, 8 + length, input.length);
        return DwarfUse.of(Arrays.copyOfRange(input, 8, 8 + length), new InMemory(other), user, mostAllocated);
    }

    /** One file is all the others: the alternate file, the package, and each split file. */
    private record InMemory(byte[] content) implements CompanionFiles {

        private Optional<ElfFile> file() {
            try {
                return Optional.of(DwarfUse.elf(content));
            } catch (InputException broken) {
                return Optional.empty();
            }
        }

        @Override
        public Optional<ElfFile> alternate() {
            return file();
        }

        @Override
        public Optional<ElfFile> splitPackage() {
            return file().filter(elf -> elf.has(".debug_cu_index"));
        }

        @Override
        public Optional<ElfFile> split(SplitUnit unit) {
            return file();
        }
    }
}
