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
 * A contract file: promises about structs and the conditions they are checked under.
 *
 * @param file name of the file in messages
 * @param title its description
 * @param entries its structs, in order; empty only when all promises were left out
 * @param problems what of the file was not understood and left out, one line each
 */
public record Contract(String file, String title, List<Entry> entries, List<String> problems) {
    public Contract {
        Objects.requireNonNull(file);
        Objects.requireNonNull(title);
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }

    /**
     * The promises about one struct, or about all structs whose names match a pattern.
     *
     * @param struct name and version of the struct in its source, or the text of the pattern
     * @param pattern the pattern, if it is one
     * @param place position of the entry in the file
     * @param source source of the struct, relative to the file; empty for the built-in catalogue
     * @param profile profile of the struct, relative to the file; {@code none} ignores a profile that the source
     *     provides
     * @param machine a preset, or a machine file relative to the contract
     * @param lineBytes line sizes to check; empty for that of the machine
     * @param placements possible positions of byte 0 within a line
     * @param cold fields that are not used often
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

        /** {@return whether one of its promises compares findings with a baseline} */
        public boolean asksForBaseline() {
            return promises.stream().anyMatch(declared -> declared.promise() instanceof NoNewHazard);
        }

        private Entry with(List<Integer> lines, PromisePlacements other, List<DeclaredPromise> promises) {
            return new Entry(struct, pattern, place, source, profile, machine, lines, other, cold, promises);
        }
    }

    /**
     * A reference to something outside the contract.
     *
     * @param name the name as written
     * @param place position of the name in the file
     */
    public record Named(String name, String place) {}

    /** {@return whether a promise compares findings with a baseline} */
    public boolean asksForBaseline() {
        return entries.stream().anyMatch(Entry::asksForBaseline);
    }

    /** {@return this contract without the promises that need a baseline, for use when the baseline cannot be read} */
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
        return new Contract(file, title, others, problems);
    }

    /**
     * {@return this contract under other conditions than it states}
     *
     * @param lineBytes the size of a line, to replace those of the contract
     * @param placements the possible positions of byte 0, to replace those of the contract
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
                        .toList(),
                problems);
    }

    /** {@return the name of the baseline file: {@code ring.baseline.yaml} for {@code ring.contract.yaml}} */
    public static String baselineOf(String contractFile) {
        String stem = contractFile.replaceFirst("\\.ya?ml$", "").replaceFirst("\\.contract$", "");
        return stem + ".baseline.yaml";
    }
}
