package dev.faultline.contract.promise;

import dev.faultline.input.NamePattern;
import dev.faultline.machine.Machine;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The conditions under which the promises about a struct are checked.
 *
 * @param machine the hardware, for costs and the number of CPUs
 * @param lineBytes line sizes, each a power of two; at least one
 * @param placements possible positions of byte 0 within a line
 * @param cold patterns of fields that are not used often
 * @param accepted findings that a baseline accepts; empty when there is no baseline
 */
public record Conditions(
        Machine machine,
        List<Integer> lineBytes,
        PromisePlacements placements,
        List<NamePattern> cold,
        Optional<List<AcceptedFinding>> accepted) {
    public Conditions {
        Objects.requireNonNull(machine);
        Objects.requireNonNull(placements);
        lineBytes = List.copyOf(lineBytes);
        cold = List.copyOf(cold);
        accepted = accepted.map(List::copyOf);
        if (lineBytes.isEmpty()) {
            throw new IllegalArgumentException("expected at least one line size, found none");
        }
    }

    /**
     * {@return conditions with the machine's own line size, the placement known from the source, and no cold fields}
     */
    public static Conditions of(Machine machine) {
        return new Conditions(
                machine,
                List.of(machine.lineBytes().value()),
                new PromisePlacements.Known(),
                List.of(),
                Optional.empty());
    }
}
