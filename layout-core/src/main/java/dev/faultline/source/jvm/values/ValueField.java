package dev.faultline.source.jvm.values;

import dev.faultline.layout.StructLayout;
import java.util.Map;
import java.util.Optional;

/**
 * A field of a value interface, with what its accessors say of it. Alignments are in bytes: {@link #DEFAULT} is that of
 * the type, 0 is none.
 */
final class ValueField {

    static final int DEFAULT = -1;

    private static final int MOST_ALIGNMENT = 1 << 20;

    /** What the library makes of the type of a field. */
    enum Kind {
        /** A number of Java. */
        INTEGER,
        /** A {@code float} or {@code double}. */
        FLOATING,
        /** One bit. */
        BOOLEAN,
        /** The ordinal of a constant. */
        ENUM,
        /** Milliseconds, a {@code long}. */
        DATE,
        /** Text with its length in front. */
        TEXT,
        /** Another value. */
        VALUE,
        /** The address of another value. */
        POINTER
    }

    final String name;
    Kind kind = Kind.INTEGER;
    String descriptor = "";
    long groupOrder;
    boolean isArray;
    boolean isOrdered;
    boolean isVolatilePut;
    boolean isAtomic;
    boolean isWritten;
    boolean isNotNull;
    boolean isAligned;
    int offsetAlignment;
    int dontCross;
    Optional<long[]> range = Optional.empty();
    int maxUtf8Length;
    int constants;
    int length;
    int elementOffsetAlignment;
    int elementDontCross;
    Optional<StructLayout> value = Optional.empty();
    int valueAlignment = 1;

    ValueField(String name) {
        this.name = name;
    }

    /** {@return whether alignments are numbers that can be computed with, and its range one of its type} */
    boolean isPossible() {
        for (int alignment : new int[] {offsetAlignment, dontCross, elementOffsetAlignment, elementDontCross}) {
            if (alignment < DEFAULT || alignment > MOST_ALIGNMENT) {
                return false;
            }
        }
        return kind != Kind.INTEGER
                || range.isEmpty()
                || range.get()[0] < range.get()[1] && bits(range.get()) <= width();
    }

    private boolean isBackedByInteger() {
        return kind == Kind.ENUM || kind == Kind.DATE || kind == Kind.POINTER;
    }

    /** {@return bits of an element; of a field that is no array, of the field} */
    int elementBits() {
        return switch (kind) {
            case BOOLEAN -> alone(1);
            case FLOATING, INTEGER -> alone(kind == Kind.FLOATING ? width() : bits(range()));
            case ENUM -> bits(new long[] {isNotNull ? 0 : -1, constants - 1L});
            case DATE, POINTER -> Long.SIZE;
            case TEXT -> Byte.SIZE * (stopBits(maxUtf8Length) + maxUtf8Length);
            case VALUE -> Byte.SIZE * (int) value.orElseThrow().byteSize();
        };
    }

    private int width() {
        return switch (descriptor) {
            case "B" -> Byte.SIZE;
            case "S", "C" -> Short.SIZE;
            case "I", "F" -> Integer.SIZE;
            default -> Long.SIZE;
        };
    }

    private long[] range() {
        return range.orElseGet(() -> {
            int unused = Long.SIZE - width();
            return descriptor.equals("C")
                    ? new long[] {Character.MIN_VALUE, Character.MAX_VALUE}
                    : new long[] {Long.MIN_VALUE >> unused, Long.MAX_VALUE >> unused};
        });
    }

