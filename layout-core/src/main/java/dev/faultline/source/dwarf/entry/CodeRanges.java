package dev.faultline.source.dwarf.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The addresses of code that entries state: DWARF 5, section 2.17, and {@code .debug_ranges} of the versions before.
 * Safe for use by several threads as long as each has its own.
 */
public final class CodeRanges {

    private static final int MOST_RANGES = 1 << 16;
    private static final int LISTS_HEADER_BYTES = 12;

    private static final int END_OF_LIST = 0;
    private static final int BASE_ADDRESSX = 1;
    private static final int STARTX_ENDX = 2;
    private static final int STARTX_LENGTH = 3;
    private static final int OFFSET_PAIR = 4;
    private static final int BASE_ADDRESS = 5;
    private static final int START_END = 6;

    /**
     * Addresses of code.
     *
     * @param start the first
     * @param end the one behind the last
     */
    public record Range(long start, long end) {

        /** {@return whether an address is in it} */
        public boolean has(long address) {
            return Long.compareUnsigned(address, start) >= 0 && Long.compareUnsigned(address, end) < 0;
        }
    }

    /**
     * What the ranges of a unit count from.
     *
     * @param address the address of its code; 0 when it states none
     * @param addresses the offset of its addresses in {@code .debug_addr}, in bytes
     * @param lists the offset of its lists in {@code .debug_rnglists}, in bytes
     */
    public record Bases(long address, long addresses, long lists) {}

    private final UnitBytes oldLists;
    private final UnitBytes lists;
    private final UnitBytes addresses;

    /**
     * Names the sections.
     *
     * @param oldLists {@code .debug_ranges}; empty when there is none
     * @param lists {@code .debug_rnglists}; empty when there is none
     * @param addresses {@code .debug_addr}; empty when there is none
     */
    public CodeRanges(UnitBytes oldLists, UnitBytes lists, UnitBytes addresses) {
        this.oldLists = Objects.requireNonNull(oldLists);
        this.lists = Objects.requireNonNull(lists);
        this.addresses = Objects.requireNonNull(addresses);
    }

    /** {@return what the ranges of a unit count from} */
    public Bases bases(Unit unit) {
        EntryReader root = new EntryReader(unit);
        if (!root.read(unit.root())) {
            return new Bases(0, 0, 0);
        }
        long ofAddresses = root.number(DwarfAttribute.ADDR_BASE, root.number(DwarfAttribute.GNU_ADDR_BASE, Long.BYTES));
        long ofLists = root.number(DwarfAttribute.RNGLISTS_BASE, LISTS_HEADER_BYTES);
        Bases some = new Bases(0, ofAddresses, ofLists);
        return new Bases(address(root, DwarfAttribute.LOW_PC, some, 0), ofAddresses, ofLists);
    }

    /**
     * {@return the addresses of the entry a reader stands on; none when it has no code}
     *
     * @throws IllegalArgumentException when they are broken
     * @throws IndexOutOfBoundsException when they are outside of their section
     */
    public List<Range> of(EntryReader entry, Bases bases) {
        if (entry.has(DwarfAttribute.RANGES)) {
            return listed(entry, bases);
        }
        if (!entry.has(DwarfAttribute.LOW_PC) || !entry.has(DwarfAttribute.HIGH_PC)) {
            return List.of();
        }
        long low = address(entry, DwarfAttribute.LOW_PC, bases, 0);
        long high = entry.isAddress(DwarfAttribute.HIGH_PC)
                ? address(entry, DwarfAttribute.HIGH_PC, bases, 0)
                : low + entry.number(DwarfAttribute.HIGH_PC, 0);
        return Long.compareUnsigned(low, high) < 0 ? List.of(new Range(low, high)) : List.of();
    }

    private long address(EntryReader entry, DwarfAttribute attribute, Bases bases, long otherwise) {
        long index = entry.addressIndex(attribute);
        return index < 0
                ? entry.number(attribute, otherwise)
                : indexed(index, bases, entry.unit().header().addressBytes());
    }

    private long indexed(long index, Bases bases, int addressBytes) {
        return addresses.number(inside(bases.addresses() + index * addressBytes, addresses), addressBytes);
    }

    private static int inside(long at, UnitBytes section) {
        if (at < 0 || at >= section.byteSize()) {
            throw new IndexOutOfBoundsException("a range at byte " + at + " of " + section.byteSize());
        }
        return (int) at;
    }

    private List<Range> listed(EntryReader entry, Bases bases) {
        UnitHeader header = entry.unit().header();
        if (header.version() < 5) {
            return old(entry.number(DwarfAttribute.RANGES, -1), bases, header.addressBytes());
        }
        long index = entry.rangeListIndex(DwarfAttribute.RANGES);
        long at = index < 0
                ? entry.number(DwarfAttribute.RANGES, -1)
                : bases.lists()
                        + lists.offset(
                                inside(bases.lists() + index * header.offsetBytes(), lists), header.offsetBytes());
        return new ListReader(bases, header.addressBytes()).read(inside(at, lists));
    }

    private List<Range> old(long offset, Bases bases, int addressBytes) {
        List<Range> found = new ArrayList<>();
        long base = bases.address();
        int at = inside(offset, oldLists);
        long largest = addressBytes == Integer.BYTES ? 0xffffffffL : -1;
        for (int i = 0; i < MOST_RANGES; i++) {
            long start = oldLists.number(at, addressBytes);
            long end = oldLists.number(at + addressBytes, addressBytes);
            at += 2 * addressBytes;
            if (start == 0 && end == 0) {
                return found;
            }
            if (start == largest) {
                base = end;
            } else if (start != end) {
                found.add(new Range(base + start, base + end));
            }
        }
        throw new IllegalArgumentException("more than " + MOST_RANGES + " ranges");
    }

    /** Reads one list of DWARF 5. */
    private final class ListReader {

        private final Bases bases;
        private final int addressBytes;
        private final List<Range> found = new ArrayList<>();
        private long base;
        private int at;

        ListReader(Bases bases, int addressBytes) {
            this.bases = bases;
            this.addressBytes = addressBytes;
            this.base = bases.address();
        }

        List<Range> read(int start) {
            at = start;
            for (int i = 0; i < MOST_RANGES; i++) {
                int kind = lists.u1(at++);
                if (kind == END_OF_LIST) {
                    return found;
                }
                one(kind);
            }
            throw new IllegalArgumentException("more than " + MOST_RANGES + " ranges");
        }

        private void one(int kind) {
            switch (kind) {
                case BASE_ADDRESSX -> base = indexed(number(), bases, addressBytes);
                case BASE_ADDRESS -> base = address();
                case OFFSET_PAIR -> add(base + number(), base + number());
                case STARTX_ENDX -> add(indexed(number(), bases, addressBytes), indexed(number(), bases, addressBytes));
                case STARTX_LENGTH -> addLength(indexed(number(), bases, addressBytes));
                case START_END -> add(address(), address());
                default -> addLength(address());
            }
        }

        private void addLength(long start) {
            add(start, start + number());
        }

        private void add(long start, long end) {
            if (start != end) {
                found.add(new Range(start, end));
            }
        }

        private long number() {
            long number = lists.uleb(at);
            at = lists.next();
            return number;
        }

        private long address() {
            long address = lists.number(at, addressBytes);
            at += addressBytes;
            return address;
        }
    }
}
