package dev.faultline.compare;

import dev.faultline.access.Certainty;
import dev.faultline.hazard.FieldPair;
import dev.faultline.layout.ByteRange;

/**
 * A written field and another field that some other CPU uses, by common names, with their bytes on one side.
 *
 * @param culprit the written field
 * @param victim the other
 * @param culpritBytes where the written field is
 * @param victimBytes where the other is
 * @param place where the code writes the one; empty when no code was read
 */
record LinePair(String culprit, String victim, ByteRange culpritBytes, ByteRange victimBytes, String place) {

    static LinePair of(FieldPair pair, String culprit, String victim) {
        boolean isFromCode = pair.culpritUse().certainty() == Certainty.FROM_CODE;
        return new LinePair(
                culprit,
                victim,
                pair.culprit().field().bytes(),
                pair.victim().field().bytes(),
                isFromCode ? pair.culpritUse().basis() : "");
    }
}
