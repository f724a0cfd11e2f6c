package dev.faultline.access.file;

/**
 * A row with how many of its accesses can meet those of another thread.
 *
 * @param row the row
 * @param meeting how many, at least 1
 */
record CountedRow(AccessRow row, long meeting) {

    /** What a recorder calls the operation of looks in a loop that waits: the operation, and this. */
    private static final String POLLS = " (polls)";

    CountedRow {
        if (meeting < 1) {
            throw new IllegalArgumentException(row.key() + ": meeting " + meeting);
        }
    }

    String role() {
        return row.key().role();
    }

    boolean writes() {
        return row.key().kind().kind().writes();
    }

    /** {@return whether a thread only waited} */
    boolean isPoll() {
        return row.key().operation().endsWith(POLLS);
    }

    /** {@return the operation, that which waits for one that only looks} */
    String operation() {
        String operation = row.key().operation();
        return isPoll() ? operation.substring(0, operation.length() - POLLS.length()) : operation;
    }

    /** {@return the field, by its path or its offset} */
    String field() {
        return row.key().field() + "+" + row.key().byteOffset();
    }
}
