package dev.faultline.source.jvm.code;

import dev.faultline.source.jvm.code.ConstantPool.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * A number as code computes it: a constant part, the fields that are added to it, and whether something else is.
 *
 * @param number the constant part
 * @param fields the fields whose values are added, at most {@link #MOST_FIELDS}
 * @param hasOther whether something is added that is neither a constant nor a field
 */
record MemoryOffset(long number, List<Member> fields, boolean hasOther) {

    /** Most fields of a sum that are told apart. */
    static final int MOST_FIELDS = 4;

    /** A number of which nothing is known. */
    static final MemoryOffset OTHER = new MemoryOffset(0, List.of(), true);

    MemoryOffset {
        fields = List.copyOf(fields);
    }

    static MemoryOffset of(long number) {
        return new MemoryOffset(number, List.of(), false);
    }

    static MemoryOffset of(Member field) {
        return new MemoryOffset(0, List.of(field), false);
    }

    MemoryOffset plus(MemoryOffset other) {
        if (fields.isEmpty() && other.fields.isEmpty()) {
            return new MemoryOffset(number + other.number, List.of(), hasOther || other.hasOther);
        }
        List<Member> both = new ArrayList<>(fields);
        both.addAll(other.fields);
        boolean isLong = both.size() > MOST_FIELDS;
        return new MemoryOffset(
                number + other.number,
                isLong ? both.subList(0, MOST_FIELDS) : both,
                hasOther || other.hasOther || isLong);
    }

    /** {@return the sum with a number that is subtracted; what is no constant is something else} */
    MemoryOffset minus(MemoryOffset other) {
        boolean isNumber = other.fields.isEmpty() && !other.hasOther;
        return new MemoryOffset(number - (isNumber ? other.number : 0), fields, hasOther || !isNumber);
    }

    /** {@return whether it tells more than that it is a number} */
    boolean isTelling() {
        return number != 0 || !fields.isEmpty();
    }
}
