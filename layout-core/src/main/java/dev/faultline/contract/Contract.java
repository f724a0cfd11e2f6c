package dev.faultline.contract;

import dev.faultline.contract.promise.NoNewHazard;
import dev.faultline.contract.promise.PromisePlacements;
import dev.faultline.input.NamePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A contract file: promises about structs, and under what they are to be kept.
 *
 * @param file what messages call it
 * @param title what it says it is about
 * @param entries its structs, in order; none only of a contract whose promises were all left out
 */
public record Contract(String file, String title, List<Entry> entries) {
    /** Copies the list. */
    public Contract {
        Objects.requireNonNull(file);
        Objects.requireNonNull(title);
        entries = List.copyOf(entries);
    }

    /**
     * The promises about one struct, or about all whose names fit a pattern.
     *
     * @param struct name and version as a source takes them, or the pattern's text
     * @param pattern the pattern, when it is one
     * @param place where the file says so
     * @param source where the struct is from, relative to the file; nothing for the built-in catalogue
     * @param profile who touches it, relative to the file; {@code none} leaves out what a source ships
     * @param machine a preset, or a machine file relative to the contract
     * @param lineBytes sizes of lines; empty for that of the machine
     * @param placements where byte 0 may stand
     * @param cold fields that nobody touches
     * @param promises the promises; at least one
     */
    public record Entry(
            String struct,
            Optional<NamePattern> pattern,
            String place,
            Optional<Named> source,
            Optional<Named> profile,
            Optional<Named> machine,
            List<Integer> lineBytes,
            PromisePlacements placements,
            List<NamePattern> cold,
            List<DeclaredPromise> promises) {
        /** Refuses an entry without promises. */
        public Entry {
            Objects.requireNonNull(struct);
            Objects.requireNonNull(pattern);
            Objects.requireNonNull(placements);
            lineBytes = List.copyOf(lineBytes);
            cold = List.copyOf(cold);
            promises = List.copyOf(promises);
            if (promises.isEmpty()) {
                throw new IllegalArgumentException(struct + ": no promises");
            }
        }

        /** {@return whether one of its promises is measured against a baseline} */
        public boolean asksForBaseline() {
            return promises.stream().anyMatch(declared -> declared.promise() instanceof NoNewHazard);
        }

        private Entry with(List<Integer> lines, PromisePlacements other, List<DeclaredPromise> promises) {
            return new Entry(struct, pattern, place, source, profile, machine, lines, other, cold, promises);
        }
    }

    /**
     * Something outside the contract that it names.
     *
     * @param name the name as written
     * @param place where
     */
    public record Named(String name, String place) {}

    /** {@return whether a promise is measured against a baseline} */
    public boolean asksForBaseline() {
        return entries.stream().anyMatch(Entry::asksForBaseline);
    }

    /** {@return this contract without the promises that are measured against a baseline, for when it cannot be read} */
    public Contract withoutBaseline() {
        List<Entry> others = new ArrayList<>();
        for (Entry entry : entries) {
            List<DeclaredPromise> promises = entry.promises().stream()
                    .filter(declared -> !(declared.promise() instanceof NoNewHazard))
                    .toList();
            if (!promises.isEmpty()) {
                others.add(entry.with(entry.lineBytes(), entry.placements(), promises));
            }
        }
        return new Contract(file, title, others);
    }

    /**
     * {@return this contract under other conditions than it states}
     *
     * @param lineBytes the size of a line, when another is asked for
     * @param placements where byte 0 may stand, when that is asked for
     */
    public Contract judgedAt(OptionalInt lineBytes, Optional<PromisePlacements> placements) {
        return new Contract(
                file,
                title,
                entries.stream()
                        .map(entry -> entry.with(
                                lineBytes.isPresent() ? List.of(lineBytes.getAsInt()) : entry.lineBytes(),
                                placements.orElse(entry.placements()),
                                entry.promises()))
                        .toList());
    }

    /** {@return the name of the baseline's file, beside the contract: {@code ring.baseline.yaml} of {@code ring.contract.yaml}} */
    public static String baselineOf(String contractFile) {
        String stem = contractFile.replaceFirst("\\.ya?ml$", "").replaceFirst("\\.contract$", "");
        return stem + ".baseline.yaml";
    }
}
