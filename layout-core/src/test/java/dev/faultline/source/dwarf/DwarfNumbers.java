package dev.faultline.source.dwarf;

/** The numbers of tags, attributes and forms that odd debug information is made of. Values of the three may be equal. */
final class DwarfNumbers {

    static final int STRING = 0x08;
    static final int STRP = 0x0e;
    static final int DATA1 = 0x0b;
    static final int DATA4 = 0x06;
    static final int REF4 = 0x13;
    static final int UDATA = 0x0f;
    static final int NAME = 0x03;
    static final int BYTE_SIZE = 0x0b;
    static final int TYPE = 0x49;
    static final int LOCATION = 0x38;
    static final int SIBLING = 0x01;
    static final int STRUCT = 0x13;
    static final int MEMBER = 0x0d;
    static final int TYPEDEF = 0x16;
    static final int CONST = 0x26;
    static final int ARRAY = 0x01;
    static final int BASE = 0x24;
    static final int INHERITANCE = 0x1c;
    static final int POINTER = 0x0f;
    static final int NAMESPACE = 0x39;
    static final int UNION = 0x17;
    static final int SUBRANGE = 0x21;
    static final int FUNCTION_TYPE = 0x15;
    static final int PARAMETER = 0x05;
    static final int FUNCTION = 0x2e;
    static final int MEMBER_POINTER = 0x1f;
    static final int REF_ADDR = 0x10;
    static final int REF_SIG8 = 0x20;
    static final int ALTERNATE = 0x1f20;
    static final int IMPORTED_UNIT = 0x3d;
    static final int IMPORT = 0x18;
    static final int TYPE_UNIT = 0x41;

    private DwarfNumbers() {}
}
