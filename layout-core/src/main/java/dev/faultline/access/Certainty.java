package dev.faultline.access;

/** How it is known which role uses which field, from most to least certain. Independent of severity. */
public enum Certainty {
    /** Counted in a run: exactly what that run did. */
    RECORDED("recorded"),
    /** Seen by a profiler that looks at some of the accesses. What it did not see may still happen. */
    SAMPLED("sampled"),
    /** A profile declares it. */
    DECLARED("declared"),
    /** The type declares it: a cache-line group marker, {@code @Contended}. */
    DECLARED_BY_TYPE("declared-by-type"),
    /** The code shows it: a method reads or writes the field. How often is not known. */
    FROM_CODE("from-code"),
    /** A guess from the types of the fields. */
    INFERRED("inferred");

    private final String word;

    Certainty(String word) {
        this.word = word;
    }

    /** {@return the word reports use} */
    public String word() {
        return word;
    }

    /** {@return whether a profile says it, of a person or of a run; neither a type nor code} */
    public boolean isOfProfile() {
        return compareTo(DECLARED) <= 0;
    }

    /** {@return whether it was seen in a run} */
    public boolean isObserved() {
        return compareTo(DECLARED) < 0;
    }

    /** {@return the note to append to a message: empty unless the access is a guess} */
    public String note() {
        return this == INFERRED ? " (a guess from field types; no profile given)" : "";
    }
}
