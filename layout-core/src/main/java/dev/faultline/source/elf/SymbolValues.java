package dev.faultline.source.elf;

import dev.faultline.input.InputException;
import java.nio.ByteBuffer;

/** The values of the symbols of a table by their number, for relocations. */
final class SymbolValues {

    private final ElfFile file;
    private final int entryBytes;
    private final int valueOffset;
    private final int sectionOffset;
    private final ByteBuffer table;

    SymbolValues(ElfFile file, Section table) {
        this.file = file;
        this.entryBytes = file.is64Bit() ? 24 : 16;
        this.valueOffset = file.is64Bit() ? 8 : 4;
        this.sectionOffset = file.is64Bit() ? 6 : 14;
        this.table = table.content();
    }

    /**
     * {@return the value of a symbol; 0 for those whose place the linker chooses}
     *
     * @param number its number; 0 is no symbol
     * @param place what names it, for messages
     * @throws InputException when there is no such symbol
     */
    long value(long number, String place) {
        if (number == 0) {
            return 0;
        }
        if (number >= table.remaining() / entryBytes) {
            throw new InputException(
                    file.source(), place, "symbol " + number + " of " + table.remaining() / entryBytes);
        }
        int at = (int) number * entryBytes;
        if (table.getShort(at + sectionOffset) == Symbol.COMMON) {
            return 0;
        }
        return file.is64Bit() ? table.getLong(at + valueOffset) : table.getInt(at + valueOffset) & 0xffffffffL;
    }
}
