package dev.faultline.source.dwarf.type;

import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.EntryReader;
import dev.faultline.source.dwarf.entry.UnitBytes;
import dev.faultline.source.dwarf.record.TypeRecord;

/**
 * Where a member is in its struct.
 *
 * @param bitOffset bits from the start of the struct, in the order of addresses; -1 when it is computed at run time
 * @param bitSize number of bits when it is a bit-field; else 0
 */
record MemberPlace(long bitOffset, int bitSize) {

    private static final int DW_OP_PLUS_UCONST = 0x23;
    private static final int DW_OP_CONSTU = 0x10;
    private static final int DW_OP_PLUS = 0x22;
    private static final long COMPUTED = -1;

    static MemberPlace of(EntryReader reader, TypeRecord type) {
        int bitSize = (int) reader.number(DwarfAttribute.BIT_SIZE, 0);
        long bytes = byteOffset(reader);
        if (bytes < 0) {
            return new MemberPlace(COMPUTED, bitSize);
        }
        if (reader.hasNumber(DwarfAttribute.DATA_BIT_OFFSET)) {
            return new MemberPlace(bytes * 8 + reader.number(DwarfAttribute.DATA_BIT_OFFSET, 0), bitSize);
        }
        if (bitSize > 0 && reader.hasNumber(DwarfAttribute.BIT_OFFSET)) {
            long fromTop = reader.signedNumber(DwarfAttribute.BIT_OFFSET, 0);
            long unitBytes = reader.number(DwarfAttribute.BYTE_SIZE, TypeDecoder.byteSize(type));
            boolean isBigEndian = reader.unit().bytes().isBigEndian();
            long inUnit = isBigEndian ? fromTop : unitBytes * 8 - fromTop - bitSize;
            return new MemberPlace(bytes * 8 + inUnit, bitSize);
        }
        return new MemberPlace(bytes * 8, bitSize);
    }

    /** {@return the stated offset in bytes, 0 when none is, or {@link #COMPUTED}} */
    private static long byteOffset(EntryReader reader) {
        DwarfAttribute attribute = DwarfAttribute.DATA_MEMBER_LOCATION;
        if (reader.flag(DwarfAttribute.VIRTUALITY)) {
            return COMPUTED; // the table of virtual functions tells where a virtual base class is
        }
        if (!reader.has(attribute)) {
            return 0;
        }
        if (reader.hasNumber(attribute)) {
            return reader.number(attribute, 0);
        }
        return reader.isBlock(attribute) ? constant(reader, attribute) : COMPUTED;
    }

    /** {@return the offset that an expression adds to the address of the struct, or {@link #COMPUTED}} */
    private static long constant(EntryReader reader, DwarfAttribute attribute) {
        UnitBytes bytes = reader.unit().bytes();
        int start = reader.blockStart(attribute);
        int end = start + reader.blockBytes(attribute);
        if (end <= start) {
            return COMPUTED;
        }
        int operation = bytes.u1(start);
        if (operation != DW_OP_PLUS_UCONST && operation != DW_OP_CONSTU) {
            return COMPUTED;
        }
        long value = bytes.uleb(start + 1);
        boolean isAll = bytes.next() == end
                || bytes.next() == end - 1 && operation == DW_OP_CONSTU && bytes.u1(end - 1) == DW_OP_PLUS;
        return isAll ? value : COMPUTED;
    }
}
