package dev.faultline.source.dwarf.entry;

/** The tags of entries that are read: DWARF 5, table 7.3. */
public final class DwarfTag {

    public static final int ARRAY_TYPE = 0x01;
    public static final int CLASS_TYPE = 0x02;
    public static final int ENUMERATION_TYPE = 0x04;
    public static final int FORMAL_PARAMETER = 0x05;
    public static final int LEXICAL_BLOCK = 0x0b;
    public static final int MEMBER = 0x0d;
    public static final int POINTER_TYPE = 0x0f;
    public static final int REFERENCE_TYPE = 0x10;
    public static final int COMPILE_UNIT = 0x11;
    public static final int STRING_TYPE = 0x12;
    public static final int STRUCTURE_TYPE = 0x13;
    public static final int SUBROUTINE_TYPE = 0x15;
    public static final int TYPEDEF = 0x16;
    public static final int UNION_TYPE = 0x17;
    public static final int UNSPECIFIED_PARAMETERS = 0x18;
    public static final int VARIANT = 0x19;
    public static final int INHERITANCE = 0x1c;
    public static final int INLINED_SUBROUTINE = 0x1d;
    public static final int MODULE = 0x1e;
    public static final int PTR_TO_MEMBER_TYPE = 0x1f;
    public static final int SET_TYPE = 0x20;
    public static final int SUBRANGE_TYPE = 0x21;
    public static final int BASE_TYPE = 0x24;
    public static final int CONST_TYPE = 0x26;
    public static final int ENUMERATOR = 0x28;
    public static final int SUBPROGRAM = 0x2e;
    public static final int TEMPLATE_TYPE_PARAMETER = 0x2f;
    public static final int TEMPLATE_VALUE_PARAMETER = 0x30;
    public static final int VARIANT_PART = 0x33;
    public static final int VARIABLE = 0x34;
    public static final int VOLATILE_TYPE = 0x35;
    public static final int RESTRICT_TYPE = 0x37;
    public static final int INTERFACE_TYPE = 0x38;
    public static final int NAMESPACE = 0x39;
    public static final int UNSPECIFIED_TYPE = 0x3b;
    public static final int PARTIAL_UNIT = 0x3c;
    public static final int IMPORTED_UNIT = 0x3d;
    public static final int SHARED_TYPE = 0x40;
    public static final int TYPE_UNIT = 0x41;
    public static final int RVALUE_REFERENCE_TYPE = 0x42;
    public static final int TEMPLATE_ALIAS = 0x43;
    public static final int COARRAY_TYPE = 0x44;
    public static final int GENERIC_SUBRANGE = 0x45;
    public static final int ATOMIC_TYPE = 0x47;
    public static final int IMMUTABLE_TYPE = 0x4b;
    public static final int SKELETON_UNIT = 0x4a;

    public static final int GNU_TEMPLATE_TEMPLATE_PARAMETER = 0x4106;
    public static final int GNU_TEMPLATE_PARAMETER_PACK = 0x4107;

    private DwarfTag() {}

    /** {@return whether it is a struct, union or class} */
    public static boolean isAggregate(int tag) {
        return tag == STRUCTURE_TYPE || tag == CLASS_TYPE || tag == UNION_TYPE || tag == INTERFACE_TYPE;
    }

    /** {@return whether it is a part of a type: a member, base, variant, template parameter, dimension or parameter} */
    public static boolean isPart(int tag) {
        return switch (tag) {
            case MEMBER,
                    INHERITANCE,
                    VARIANT_PART,
                    VARIANT,
                    TEMPLATE_TYPE_PARAMETER,
                    TEMPLATE_VALUE_PARAMETER,
                    GNU_TEMPLATE_TEMPLATE_PARAMETER,
                    GNU_TEMPLATE_PARAMETER_PACK,
                    SUBRANGE_TYPE,
                    GENERIC_SUBRANGE,
                    FORMAL_PARAMETER,
                    UNSPECIFIED_PARAMETERS -> true;
            default -> false;
        };
    }

    /** {@return whether its children may be parts of it} */
    public static boolean hasParts(int tag) {
        return isAggregate(tag) || tag == ARRAY_TYPE || tag == SUBROUTINE_TYPE || tag == VARIANT_PART || tag == VARIANT;
    }

    /** {@return whether a walk always tells it: types with names or parts, what is around them, units imported} */
    static boolean isTold(int tag) {
        return hasParts(tag) || isNamedType(tag) || tag == NAMESPACE || tag == MODULE || tag == IMPORTED_UNIT;
    }

    /** {@return whether it is a type whose name is qualified} */
    public static boolean isNamedType(int tag) {
        return isAggregate(tag) || tag == ENUMERATION_TYPE || tag == TYPEDEF || tag == TEMPLATE_ALIAS;
    }

    /** {@return whether it is a unit's own entry} */
    public static boolean isUnit(int tag) {
        return tag == COMPILE_UNIT || tag == PARTIAL_UNIT || tag == TYPE_UNIT || tag == SKELETON_UNIT;
    }

    /** {@return whether it adds a qualifier to a type} */
    public static boolean isQualifier(int tag) {
        return tag == CONST_TYPE
                || tag == VOLATILE_TYPE
                || tag == RESTRICT_TYPE
                || tag == ATOMIC_TYPE
                || tag == SHARED_TYPE
                || tag == IMMUTABLE_TYPE;
    }

    /** {@return whether it is an argument of a template} */
    public static boolean isTemplateParameter(int tag) {
        return tag == TEMPLATE_TYPE_PARAMETER
                || tag == TEMPLATE_VALUE_PARAMETER
                || tag == GNU_TEMPLATE_TEMPLATE_PARAMETER
                || tag == GNU_TEMPLATE_PARAMETER_PACK;
    }

    /** {@return whether its values are addresses} */
    public static boolean isPointer(int tag) {
        return tag == POINTER_TYPE || tag == REFERENCE_TYPE || tag == RVALUE_REFERENCE_TYPE;
    }
}
