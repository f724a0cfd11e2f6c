package dev.faultline.source.elf;

import dev.faultline.input.InputException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a relocation writes.
 *
 * @param operation what is done with the bytes at its place
 * @param bits how many bits at its place are meant; 0 when the bytes there tell it
 * @param bias what is subtracted from the value: offsets of threads' variables count from the middle on some machines
 */
record RelocationType(Operation operation, int bits, long bias) {

    /** What is done with the bytes at the place of a relocation. */
    enum Operation {
        /** Nothing. */
        NONE,
        /** The value replaces them. */
        ABS,
        /** The distance of the value from the place replaces them. */
        PC,
        /** The value, which the table of relocations always has, replaces them. */
        SET,
        /** The value is added. */
        ADD,
        /** The value is subtracted. */
        SUB
    }

    /** Most bytes that a relocation changes: those of a number in LEB128 of 64 bits. */
    static final int MOST_BYTES = 10;

    private static final int MIPS = 8;
    private static final int SPARC_V9 = 43;

    /**
     * For each machine, the words are an operation with its bits and the numbers that the machine has for it. Offsets
     * of threads' variables count as addresses; where they have a bias, it follows the bits.
     */
    private static final Map<Integer, Map<Integer, RelocationType>> OF_MACHINE = Map.ofEntries(
            machine(2, "none 0, abs8 1, abs16 2 55, abs32 3 23 76, abs64 32 54 77, pc8 4, pc16 5, pc32 6, pc64 46"),
            machine(18, "none 0, abs8 1, abs16 2 55, abs32 3 23 76, abs64 32 54 77, pc8 4, pc16 5, pc32 6, pc64 46"),
            machine(
                    SPARC_V9,
                    "none 0, abs8 1, abs16 2 55, abs32 3 23 76, abs64 32 54 77, pc8 4, pc16 5, pc32 6, pc64 46"),
            machine(3, "none 0, abs32 1 32 36, abs16 20, abs8 22, pc32 2, pc16 21, pc8 23"), // i386
            machine(4, "none 0, abs32 1, abs16 2, abs8 3, pc32 4, pc16 5, pc8 6, abs32-32768 31 40"), // m68k
            machine(MIPS, "none 0, abs16 1, abs32 2, abs64 18, abs32-32768 39, abs64-32768 41, pc32 248"),
            machine(20, "none 0, abs32 1 24, abs16 3 25, pc32 26, abs32-32768 78"), // PowerPC
            machine(21, "none 0, abs32 1 24, abs16 3 25, abs64 38 43, pc32 26, pc64 44, abs64-32768 78"), // PowerPC 64
            machine(22, "none 0, abs8 1, abs16 3, abs32 4 52, abs64 22 53 55, pc16 16, pc32 5, pc64 23"), // s390x
            machine(40, "none 0, abs32 2 18 38 106, abs16 5, abs8 8, pc32 3"), // Arm
            machine(42, "none 0, abs32 1, pc32 2"), // SuperH
            machine(
                    62,
                    "none 0, abs64 1 17, abs32 10 11 21, abs16 12, abs8 14, pc64 24, pc32 2, pc16 13, pc8 15"), // x86
            machine(164, "none 0, abs32 6, abs16 7, abs8 8, pc32 31"), // Hexagon
            machine(183, "none 0 256, abs64 257, abs32 1 258, abs16 2 259, pc64 260, pc32 3 261, pc16 262"), // AArch64
            machine(
                    243, // RISC-V
                    "none 0 43 51, abs32 1, abs64 2, abs32-2048 8, abs64-2048 9, pc32 57,"
                            + " set6 53, set8 54, set16 55, set32 56, set0 60,"
                            + " add8 33, add16 34, add32 35, add64 36, sub6 52, sub8 37, sub16 38, sub32 39, sub64 40,"
                            + " sub0 61"),
            machine(247, "none 0, abs64 1 2, abs32 3 4 10"), // BPF
            machine(
                    258, // LoongArch
                    "none 0 100 102, abs32 1 8, abs64 2 9, pc32 99, pc64 109,"
                            + " add6 105, add8 47, add16 48, add24 49, add32 50, add64 51, add0 107,"
                            + " sub6 106, sub8 52, sub16 53, sub24 54, sub32 55, sub64 56, sub0 108"));

    private static Map.Entry<Integer, Map<Integer, RelocationType>> machine(int machine, String types) {
        Map<Integer, RelocationType> byNumber = new HashMap<>();
        for (String group : types.split(", ?")) {
            String[] words = group.split(" ");
            RelocationType type = parse(words[0]);
            for (int i = 1; i < words.length; i++) {
                byNumber.put(Integer.valueOf(words[i]), type);
            }
        }
        return Map.entry(machine, Map.copyOf(byNumber));
    }

    /** {@return the type that a word such as {@code abs64-32768} describes} */
    private static RelocationType parse(String word) {
        int digits = 0;
        while (digits < word.length() && Character.isLetter(word.charAt(digits))) {
            digits++;
        }
        int minus = word.indexOf('-');
        String bits = word.substring(digits, minus < 0 ? word.length() : minus);
        return new RelocationType(
                Operation.valueOf(word.substring(0, digits).toUpperCase(Locale.ROOT)),
                bits.isEmpty() ? 0 : Integer.parseInt(bits),
                minus < 0 ? 0 : Long.parseLong(word.substring(minus + 1)));
    }

    /**
     * {@return the type of a number}
     *
     * @param file the file, which has the machine
     * @param number the number in the table of relocations
     * @param place where the relocation is, for messages
     * @throws InputException when the number is not known
     */
    static RelocationType of(ElfFile file, long number, String place) {
        Map<Integer, RelocationType> types = OF_MACHINE.get(file.machine());
        RelocationType type = types == null ? null : types.get((int) number);
        if (type == null) {
            throw new InputException(
                    file.source(),
                    place,
                    "a relocation of type " + number + " of machine " + file.machine()
                            + ", which is not known; link the file and name the program");
        }
        return type;
    }

    /** {@return the number of a type, out of the word of an entry that has the symbol too} */
    static long number(ElfFile file, long info) {
        if (!file.is64Bit()) {
            return info & 0xff;
        }
        return switch (file.machine()) {
            case SPARC_V9 -> info & 0xff; // above it are data of some types
            case MIPS ->
                hasMipsOrder(file) ? Integer.reverseBytes((int) (info >>> 32)) & 0xffffffffL : info & 0xffffffffL;
            default -> info & 0xffffffffL;
        };
    }

    /** {@return the number of the symbol, out of the word of an entry that has the type too} */
    static long symbol(ElfFile file, long info) {
        if (!file.is64Bit()) {
            return info >>> 8;
        }
        return hasMipsOrder(file) ? info & 0xffffffffL : info >>> 32;
    }

    /** {@return whether the symbol, four bytes, comes before up to three types, of a byte each} */
    private static boolean hasMipsOrder(ElfFile file) {
        return file.machine() == MIPS && file.byteOrder() == ByteOrder.LITTLE_ENDIAN;
    }
}
