package dev.faultline.source.elf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes ELF files with sections of any name and content. */
public final class ElfBuilder {

    private record Section(
            String name, int type, long flags, long address, int link, int info, int entryBytes, byte[] content) {}

    private final boolean wide;
    private final ByteOrder order;
    private int type = ElfFile.RELOCATABLE;
    private int machine = 62;
    private final List<Section> sections = new ArrayList<>();

    public ElfBuilder(boolean wide, ByteOrder order) {
        this.wide = wide;
        this.order = order;
    }

    /** {@return a 64-bit little-endian file with such sections of one byte each} */
    public static byte[] withSections(String... names) {
        ElfBuilder elf = new ElfBuilder(true, ByteOrder.LITTLE_ENDIAN);
        for (String name : names) {
            elf.section(name, new byte[1]);
        }
        return elf.build();
    }

    public ElfBuilder type(int eType) {
        this.type = eType;
        return this;
    }

    public ElfBuilder machine(int eMachine) {
        this.machine = eMachine;
        return this;
    }

    public ElfBuilder section(String name, byte[] content) {
        return section(name, 1, 0, content);
    }

    /** Adds a section that is compressed: its content begins with a header of ELF. */
    public ElfBuilder compressed(String name, int method, int byteSize, byte[] packed) {
        ByteBuffer content =
                ByteBuffer.allocate((wide ? 24 : 12) + packed.length).order(order);
        content.putInt(method);
        if (wide) {
            content.putInt(0).putLong(byteSize).putLong(1);
        } else {
            content.putInt(byteSize).putInt(1);
        }
        return section(name, 1, 0x800, content.put(packed).array());
    }

    public ElfBuilder section(String name, int shType, long flags, byte[] content) {
        return section(name, shType, flags, 0, 0, 0, 0, content);
    }

    /** Adds a section with all that its header says; the first added has the number 1. */
    public ElfBuilder section(
            String name, int shType, long flags, long address, int link, int info, int entryBytes, byte[] content) {
        sections.add(new Section(name, shType, flags, address, link, info, entryBytes, content));
        return this;
    }

    /** Adds a table of relocations of the section added last, with addends or without; of four numbers each. */
    public ElfBuilder relocations(boolean hasAddends, int symbols, long[]... entries) {
        int entryBytes = (wide ? 8 : 4) * (hasAddends ? 3 : 2);
        ByteBuffer table = ByteBuffer.allocate(entries.length * entryBytes).order(order);
        for (long[] entry : entries) {
            word(table, entry[0]);
            word(table, wide ? entry[1] << 32 | entry[2] : entry[1] << 8 | entry[2]);
            if (hasAddends) {
                word(table, entry[3]);
            }
        }
        String name = (hasAddends ? ".rela" : ".rel")
                + sections.get(sections.size() - 1).name();
        return section(name, hasAddends ? 4 : 9, 0, 0, symbols, sections.size(), entryBytes, table.array());
    }

    /** Adds symbols, each with the offset of its name, value, size, section, and type and binding. */
    public ElfBuilder symbols(int names, long[]... symbols) {
        int entryBytes = wide ? 24 : 16;
        ByteBuffer table = ByteBuffer.allocate((symbols.length + 1) * entryBytes)
                .order(order)
                .position(entryBytes);
        for (long[] symbol : symbols) {
            table.putInt((int) symbol[0]);
            if (wide) {
                table.put((byte) symbol[4]).put((byte) 0).putShort((short) symbol[3]);
            }
            word(table, symbol[1]);
            word(table, symbol[2]);
            if (!wide) {
                table.put((byte) symbol[4]).put((byte) 0).putShort((short) symbol[3]);
            }
        }
        return section(".symtab", 2, 0, 0, names, 1, entryBytes, table.array());
    }

    private void word(ByteBuffer bytes, long number) {
        if (wide) {
            bytes.putLong(number);
        } else {
            bytes.putInt((int) number);
        }
    }

    public byte[] build() {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        names.write(0);
        List<Integer> nameOffsets = new ArrayList<>();
        int contentBytes = 0;
        for (Section section : sections) {
            nameOffsets.add(names.size());
            names.writeBytes((section.name() + "\0").getBytes(StandardCharsets.ISO_8859_1));
            contentBytes += section.content().length;
        }
        int namesOffset = names.size();
        names.writeBytes(".shstrtab\0".getBytes(StandardCharsets.ISO_8859_1));
        int headerBytes = wide ? 64 : 52;
        int entryBytes = wide ? 64 : 40;
        int table = headerBytes + contentBytes + names.size();
        ByteBuffer elf =
                ByteBuffer.allocate(table + (sections.size() + 2) * entryBytes).order(order);
        elf.put(new byte[] {
            0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), (byte) (order == ByteOrder.BIG_ENDIAN ? 2 : 1), 1
        });
        elf.putShort(16, (short) type).putShort(18, (short) machine);
        if (wide) {
            elf.putLong(40, table);
        } else {
            elf.putInt(32, table);
        }
        elf.putShort(wide ? 58 : 46, (short) entryBytes)
                .putShort(wide ? 60 : 48, (short) (sections.size() + 2))
                .putShort(wide ? 62 : 50, (short) (sections.size() + 1));
        elf.position(headerBytes);
        int at = table + entryBytes;
        for (int i = 0; i < sections.size(); i++) {
            Section section = sections.get(i);
            header(elf, at, nameOffsets.get(i), section);
            elf.put(section.content());
            at += entryBytes;
        }
        header(elf, at, namesOffset, new Section(".shstrtab", 3, 0, 0, 0, 0, 0, names.toByteArray()));
        elf.put(names.toByteArray());
        return elf.array();
    }

    private void header(ByteBuffer elf, int at, int nameOffset, Section section) {
        elf.putInt(at, nameOffset).putInt(at + 4, section.type());
        if (wide) {
            elf.putLong(at + 8, section.flags())
                    .putLong(at + 24, elf.position())
                    .putLong(at + 16, section.address())
                    .putLong(at + 32, section.content().length)
                    .putInt(at + 40, section.link())
                    .putInt(at + 44, section.info())
                    .putLong(at + 56, section.entryBytes());
        } else {
            elf.putInt(at + 8, (int) section.flags())
                    .putInt(at + 16, elf.position())
                    .putInt(at + 12, (int) section.address())
                    .putInt(at + 20, section.content().length)
                    .putInt(at + 24, section.link())
                    .putInt(at + 28, section.info())
                    .putInt(at + 36, section.entryBytes());
        }
    }
}
