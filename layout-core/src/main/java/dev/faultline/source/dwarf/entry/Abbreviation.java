package dev.faultline.source.dwarf.entry;

import dev.faultline.source.dwarf.entry.DwarfForm.Value;
import java.util.Arrays;

/** How the entries of one kind are written: their tag, and their attributes with forms, compiled for reading. */
public final class Abbreviation {

    /** An entry that is passed over. */
    static final int PASSED = 0;

    /** A member, dimension or parameter, which counts as a child of a type. */
    static final int PART = 1;

    /** A function, which is around types now and then. */
    static final int FUNCTION = 2;

    /** A type with a name or with parts, a namespace, a variable with a place, or what tells of the unit. */
    static final int TOLD = 3;

    private static final int[] NONE = {};

    /** What a reader stands on at the end of a list of children: an entry without tag and attributes. */
    static final Abbreviation END = new Abbreviation(0, false, NONE, NONE, new long[0], null);

    private final int tag;
    private final int role;
    private final boolean hasChildren;

    /** For the ordinal of each attribute, what its value is; null for one that its entries do not have. */
    private final Value[] kinds = new Value[DwarfAttribute.COUNT_OF_ALL];

    /** For the ordinal of each attribute, its index. */
    private final short[] indexes = new short[DwarfAttribute.COUNT_OF_ALL];

    private final int[] forms;

    /** The length of each value in bytes; a negative number of {@link DwarfForm} when it is not fixed. */
    private final int[] sizes;

    /** For each value, the number of bytes before it; of use when the length of all is fixed. */
    private final int[] offsets;

    private final long[] constants;

    /** The length of all values in bytes; -1 when it is not fixed. */
    private final int byteSize;

    /** The lengths again, those of fixed ones next to each other as one. */
    private final int[] skips;

    private final boolean hasIndirect;

    private final boolean isStatic;
    private final boolean isSummedUp;

    /** How its entries are summed up; made when the first one is. */
    private SummaryPlan plan;

