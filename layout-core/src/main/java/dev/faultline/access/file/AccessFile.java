package dev.faultline.access.file;

import dev.faultline.input.InputException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An access file.
 *
 * @param header its first line
 * @param rows its further lines, sorted, one for each key
 * @param notes what to know about how it was read, such as that its last line is cut off; not written
 */
public record AccessFile(AccessHeader header, List<AccessRow> rows, List<String> notes) {

    public AccessFile {
        Objects.requireNonNull(header);
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /** {@return the file of some rows; rows of one key are added up} */
    public static AccessFile of(AccessHeader header, List<AccessRow> rows) {
        Sum sum = new Sum();
        sum.add(new AccessFile(header, List.of(), List.of()), "");
        rows.forEach(sum::add);
        return sum.file();
    }

    /** {@return the sum of files of one identity} Order and grouping do not matter. */
    public static Sum merge() {
        return new Sum();
    }

    /** Adds files up. */
    public static final class Sum {

        private final TreeMap<AccessRow.Key, AccessRow> rows = new TreeMap<>();
        private AccessHeader header;
        private AccessHeader first;
        private String firstName = "";
        /** As decimals, since the order would change a sum of doubles; empty when the duration of a file is not known. */
        private Optional<BigDecimal> seconds = Optional.of(BigDecimal.ZERO);

        private Sum() {}

        /**
         * Adds a file.
         *
         * @param file the file
         * @param name its name in messages
         * @throws InputException when it is of another identity, tool, unit or certainty than the first one, which the
         *     message names with the difference; or when a sum is larger than 2^63 - 1
         */
        public void add(AccessFile file, String name) {
            if (header == null) {
                first = file.header();
                header = file.header();
                firstName = name;
            } else {
                Optional<String> difference = first.difference(file.header());
                if (difference.isPresent()) {
                    throw new InputException(
                            name,
                            "line 1",
                            "cannot be added to " + firstName + ", it differs in " + difference.get()
                                    + "; merge runs of one program by one tool");
                }
                try {
                    header = header.plus(file.header());
                } catch (ArithmeticException overflow) {
                    throw tooLarge(name);
                }
            }
            double more = file.header().seconds();
            seconds = Double.isNaN(more) ? Optional.empty() : seconds.map(sum -> sum.add(BigDecimal.valueOf(more)));
            for (AccessRow row : file.rows()) {
                try {
                    add(row);
                } catch (ArithmeticException overflow) {
                    throw tooLarge(name);
                }
            }
        }

        private static InputException tooLarge(String name) {
            return new InputException(name, "", "added up, a count is larger than 2^63 - 1");
        }

        private void add(AccessRow row) {
            rows.merge(row.key(), row, AccessRow::plus);
        }

        /**
         * {@return the sum of what was added, at least one file} Durations are added up, too, so that counts divided by
         * seconds are the mean of the runs.
         */
        public AccessFile file() {
            double together = seconds.map(BigDecimal::doubleValue).orElse(Double.NaN);
            return new AccessFile(header.withSeconds(together), List.copyOf(rows.values()), List.of());
        }
    }
}
