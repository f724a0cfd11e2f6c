package dev.faultline.access.file;

import dev.faultline.input.InputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An access file.
 *
 * @param header its first line
 * @param rows its further lines, sorted, one for each key
 * @param notes what to know about how it was read, such as that its last line is cut off; not written
 */
public record AccessFile(AccessHeader header, List<AccessRow> rows, List<String> notes) {

    /** How the types of blocks of memory begin, of which only the place of their allocation is known. */
    private static final String BLOCK = "block ";

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

    /**
     * Takes blocks of memory for a type.
     *
     * @param place where they were allocated: {@code "com.acme.Ring.<init>:42"}, or without the line
     * @param type the struct, class or variable that is in them
     * @param byteOffset where in the block it begins, from 0; what is before it stays of the block
     * @return the file with the rows of these blocks as rows of the type, at offsets in it; empty when it has no row of
     *     such a block
     */
    public Optional<AccessFile> withBlocksAs(String place, String type, long byteOffset) {
        String block = BLOCK + place;
        List<AccessRow> typed = new ArrayList<>();
        boolean isFound = false;
        for (AccessRow row : rows) {
            AccessRow.Key key = row.key();
            boolean isIn = (key.type().equals(block) || key.type().startsWith(block + ":"))
                    && (key.byteOffset() >= byteOffset || byteOffset == 0);
            isFound |= isIn;
            typed.add(
                    isIn ? row.in(type, key.byteOffset() < 0 ? key.byteOffset() : key.byteOffset() - byteOffset) : row);
        }
        return isFound ? Optional.of(of(header, typed)) : Optional.empty();
    }

    /** {@return the places where the blocks of memory in it were allocated, sorted} */
    public SortedSet<String> blocks() {
        return rows.stream()
                .map(row -> row.key().type())
                .filter(type -> type.startsWith(BLOCK))
                .map(type -> type.substring(BLOCK.length()))
                .collect(Collectors.toCollection(TreeSet::new));
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
