package dev.faultline.reorder;

import java.util.List;

/** Checks an answer without trusting who gave it. */
public final class PackingVerifier {

    private PackingVerifier() {}

    /**
     * What is wrong with an answer.
     *
     * @param packing the question
     * @param packed the answer
     * @return a sentence for each thing that is wrong or could not be checked; empty when all is right
     */
    public static List<String> complaints(Packing packing, Packed packed) {
        throw new UnsupportedOperationException("not yet");
    }
}
