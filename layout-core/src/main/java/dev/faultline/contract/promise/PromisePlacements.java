package dev.faultline.contract.promise;

import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;

/** Where byte 0 may stand when a promise is judged. */
public sealed interface PromisePlacements {

    /** {@return the placement of a struct on lines of that size} */
    Placement of(Subject subject, int lineBytes);

    /** What the source knows of the struct: the default. */
    record Known() implements PromisePlacements {
        @Override
        public Placement of(Subject subject, int lineBytes) {
            return subject.placement();
        }
    }

    /** Wherever the type's own alignment allows. */
    record All() implements PromisePlacements {
        @Override
        public Placement of(Subject subject, int lineBytes) {
            return new Placement(subject.layout().byteAlignment(), "alignment of the type");
        }
    }

    /** On the start of a line, whatever its size. */
    record Aligned() implements PromisePlacements {
        @Override
        public Placement of(Subject subject, int lineBytes) {
            return new Placement(lineBytes, "as asked for");
        }
    }

    /**
     * At multiples of a number of bytes.
     *
     * @param bytes a power of two
     */
    record BaseAlign(long bytes) implements PromisePlacements {
        /** Refuses what is no power of two. */
        public BaseAlign {
            if (bytes < 1 || Long.bitCount(bytes) != 1) {
                throw new IllegalArgumentException("base alignment must be a power of two, got " + bytes);
            }
        }

        @Override
        public Placement of(Subject subject, int lineBytes) {
            return new Placement(bytes, "as asked for");
        }
    }
}