    private static int bits(long[] range) {
        long options = range[1] - range[0] + 1;
        return options <= 0 ? Long.SIZE : Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(options - 1));
    }

    /** {@return bits of a value that may have to be alone in its word, since it is stored with order} */
    private int alone(int bits) {
        return isOrdered || isVolatilePut ? powerOfTwo(bits, isOrdered ? Integer.SIZE : Byte.SIZE) : bits;
    }

    private static int powerOfTwo(int bits, int fewest) {
        int power = fewest;
        while (power < bits) {
            power *= 2;
        }
        return power;
    }

    private static int stopBits(int value) {
        return Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 6) / 7);
    }

    private int natural() {
        return powerOfTwo(elementBits(), Byte.SIZE) / Byte.SIZE;
    }

    /** {@return what the offset of an element, or of a field that is no array, is a multiple of} */
    private int elementOffset(int own) {
        if (isBackedByInteger()) {
            return isAtomic ? natural() : 0; // the library does not look at @Align of these
        }
        if (own != DEFAULT) {
            return kind == Kind.TEXT || kind == Kind.VALUE ? Math.max(1, own) : own;
        }
        return switch (kind) {
            case INTEGER, FLOATING -> natural();
            case VALUE -> valueAlignment;
            default -> throw new ValueRefusal("field " + name + ": its type has no default alignment");
        };
    }

    private int cross(int own) {
        if (isBackedByInteger()) {
            return 0;
        }
        if (own != DEFAULT) {
            return own;
        }
        return switch (kind) {
            case INTEGER, FLOATING -> natural();
            case BOOLEAN -> throw new ValueRefusal("field " + name + ": its type has no default alignment");
            default -> 0;
        };
    }

    private int ownOffset() {
        return isAtomic && !isAligned && kind != Kind.TEXT && kind != Kind.VALUE ? DEFAULT : offsetAlignment;
    }

    private int elementOffset() {
        return elementOffset(elementOffsetAlignment == DEFAULT && kind != Kind.VALUE ? 0 : elementOffsetAlignment);
    }

    /** {@return what its offset is a multiple of, in bytes; 0 when it may begin at any bit} */
    int offsetBytes() {
        if (!isArray) {
            return elementOffset(ownOffset());
        }
        int element = Math.max(elementOffset(), cross(elementDontCross));
        int own = isAligned ? offsetAlignment : 0;
        if (own == DEFAULT || own == 0 && element > 0) {
            return element;
        }
        if (own < element || element > 0 && own % element != 0) {
            throw new ValueRefusal(
                    "field " + name + ": its alignment " + own + " is no multiple of that of its elements");
        }
        return own;
    }

    /** {@return which multiples its bytes do not cross; 0 when they cross any} */
    int crossBytes() {
        return isArray ? dontCross == DEFAULT ? 0 : dontCross : cross(dontCross);
    }

    int maxAlignment() {
        return Math.max(offsetBytes(), crossBytes());
    }

    /** {@return bits from one element to the next} */
    int elementExtent() {
        int alignment = Math.max(1, Byte.SIZE * elementOffset());
        return (elementBits() + alignment - 1) / alignment * alignment;
    }

    /** {@return whether elements lie in groups that cross no boundary, with gaps between them} */
    boolean isBlocked() {
        return isArray && cross(elementDontCross) > 0 && elementExtent() <= Byte.SIZE * cross(elementDontCross);
    }

    /** {@return all its bits} */
    long bits() {
        if (!isArray) {
            return elementBits();
        }
        long extent = elementExtent();
        long boundary = Byte.SIZE * (long) cross(elementDontCross);
        if (!isBlocked()) {
            return extent * (length - 1) + elementBits();
        }
        long inOne = Long.highestOneBit(boundary / extent);
        return length / inOne * boundary + (length % inOne - 1) * extent + elementBits();
    }

    /** Reads the annotations of the method of an accessor that tell where the field is to be. */
    void annotate(ValueType.Method method) {
        method.annotation("Group").ifPresent(group -> groupOrder = (1L << 32) + number(group, "value", 0));
        method.annotation("Align").ifPresent(align -> {
            if (isAligned) {
                throw new ValueRefusal("field " + name + " has @Align twice");
            }
            isAligned = true;
            offsetAlignment = number(align, "offset", DEFAULT);
            dontCross = number(align, "dontCross", DEFAULT);
        });
        method.annotation("Array").ifPresent(array -> {
            length = number(array, "length", 0);
            elementOffsetAlignment = number(array, "elementOffsetAlignment", DEFAULT);
            elementDontCross = number(array, "elementDontCrossAlignment", 0);
        });
    }

    private static int number(Map<String, Object> values, String name, int other) {
        return values.get(name) instanceof Integer number ? number : other;
    }
}
