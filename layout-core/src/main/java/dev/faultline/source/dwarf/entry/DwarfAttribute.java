package dev.faultline.source.dwarf.entry;

import java.util.Arrays;

/** The attributes that are read; the others are passed over. DWARF 5, table 7.5. */
public enum DwarfAttribute {
    SIBLING(0x01),
    LOCATION(0x02),
    NAME(0x03),
    BYTE_SIZE(0x0b),
    BIT_OFFSET(0x0c),
    BIT_SIZE(0x0d),
    STMT_LIST(0x10),
    LANGUAGE(0x13),
    DISCR(0x15),
    DISCR_VALUE(0x16),
    IMPORT(0x18),
    COMP_DIR(0x1b),
    CONST_VALUE(0x1c),
    CONTAINING_TYPE(0x1d),
    DEFAULT_VALUE(0x1e),
    PRODUCER(0x25),
    UPPER_BOUND(0x2f),
    LOWER_BOUND(0x22),
    ABSTRACT_ORIGIN(0x31),
    ACCESSIBILITY(0x32),
    ARTIFICIAL(0x34),
    COUNT(0x37),
    DATA_MEMBER_LOCATION(0x38),
    DECL_FILE(0x3a),
    DECL_LINE(0x3b),
    DECLARATION(0x3c),
    DISCR_LIST(0x3d),
    ENCODING(0x3e),
    EXTERNAL(0x3f),
    SPECIFICATION(0x47),
    TYPE(0x49),
    VIRTUALITY(0x4c),
    BIT_STRIDE(0x2e),
    BYTE_STRIDE(0x51),
    DATA_LOCATION(0x50),
    SIGNATURE(0x69),
    DATA_BIT_OFFSET(0x6b),
    ENUM_CLASS(0x6d),
    LINKAGE_NAME(0x6e),
    STR_OFFSETS_BASE(0x72),
    ADDR_BASE(0x73),
    DWO_NAME(0x76),
    EXPORT_SYMBOLS(0x89),
    ALIGNMENT(0x88),
    MIPS_LINKAGE_NAME(0x2007),
    GNU_VECTOR(0x2107),
    GNU_TEMPLATE_NAME(0x2110),
    GNU_DWO_NAME(0x2130),
    GNU_DWO_ID(0x2131),
    GNU_ADDR_BASE(0x2133),
    LOW_PC(0x11),
    HIGH_PC(0x12),
    RANGES(0x55),
    CALL_FILE(0x58),
    CALL_LINE(0x59),
    RNGLISTS_BASE(0x74);

    /** Attributes below this number are found by index. */
    private static final int INDEXED = 0x2140;

    private static final byte[] SLOTS = new byte[INDEXED];

    static {
        Arrays.fill(SLOTS, (byte) -1);
        for (DwarfAttribute attribute : values()) {
            SLOTS[attribute.number] = (byte) attribute.ordinal();
        }
    }

    /** How many attributes are read. */
    static final int COUNT_OF_ALL = values().length;

    private static final DwarfAttribute[] ALL = values();

    private final int number;

    DwarfAttribute(int number) {
        this.number = number;
    }

    /** {@return the ordinal of an attribute that is read; -1 for others} */
    static int slot(int number) {
        return number > 0 && number < INDEXED ? SLOTS[number] : -1;
    }

    /** {@return what a number is multiplied with in a sum where those of other attributes have other factors} */
    long factor() {
        return mixed(ordinal() * 2 + 1) | 1;
    }

    /** {@return what tells in a sum that the attribute is there} */
    long presence() {
        return mixed(ordinal() * 2 + 2);
    }

    private static long mixed(long number) {
        long mixed = (number * 0x9e3779b97f4a7c15L ^ number >>> 7) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 29;
    }

    /** {@return every attribute, not to be changed} */
    static DwarfAttribute[] all() {
        return ALL;
    }

    /** {@return whether it says what a member is, as do its name and its type} */
    boolean isOfMember() {
        return switch (this) {
            case DATA_MEMBER_LOCATION,
                    DATA_BIT_OFFSET,
                    BIT_OFFSET,
                    BIT_SIZE,
                    BYTE_SIZE,
                    ALIGNMENT,
                    ARTIFICIAL,
                    VIRTUALITY,
                    DECL_LINE -> true;
            default -> false;
        };
    }

    /** {@return whether it says how long a dimension of an array is} */
    boolean isOfDimension() {
        return this == UPPER_BOUND || this == COUNT || this == LOWER_BOUND;
    }

    /** {@return whether it says how types of all kinds are laid out} */
    boolean isOfType() {
        return this == BYTE_SIZE || this == ALIGNMENT;
    }
}
