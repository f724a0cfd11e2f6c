package dev.faultline.layout.token;

/**
 * A token.
 *
 * @param kind its kind
 * @param text the token as written; for a comment the text between its marks
 * @param line line, from 1
 * @param column column, from 1
 * @param isGlued whether no space is before it
 */
public record Token(Kind kind, String text, int line, int column, boolean isGlued) {

    /** A token that stands apart from the one before it. */
    Token(Kind kind, String text, int line, int column) {
        this(kind, text, line, column, false);
    }

    public enum Kind {
        WORD,
        NUMBER,
        SIGN,
        COMMENT,
        END
    }

    public boolean is(String wanted) {
        return kind != Kind.COMMENT && text.equals(wanted);
    }

    /** {@return whether this is such a token right behind the one before it, without a space} */
    public boolean isGlued(String wanted) {
        return isGlued && is(wanted);
    }

    public boolean isEnd() {
        return kind == Kind.END;
    }

    /** {@return whether an expression goes on here} */
    public boolean isOperator() {
        return kind == Kind.SIGN && "+-*/%<>|&^?=!".contains(text);
    }

    public String shown() {
        if (is(Lexer.OPEN_COMMENT)) {
            return "a comment without its end mark";
        }
        return kind == Kind.END
                ? "the end of the text"
                : "`" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "`";
    }
}
