package dev.faultline.source.dwarf.entry;

import dev.faultline.source.dwarf.entry.DwarfForm.Value;

/**
 * Reads entries of one unit, one at a time. Attributes that {@link DwarfAttribute} does not name are passed over. Not
 * safe for use by several threads.
 *
 * <p>Broken data throws {@link IndexOutOfBoundsException} or {@link IllegalArgumentException}; callers name the unit.
 */
public final class EntryReader {

    private final Unit unit;
    private final UnitBytes bytes;
    private final UnitHeader header;

    /** Where the values of the entry start, unless all have a fixed length. */
    private int[] starts = new int[16];

    /** The forms of the entry when some stand in the entry itself; else null. */
    private int[] ownForms;

    /** Where the first value starts. */
    private int first;

    private Abbreviation abbreviation = Abbreviation.END;
    private int position;
    private int next;

    /** Makes a reader that stands on no entry. */
    public EntryReader(Unit unit) {
        this.unit = unit;
        this.bytes = unit.bytes();
        this.header = unit.header();
    }

    /** {@return the unit} */
    public Unit unit() {
        return unit;
    }

    /**
     * Moves to an entry and reads its attributes.
     *
     * @param at its position in the unit
     * @return whether there is one; false at the end of a list of children
     */
    public boolean read(int at) {
        Abbreviation entry = unit.abbreviation(at);
        position = at;
        first = bytes.next();
        ownForms = null;
        if (entry == null) {
            abbreviation = Abbreviation.END;
            next = first;
            return false;
        }
        abbreviation = entry;
        next = entry.byteSize() >= 0 ? first + entry.byteSize() : locate(entry);
        return true;
    }

    /** Finds where each value starts, and returns the position behind the last. */
    private int locate(Abbreviation entry) {
        int count = entry.count();
        if (count > starts.length) {
            starts = new int[count];
        }
        if (entry.hasIndirect()) {
            ownForms = new int[count];
        }
        int at = first;
        for (int i = 0; i < count; i++) {
            int size = entry.size(i);
            if (ownForms != null) {
                ownForms[i] = entry.form(i);
                if (size == DwarfForm.FORM_INSIDE) {
                    ownForms[i] = Abbreviation.indirectForm(bytes, at);
                    at = bytes.next();
                    size = DwarfForm.byteSize(ownForms[i], header);
                }
            }
            starts[i] = at;
            at = size >= 0 ? at + size : Abbreviation.skipped(bytes, at, size, header);
        }
        return at;
    }

    private int form(int index) {
        return ownForms == null ? abbreviation.form(index) : ownForms[index];
    }

    private int start(int index) {
        return abbreviation.byteSize() >= 0 ? first + abbreviation.offset(index) : starts[index];
    }

    private long value(int index) {
        int form = form(index);
        return form == DwarfForm.IMPLICIT_CONST ? abbreviation.constant(index) : value(form, start(index));
    }

    /** {@return a value at a position, of any form but that whose value is in the abbreviation} */
    long value(int form, int at) {
        return switch (form) {
            case DwarfForm.FLAG_PRESENT -> 1;
            case DwarfForm.DATA1 -> bytes.u1(at);
            case DwarfForm.REF4 -> bytes.u4(at) & 0xffffffffL;
            case DwarfForm.SDATA -> bytes.sleb(at);
            case DwarfForm.UDATA, DwarfForm.REF_UDATA, DwarfForm.ADDRX, DwarfForm.GNU_ADDR_INDEX -> bytes.uleb(at);
            case DwarfForm.STRING -> StringSections.number(StringSections.INSIDE, at);
            case DwarfForm.STRP -> StringSections.number(StringSections.STR, offset(at));
            case DwarfForm.LINE_STRP -> StringSections.number(StringSections.LINE_STR, offset(at));
            case DwarfForm.GNU_STRP_ALT, DwarfForm.STRP_SUP ->
                StringSections.number(StringSections.ALTERNATE, offset(at));
            case DwarfForm.STRX, DwarfForm.GNU_STR_INDEX -> indexed(bytes.uleb(at));
            case DwarfForm.STRX1, DwarfForm.STRX2, DwarfForm.STRX3, DwarfForm.STRX4 -> indexed(fixed(at, form));
            default -> fixed(at, form);
        };
    }

    private long offset(int at) {
        return bytes.offset(at, header.offsetBytes());
    }

    private long fixed(int at, int form) {
        return bytes.number(at, DwarfForm.byteSize(form, header));
    }

    private long indexed(long index) {
        if (unit.strOffsetsBase() < 0) { // before the attribute that says where indexes count from
            return StringSections.number(StringSections.STR, 0);
        }
        return StringSections.number(
                StringSections.STR, unit.strings().offset(unit.strOffsetsBase(), index, header.offsetBytes()));
    }

    /** {@return the position of the entry it stands on} */
    public int position() {
        return position;
    }

    /** {@return the position behind the entry: of its first child when it has any, else of its sibling} */
    public int next() {
        return next;
    }

    /** {@return the tag of the entry it stands on} */
    public int tag() {
        return abbreviation.tag();
    }

    /** {@return whether children follow the entry} */
    public boolean hasChildren() {
        return abbreviation.hasChildren();
    }

