package dev.faultline.source.dwarf.record;

/** The language of a unit, as far as it decides how types are named and laid out. DWARF 5, table 7.17. */
public enum SourceLanguage {
    /** C, Objective-C and assembler: types are spelled with their keywords. */
    C,
    /** C++ and Objective-C++: members may use the tail padding of others. */
    CXX,
    /** Rust: members are reordered, alignments are stated, enums have variants. */
    RUST,
    /** Go: names have the path of their package. */
    GO,
    /** Every other one: Ada, D, Fortran, Pascal, Zig. */
    OTHER;

    /** {@return the language that a DW_LANG number stands for} */
    public static SourceLanguage of(long number) {
        return switch ((int) number) {
            // C89, C, C99, Objective-C, UPC, C11, C17, C23, assembler of MIPS
            case 0x01, 0x02, 0x0c, 0x10, 0x12, 0x1d, 0x2c, 0x3e, 0x8001 -> C;
            // C++, Objective-C++, C++03, C++11, C++14, C++17, C++20, C++23
            case 0x04, 0x11, 0x19, 0x1a, 0x21, 0x2a, 0x2b, 0x3a -> CXX;
            case 0x1c, 0x9000 -> RUST;
            case 0x16 -> GO;
            default -> OTHER;
        };
    }

    /**
     * {@return whether members may use the padding at the end of others; else those that share bytes are as in a union}
     */
    public boolean sharesTails() {
        return this == C || this == CXX;
    }
}
