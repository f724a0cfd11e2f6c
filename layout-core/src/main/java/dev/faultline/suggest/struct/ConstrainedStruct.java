package dev.faultline.suggest.struct;

import java.util.Map;
import java.util.TreeMap;

/**
 * A decomposed struct and the units that must stay at an offset.
 *
 * @param struct the units; fields to be kept together are one unit
 * @param fixed offsets of the fixed units, by unit index
 */
record ConstrainedStruct(DecomposedStruct struct, Map<Integer, Long> fixed) {

    ConstrainedStruct {
        fixed = new TreeMap<>(fixed);
    }

    /** {@return this with more units fixed} */
    ConstrainedStruct fixing(Map<Integer, Long> more) {
        Map<Integer, Long> all = new TreeMap<>(fixed);
        all.putAll(more);
        return new ConstrainedStruct(struct, all);
    }

    MoveUnit unit(int index) {
        return struct.units().get(index);
    }

    boolean isFixed(int unit) {
        return fixed.containsKey(unit);
    }

    /** {@return whether a unit may be placed anywhere on a line of this size and never straddles two} */
    boolean isLoose(int index, int lineBytes) {
        MoveUnit unit = unit(index);
        return !isFixed(index) && unit.modulus() <= lineBytes && unit.byteSize() + unit.residue() <= lineBytes;
    }
}
