package dev.faultline.layout.notation;

/**
 * A piece of a declaration.
 *
 * @param kind what it is
 * @param text as written; of a comment what is between its signs
 * @param line from 1
 * @param column from 1
 */
record Token(Kind kind, String text, int line, int column) {

    enum Kind {
        WORD,
        NUMBER,
        SIGN,
        COMMENT,
        END
    }

    boolean is(String wanted) {
        return kind != Kind.COMMENT && text.equals(wanted);
    }

    /** {@return whether the text ends here} */
    boolean isEnd() {
        return kind == Kind.END;
    }

    /** {@return how a message names it} */
    String shown() {
        return kind == Kind.END
                ? "the end of the text"
                : "`" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "`";
    }
}
