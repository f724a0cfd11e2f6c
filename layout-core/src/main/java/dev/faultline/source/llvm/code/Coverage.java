package dev.faultline.source.llvm.code;

/** How many accesses to memory could be attributed. */
public final class Coverage {

    private long fields;
    private long variables;
    private long plain;
    private long unknown;

    /** Makes one without accesses. */
    public Coverage() {}

    void field() {
        fields++;
    }

    void variable() {
        variables++;
    }

    void plain() {
        plain++;
    }

    void unknown() {
        unknown++;
    }

    void add(Coverage other) {
        fields += other.fields;
        variables += other.variables;
        plain += other.plain;
        unknown += other.unknown;
    }

    /** {@return all accesses but those to variables of the function itself} */
    public long total() {
        return fields + variables + plain + unknown;
    }

    /** {@return accesses whose struct is known, or whose global variable} */
    public long attributed() {
        return fields + variables;
    }

    /** {@return accesses through pointers that are declared to point to numbers, characters or pointers} */
    public long plainPointers() {
        return plain;
    }

    /** {@return accesses of which nothing is known} */
    public long unattributed() {
        return unknown;
    }

    /** {@return the share of accesses that were attributed, with what the others are} */
    public String words() {
        long share = total() == 0 ? 100 : Math.floorDiv(100 * attributed(), total());
        return String.format(
                "%d %% of %,d accesses attributed to a field or a global variable; %,d go through pointers to plain values"
                        + " such as char *, and of %,d the struct is not known",
                share, total(), plain, unknown);
    }
}
