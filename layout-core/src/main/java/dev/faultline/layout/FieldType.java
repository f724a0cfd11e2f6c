package dev.faultline.layout;

import dev.faultline.layout.ctype.CTypeFormat;
import java.util.Objects;

/**
 * The type of a member.
 *
 * <p>A typedef keeps its name: {@link #spelling()} is what the declaration says ({@code atomic_t}, not {@code struct {
 * int counter; }}), because the name tells an atomic from a plain number.
 */
public sealed interface FieldType {

    /** {@return the type as declared, such as {@code "atomic_t"}, {@code "struct list_head *"} or {@code "u8[48]"}} */
    String spelling();

    /** {@return the size in bytes; 0 for a flexible array or an empty struct} */
    long byteSize();

    /** {@return the natural alignment in bytes, a power of two} */
    long byteAlignment();

    /** {@return the element type of an array, through all its dimensions; other types themselves} */
    default FieldType innermost() {
        FieldType type = this;
        while (type instanceof Array array) {
            type = array.element;
        }
        return type;
    }

    /**
     * A number, enum, pointer or reference.
     *
     * @param spelling the declared type
     * @param byteSize size in bytes, at least 1
     * @param byteAlignment alignment in bytes, a power of two
     */
    record Scalar(String spelling, long byteSize, long byteAlignment) implements FieldType {
        public Scalar {
            LayoutChecks.type(spelling, byteSize, 1, byteAlignment);
        }

        /**
         * {@return a scalar aligned to its size}
         *
         * @param spelling the declared type
         * @param byteSize size in bytes, at least 1
         */
        public static Scalar natural(String spelling, long byteSize) {
            return new Scalar(spelling, byteSize, Long.highestOneBit(byteSize));
        }

        /** {@return whether the spelling is that of a pointer} */
        public boolean isPointer() {
            return CTypeFormat.isPointer(spelling);
        }
    }

    /**
     * A struct, union or class embedded in another.
     *
     * @param spelling the declared type, a typedef name or {@code "struct name"}; for an anonymous one just the keyword
     * @param layout its members
     */
    record Aggregate(String spelling, StructLayout layout) implements FieldType {
        public Aggregate {
            Objects.requireNonNull(spelling);
            Objects.requireNonNull(layout);
        }

        /** {@return whether it is declared in place: it has neither a tag nor a typedef name} */
        public boolean isInline() {
            String keyword = layout.kind().keyword();
            return layout.name().isEmpty() && (spelling.equals(keyword) || spelling.endsWith(" " + keyword));
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
     * An array.
     *
     * @param element the element type; an array for more than one dimension
     * @param count number of elements, at least 0; 0 for a flexible array or a zero-length marker
     */
    record Array(FieldType element, long count) implements FieldType {

        /** Most dimensions of an array; C guarantees 12 declarators. */
        public static final int MOST_DIMENSIONS = 64;

        public Array {
            if (count < 0) {
                throw new IllegalArgumentException("array of " + count + " elements");
            }
            if (element.byteSize() > 0 && count > StructLayout.MOST_BYTES / element.byteSize()) {
                throw new IllegalArgumentException("an array of " + count + " elements of " + element.byteSize()
                        + " bytes; the limit is " + StructLayout.MOST_BYTES + " bytes");
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
            StringBuilder dimensions = new StringBuilder();
            for (FieldType type = this; type instanceof Array array; type = array.element) {
                dimensions.append('[').append(array.count).append(']');
            }
            String inner = innermost().spelling();
            return inner.endsWith("[]") // Java's array of arrays
                    ? inner + dimensions
                    : CTypeFormat.declare(inner, dimensions.toString());
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
     * A type of known name and size but unknown members, such as a struct that a dump does not declare.
     *
     * @param spelling the declared type
     * @param byteSize size in bytes, at least 0
     * @param byteAlignment lower bound of the alignment in bytes, a power of two; 1 when unknown
     */
    record Opaque(String spelling, long byteSize, long byteAlignment) implements FieldType {
        public Opaque {
            LayoutChecks.type(spelling, byteSize, 0, byteAlignment);
        }
    }
}
