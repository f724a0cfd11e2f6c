package dev.faultline.reorder;

import java.util.Optional;

/** Puts items on lines so that the lines cost little, and says how far from the least that can be. */
public final class PackingSolver {

    private PackingSolver() {}

    /**
     * Solves a packing.
     *
     * @param packing the question
     * @param effort how long to look
     * @return the cheapest packing found, with a bound; empty when the items do not fit, or no way to fit them was found
     */
    public static Optional<Packed> solve(Packing packing, Effort effort) {
        throw new UnsupportedOperationException("not yet");
    }
}
