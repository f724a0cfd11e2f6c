package dev.faultline.suggest.struct;

import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Placement;
import dev.faultline.suggest.Certificate;
import dev.faultline.suggest.Figures;
import java.util.List;

/**
 * A layout that may become a candidate.
 *
 * @param constrained the decomposed struct the layout was made from
 * @param offsets offset of each unit
 * @param rebuilt the layout
 * @param fields the fields of the workload at their new offsets
 * @param placement where byte 0 may be on a line
 * @param figures cost, size and number of lines
 * @param certificate how far the layout can be from the best one
 * @param needsLineAlignment whether objects must be allocated at the start of a line, unlike today
 */
record LayoutProposal(
        ConstrainedStruct constrained,
        long[] offsets,
        RebuiltLayout rebuilt,
        List<FieldRef> fields,
        Placement placement,
        Figures figures,
        Certificate certificate,
        boolean needsLineAlignment) {

    /**
     * {@return whether this makes another proposal pointless: it is no larger, touches no more lines, needs no
     * alignment that the other does not, and costs no more within the tolerance}
     *
     * @param other another proposal
     * @param tolerance by which share this may cost more
     */
    boolean dominates(LayoutProposal other, double tolerance) {
        return figures.byteSize() <= other.figures.byteSize()
                && figures.lines() <= other.figures.lines()
                && (!needsLineAlignment || other.needsLineAlignment)
                && Figures.isAtMost(figures.nanosPerSecond(), other.figures.nanosPerSecond() * (1 + tolerance))
                && (tolerance > 0 || !other.figures.costsLessThan(figures));
    }
}
