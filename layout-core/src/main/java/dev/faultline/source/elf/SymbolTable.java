package dev.faultline.source.elf;

import dev.faultline.input.InputException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The symbols of an ELF file. They are read in parts: a browser has millions. */
public final class SymbolTable {

    private static final String FULL = ".symtab";
    private static final String DYNAMIC = ".dynsym";
    private static final int SHT_SYMTAB = 2;
    private static final int SHT_DYNSYM = 11;
    private static final int SHT_SYMTAB_SHNDX = 18;
    private static final int INDEX_ELSEWHERE = 0xffff;
    private static final int FIRST_RESERVED_INDEX = 0xff00;
    private static final int SYMBOLS_AT_ONCE = 4096;

    private final ElfFile file;
    private final Section table;
    private final int entryBytes;
    private final int count;

    /** The sections of the symbols whose section has a number above 16 bits. */
    private final Optional<Section> wideIndexes;

    private SymbolTable(ElfFile file, Section table) {
        this.file = file;
        this.table = table;
        this.entryBytes = file.is64Bit() ? 24 : 16;
        if (table.entryBytes() != entryBytes && table.entryBytes() != 0) {
            throw new InputException(
                    file.source(),
                    table.place(),
                    "symbols of " + table.entryBytes() + " bytes; expected " + entryBytes);
        }
        this.count = (int) Math.min(Integer.MAX_VALUE, table.byteSize() / entryBytes);
        this.wideIndexes = file.sections().stream()
                .filter(section -> section.type() == SHT_SYMTAB_SHNDX && section.link() == table.index())
                .findFirst();
    }

    /**
     * {@return the symbols of a file: all of them, or where it was stripped those it shares with other files; empty
     * when it has neither}
     *
     * @param file the file
     * @throws InputException when its table is broken
     */
    public static Optional<SymbolTable> of(ElfFile file) {
        return file.find(FULL)
                .filter(Section::hasContent)
                .or(() -> file.find(DYNAMIC).filter(Section::hasContent))
                .map(table -> new SymbolTable(file, table));
    }

    /** {@return whether a section is a table of symbols} */
    static boolean isTable(Section section) {
        return section.type() == SHT_SYMTAB || section.type() == SHT_DYNSYM;
    }

    /** {@return the number of symbols; the first is a placeholder} */
    public int count() {
        return count;
    }

    /** {@return the symbols in the order of the file, read while they are asked for; errors come then} */
    public Stream<Symbol> symbols() {
        return StreamSupport.stream(new Walk(), false);
    }

    /** {@return the variables that the file defines, as {@link #symbols} gives them} */
    public Stream<Symbol> data() {
        return StreamSupport.stream(new Walk().onlyData(), false);
    }

    /** Reads symbols one by one, some thousand at once. */
    private final class Walk extends AbstractSpliterator<Symbol> {

        private final StringTable names;
        private boolean onlyData;
        private int next = 1;
        private int first;
        private int end;
        private ByteBuffer some = ByteBuffer.allocate(0);
        private ByteBuffer someIndexes = ByteBuffer.allocate(0);

        Walk() {
            super(count, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
            this.names = StringTable.of(file, table);
        }

        Walk onlyData() {
            onlyData = true;
            return this;
        }

        @Override
        public boolean tryAdvance(Consumer<? super Symbol> action) {
            while (next < count) {
                if (next >= end) {
                    fill();
                }
                int at = (next - first) * entryBytes;
                int sectionIndex = sectionIndex(next++ - first);
                Symbol.Type type = Symbol.Type.of(info(at) & 0xf);
                if (!onlyData || isData(type, sectionIndex)) {
                    action.accept(symbol(at, sectionIndex, type));
                    return true;
                }
            }
            return false;
        }

        private static boolean isData(Symbol.Type type, int sectionIndex) {
            return new Symbol("", 0, 0, sectionIndex, type, Symbol.Binding.LOCAL).isData();
        }

        private void fill() {
            first = next;
            end = Math.min(count, first + SYMBOLS_AT_ONCE);
            some = table.read((long) first * entryBytes, (end - first) * entryBytes, "symbols from " + first);
            if (wideIndexes.isPresent()) {
                someIndexes = wideIndexes
                        .get()
                        .read(
                                (long) first * Integer.BYTES,
                                (end - first) * Integer.BYTES,
                                "the sections of symbols from " + first);
            }
        }

        private int info(int at) {
            return some.get(at + (file.is64Bit() ? 4 : 12)) & 0xff;
        }

        private Symbol symbol(int at, int sectionIndex, Symbol.Type type) {
            boolean wide = file.is64Bit();
            return new Symbol(
                    names.name(some.getInt(at) & 0xffffffffL),
                    wide ? some.getLong(at + 8) : some.getInt(at + 4) & 0xffffffffL,
                    wide ? some.getLong(at + 16) : some.getInt(at + 8) & 0xffffffffL,
                    sectionIndex,
                    type,
                    Symbol.Binding.of(info(at) >> 4));
        }

        private int sectionIndex(int number) {
            int index = some.getShort(number * entryBytes + (file.is64Bit() ? 6 : 14)) & 0xffff;
            if (index == INDEX_ELSEWHERE && wideIndexes.isPresent()) {
                return someIndexes.getInt(number * Integer.BYTES);
            }
            return index >= FIRST_RESERVED_INDEX ? (short) index : index;
        }
    }
}
