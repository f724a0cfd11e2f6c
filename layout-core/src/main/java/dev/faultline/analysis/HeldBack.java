package dev.faultline.analysis;

import dev.faultline.api.Internal;

/**
 * Findings that were made and are not reported.
 *
 * @param suppressed how many the source silences, by an annotation
 * @param known how many a baseline accepts
 */
@Internal
public record HeldBack(int suppressed, int known) {

    /** Nothing held back. */
    public static final HeldBack NOTHING = new HeldBack(0, 0);

    /** {@return what both hold back} */
    public HeldBack and(HeldBack other) {
        return new HeldBack(suppressed + other.suppressed, known + other.known);
    }
}
