package dev.faultline.suggest.struct;

import dev.faultline.layout.FieldRef;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * A struct as the units that move as a whole.
 *
 * @param layout today's layout
 * @param openedStructs the struct itself and the opened structs at byte 0, outermost first
 * @param units the units, in order of today's offset
 * @param tail flexible arrays, which stay behind everything else
 */
record DecomposedStruct(
        StructLayout layout, List<OpenedStruct> openedStructs, List<MoveUnit> units, List<MoveUnit.Part> tail) {

    DecomposedStruct {
        openedStructs = List.copyOf(openedStructs);
        units = List.copyOf(units);
        tail = List.copyOf(tail);
    }

    /** {@return today's offset of each unit} */
    long[] today() {
        return units.stream().mapToLong(MoveUnit::todayOffset).toArray();
    }

    /** {@return the sum of the unit sizes, in bytes} */
    long unitBytes() {
        return units.stream().mapToLong(MoveUnit::byteSize).sum();
    }

    /** {@return one past the last byte of the units at these offsets} */
    long endOf(long[] offsets) {
        long end = 0;
        for (int i = 0; i < offsets.length; i++) {
            end = Math.max(end, offsets[i] + units.get(i).byteSize());
        }
        return end;
    }

    /** {@return the size of the struct when {@code end} is one past its last unit's last byte} */
    long sizeFor(long end) {
        long size = Math.max(1, tail.isEmpty() ? end : tailFrom(end));
        return roundUp(size, layout.byteAlignment());
    }

    /** {@return the offset of a flexible array: behind all units and behind the padding of opened structs} */
    long tailFrom(long end) {
        long start = end;
        for (OpenedStruct openedStruct : openedStructs.subList(1, openedStructs.size())) {
            start = roundUp(start, openedStruct.layout().byteAlignment());
        }
        for (MoveUnit.Part part : tail) {
            start = roundUp(start, part.member().type().byteAlignment());
        }
        return start;
    }

    static long roundUp(long value, long multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }

    /** {@return this with the fields of a workload assigned to the units that hold them} */
    DecomposedStruct touchedBy(List<FieldRef> fields) {
        List<List<MoveUnit.Touched>> touched = new ArrayList<>();
        units.forEach(unit -> touched.add(new ArrayList<>()));
        for (int i = 0; i < fields.size(); i++) {
            assign(i, fields.get(i), touched);
        }
        List<MoveUnit> assigned = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            assigned.add(units.get(i).withTouched(touched.get(i)));
        }
        return new DecomposedStruct(layout, openedStructs, assigned, tail);
    }

    private void assign(int index, FieldRef field, List<List<MoveUnit.Touched>> touched) {
        for (int i = 0; i < units.size(); i++) {
            for (MoveUnit.Part part : units.get(i).parts()) {
                long size = part.end() - part.member().byteOffset();
                long from = part.todayOffset();
                if (size > 0 && from <= field.bytes().start() && field.bytes().end() <= from + size) {
                    long shift = part.member().byteOffset() - part.todayOffset();
                    touched.get(i).add(new MoveUnit.Touched(index, field.bytes().plus(shift)));
                    return;
                }
            }
        }
        throw new IllegalStateException(layout.spelling() + ": no unit holds " + field.path());
    }
}
