package dev.faultline.bench.layout;

import dev.faultline.bench.layout.LayoutSuite.Contender;
import dev.faultline.bench.layout.LayoutSuite.Spots;
import dev.faultline.bench.layout.loop.ClosedLoop;
import dev.faultline.cost.LineMap;
import dev.faultline.input.InputException;
import dev.faultline.machine.Machine;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Chooses the places on a line at which layouts are measured.
 *
 * @param machine the machine whose lines and costs count
 * @param spots what was asked for
 */
record SpotSelection(Machine machine, Spots spots) {

    /** Of more promised places than these, as many are chosen. */
    private static final int FEW = 3;

    /** {@return offsets of byte 0 on its line, each once} */
    List<Long> residues(Map<Contender, ClosedLoop> loops) {
        if (spots.residues().isPresent()) {
            List<Long> given = spots.residues().get();
            loops.keySet().forEach(one -> given.forEach(residue -> check(one, residue)));
            return given;
        }
        TreeSet<Long> promised = new TreeSet<>();
        loops.keySet().forEach(one -> promised.addAll(promised(one)));
        List<Long> sorted = List.copyOf(promised);
        if (sorted.size() <= FEW || spots.isExhaustive()) {
            return sorted;
        }
        long worst = sorted.stream()
                .max(Comparator.comparingDouble(residue -> predictedNanos(loops, residue)))
                .orElseThrow();
        return List.copyOf(new TreeSet<>(List.of(sorted.get(0), worst, sorted.get(sorted.size() / 2))));
    }

    /**
     * {@return where a layout is put when a place is measured: there, or at byte 0 when its allocator rules that out}
     */
    long residue(Contender one, long wanted) {
        return spots.residues().isPresent() || promised(one).contains(wanted) ? wanted : 0;
    }

    private void check(Contender one, long residue) {
        int lineBytes = machine.lineBytes().value();
        long alignment = Math.min(one.layout().byteAlignment(), lineBytes);
        if (residue % alignment != 0 || residue >= lineBytes) {
            throw new InputException(
                    one.name(),
                    "",
                    "cannot start at byte " + residue + " of a line of " + lineBytes + " bytes: it is aligned to "
                            + one.layout().byteAlignment());
        }
    }

    private List<Long> promised(Contender one) {
        return LongStream.range(0, one.placement().residues(machine.lineBytes().value()))
                .mapToObj(i -> i * one.placement().baseAlignment())
                .toList();
    }

    private double predictedNanos(Map<Contender, ClosedLoop> loops, long residue) {
        double sum = 0;
        for (Map.Entry<Contender, ClosedLoop> one : loops.entrySet()) {
            if (promised(one.getKey()).contains(residue)) {
                ClosedLoop loop = one.getValue();
                LineMap lines =
                        LineMap.of(loop.workload().fields(), machine.lineBytes().value(), residue);
                sum += loop.calculated(machine, lines).meanNanos();
            }
        }
        return sum;
    }
}
