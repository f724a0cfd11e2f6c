package dev.faultline.source.llvm.code;

/**
 * How an address chooses among the elements of an array, or what a number is computed from.
 *
 * @param source where the index comes from
 * @param parameter of {@link Source#PARAMETER}, the number of that parameter, from 0
 * @param byteStride the distance of the elements in bytes; 0 of a number
 */
record ElementIndex(Source source, int parameter, long byteStride) {

    /** Where an index comes from. */
    enum Source {
        /** There is none, or only constants. */
        NONE,
        /** The thread or CPU that runs: its number, or a variable that each thread has for itself. */
        THREAD,
        /** Anything: the element has a lock for those that come to it at the same time. */
        STRIPE,
        /** A parameter of the function, or memory that it points to. */
        PARAMETER,
        /** Anything else, such as a position in a ring or the turn of a loop. */
        OTHER
    }

    static final ElementIndex NONE = new ElementIndex(Source.NONE, 0, 0);
    static final ElementIndex THREAD = new ElementIndex(Source.THREAD, 0, 0);
    static final ElementIndex OTHER = new ElementIndex(Source.OTHER, 0, 0);

    static ElementIndex stripe(long byteStride) {
        return new ElementIndex(Source.STRIPE, 0, byteStride);
    }

    static ElementIndex ofParameter(int parameter) {
        return new ElementIndex(Source.PARAMETER, parameter, 0);
    }

    ElementIndex every(long bytes) {
        return new ElementIndex(source, parameter, bytes);
    }

    /** {@return what an index depends on that is computed from two} */
    ElementIndex with(ElementIndex other) {
        if (source == Source.OTHER || other.source == Source.NONE) {
            return this;
        }
        return source == Source.NONE || other.source == Source.OTHER || other.source == Source.THREAD ? other : this;
    }
}
