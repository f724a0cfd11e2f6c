package dev.faultline.reorder;

import dev.faultline.layout.FieldRef;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * A struct taken apart.
 *
 * @param layout as it is today
 * @param homes the struct and those it begins with that were opened, from the outside in
 * @param atoms what can be moved, in order of today's offset
 * @param tail flexible arrays, which stay behind everything else
 */
record Dismantled(StructLayout layout, List<Home> homes, List<Atom> atoms, List<Atom.Part> tail) {

    Dismantled {
        homes = List.copyOf(homes);
        atoms = List.copyOf(atoms);
        tail = List.copyOf(tail);
    }

    /** {@return where the atoms are today} */
    long[] today() {
        return atoms.stream().mapToLong(Atom::todayOffset).toArray();
    }

    /** {@return the bytes of all atoms} */
    long atomBytes() {
        return atoms.stream().mapToLong(Atom::byteSize).sum();
    }

    /** {@return the size that a struct has whose last byte is before {@code end}} */
    long sizeFor(long end) {
        long size = Math.max(1, tail.isEmpty() ? end : tailFrom(end));
        return roundUp(size, layout.byteAlignment());
    }

    /** {@return where a flexible array starts: behind all else, and behind the padding of opened structs} */
    long tailFrom(long end) {
        long start = end;
        for (Home home : homes.subList(1, homes.size())) {
            start = roundUp(start, home.layout().byteAlignment());
        }
        for (Atom.Part part : tail) {
            start = roundUp(start, part.member().type().byteAlignment());
        }
        return start;
    }

    static long roundUp(long value, long multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }

    /** {@return this with the fields of a workload noted in the atoms they are in} */
    Dismantled touchedBy(List<FieldRef> fields) {
        List<List<Atom.Touched>> touched = new ArrayList<>();
        atoms.forEach(atom -> touched.add(new ArrayList<>()));
        for (int i = 0; i < fields.size(); i++) {
            note(i, fields.get(i), touched);
        }
        List<Atom> noted = new ArrayList<>();
        for (int i = 0; i < atoms.size(); i++) {
            noted.add(atoms.get(i).withTouched(touched.get(i)));
        }
        return new Dismantled(layout, homes, noted, tail);
    }

    private void note(int index, FieldRef field, List<List<Atom.Touched>> touched) {
        for (int i = 0; i < atoms.size(); i++) {
            for (Atom.Part part : atoms.get(i).parts()) {
                long size = part.end() - part.member().byteOffset();
                long from = part.todayOffset();
                if (size > 0 && from <= field.bytes().start() && field.bytes().end() <= from + size) {
                    long shift = part.member().byteOffset() - part.todayOffset();
                    touched.get(i)
                            .add(new Atom.Touched(
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
