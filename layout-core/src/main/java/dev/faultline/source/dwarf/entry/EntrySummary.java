package dev.faultline.source.dwarf.entry;

import dev.faultline.source.dwarf.entry.DwarfForm.Value;

/**
 * What tells an entry of a type, or of a part of a type, from others, read in one pass over its attributes: a hash of
 * its name, one of its numbers, and the type it refers to. A file has millions of these, so no attribute is looked up.
 * Not safe for use by several threads.
 *
 * <p>Broken data throws {@link IndexOutOfBoundsException} or {@link IllegalArgumentException}; callers name the unit.
 */
public final class EntrySummary {

    /** Stands for the name of an entry without one. */
    public static final long NO_NAME = 0x27d4eb2fL;

    /** Stands for the type of an entry that refers to none. */
    public static final int VOID = -1;

    /** Stands for a type that is not in this unit, or that is known by a signature. */
    public static final int ELSEWHERE = -2;

    /** Positions that are told fit into 30 bits. */
    private static final int MOST_POSITIONS = 1 << 30;

    private final Unit unit;
    private final UnitBytes bytes;
    private final TextHashes texts;
    private final byte[] array;

    /** Reads the entries whose abbreviation does not say all. */
    private final EntryReader reader;

    private final int root;

    /** The position behind the last one that is told. */
    private final int end;

    private Abbreviation entry = Abbreviation.END;
    private long name;
    private long numbers;
    private int target;
    private boolean isStatic;

    /**
     * Makes a summary of no entry.
     *
     * @param unit the unit of the entries
     * @param texts the hashes of texts that the thread has made
     */
    public EntrySummary(Unit unit, TextHashes texts) {
        this.texts = texts;
        texts.use(unit.strings());
        this.unit = unit;
        this.bytes = unit.bytes();
        this.array = bytes.array();
        this.reader = new EntryReader(unit);
        this.root = unit.root();
        this.end = Math.min(bytes.byteSize(), MOST_POSITIONS);
    }

    /** {@return whether the value of an attribute tells entries with a tag from others} */
    static boolean counts(int tag, DwarfAttribute attribute) {
        return switch (tag) {
            case DwarfTag.MEMBER, DwarfTag.INHERITANCE -> attribute.isOfMember();
            case DwarfTag.TEMPLATE_TYPE_PARAMETER, DwarfTag.TEMPLATE_VALUE_PARAMETER ->
                attribute == DwarfAttribute.CONST_VALUE;
            case DwarfTag.VARIANT_PART, DwarfTag.VARIANT ->
                attribute == DwarfAttribute.DISCR_VALUE || attribute == DwarfAttribute.DISCR_LIST;
            case DwarfTag.SUBRANGE_TYPE,
                    DwarfTag.GENERIC_SUBRANGE,
                    DwarfTag.FORMAL_PARAMETER,
                    DwarfTag.UNSPECIFIED_PARAMETERS -> attribute.isOfDimension();
            case DwarfTag.STRUCTURE_TYPE, DwarfTag.CLASS_TYPE, DwarfTag.UNION_TYPE, DwarfTag.INTERFACE_TYPE ->
                attribute.isOfType()
                        || attribute == DwarfAttribute.DECL_LINE
                        || attribute == DwarfAttribute.DECLARATION;
            default ->
                attribute.isOfType() || attribute == DwarfAttribute.ENCODING || attribute == DwarfAttribute.GNU_VECTOR;
        };
    }

    /** {@return whether an attribute that counts does so, too, when its value is a block of bytes} */
    static boolean countsAsBlock(int tag, DwarfAttribute attribute) {
        return DwarfTag.isPart(tag)
                && attribute != DwarfAttribute.CONST_VALUE
                && attribute != DwarfAttribute.DISCR_VALUE
                && attribute != DwarfAttribute.LOWER_BOUND;
    }

    /** {@return what an attribute adds to the sum, whose order does not count} */
    static long term(DwarfAttribute attribute, long value) {
        return attribute.presence() + value * attribute.factor();
    }

    /**
     * Reads an entry.
     *
     * @param position its position in the unit
     * @return whether there is one; false at the end of a list of children
     */
    public boolean read(int position) {
        Abbreviation found = unit.abbreviation(position);
        if (found == null) {
            return false;
        }
        read(found, position, bytes.next());
        return true;
    }

    /**
     * Reads an entry.
     *
     * @param abbreviation how it is written
     * @param position its position in the unit
     * @param values the position of its first value
     * @return the position behind it
     */
    int read(Abbreviation abbreviation, int position, int values) {
        entry = abbreviation;
        SummaryPlan plan = abbreviation.plan();
        if (plan == SummaryPlan.NONE) {
            return readEach(position);
        }
        isStatic = abbreviation.isStatic();
        int behind = run(plan, values);
        if (behind > bytes.byteSize()) {
            throw new IndexOutOfBoundsException("an entry behind the end of its unit");
        }
        return behind;
    }

