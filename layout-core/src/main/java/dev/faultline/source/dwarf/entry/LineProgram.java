package dev.faultline.source.dwarf.entry;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The lines of the source that code is made of: runs a line table of DWARF 2 to 5 for the addresses that are wanted. */
public final class LineProgram {

    private static final int COPY = 1;
    private static final int ADVANCE_PC = 2;
    private static final int ADVANCE_LINE = 3;
    private static final int SET_FILE = 4;
    private static final int CONST_ADD_PC = 8;
    private static final int FIXED_ADVANCE_PC = 9;
    private static final int END_SEQUENCE = 1;
    private static final int SET_ADDRESS = 2;
    private static final int FIRST_OF_ALL = 255;

    /**
     * A place in the source.
     *
     * @param file the number of the file in the unit
     * @param line the line, from 1; 0 for code that no line stands for
     */
    public record Place(long file, int line) {}

    private final UnitBytes bytes;
    private final int addressBytes;
    private final long[] wanted;
    private final Map<Long, Place> found = new HashMap<>();
    private int end;
    private int at;
    private int stepBytes;
    private int lineBase;
    private int lineRange;
    private int firstSpecial;
    private int[] operandCounts;
    private long address;
    private long file;
    private int line;
    private boolean isInSequence;

    private LineProgram(UnitBytes bytes, int start, int addressBytes, long[] wanted) {
        this.bytes = bytes;
        this.at = start;
        this.addressBytes = addressBytes;
        this.wanted = wanted;
    }

    /**
     * Finds places.
     *
     * @param bytes {@code .debug_line}
     * @param start where the table of the unit starts
     * @param addressBytes the size of an address
     * @param wanted addresses, ascending
     * @return for each address that the table has its place
     * @throws IllegalArgumentException when it is of an unknown version, or broken
     * @throws IndexOutOfBoundsException when it ends too early
     */
    public static Map<Long, Place> places(UnitBytes bytes, int start, int addressBytes, long[] wanted) {
        LineProgram program = new LineProgram(bytes, start, addressBytes, wanted);
        program.readHeader();
        program.run();
        return program.found;
    }

    private void readHeader() {
        boolean isWide = bytes.u4(at) == UnitHeader.WIDE_ESCAPE;
        int offsetBytes = isWide ? Long.BYTES : Integer.BYTES;
        long length = isWide ? bytes.u8(at + 4) : bytes.u4(at) & 0xffffffffL;
        at += isWide ? 12 : 4;
        if (length < 0 || length > bytes.byteSize() - at) {
            throw new IllegalArgumentException("a line table of " + length + " bytes");
        }
        end = at + (int) length;
        int version = bytes.u2(at);
        if (version < 2 || version > 5) {
            throw new IllegalArgumentException("a line table of version " + version);
        }
        at += version == 5 ? 4 : 2;
        long headerBytes = bytes.offset(at, offsetBytes);
        at += offsetBytes;
        if (headerBytes < 0 || headerBytes > end - at) {
            throw new IllegalArgumentException("a line table with a header of " + headerBytes + " bytes");
        }
        int behind = at + (int) headerBytes;
        stepBytes = bytes.u1(at);
        at += version >= 4 ? 3 : 2; // operations of an instruction are 1, and what is a statement does not count
        lineBase = (byte) bytes.u1(at++);
        lineRange = Math.max(1, bytes.u1(at++));
        firstSpecial = bytes.u1(at++);
        operandCounts = new int[Math.max(1, firstSpecial)];
        for (int i = 1; i < firstSpecial; i++) {
            operandCounts[i] = bytes.u1(at++);
        }
        at = behind;
    }

    private void run() {
        reset();
        while (at < end) {
            int operation = bytes.u1(at++);
            if (operation >= firstSpecial) {
                int adjusted = operation - firstSpecial;
                row(address + (long) adjusted / lineRange * stepBytes, lineBase + adjusted % lineRange);
            } else if (operation == 0) {
                extended();
            } else {
                standard(operation);
            }
        }
    }

    private void reset() {
        address = 0;
        file = 1;
        line = 1;
        isInSequence = false;
    }

    private long number() {
        long number = bytes.uleb(at);
        at = bytes.next();
        return number;
    }

    private void standard(int operation) {
        switch (operation) {
            case COPY -> row(address, 0);
            case ADVANCE_PC -> advance(address + number() * stepBytes);
            case ADVANCE_LINE -> {
                line += (int) bytes.sleb(at);
                at = bytes.next();
            }
            case SET_FILE -> {
                file = number();
            }
            case CONST_ADD_PC -> advance(address + (long) (FIRST_OF_ALL - firstSpecial) / lineRange * stepBytes);
            case FIXED_ADVANCE_PC -> {
                advance(address + bytes.u2(at));
                at += 2;
            }
            default -> {
                for (int i = 0; i < operandCounts[operation]; i++) {
                    number();
                }
            }
        }
    }

    private void extended() {
        long length = number();
        int next = at + (int) Math.max(0, Math.min(length, end - at));
        int operation = length > 0 ? bytes.u1(at) : 0;
        if (operation == END_SEQUENCE) {
            tell(address);
            reset();
            rowAddress = 0;
        } else if (operation == SET_ADDRESS) {
            advance(bytes.number(at + 1, addressBytes));
        }
        at = next;
    }

    /** The last row: what it says holds up to the next one. */
    private long rowAddress;

    private long rowFile;
    private int rowLine;

    private void advance(long to) {
        address = to;
    }

    private void row(long to, int moreLines) {
        tell(to);
        address = to;
        line += moreLines;
        rowAddress = to;
        rowFile = file;
        rowLine = line;
        isInSequence = true;
    }

    /** Tells the wanted addresses from the last row up to another. */
    private void tell(long to) {
        if (!isInSequence || to <= rowAddress) {
            return;
        }
        int first = Arrays.binarySearch(wanted, rowAddress);
        for (int i = first < 0 ? -first - 1 : first; i < wanted.length && wanted[i] < to; i++) {
            found.put(wanted[i], new Place(rowFile, rowLine));
        }
    }
}
