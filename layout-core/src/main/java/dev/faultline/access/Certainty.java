package dev.faultline.access;

/** How it is known who touches what. Apart from how bad it is. */
public enum Certainty {
    /** A profile says so. */
    DECLARED("declared"),
    /** The type itself says so: a cache-line group marker, {@code @Contended}. */
    DECLARED_BY_TYPE("declared-by-type"),
    /** Guessed from the types of the fields; nobody said so. */
    INFERRED("inferred");

    private final String word;

    Certainty(String word) {
        this.word = word;
    }

    /** {@return the word reports use} */
    public String word() {
        return word;
    }
}
