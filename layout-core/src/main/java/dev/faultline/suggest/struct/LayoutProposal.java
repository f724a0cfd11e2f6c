package dev.faultline.suggest.struct;

import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Placement;
import dev.faultline.suggest.Certificate;
import dev.faultline.suggest.Figures;
import java.util.List;

/**
 * A layout that may become a candidate.
 *
 * @param constrained the struct taken apart as this layout asks for
 * @param offsets where the atoms are
 * @param rebuilt the layout
 * @param fields the fields of the workload where they are
 * @param placement where byte 0 may stand
 * @param figures what it is chosen by
 * @param certificate how far from the best it can be
 * @param needsLineAlignment whether the placement is more than today's
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

    /** {@return whether this is no larger, on no more lines, asks for no more, and costs at most so much more in part} */
    boolean makesPointless(LayoutProposal other, double part) {
        return figures.byteSize() <= other.figures.byteSize()
                && figures.lines() <= other.figures.lines()
                && (!needsLineAlignment || other.needsLineAlignment)
                && Figures.noMore(figures.nanosPerSecond(), other.figures.nanosPerSecond() * (1 + part))
                && Figures.noMore(figures.modelNanosPerSecond(), other.figures.modelNanosPerSecond() * (1 + part));
    }
}
