package dev.faultline.access.imports;

import java.util.List;
import java.util.Objects;

/**
 * A table of the use of one struct's fields.
 *
 * @param struct name of the struct; {@code "enum x"} when the table is about the constants of an enum
 * @param source the file, as the user named it
 * @param rows the rows in order
 */
public record FieldTable(String struct, String source, List<Row> rows) {

    /**
     * The row of one field.
     *
     * @param line line of the file, from 1
     * @param type the declared type as in the table, possibly with underscores for spaces
     * @param name the field, without array bounds and bit widths; may be another text when the field is unused
     * @param tx how the sending path uses it
     * @param rx how the receiving path uses it
     */
    public record Row(int line, String type, String name, FastPathUse tx, FastPathUse rx) {
        public Row {
            Objects.requireNonNull(type);
            Objects.requireNonNull(name);
            Objects.requireNonNull(tx);
            Objects.requireNonNull(rx);
        }

        /** {@return whether a path uses it} */
        public boolean isUsed() {
            return tx != FastPathUse.NONE || rx != FastPathUse.NONE;
        }
    }

    public FieldTable {
        Objects.requireNonNull(struct);
        Objects.requireNonNull(source);
        rows = List.copyOf(rows);
    }
}
