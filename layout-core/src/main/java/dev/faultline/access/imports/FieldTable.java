package dev.faultline.access.imports;

import java.util.List;
import java.util.Objects;

/**
 * A table of who uses which field of one struct.
 *
 * @param struct name of the struct; {@code "enum x"} when the table is about the constants of an enum
 * @param source the file it is in, as the user named it
 * @param rows in the order of the table
 */
public record FieldTable(String struct, String source, List<Row> rows) {

    /**
     * What a table says of one field.
     *
     * @param line line of the file, from 1
     * @param type the declared type as the table has it, underscores for blanks or not
     * @param name the field, without array bounds and bit widths; not always an identifier when nothing uses it
     * @param tx what sending does to it
     * @param rx what receiving does to it
     */
    public record Row(int line, String type, String name, FastPathUse tx, FastPathUse rx) {
        /** Refuses nulls. */
        public Row {
            Objects.requireNonNull(type);
            Objects.requireNonNull(name);
            Objects.requireNonNull(tx);
            Objects.requireNonNull(rx);
        }

        /** {@return whether either path uses it} */
        public boolean isUsed() {
            return tx != FastPathUse.NONE || rx != FastPathUse.NONE;
        }
    }

    /** Copies the list. */
    public FieldTable {
        Objects.requireNonNull(struct);
        Objects.requireNonNull(source);
        rows = List.copyOf(rows);
    }
}
