package dev.faultline.source.llvm.debug;

import dev.faultline.source.elf.ElfFile;
import dev.faultline.source.elf.FileBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** An object file in memory that has the units of modules, so that they are read as those of a binary. */
public final class DebugObject {

    private static final int HEADER_BYTES = 64;
    private static final int SECTION_BYTES = 64;
    private static final int PROGBITS = 1;
    private static final int STRTAB = 3;
    private static final int ABBREVIATIONS_AT = 6;

    private static final List<String> NAMES = List.of("", ".debug_info", ".debug_abbrev", ".debug_line", ".shstrtab");

    private DebugObject() {}

    /**
     * {@return a file with these units}
     *
     * @param source the name of the source in messages
     * @param machine the architecture: {@code e_machine}
     * @param order of its numbers
     * @param units its units
     */
    public static ElfFile of(String source, int machine, ByteOrder order, List<DebugUnit> units) {
        EntryBytes info = new EntryBytes(order);
        EntryBytes abbreviations = new EntryBytes(order);
        EntryBytes lines = new EntryBytes(order);
        for (DebugUnit unit : units) {
            int start = info.size();
            info.all(unit.entries());
            info.patch(start + ABBREVIATIONS_AT, abbreviations.size());
            info.patch(start + EntryWriter.LINES_AT, lines.size());
            abbreviations.all(unit.abbreviations());
            lines.all(unit.lines());
        }
        return ElfFile.of(FileBytes.of(
                source,
                ByteBuffer.wrap(file(machine, order, info, abbreviations, lines))
                        .order(order)));
    }

    private static byte[] file(
            int machine, ByteOrder order, EntryBytes info, EntryBytes abbreviations, EntryBytes lines) {
        EntryBytes names = new EntryBytes(order);
        int[] nameOffsets = new int[NAMES.size()];
        for (int i = 0; i < NAMES.size(); i++) {
            nameOffsets[i] = names.size();
            names.text(NAMES.get(i));
        }
        List<EntryBytes> contents = List.of(new EntryBytes(order), info, abbreviations, lines, names);
        EntryBytes out = new EntryBytes(order);
        long table =
                HEADER_BYTES + contents.stream().mapToLong(EntryBytes::size).sum();
        out.u1(0x7f)
                .u1('E')
                .u1('L')
                .u1('F')
                .u1(2)
                .u1(order == ByteOrder.BIG_ENDIAN ? 2 : 1)
                .u1(1);
        out.number(0, 8).u1(0);
        out.u2(ElfFile.RELOCATABLE).u2(machine).u4(1);
        out.number(0, 8).number(0, 8).number(table, 8);
        out.u4(0)
                .u2(HEADER_BYTES)
                .u2(0)
                .u2(0)
                .u2(SECTION_BYTES)
                .u2(NAMES.size())
                .u2(NAMES.size() - 1);
        contents.forEach(content -> out.all(content.toArray()));
        long at = HEADER_BYTES;
        for (int i = 0; i < NAMES.size(); i++) {
            int size = contents.get(i).size();
            int type = i == 0 ? 0 : i == NAMES.size() - 1 ? STRTAB : PROGBITS;
            out.u4(nameOffsets[i])
                    .u4(type)
                    .number(0, 8)
                    .number(0, 8)
                    .number(i == 0 ? 0 : at, 8)
                    .number(size, 8);
            out.u4(0).u4(0).number(1, 8).number(0, 8);
            at += size;
        }
        return out.toArray();
    }
}
