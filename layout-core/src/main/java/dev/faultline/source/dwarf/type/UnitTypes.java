package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.EntryReader;
import dev.faultline.source.dwarf.entry.LineFiles;
import dev.faultline.source.dwarf.entry.Unit;
import dev.faultline.source.dwarf.entry.UnitHeader;
import dev.faultline.source.dwarf.record.SourceLanguage;
import dev.faultline.source.dwarf.record.TypeStore;
import dev.faultline.source.dwarf.record.VariableRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The types of a unit: where they are, their keys, their names and their records. Used by one thread. */
public final class UnitTypes {

    private final Unit unit;
    private final SourceLanguage language;
    private final Optional<SplitUnit> split;
    private final String name;
    private final String directory;
    private final long lineTable;
    private final long splitId;
    private final UnitLookup lookup;
    private LineFiles files;
    private final UnitEntries entries;
    private final TypeKeys keys;
    private final EntryNames names;
    private final TypeDecoder decoder;
    private final TypeStore store;
    private boolean isNamed;

    /**
     * Walks a unit.
     *
     * @param unit the unit
     * @param lookup finds other units
     * @param store keeps the types of all units
     * @throws IllegalArgumentException when it is broken
     * @throws IndexOutOfBoundsException when it ends too early
     */
    public UnitTypes(Unit unit, UnitLookup lookup, TypeStore store) {
        EntryReader root = new EntryReader(unit);
        boolean isThere = root.read(unit.root());
        this.unit = unit;
        long text = isThere ? root.text(DwarfAttribute.NAME) : -1;
        this.lookup = lookup;
        this.lineTable = isThere ? root.number(DwarfAttribute.STMT_LIST, -1) : -1;
        this.name = text < 0 ? "" : unit.text(text);
        this.splitId = isThere ? SplitUnit.id(root) : 0;
        long place = isThere ? root.text(DwarfAttribute.COMP_DIR) : -1;
        this.directory = place < 0 ? "" : unit.text(place);
        this.entries = new UnitEntries(unit, lookup.textHashes());
        this.language = root.hasNumber(DwarfAttribute.LANGUAGE)
                ? SourceLanguage.of(root.number(DwarfAttribute.LANGUAGE, 0))
                : new UnstatedLanguage(unit).guess();
        this.split = isThere ? SplitUnit.of(root) : Optional.empty();
        this.names = new EntryNames(this, lookup);
        this.keys = new TypeKeys(this, lookup);
        this.store = store;
        this.decoder = new TypeDecoder(this, lookup, store);
    }

    /**
     * Puts the named structs, unions and classes of the unit into the store.
     *
     * @param ordinal which unit of the file this is; of equal types the one of the lowest is named
     */
    public void list(int ordinal) {
        store.spend(name.length() + directory.length());
        decoder.list(ordinal);
        UnitHeader header = unit.header();
        if (header.kind().isType()) {
            store.sign(header.signature(), decoder.record((int) header.typeOffset()));
        }
    }

    /** {@return the variables of the unit that have an address, in the order of the unit} */
    public List<VariableRecord> variables() {
        List<VariableRecord> all = new UnitVariables(this, lookup).all();
        all.forEach(one -> store.spend(one.name().length()));
        return all;
    }

    /** {@return a name with the scopes that an entry is in} */
    public String functionName(int position, String name) {
        return isC() || isGo() ? name : names.within(name, entries.around(position));
    }

    /** {@return the entry that an attribute refers to, in this unit or another; empty when there is none} */
    public Optional<EntryPlace> target(EntryReader reader, DwarfAttribute attribute) {
        return target(reader, attribute, lookup);
    }

    /** {@return the offset of the unit's lines in {@code .debug_line}, in bytes; -1 when it has none} */
    public long lineTable() {
        return lineTable < 0 ? -1 : unit.linesBase() + lineTable;
    }

    /** {@return where the addresses of the unit are in {@code .debug_addr}, in bytes; -1 when it does not say} */
    public long addressBase() {
        EntryReader root = new EntryReader(unit);
        if (!root.read(unit.root())) {
            return -1;
        }
        return root.number(DwarfAttribute.ADDR_BASE, root.number(DwarfAttribute.GNU_ADDR_BASE, -1));
    }

    /** {@return the length of the unit in bytes} */
    public int byteSize() {
        return unit.bytes().byteSize();
    }

    /** {@return the bytes of an address: 4 or 8} */
    public int addressBytes() {
        return unit.header().addressBytes();
    }

    /** {@return the identity of a split unit, which its skeleton has too; empty for other units} */
    public OptionalLong splitId() {
        if (unit.header().kind() == UnitHeader.Kind.SPLIT_COMPILE) {
            return OptionalLong.of(unit.header().signature());
        }
        EntryReader root = new EntryReader(unit);
        return root.read(unit.root()) && split.isEmpty() && root.hasNumber(DwarfAttribute.GNU_DWO_ID)
                ? OptionalLong.of(root.number(DwarfAttribute.GNU_DWO_ID, 0))
                : OptionalLong.empty();
    }

    /** {@return where the types of a skeleton unit are; empty for other units} */
    public Optional<SplitUnit> split() {
        return split;
    }

    /** {@return the offsets of the units that it imports from the alternate file of dwz} */
    public List<Long> imports() {
        return entries.imports();
    }

    /** {@return the offsets of the units that it imports from its own section} */
    public List<Long> importsOfSection() {
        return entries.importsOfSection();
    }

    /** {@return the unit itself} */
    public Unit unit() {
        return unit;
    }

    /** {@return the name of the source file that was compiled; empty when unknown} */
    public String name() {
        return name;
    }

    /** {@return the directory in which the compiler ran; empty when unknown} */
    String directory() {
        return directory;
    }

    /** {@return the path of a source file by its number in the unit; empty when it has none of that number} */
    public String file(long number) {
        if (files == null) {
            files = lineTable < 0 ? lookup.splitLineFiles(splitId) : lookup.lineFiles(unit.linesBase() + lineTable);
        }
        return files.path(number);
    }

    SourceLanguage language() {
        return language;
    }

    /** {@return whether types are spelled with their keywords: {@code struct foo}} */
    boolean isC() {
        return language == SourceLanguage.C;
    }

    boolean isRust() {
        return language == SourceLanguage.RUST;
    }

    boolean isGo() {
        return language == SourceLanguage.GO;
    }

    /** {@return the position of what defines the type that an entry declares; -1 when the unit does not} */
    int definition(int position) {
        return keys().definition(position);
    }

    UnitEntries entries() {
        return entries;
    }

    TypeKeys keys() {
        if (!isNamed) {
            isNamed = true;
            entries.name(position -> names.arguments(position, names.simple(position), 0));
        }
        return keys;
    }

    EntryNames names() {
        return names;
    }

    TypeDecoder decoder() {
        return decoder;
    }

    /** {@return the entry that an attribute refers to, in this unit or another; empty when there is none} */
    Optional<EntryPlace> target(EntryReader reader, DwarfAttribute attribute, UnitLookup lookup) {
        int inUnit = reader.entry(attribute);
        if (inUnit >= 0) {
            return Optional.of(new EntryPlace(this, inUnit));
        }
        long inSection = reader.sectionEntry(attribute);
        if (inSection >= 0) {
            return lookup.inSection(inSection);
        }
        long inAlternate = reader.alternateEntry(attribute);
        return inAlternate < 0 ? Optional.empty() : lookup.inAlternate(inAlternate);
    }
}