    private boolean has(DwarfAttribute attribute, Value kind) {
        Value stated = abbreviation.kind(attribute);
        return stated == Value.ANY ? DwarfForm.value(form(abbreviation.index(attribute))) == kind : stated == kind;
    }

    private long value(DwarfAttribute attribute) {
        return value(abbreviation.index(attribute));
    }

    /** {@return whether the entry has the attribute} */
    public boolean has(DwarfAttribute attribute) {
        return abbreviation.has(attribute);
    }

    /** {@return whether the entry has the attribute with a constant or an offset} */
    public boolean hasNumber(DwarfAttribute attribute) {
        return has(attribute, Value.NUMBER);
    }

    /** {@return the constant, or another number when the entry has none; of 8 bytes and less, not extended by sign} */
    public long number(DwarfAttribute attribute, long otherwise) {
        return has(attribute, Value.NUMBER) ? value(attribute) : otherwise;
    }

    /** {@return the constant, extended by its sign, or another number when the entry has none} */
    public long signedNumber(DwarfAttribute attribute, long otherwise) {
        if (!has(attribute, Value.NUMBER)) {
            return otherwise;
        }
        long value = value(attribute);
        return switch (form(abbreviation.index(attribute))) {
            case DwarfForm.DATA1 -> (byte) value;
            case DwarfForm.DATA2 -> (short) value;
            case DwarfForm.DATA4 -> (int) value;
            default -> value;
        };
    }

    /** {@return whether the flag is there and set} */
    public boolean flag(DwarfAttribute attribute) {
        return number(attribute, 0) != 0;
    }

    /** {@return the number of the text for {@link Unit#text}; -1 when the entry has none} */
    public long text(DwarfAttribute attribute) {
        return has(attribute, Value.TEXT) ? value(attribute) : -1;
    }

    /** {@return whether the attribute is a block of bytes, such as an expression} */
    public boolean isBlock(DwarfAttribute attribute) {
        return has(attribute, Value.BLOCK);
    }

    /** {@return the position of the block's first byte} */
    public int blockStart(DwarfAttribute attribute) {
        int index = abbreviation.index(attribute);
        return blockStart(form(index), start(index));
    }

    int blockStart(int form, int at) {
        return switch (form) {
            case DwarfForm.BLOCK1 -> at + 1;
            case DwarfForm.BLOCK2 -> at + 2;
            case DwarfForm.BLOCK4 -> at + 4;
            default -> bytes.skipLeb(at);
        };
    }

    /** {@return the length of the block in bytes} */
    public int blockBytes(DwarfAttribute attribute) {
        int index = abbreviation.index(attribute);
        return blockBytes(form(index), start(index));
    }

    int blockBytes(int form, int at) {
        return (int)
                switch (form) {
                    case DwarfForm.BLOCK1 -> bytes.u1(at);
                    case DwarfForm.BLOCK2 -> bytes.u2(at);
                    case DwarfForm.BLOCK4 -> bytes.u4(at);
                    default -> bytes.uleb(at);
                };
    }

    /** {@return whether the attribute is the signature of a type} */
    public boolean isSignature(DwarfAttribute attribute) {
        return has(attribute, Value.SIGNATURE);
    }

    /** {@return the signature of a type} */
    public long signature(DwarfAttribute attribute) {
        return value(attribute);
    }

    /**
     * {@return the position in this unit of the entry that the attribute refers to; -1 when it is elsewhere or none}
     */
    public int entry(DwarfAttribute attribute) {
        long at;
        if (has(attribute, Value.ENTRY_IN_UNIT)) {
            at = value(attribute);
        } else if (has(attribute, Value.ENTRY_IN_SECTION)) {
            at = value(attribute) - unit.sectionOffset();
        } else {
            return -1;
        }
        return at >= header.byteSize() && at < bytes.byteSize() ? (int) at : -1;
    }

    /** {@return the offset in this section of the entry in another unit; -1 when it is not there} */
    public long sectionEntry(DwarfAttribute attribute) {
        return has(attribute, Value.ENTRY_IN_SECTION) ? value(attribute) : -1;
    }

    /** {@return the offset of the entry in the alternate file of dwz; -1 when it is not there} */
    public long alternateEntry(DwarfAttribute attribute) {
        return has(attribute, Value.ENTRY_IN_ALTERNATE) ? value(attribute) : -1;
    }

    /** {@return the index of an address in {@code .debug_addr}; -1 when it is none} */
    public long addressIndex(DwarfAttribute attribute) {
        return has(attribute, Value.ADDRESS_INDEX) ? value(attribute) : -1;
    }

    /** {@return whether the attribute is an address, not a number that is added to one} */
    public boolean isAddress(DwarfAttribute attribute) {
        return has(attribute, Value.ADDRESS_INDEX)
                || has(attribute) && form(abbreviation.index(attribute)) == DwarfForm.ADDR;
    }

    /** {@return the index of a list of ranges; -1 when the entry has none, or states where the list is} */
    public long rangeListIndex(DwarfAttribute attribute) {
        boolean isIndex = has(attribute) && form(abbreviation.index(attribute)) == DwarfForm.RNGLISTX;
        return isIndex ? bytes.uleb(start(abbreviation.index(attribute))) : -1;
    }
}