    /**
     * Compiles an abbreviation.
     *
     * @param tag the tag
     * @param hasChildren whether children follow its entries
     * @param slots for each attribute its ordinal; -1 for one that is not read
     * @param forms the form of each
     * @param constants the value of each with the form {@code DW_FORM_implicit_const}
     * @param header of the units that use it
     * @throws IllegalArgumentException when a form is unknown
     */
    Abbreviation(int tag, boolean hasChildren, int[] slots, int[] forms, long[] constants, UnitHeader header) {
        this.tag = tag;
        this.hasChildren = hasChildren;
        this.forms = forms;
        this.constants = constants;
        this.sizes = new int[forms.length];
        this.offsets = new int[forms.length];
        int offset = 0;
        boolean isFixed = true;
        boolean indirect = false;
        for (int i = 0; i < forms.length; i++) {
            sizes[i] = DwarfForm.byteSize(forms[i], header);
            offsets[i] = offset;
            offset += Math.max(0, sizes[i]);
            isFixed &= sizes[i] >= 0;
            indirect |= sizes[i] == DwarfForm.FORM_INSIDE;
        }
        this.byteSize = isFixed ? offset : -1;
        this.skips = isFixed ? NONE : skips(sizes);
        this.hasIndirect = indirect;
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] >= 0) {
                indexes[slots[i]] = (short) i;
                kinds[slots[i]] = DwarfForm.value(forms[i]);
            }
        }
        this.role = roleOfTag();
        this.isSummedUp = DwarfTag.isPart(tag)
                || DwarfTag.isNamedType(tag)
                || tag == DwarfTag.NAMESPACE
                || tag == DwarfTag.MODULE;
        this.isStatic = (has(DwarfAttribute.EXTERNAL) || has(DwarfAttribute.DECLARATION))
                && !has(DwarfAttribute.DATA_MEMBER_LOCATION)
                && !has(DwarfAttribute.DATA_BIT_OFFSET);
    }

    private int roleOfTag() {
        if (tag == DwarfTag.SUBPROGRAM) {
            return FUNCTION;
        }
        if (DwarfTag.isPart(tag)) { // a variant has parts, and is one
            return PART;
        }
        return DwarfTag.isTold(tag) || tag == DwarfTag.VARIABLE && hasBlock(DwarfAttribute.LOCATION) ? TOLD : PASSED;
    }

    private static int[] skips(int[] sizes) {
        int[] skips = new int[sizes.length];
        int count = 0;
        for (int size : sizes) {
            if (size >= 0 && count > 0 && skips[count - 1] >= 0) {
                skips[count - 1] += size;
            } else if (size != 0) {
                skips[count++] = size;
            }
        }
        return Arrays.copyOf(skips, count);
    }

    /** {@return the tag, one of {@link DwarfTag} or another} */
    public int tag() {
        return tag;
    }

    /** {@return what its entries are for a walk: one of the numbers above} */
    int role() {
        return role;
    }

    /** {@return whether its entries are followed by children} */
    public boolean hasChildren() {
        return hasChildren;
    }

    /** {@return whether its entries have an attribute} */
    public boolean has(DwarfAttribute attribute) {
        return kinds[attribute.ordinal()] != null;
    }

    /** {@return whether its entries have an attribute that is, or can be, a block of bytes, such as an expression} */
    boolean hasBlock(DwarfAttribute attribute) {
        return kind(attribute) == Value.BLOCK || kind(attribute) == Value.ANY;
    }

    /** {@return what the value of an attribute is; null when its entries do not have it} */
    Value kind(DwarfAttribute attribute) {
        return kinds[attribute.ordinal()];
    }

    /** {@return the index of the value of an attribute that its entries have} */
    int index(DwarfAttribute attribute) {
        return indexes[attribute.ordinal()];
    }

    /** {@return the number of values} */
    int count() {
        return forms.length;
    }

    int form(int index) {
        return forms[index];
    }

    int size(int index) {
        return sizes[index];
    }

    int offset(int index) {
        return offsets[index];
    }

    long constant(int index) {
        return constants[index];
    }

    /** {@return the length of all values in bytes; -1 when it is not fixed} */
    int byteSize() {
        return byteSize;
    }

    /** {@return how its entries are summed up} */
    SummaryPlan plan() {
        SummaryPlan made = plan; // threads that make it at the same time make equal ones
        return made == null ? makePlan() : made;
    }

    private SummaryPlan makePlan() {
        SummaryPlan made = SummaryPlan.of(this);
        plan = made;
        return made;
    }

    /** {@return whether a walk sums up its entries} */
    boolean isSummedUp() {
        return isSummedUp;
    }

    /** {@return whether a member is static, unless it says itself that it is not declared or external} */
    boolean isStatic() {
        return isStatic;
    }

    /** {@return whether the form of a value stands before it, in the entry} */
    boolean hasIndirect() {
        return hasIndirect;
    }

    /** {@return the position behind the attributes that start at a position} */
    int skip(UnitBytes bytes, int start, UnitHeader header) {
        return byteSize >= 0 ? start + byteSize : skipEach(bytes, start, header);
    }

    private int skipEach(UnitBytes bytes, int start, UnitHeader header) {
        int at = start;
        for (int skip : skips) {
            at = skip >= 0 ? at + skip : skipped(bytes, at, skip, header);
        }
        return at;
    }

    static int skipped(UnitBytes bytes, int at, int skip, UnitHeader header) {
        return switch (skip) {
            case DwarfForm.LEB -> bytes.skipLeb(at);
            case DwarfForm.TEXT -> bytes.skipText(at);
            case DwarfForm.COUNTED_BY_1 -> at + 1 + bytes.u1(at);
            case DwarfForm.COUNTED_BY_2 -> at + 2 + bytes.u2(at);
            case DwarfForm.COUNTED_BY_4 -> counted(at + 4, bytes.u4(at) & 0xffffffffL);
            case DwarfForm.COUNTED_BY_LEB -> {
                long count = bytes.uleb(at);
                yield counted(bytes.next(), count);
            }
            default -> indirect(bytes, at, header);
        };
    }

    private static int counted(int at, long count) {
        if (count < 0 || count > Integer.MAX_VALUE - at) {
            throw new IndexOutOfBoundsException("a block of " + count + " bytes");
        }
        return at + (int) count;
    }

    private static int indirect(UnitBytes bytes, int at, UnitHeader header) {
        int form = indirectForm(bytes, at);
        int behind = bytes.next();
        int size = DwarfForm.byteSize(form, header);
        return size >= 0 ? behind + size : skipped(bytes, behind, size, header);
    }

    /** {@return the form that stands before a value; the value is at {@link UnitBytes#next()}} */
    static int indirectForm(UnitBytes bytes, int at) {
        long form = bytes.uleb(at);
        if (form == DwarfForm.INDIRECT || form == DwarfForm.IMPLICIT_CONST) {
            throw new IllegalArgumentException("an indirect form inside another");
        }
        return form < 0 || form > Integer.MAX_VALUE ? -1 : (int) form;
    }
}
