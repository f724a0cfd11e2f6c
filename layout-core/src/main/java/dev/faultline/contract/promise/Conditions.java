package dev.faultline.contract.promise;

import dev.faultline.input.NamePattern;
import dev.faultline.machine.Machine;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Under what the promises about a struct are judged.
 *
 * @param machine the hardware, for what costs and for how many CPUs there are
 * @param lineBytes sizes of lines, each a power of two; at least one
 * @param placements where byte 0 may stand
 * @param cold fields that nobody touches, by pattern
 * @param accepted findings that a baseline accepts; nothing when there is no baseline
 */
public record Conditions(
        Machine machine,
        List<Integer> lineBytes,
        PromisePlacements placements,
        List<NamePattern> cold,
        Optional<List<AcceptedFinding>> accepted) {
    /** Copies the lists; refuses an empty list of lines. */
    public Conditions {
        Objects.requireNonNull(machine);
        Objects.requireNonNull(placements);
        lineBytes = List.copyOf(lineBytes);
        cold = List.copyOf(cold);
        accepted = accepted.map(List::copyOf);
        if (lineBytes.isEmpty()) {
            throw new IllegalArgumentException("no line size");
        }
    }

    /** {@return the machine's own line size, what the source knows of the placement, and nothing cold} */
    public static Conditions of(Machine machine) {
        return new Conditions(
                machine,
                List.of(machine.lineBytes().value()),
                new PromisePlacements.Known(),
                List.of(),
                Optional.empty());
    }
}
