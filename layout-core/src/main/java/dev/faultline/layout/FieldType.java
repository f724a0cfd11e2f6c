package dev.faultline.layout;

import java.util.Objects;

/**
 * What a member is made of. A typedef keeps its name: {@link #spelling()} is what the declaration says
 * ({@code atomic_t}, not {@code struct { int counter; }}), because the name is what tells an atomic from a number.
 */
public sealed interface FieldType {

    /** {@return the type as declared, such as {@code "atomic_t"}, {@code "struct list_head *"} or {@code "u8[48]"}} */
    String spelling();

    /** {@return the size in bytes; 0 for a flexible array or an empty struct} */
    long byteSize();

    /** {@return the natural alignment in bytes, a power of two} */
    long byteAlignment();

    /**
     * A number, enum, pointer or reference: one machine value.
     *
     * @param spelling the declared type
     * @param byteSize size in bytes, at least 1
     * @param byteAlignment power of two
     */
    record Scalar(String spelling, long byteSize, long byteAlignment) implements FieldType {
        /** Refuses a size below 1 and an alignment that is no power of two. */
        public Scalar {
            Checks.type(spelling, byteSize, 1, byteAlignment);
        }

        /** {@return a scalar aligned to its size} */
        public static Scalar natural(String spelling, long byteSize) {
            return new Scalar(spelling, byteSize, Long.highestOneBit(byteSize));
        }

        /** {@return whether this is a pointer, as its spelling tells} */
        public boolean isPointer() {
            return spelling.endsWith("*") || spelling.contains("(*");
        }
    }

    /**
     * A struct, union or class laid out inside another.
     *
     * @param spelling the declared type, a typedef name or {@code "struct name"}; for an anonymous one just the keyword
     * @param layout what is inside
     */
    record Aggregate(String spelling, StructLayout layout) implements FieldType {
        /** Refuses nulls. */
        public Aggregate {
            Objects.requireNonNull(spelling);
            Objects.requireNonNull(layout);
        }

        @Override
        public long byteSize() {
            return layout.byteSize();
        }

        @Override
        public long byteAlignment() {
            return layout.byteAlignment();
        }
    }

    /**
     * Equal elements one after the other.
     *
     * @param element the element type; an array again for more dimensions
     * @param count number of elements, 0 for a flexible array or a zero-length marker
     */
    record Array(FieldType element, long count) implements FieldType {

        /** The most dimensions that are read. C promises 12. */
        public static final int MOST_DIMENSIONS = 64;

        /**
         * Refuses a negative count, more than {@value #MOST_DIMENSIONS} dimensions and more than
         * {@link StructLayout#MOST_BYTES} bytes.
         */
        public Array {
            if (count < 0) {
                throw new IllegalArgumentException("array of " + count + " elements");
            }
            if (element.byteSize() > 0 && count > StructLayout.MOST_BYTES / element.byteSize()) {
                throw new IllegalArgumentException("an array of " + count + " elements of " + element.byteSize()
                        + " bytes; at most " + StructLayout.MOST_BYTES + " bytes are read");
            }
            int dimensions = 1;
            for (FieldType inner = element; inner instanceof Array array; inner = array.element) {
                dimensions++;
            }
            if (dimensions > MOST_DIMENSIONS) {
                throw new IllegalArgumentException("an array of more than " + MOST_DIMENSIONS + " dimensions");
            }
        }

        @Override
        public String spelling() {
            FieldType innermost = element;
            StringBuilder dimensions = new StringBuilder("[" + count + "]");
            while (innermost instanceof Array inner) {
                dimensions.append('[').append(inner.count).append(']');
                innermost = inner.element;
            }
            return innermost.spelling() + dimensions;
        }

        @Override
        public long byteSize() {
            return element.byteSize() * count;
        }

        @Override
        public long byteAlignment() {
            return element.byteAlignment();
        }
    }

    /**
     * A type known by name and size only, such as a struct in a dump that does not hold its declaration.
     *
     * @param spelling the declared type
     * @param byteSize size in bytes, not negative
     * @param byteAlignment what is known of the alignment, a power of two; 1 when nothing is
     */
    record Opaque(String spelling, long byteSize, long byteAlignment) implements FieldType {
        /** Refuses a negative size and an alignment that is no power of two. */
        public Opaque {
            Checks.type(spelling, byteSize, 0, byteAlignment);
        }
    }
}
