package dev.faultline.source.btf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/** Writes the smallest ELF file with some sections; section 1 has the names. */
final class ElfBuilder {

    private static final int COMPRESSED = 0x800;
    private static final String NAMES = ".shstrtab";

    private final boolean wide;
    private final ByteOrder order;
    private final List<Section> sections = new ArrayList<>();

    private record Section(String name, byte[] content, int flags) {}

    /**
     * An empty file.
     *
     * @param wide whether it is of 64 bits
     * @param order of its numbers
     */
    ElfBuilder(boolean wide, ByteOrder order) {
        this.wide = wide;
        this.order = order;
    }

    ElfBuilder section(String name, byte[] content) {
        sections.add(new Section(name, content, 0));
        return this;
    }

    /** Adds a section compressed by zlib. */
    ElfBuilder packed(String name, byte[] content) {
        ByteBuffer packed = ByteBuffer.allocate(content.length + 100).order(order);
        packed.putInt(1);
        if (wide) {
            packed.putInt(0).putLong(content.length).putLong(1);
        } else {
            packed.putInt(content.length).putInt(1);
        }
        Deflater deflater = new Deflater();
        deflater.setInput(content);
        deflater.finish();
        deflater.deflate(packed);
        deflater.end();
        sections.add(new Section(name, Arrays.copyOf(packed.array(), packed.position()), COMPRESSED));
        return this;
    }

    byte[] build() {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        names.write(0);
        List<Integer> nameOffsets = new ArrayList<>();
        nameOffsets.add(names.size());
        names.writeBytes((NAMES + "\0").getBytes(StandardCharsets.ISO_8859_1));
        for (Section section : sections) {
            nameOffsets.add(names.size());
            names.writeBytes((section.name() + "\0").getBytes(StandardCharsets.ISO_8859_1));
        }
        int end = (wide ? 64 : 52) + names.size();
        for (Section section : sections) {
            end += section.content().length;
        }
        int table = (end + 7) / 8 * 8;
        int entryBytes = wide ? 64 : 40;
        ByteBuffer elf =
                ByteBuffer.allocate(table + (sections.size() + 2) * entryBytes).order(order);
        header(elf, table, entryBytes);
        elf.position(wide ? 64 : 52);
        entry(elf, table + entryBytes, nameOffsets.get(0), 0, names.toByteArray());
        for (int i = 0; i < sections.size(); i++) {
            Section section = sections.get(i);
            entry(elf, table + (i + 2) * entryBytes, nameOffsets.get(i + 1), section.flags(), section.content());
        }
        return elf.array();
    }

    private void header(ByteBuffer elf, int table, int entryBytes) {
        byte data = (byte) (order == ByteOrder.BIG_ENDIAN ? 2 : 1);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), data, 1});
        if (wide) {
            elf.putLong(40, table);
        } else {
            elf.putInt(32, table);
        }
        elf.putShort(wide ? 58 : 46, (short) entryBytes)
                .putShort(wide ? 60 : 48, (short) (sections.size() + 2))
                .putShort(wide ? 62 : 50, (short) 1);
    }

    /** Writes a section's header, and its content at the end of what was written. */
    private void entry(ByteBuffer elf, int at, int name, int flags, byte[] content) {
        int offset = elf.position();
        elf.put(content);
        elf.putInt(at, name).putInt(at + 4, 1);
        if (wide) {
            elf.putLong(at + 8, flags).putLong(at + 24, offset).putLong(at + 32, content.length);
        } else {
            elf.putInt(at + 8, flags).putInt(at + 16, offset).putInt(at + 20, content.length);
        }
    }
}