    private int run(SummaryPlan plan, int values) {
        byte[] in = array;
        int[] steps = plan.steps();
        long[] factors = plan.factors();
        long sum = plan.constants();
        name = NO_NAME;
        target = VOID;
        int at = values;
        for (int i = 0; i < steps.length; i++) {
            int step = steps[i];
            int kind = step & SummaryPlan.KIND_MASK;
            if (kind == SummaryPlan.SKIP) {
                at += step >>> SummaryPlan.KIND_BITS;
            } else if (kind == SummaryPlan.NUMBER_1) {
                sum += (in[at++] & 0xff) * factors[i];
            } else if (kind == SummaryPlan.TARGET_4) {
                target = inUnit(bytes.u4(at) & 0xffffffffL);
                at += 4;
            } else if (kind == SummaryPlan.NAME_IN_STR) {
                name = texts.of(bytes.u4(at));
                at += 4;
            } else if (kind == SummaryPlan.NAME_INSIDE) {
                name = bytes.textHash(at);
                at = bytes.skipText(at);
            } else {
                int form = step >>> SummaryPlan.KIND_BITS;
                sum += number(kind, form, at) * factors[i];
                at = behind(form, at);
            }
        }
        numbers = sum;
        return at;
    }

    /** {@return the number that a value counts as; of a name or a type, which it takes, none} */
    private long number(int kind, int form, int at) {
        switch (kind) {
            case SummaryPlan.NUMBER -> {
                return reader.value(form, at);
            }
            case SummaryPlan.BLOCK -> {
                return block(reader.blockStart(form, at), reader.blockBytes(form, at));
            }
            case SummaryPlan.NAME -> name = unit.textHash(reader.value(form, at));
            case SummaryPlan.TARGET -> target = target(form, at);
            default -> {} // passed over
        }
        return 0;
    }

    private int behind(int form, int at) {
        int size = DwarfForm.byteSize(form, unit.header());
        return size >= 0 ? at + size : Abbreviation.skipped(bytes, at, size, unit.header());
    }

    private long block(int start, int byteSize) {
        long hash = byteSize + 1L;
        for (int i = 0; i < byteSize; i++) {
            hash = (hash + bytes.u1(start + i)) * 0xff51afd7ed558ccdL;
        }
        return ~(hash ^ hash >>> 32); // far from numbers
    }

    private int target(int form, int at) {
        Value kind = DwarfForm.value(form);
        if (kind == Value.ENTRY_IN_UNIT) {
            return inUnit(reader.value(form, at));
        }
        return kind == Value.ENTRY_IN_SECTION ? inUnit(reader.value(form, at) - unit.sectionOffset()) : ELSEWHERE;
    }

    private int inUnit(long position) {
        return position >= root && position < end ? (int) position : ELSEWHERE;
    }

    private int readEach(int position) {
        reader.read(position);
        long text = reader.text(DwarfAttribute.NAME);
        name = text < 0 ? NO_NAME : unit.textHash(text);
        int inUnit = reader.entry(DwarfAttribute.TYPE);
        target = inUnit >= 0 && inUnit < end ? inUnit : reader.has(DwarfAttribute.TYPE) ? ELSEWHERE : VOID;
        isStatic = isStatic(reader);
        numbers = 0;
        for (DwarfAttribute attribute : DwarfAttribute.all()) {
            if (entry.has(attribute) && counts(entry.tag(), attribute)) {
                numbers += term(attribute);
            }
        }
        return reader.next();
    }

    private long term(DwarfAttribute attribute) {
        if (reader.hasNumber(attribute)) {
            long value = reader.number(attribute, 0);
            return attribute == DwarfAttribute.DECLARATION && value == 0 ? 0 : term(attribute, value);
        }
        return reader.isBlock(attribute) && countsAsBlock(entry.tag(), attribute)
                ? term(attribute, block(reader.blockStart(attribute), reader.blockBytes(attribute)))
                : 0;
    }

    /** {@return whether the entry that a reader stands on is a static member: before DWARF 5 a member only declared} */
    private static boolean isStatic(EntryReader reader) {
        return (reader.flag(DwarfAttribute.EXTERNAL) || reader.flag(DwarfAttribute.DECLARATION))
                && !reader.has(DwarfAttribute.DATA_MEMBER_LOCATION)
                && !reader.has(DwarfAttribute.DATA_BIT_OFFSET);
    }

    /** {@return how the entry is written} */
    public Abbreviation entry() {
        return entry;
    }

    /** {@return a hash of its name without what is around it, or {@link #NO_NAME}} */
    public long name() {
        return name;
    }

    /** {@return a hash of its sizes, places and other numbers, as far as they tell it from others} */
    public long numbers() {
        return numbers;
    }

    /** {@return the position of the type that it refers to, {@link #VOID} or {@link #ELSEWHERE}} */
    public int target() {
        return target;
    }

    /** {@return whether it is, when it is a member, one that objects do not have} */
    public boolean isStatic() {
        return isStatic;
    }
}
