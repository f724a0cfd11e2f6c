package dev.faultline.contract.promise;

import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;

/** The positions of byte 0 within a line for which a promise is checked. */
public sealed interface PromisePlacements {

    /** {@return the placement of a struct on lines of that size} */
    Placement of(Subject subject, int lineBytes);

    /** The placement known from the source: the default. */
    record Known() implements PromisePlacements {
        @Override
        public Placement of(Subject subject, int lineBytes) {
            return subject.placement();
        }
    }

    /** Every position that the type's own alignment allows. */
    record All() implements PromisePlacements {
        @Override
        public Placement of(Subject subject, int lineBytes) {
            return new Placement(subject.layout().byteAlignment(), "alignment of the type");
        }
    }

    /** The start of a line, whatever its size. */
    record Aligned() implements PromisePlacements {
        @Override
        public Placement of(Subject subject, int lineBytes) {
            return new Placement(lineBytes, "as requested");
        }
    }

    /**
     * Multiples of a number of bytes.
     *
     * @param bytes a power of two
     */
    record BaseAlign(long bytes) implements PromisePlacements {
        public BaseAlign {
            if (bytes < 1 || Long.bitCount(bytes) != 1) {
                throw new IllegalArgumentException("base alignment must be a power of two, got " + bytes);
            }
        }

        @Override
        public Placement of(Subject subject, int lineBytes) {
            return new Placement(bytes, "as requested");
        }
    }
}
