package dev.faultline.source.dwarf.record;

import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.EntryReader;
import dev.faultline.source.dwarf.entry.UnitBytes;
import java.util.Optional;

/**
 * Where a variable is that has its place for the whole run of the program.
 *
 * @param value its address, the offset in the block of a thread, or an index of the table of addresses
 * @param isIndex whether the value is an index
 * @param addedBytes what is added to the address
 * @param isThreadLocal whether each thread has its own
 */
public record VariableAddress(long value, boolean isIndex, long addedBytes, boolean isThreadLocal) {

    private static final int DW_OP_ADDR = 0x03;
    private static final int DW_OP_CONST4U = 0x0c;
    private static final int DW_OP_CONST8U = 0x0e;
    private static final int DW_OP_PLUS_UCONST = 0x23;
    private static final int DW_OP_FORM_TLS_ADDRESS = 0x9b;
    private static final int DW_OP_ADDRX = 0xa1;
    private static final int DW_OP_CONSTX = 0xa2;
    private static final int DW_OP_GNU_PUSH_TLS_ADDRESS = 0xe0;
    private static final int DW_OP_GNU_ADDR_INDEX = 0xfb;
    private static final int DW_OP_GNU_CONST_INDEX = 0xfc;

    /**
     * {@return the address that the entry a reader stands on states; empty when it has none, or one that is computed}
     */
    public static Optional<VariableAddress> of(EntryReader reader) {
        DwarfAttribute location = DwarfAttribute.LOCATION;
        if (!reader.isBlock(location) || reader.blockBytes(location) < 2) {
            return Optional.empty();
        }
        UnitBytes bytes = reader.unit().bytes();
        int start = reader.blockStart(location);
        int end = start + reader.blockBytes(location);
        int operation = bytes.u1(start) & 0xff;
        boolean isThreadLocal =
                operation != DW_OP_ADDR && operation != DW_OP_ADDRX && operation != DW_OP_GNU_ADDR_INDEX;
        int wordBytes = switch (operation) {
            case DW_OP_ADDR -> reader.unit().header().addressBytes();
            case DW_OP_CONST4U -> 4;
            case DW_OP_CONST8U -> 8;
            default -> 0;
        };
        boolean isIndex = operation == DW_OP_ADDRX
                || operation == DW_OP_GNU_ADDR_INDEX
                || operation == DW_OP_CONSTX
                || operation == DW_OP_GNU_CONST_INDEX;
        if (wordBytes == 0 && !isIndex || start + 1 + wordBytes > end) {
            return Optional.empty();
        }
        long value = isIndex ? bytes.uleb(start + 1) : bytes.number(start + 1, wordBytes);
        int next = isIndex ? bytes.next() : start + 1 + wordBytes;
        return rest(bytes, next, end, new VariableAddress(value, isIndex, 0, isThreadLocal));
    }

    /** Reads what follows the address: nothing, a number that is added, or the address in a thread's block. */
    private static Optional<VariableAddress> rest(UnitBytes bytes, int start, int end, VariableAddress found) {
        int at = start;
        long added = 0;
        boolean isOfThread = false;
        while (at < end) {
            int operation = bytes.u1(at) & 0xff;
            if (operation == DW_OP_PLUS_UCONST) {
                added += bytes.uleb(at + 1);
                at = bytes.next();
            } else if (operation == DW_OP_GNU_PUSH_TLS_ADDRESS || operation == DW_OP_FORM_TLS_ADDRESS) {
                isOfThread = true;
                at++;
            } else {
                return Optional.empty();
            }
        }
        return at == end && isOfThread == found.isThreadLocal()
                ? Optional.of(new VariableAddress(found.value(), found.isIndex(), added, isOfThread))
                : Optional.empty();
    }
}
