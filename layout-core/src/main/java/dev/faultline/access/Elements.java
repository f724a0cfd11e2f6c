package dev.faultline.access;

import dev.faultline.api.Internal;
import java.util.List;
import java.util.Objects;

/**
 * Which elements of an array an access touches, and the bytes of each.
 *
 * @param choice how the element is chosen
 * @param index of {@link Choice#ONE}, the element, from 0; else 0
 * @param count number of elements, at least 1
 * @param strideBytes distance from one element to the next; 0 for {@link Choice#WHOLE}
 * @param byteSize bytes touched in each chosen element; 0 for {@link Choice#WHOLE}
 */
@Internal
public record Elements(Choice choice, long index, long count, long strideBytes, long byteSize) {

    /** How an access chooses among the elements of an array. */
    public enum Choice {
        /** All bytes of the field, which need not be an array. */
        WHOLE(""),
        /** Each CPU has an element of its own. */
        OWN("own"),
        /** Each operation picks one at random. */
        ANY("any"),
        /** Every element, one after the other. */
        ALL("*"),
        /** Always the same one. */
        ONE("");

        private final String word;

        Choice(String word) {
            this.word = word;
        }

        /** {@return the word in the brackets of a path; empty where there is none} */
        public String word() {
            return word;
        }
    }

    /** The field itself. */
    public static final Elements WHOLE = new Elements(Choice.WHOLE, 0, 1, 0, 0);

    /** The words that may stand in the brackets of a path. */
    static final List<String> WORDS = List.of(Choice.OWN.word(), Choice.ANY.word(), Choice.ALL.word());

    public Elements {
        Objects.requireNonNull(choice);
        if (count < 1 || index < 0 || index >= count || strideBytes < 0 || byteSize < 0) {
            throw new IllegalArgumentException(
                    choice + " " + index + " of " + count + ", " + byteSize + " bytes every " + strideBytes);
        }
    }

    /** {@return elements that an access chooses among} */
    public static Elements of(Choice choice, long count, long strideBytes, long byteSize) {
        return new Elements(choice, 0, count, strideBytes, byteSize);
    }

    /** {@return the choice of one of these elements} */
    public Elements at(long element) {
        return new Elements(Choice.ONE, element, count, strideBytes, byteSize);
    }

    /** {@return whether the field itself is touched, with all its bytes} */
    public boolean isWhole() {
        return choice == Choice.WHOLE;
    }

    /** {@return whether each CPU touches an element of its own} */
    public boolean isOwn() {
        return choice == Choice.OWN;
    }

    /** {@return whether each operation touches one element picked at random} */
    public boolean isAny() {
        return choice == Choice.ANY;
    }

    /** {@return whether it touches one element at a time, which depends on the CPU or on chance} */
    public boolean isOneOfMany() {
        return isOwn() || isAny();
    }

    // by hand, since the VM generates those of a record in its first call, which takes milliseconds

    @Override
    public boolean equals(Object object) {
        return object instanceof Elements other
                && choice == other.choice
                && index == other.index
                && count == other.count
                && strideBytes == other.strideBytes
                && byteSize == other.byteSize;
    }

    @Override
    public int hashCode() {
        return 31
                        * (31 * (31 * (31 * choice.hashCode() + Long.hashCode(index)) + Long.hashCode(count))
                                + Long.hashCode(strideBytes))
                + Long.hashCode(byteSize);
    }
}
