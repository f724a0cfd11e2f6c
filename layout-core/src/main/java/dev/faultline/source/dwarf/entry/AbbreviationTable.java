package dev.faultline.source.dwarf.entry;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The abbreviations of a unit by their codes. Units may share one. */
public final class AbbreviationTable {

    /** Codes up to this are found by index; compilers count from 1. */
    private static final int INDEXED = 1 << 16;

    private static final Abbreviation[] NONE = {};

    /** Most attributes of one entry. */
    private static final int MOST_ATTRIBUTES = Short.MAX_VALUE;

    private static final int[] NO_FORMS = {};
    private static final long[] NO_CONSTANTS = {};

    /** Stands for entries that a walk must look at. */
    static final int LOOKED_AT = -1;

    private Abbreviation[] indexed = NONE;

    /** For each code that is found by index, what {@link #passes} says. */
    private int[] passes = NO_FORMS;

    /** For each code that is found by index, what {@link #opens} says. */
    private int[] opens = NO_FORMS;

    private Map<Long, Abbreviation> others = Map.of();

    AbbreviationTable() {}

    /** Compiles the abbreviation at a position, which was read to its end before. */
    static Abbreviation compile(UnitBytes bytes, int start, UnitHeader header) {
        int tag = (int) bytes.uleb(start);
        int at = bytes.next();
        boolean hasChildren = bytes.u1(at) != 0;
        at++;
        int[] slots = NO_FORMS;
        int[] forms = NO_FORMS;
        long[] constants = NO_CONSTANTS;
        for (int count = 0; ; count++) {
            long number = bytes.uleb(at);
            long form = bytes.uleb(bytes.next());
            at = bytes.next();
            if (number == 0 && form == 0) {
                return new Abbreviation(
                        tag, hasChildren, Arrays.copyOf(slots, count), Arrays.copyOf(forms, count), constants, header);
            }
            if (count == MOST_ATTRIBUTES) {
                throw new IllegalArgumentException("an entry of more than " + MOST_ATTRIBUTES + " attributes");
            }
            if (count == forms.length) {
                slots = Arrays.copyOf(slots, 8 + 2 * count);
                forms = Arrays.copyOf(forms, 8 + 2 * count);
            }
            slots[count] = number < 0 || number > Integer.MAX_VALUE ? -1 : DwarfAttribute.slot((int) number);
            forms[count] = form < 0 || form > Integer.MAX_VALUE ? -1 : (int) form;
            if (form == DwarfForm.IMPLICIT_CONST) {
                constants = Arrays.copyOf(constants, forms.length);
                constants[count] = bytes.sleb(at);
                at = bytes.next();
            }
        }
    }

    void put(long code, Abbreviation abbreviation) {
        if (code < 0 || code >= INDEXED) {
            if (others.isEmpty()) {
                others = new HashMap<>();
            }
            others.put(code, abbreviation);
            return;
        }
        if (code >= indexed.length) {
            int before = indexed.length;
            indexed = Arrays.copyOf(indexed, Math.max(4, Integer.highestOneBit((int) code) * 2));
            passes = Arrays.copyOf(passes, indexed.length);
            Arrays.fill(passes, before, passes.length, LOOKED_AT);
            opens = Arrays.copyOf(opens, indexed.length);
            Arrays.fill(opens, before, opens.length, LOOKED_AT);
        }
        indexed[(int) code] = abbreviation;
        passes[(int) code] = pass(abbreviation);
        opens[(int) code] = open(abbreviation);
    }

    private static int pass(Abbreviation entry) {
        boolean isPassed = !entry.hasChildren() && entry.byteSize() >= 0 && entry.role() != Abbreviation.TOLD;
        if (!isPassed) {
            return LOOKED_AT;
        }
        return entry.role() == Abbreviation.PART ? LOOKED_AT - 1 - entry.byteSize() : entry.byteSize();
    }

    private static int open(Abbreviation entry) {
        boolean isPassed = entry.role() == Abbreviation.PASSED || entry.role() == Abbreviation.FUNCTION;
        if (!isPassed || !entry.hasChildren() || entry.byteSize() < 0) {
            return LOOKED_AT;
        }
        return entry.role() == Abbreviation.FUNCTION ? LOOKED_AT - 1 - entry.byteSize() : entry.byteSize();
    }

    /**
     * Tells what a walk does with entries that have children.
     *
     * @return for each code that is found by index, how many bytes of values are passed over to the first child;
     *     {@link #LOOKED_AT} when the entry is looked at, or has no children; {@code LOOKED_AT - 1 - n} when {@code n}
     *     bytes of a function are passed over
     */
    int[] opens() {
        return opens;
    }

    /**
     * Tells what a walk does with entries.
     *
     * @return for each code that is found by index, how many bytes of values are passed over; {@link #LOOKED_AT} when
     *     the entry is looked at; {@code LOOKED_AT - 1 - n} when {@code n} bytes are passed over unless the entry is a
     *     part of a type
     */
    int[] passes() {
        return passes;
    }

    /** {@return the abbreviation of a code that has one byte; null when there is none} */
    Abbreviation frequent(int code) {
        return code < indexed.length ? indexed[code] : null;
    }

    /** {@return the abbreviation of a code; null when there is none} */
    Abbreviation get(long code) {
        return code >= 0 && code < indexed.length ? indexed[(int) code] : others.get(code);
    }
}
