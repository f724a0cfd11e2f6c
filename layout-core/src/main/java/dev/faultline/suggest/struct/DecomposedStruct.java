package dev.faultline.suggest.struct;

import dev.faultline.layout.FieldRef;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * A struct taken apart.
 *
 * @param layout as it is today
 * @param openedStructs the struct and those it begins with that were opened, from the outside in
 * @param units what can be moved, in order of today's offset
 * @param tail flexible arrays, which stay behind everything else
 */
record DecomposedStruct(StructLayout layout, List<OpenedStruct> openedStructs, List<MoveUnit> units, List<MoveUnit.Part> tail) {

    DecomposedStruct {
        openedStructs = List.copyOf(openedStructs);
        units = List.copyOf(units);
        tail = List.copyOf(tail);
    }

    /** {@return where the atoms are today} */
    long[] today() {
        return units.stream().mapToLong(MoveUnit::todayOffset).toArray();
    }

    /** {@return the bytes of all atoms} */
    long atomBytes() {
        return units.stream().mapToLong(MoveUnit::byteSize).sum();
    }

    /** {@return the size that a struct has whose last byte is before {@code end}} */
    long sizeFor(long end) {
        long size = Math.max(1, tail.isEmpty() ? end : tailFrom(end));
        return roundUp(size, layout.byteAlignment());
    }

    /** {@return where a flexible array starts: behind all else, and behind the padding of opened structs} */
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

    /** {@return this with the fields of a workload noted in the atoms they are in} */
    DecomposedStruct touchedBy(List<FieldRef> fields) {
        List<List<MoveUnit.Touched>> touched = new ArrayList<>();
        units.forEach(unit -> touched.add(new ArrayList<>()));
        for (int i = 0; i < fields.size(); i++) {
            note(i, fields.get(i), touched);
        }
        List<MoveUnit> noted = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            noted.add(units.get(i).withTouched(touched.get(i)));
        }
        return new DecomposedStruct(layout, openedStructs, noted, tail);
    }

    private void note(int index, FieldRef field, List<List<MoveUnit.Touched>> touched) {
        for (int i = 0; i < units.size(); i++) {
            for (MoveUnit.Part part : units.get(i).parts()) {
                long size = part.end() - part.member().byteOffset();
                long from = part.todayOffset();
                if (size > 0 && from <= field.bytes().start() && field.bytes().end() <= from + size) {
                    long shift = part.member().byteOffset() - part.todayOffset();
                    touched.get(i)
                            .add(new MoveUnit.Touched(
                                    index,
                                    new dev.faultline.layout.ByteRange(
                                            field.bytes().start() + shift,
                                            field.bytes().end() + shift)));
                    return;
                }
            }
        }
        throw new IllegalStateException(layout.spelling() + ": no atom holds " + field.path());
    }
}
