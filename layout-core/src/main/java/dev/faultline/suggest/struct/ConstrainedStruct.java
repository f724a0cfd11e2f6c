package dev.faultline.suggest.struct;

import java.util.Map;
import java.util.TreeMap;

/**
 * A struct taken apart, with what has to stay where.
 *
 * @param struct the atoms, fields to be kept together merged
 * @param fixed offsets of atoms, by their indices
 */
record ConstrainedStruct(DecomposedStruct struct, Map<Integer, Long> fixed) {

    ConstrainedStruct {
        fixed = new TreeMap<>(fixed);
    }

    /** {@return this with more atoms fixed} */
    ConstrainedStruct fixing(Map<Integer, Long> more) {
        Map<Integer, Long> all = new TreeMap<>(fixed);
        all.putAll(more);
        return new ConstrainedStruct(struct, all);
    }

    MoveUnit atom(int index) {
        return struct.units().get(index);
    }

    boolean isFixed(int atom) {
        return fixed.containsKey(atom);
    }

    /** {@return whether an atom may stand anywhere on a line of that size, and never needs two} */
    boolean isLoose(int index, int lineBytes) {
        MoveUnit unit = atom(index);
        return !isFixed(index) && unit.modulus() <= lineBytes && unit.byteSize() + unit.residue() <= lineBytes;
    }
}
