package dev.faultline.source.llvm.debug;

import java.util.Map;

/** The numbers of DWARF 4 that are written, and those that names in metadata stand for. */
final class DwarfCodes {

    static final int AT_NAME = 0x03;
    static final int AT_BYTE_SIZE = 0x0b;
    static final int AT_BIT_SIZE = 0x0d;
    static final int AT_STMT_LIST = 0x10;
    static final int AT_LANGUAGE = 0x13;
    static final int AT_DISCR = 0x15;
    static final int AT_DISCR_VALUE = 0x16;
    static final int AT_COMP_DIR = 0x1b;
    static final int AT_CONST_VALUE = 0x1c;
    static final int AT_CONTAINING_TYPE = 0x1d;
    static final int AT_ARTIFICIAL = 0x34;
    static final int AT_COUNT = 0x37;
    static final int AT_LOCATION = 0x38;
    static final int AT_FILE = 0x3a;
    static final int AT_LINE = 0x3b;
    static final int AT_DECLARATION = 0x3c;
    static final int AT_ENCODING = 0x3e;
    static final int AT_TYPE = 0x49;
    static final int AT_VIRTUALITY = 0x4c;
    static final int AT_BIT_PLACE = 0x6b;
    static final int AT_LINKAGE_NAME = 0x6e;
    static final int AT_ALIGNMENT = 0x88;
    static final int AT_VECTOR = 0x2107;

    static final int FORM_TEXT = 0x08;
    static final int FORM_U1 = 0x0b;
    static final int FORM_U2 = 0x05;
    static final int FORM_SDATA = 0x0d;
    static final int FORM_UDATA = 0x0f;
    static final int FORM_REFERENCE = 0x13;
    static final int FORM_SECTION = 0x17;
    static final int FORM_FLAG = 0x19;

    static final int COMPILE_UNIT = 0x11;
    static final int NAMESPACE = 0x39;
    static final int SUBPROGRAM = 0x2e;
    static final int SUBRANGE = 0x21;
    static final int FORMAL_PARAMETER = 0x05;
    static final int UNSPECIFIED_PARAMETERS = 0x18;
    static final int VARIANT = 0x19;
    static final int SUBROUTINE = 0x15;
    static final int BASE_TYPE = 0x24;
    static final int MEMBER = 0x0d;
    static final int STRUCTURE = 0x13;

    static final Map<String, Integer> TAGS = Map.ofEntries(
            Map.entry("DW_TAG_array_type", 0x01),
            Map.entry("DW_TAG_class_type", 0x02),
            Map.entry("DW_TAG_enumeration_type", 0x04),
            Map.entry("DW_TAG_member", MEMBER),
            Map.entry("DW_TAG_pointer_type", 0x0f),
            Map.entry("DW_TAG_reference_type", 0x10),
            Map.entry("DW_TAG_structure_type", STRUCTURE),
            Map.entry("DW_TAG_typedef", 0x16),
            Map.entry("DW_TAG_union_type", 0x17),
            Map.entry("DW_TAG_inheritance", 0x1c),
            Map.entry("DW_TAG_ptr_to_member_type", 0x1f),
            Map.entry("DW_TAG_const_type", 0x26),
            Map.entry("DW_TAG_template_type_parameter", 0x2f),
            Map.entry("DW_TAG_template_value_parameter", 0x30),
            Map.entry("DW_TAG_variant_part", 0x33),
            Map.entry("DW_TAG_volatile_type", 0x35),
            Map.entry("DW_TAG_restrict_type", 0x37),
            Map.entry("DW_TAG_unspecified_type", 0x3b),
            Map.entry("DW_TAG_rvalue_reference_type", 0x42),
            Map.entry("DW_TAG_atomic_type", 0x47));

    static final Map<String, Integer> LANGUAGES = Map.ofEntries(
            Map.entry("DW_LANG_C89", 0x01),
            Map.entry("DW_LANG_C", 0x02),
            Map.entry("DW_LANG_C_plus_plus", 0x04),
            Map.entry("DW_LANG_C99", 0x0c),
            Map.entry("DW_LANG_D", 0x13),
            Map.entry("DW_LANG_Go", 0x16),
            Map.entry("DW_LANG_C_plus_plus_03", 0x19),
            Map.entry("DW_LANG_C_plus_plus_11", 0x1a),
            Map.entry("DW_LANG_Rust", 0x1c),
            Map.entry("DW_LANG_C11", 0x1d),
            Map.entry("DW_LANG_Swift", 0x1e),
            Map.entry("DW_LANG_C_plus_plus_14", 0x21),
            Map.entry("DW_LANG_C_plus_plus_17", 0x2a),
            Map.entry("DW_LANG_C_plus_plus_20", 0x2b),
            Map.entry("DW_LANG_C17", 0x2c),
            Map.entry("DW_LNAME_C", 0x1d),
            Map.entry("DW_LNAME_C_plus_plus", 0x21),
            Map.entry("DW_LNAME_Rust", 0x1c),
            Map.entry("DW_LANG_Zig", 0x27));

    static final Map<String, Integer> ENCODINGS = Map.of(
            "DW_ATE_boolean", 2,
            "DW_ATE_complex_float", 3,
            "DW_ATE_float", 4,
            "DW_ATE_signed", 5,
            "DW_ATE_signed_char", 6,
            "DW_ATE_unsigned", 7,
            "DW_ATE_unsigned_char", 8,
            "DW_ATE_UTF", 16);

    private DwarfCodes() {}
}
