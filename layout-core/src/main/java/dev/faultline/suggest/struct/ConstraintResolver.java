package dev.faultline.suggest.struct;

import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.suggest.Constraints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Maps constraints to the units of a struct and rejects those that no layout can satisfy. */
final class ConstraintResolver {

    private final StructLayout layout;
    private final Constraints constraints;
    private DecomposedStruct struct;

    private ConstraintResolver(DecomposedStruct struct, Constraints constraints) {
        this.struct = struct;
        this.layout = struct.layout();
        this.constraints = constraints;
    }

    /**
     * {@return a decomposed struct with constraints applied}
     *
     * @throws InputException when they name an unknown field or contradict the types, the size limit, or each other
     */
    static ConstrainedStruct of(DecomposedStruct struct, Constraints constraints) {
        ConstraintResolver work = new ConstraintResolver(struct, constraints);
        for (List<String> fields : constraints.together()) {
            work.merge(fields);
        }
        return work.fix();
    }

    private InputException problem(String what, String why) {
        return new InputException(layout.spelling(), what, why);
    }

    private FieldRef field(String what, String path) {
        return layout.resolve(path)
                .orElseThrow(() -> problem(
                        what, layout.spelling() + " has no field " + path + Nearest.hint(path, layout.paths())));
    }

    private record Found(int unit, MoveUnit.Part part) {}

    /** {@return the unit that holds a field; empty when the path is that of an opened struct} */
    private Optional<Found> unitOf(String path) {
        for (int i = 0; i < struct.units().size(); i++) {
            for (MoveUnit.Part part : struct.units().get(i).parts()) {
                OpenedStruct openedStruct = struct.openedStructs().get(part.depth());
                for (String name : part.names()) {
                    String own = openedStruct.pathOf(name);
                    if (path.equals(own) || path.startsWith(own + ".") || path.startsWith(own + "[")) {
                        return Optional.of(new Found(i, part));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private void merge(List<String> fields) {
        String what = "together " + String.join(", ", fields);
        TreeSet<Integer> units = new TreeSet<>();
        for (String path : fields) {
            field(what, path);
            Found found = unitOf(path)
                    .orElseThrow(() -> problem(what, path + " is opened: name its members instead, or keep it whole"));
            units.add(found.unit);
        }
        if (units.size() < 2) {
            return;
        }
        List<MoveUnit> others = new ArrayList<>(struct.units());
        List<MoveUnit> members = units.stream().map(struct.units()::get).toList();
        others.removeAll(members);
        others.add(joined(members));
        others.sort(Comparator.comparingLong(MoveUnit::todayOffset));
        struct = new DecomposedStruct(layout, struct.openedStructs(), others, struct.tail());
    }

    /** {@return one unit made of several, which follow each other in the order they have today} */
    private static MoveUnit joined(List<MoveUnit> members) {
        long modulus = members.stream().mapToLong(MoveUnit::modulus).max().orElse(1);
        List<MoveUnit.Part> parts = new ArrayList<>();
        List<MoveUnit.Touched> touched = new ArrayList<>();
        MoveUnit first = members.get(0);
        // the joined unit takes over the residue of its first unit, so no padding precedes it
        long start = first.residue();
        long end = start;
        for (MoveUnit unit : members) {
            long at = unit.startFrom(end);
            long shift = at - start;
            for (MoveUnit.Part part : unit.parts()) {
                Member member = part.member();
                Member moved = member.at(member.byteOffset() + shift);
                parts.add(new MoveUnit.Part(part.depth(), moved, part.todayOffset()));
            }
            unit.touched()
                    .forEach(one -> touched.add(
                            new MoveUnit.Touched(one.field(), one.bytes().plus(shift))));
            end = at + unit.byteSize();
        }
        return new MoveUnit(parts, end - start, modulus, start, first.todayOffset(), touched);
    }

    private ConstrainedStruct fix() {
        Map<Integer, Long> fixed = new TreeMap<>();
        Map<Integer, String> why = new TreeMap<>();
        if (constraints.firstStays()) {
            for (int i = 0; i < struct.units().size(); i++) {
                if (struct.units().get(i).todayOffset() == 0) {
                    fixed.put(i, 0L);
                    why.put(i, "the first member, which stays");
                }
            }
        }
        for (int i = 0; i < struct.units().size(); i++) {
            MoveUnit unit = struct.units().get(i);
            if (unit.isPinned()) {
                fixed.put(i, unit.todayOffset());
                why.put(i, unit.name() + ", which cannot move");
            }
        }
        constraints.pins().forEach((path, offset) -> pin(path, offset, fixed, why));
        List<Integer> order = new ArrayList<>(fixed.keySet());
        order.sort(Comparator.comparingLong(fixed::get));
        for (int i = 1; i < order.size(); i++) {
            int before = order.get(i - 1);
            int after = order.get(i);
            if (range(before, fixed).overlaps(range(after, fixed))) {
                throw problem(
                        why.get(after),
                        "bytes " + range(after, fixed) + " overlap bytes " + range(before, fixed) + " of "
                                + why.get(before));
            }
        }
        return new ConstrainedStruct(struct, fixed);
    }

    private ByteRange range(int unit, Map<Integer, Long> fixed) {
        return ByteRange.ofSize(fixed.get(unit), struct.units().get(unit).byteSize());
    }

    private void pin(String path, long offset, Map<Integer, Long> fixed, Map<Integer, String> why) {
        String what = "pin " + path + "=" + offset;
        FieldRef field = field(what, path);
        Optional<Found> found = unitOf(path);
        if (found.isEmpty()) {
            if (offset != 0) {
                throw problem(what, path + " is opened and starts at byte 0: keep it whole to move it");
            }
            return;
        }
        int index = found.get().unit;
        MoveUnit unit = struct.units().get(index);
        MoveUnit.Part part = found.get().part;
        long within = part.member().byteOffset() + field.bytes().start() - part.todayOffset();
        long start = offset - within;
        if (!unit.mayStartAt(start)) {
            throw problem(what, misplaced(unit, path, within));
        }
        if (constraints.mostBytes().isPresent()
                && start + unit.byteSize() > constraints.mostBytes().getAsLong()) {
            throw problem(
                    what,
                    "ends at byte " + (start + unit.byteSize()) + ", beyond the "
                            + constraints.mostBytes().getAsLong() + " bytes allowed");
        }
        Long before = fixed.put(index, start);
        if (before != null && !Objects.equals(before, start)) {
            throw problem(
                    what,
                    "contradicts " + why.get(index) + ", at byte " + (before + within)
                            + (why.get(index).startsWith("the first") ? "; let the first member move" : ""));
        }
        why.putIfAbsent(index, what);
    }

    private static String misplaced(MoveUnit unit, String path, long within) {
        String rest = within == 0 && unit.residue() == 0
                ? "a multiple of " + unit.modulus()
                : "a multiple of " + unit.modulus() + " plus " + (unit.residue() + within) + " (it moves with "
                        + unit.name() + ")";
        return "the offset of " + path + " must be " + rest;
    }
}
