package dev.faultline.source.dwarf.entry;

import dev.faultline.source.dwarf.entry.DwarfForm.Value;
import java.util.Arrays;

/**
 * How the entries of one kind are summed up: steps over their attributes from the first to the last, each of which
 * skips bytes or reads a value. Neighbours that are skipped are one step.
 *
 * @param steps of each its kind, and above it the form, or the number of bytes that are skipped
 * @param factors what the number of each step is multiplied with; 0 for one that adds none
 * @param constants the sum of what does not depend on the entry
 */
record SummaryPlan(int[] steps, long[] factors, long constants) {

    static final int KIND_BITS = 4;
    static final int KIND_MASK = (1 << KIND_BITS) - 1;

    /** Skips a number of bytes. */
    static final int SKIP = 0;

    /** Passes over a value whose length is not fixed. */
    static final int PASS = 1;

    /** Adds a number of one byte, and one of any form. */
    static final int NUMBER_1 = 2;

    static final int NUMBER = 3;

    /** Adds a block of bytes. */
    static final int BLOCK = 4;

    /** Reads a name in {@code .debug_str} by an offset of four bytes, one inside the entry, and one of any form. */
    static final int NAME_IN_STR = 5;

    static final int NAME_INSIDE = 6;
    static final int NAME = 7;

    /** Reads a reference to a type of the unit by an offset of four bytes, and one of any form. */
    static final int TARGET_4 = 8;

    static final int TARGET = 9;

    private static final int MOST_SKIPPED = 1 << 18;

    /** Stands for the plan of an abbreviation whose entries must be asked what they have. */
    static final SummaryPlan NONE = new SummaryPlan(new int[0], new long[0], 0);

    private static int step(int kind, int operand) {
        return operand << KIND_BITS | kind;
    }

    /**
     * Compiles the plan of an abbreviation.
     *
     * @param entry the abbreviation
     * @return the plan, or {@link #NONE}
     */
    static SummaryPlan of(Abbreviation entry) {
        if (entry.hasIndirect() || hasStatedFlag(entry)) {
            return NONE;
        }
        DwarfAttribute[] attributes = new DwarfAttribute[entry.count()];
        for (DwarfAttribute attribute : DwarfAttribute.all()) {
            if (entry.has(attribute)) {
                attributes[entry.index(attribute)] = attribute;
            }
        }
        int[] steps = new int[entry.count()];
        long[] factors = new long[entry.count()];
        int count = 0;
        long constants = 0;
        for (int i = 0; i < entry.count(); i++) {
            DwarfAttribute attribute = attributes[i];
            int step = attribute == null ? passed(entry, i) : step(entry, attribute, i);
            boolean isNumber = (step & KIND_MASK) == NUMBER_1 || (step & KIND_MASK) == NUMBER;
            if (isNumber || (step & KIND_MASK) == BLOCK) {
                constants += attribute.presence();
            }
            if (isNumber && entry.size(i) == 0) { // the abbreviation has the value
                constants += attribute.factor() * constant(entry, i);
            } else if (count > 0 && join(steps[count - 1], step)) {
                steps[count - 1] += step(0, step >>> KIND_BITS);
            } else if (step != step(SKIP, 0)) {
                factors[count] = isNumber || (step & KIND_MASK) == BLOCK ? attribute.factor() : 0;
                steps[count++] = step;
            }
        }
        return new SummaryPlan(Arrays.copyOf(steps, count), Arrays.copyOf(factors, count), constants);
    }

    private static boolean join(int before, int step) {
        return (before & KIND_MASK) == SKIP && (step & KIND_MASK) == SKIP && before >>> KIND_BITS < MOST_SKIPPED;
    }

    private static long constant(Abbreviation entry, int index) {
        return entry.form(index) == DwarfForm.FLAG_PRESENT ? 1 : entry.constant(index);
    }

    private static int passed(Abbreviation entry, int index) {
        int size = entry.size(index);
        return size >= 0 ? step(SKIP, size) : step(PASS, entry.form(index));
    }

    /** {@return whether an entry may say that it is not declared, or not external: what it is depends on the value} */
    private static boolean hasStatedFlag(Abbreviation entry) {
        return entry.isStatic() && isStated(entry, DwarfAttribute.EXTERNAL)
                || (entry.isStatic() || DwarfTag.isAggregate(entry.tag()))
                        && isStated(entry, DwarfAttribute.DECLARATION);
    }

    private static boolean isStated(Abbreviation entry, DwarfAttribute flag) {
        return entry.has(flag) && entry.form(entry.index(flag)) != DwarfForm.FLAG_PRESENT;
    }

    private static int step(Abbreviation entry, DwarfAttribute attribute, int index) {
        int form = entry.form(index);
        Value value = DwarfForm.value(form);
        if (attribute == DwarfAttribute.NAME && value == Value.TEXT) {
            return step(name(form, entry.size(index)), form);
        }
        if (attribute == DwarfAttribute.TYPE) {
            return step(form == DwarfForm.REF4 ? TARGET_4 : TARGET, form);
        }
        if (EntrySummary.counts(entry.tag(), attribute)) {
            if (value == Value.NUMBER) {
                return step(entry.size(index) == 1 ? NUMBER_1 : NUMBER, form);
            }
            if (value == Value.BLOCK && EntrySummary.countsAsBlock(entry.tag(), attribute)) {
                return step(BLOCK, form);
            }
        }
        return passed(entry, index);
    }

    private static int name(int form, int size) {
        if (form == DwarfForm.STRP && size == Integer.BYTES) {
            return NAME_IN_STR;
        }
        return form == DwarfForm.STRING ? NAME_INSIDE : NAME;
    }
}
