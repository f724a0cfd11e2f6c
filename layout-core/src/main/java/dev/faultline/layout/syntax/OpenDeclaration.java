package dev.faultline.layout.syntax;

import dev.faultline.layout.token.Token;
import dev.faultline.layout.token.TokenCursor;

/** The declaration that is being read; its indentation tells where another one begins though this one is not closed. */
final class OpenDeclaration {

    private final TokenCursor in;
    private final Token start;
    private final int margin;
    private final boolean isFirstOfLine;
    private int braceLine;
    private boolean hasMember;
    private boolean isFlush;
    private boolean hasRead;
    private String name;

    /** The declaration that begins with the next token. */
    OpenDeclaration(TokenCursor in) {
        this.in = in;
        this.start = in.peek();
        this.margin = in.margin();
        this.isFirstOfLine = in.isFirstOfLine();
        this.name = start.text();
    }

    Token start() {
        return start;
    }

    String name() {
        return name;
    }

    void named(String keyword, String tag) {
        name = keyword + " " + tag;
    }

    /** Notes that the next token begins a member. Members that are not indented tell nothing. */
    void member() {
        if (!hasMember && in.isFirstOfLine()) {
            isFlush = in.peek().column() <= margin && !endsHere();
        }
        hasRead |= hasMember;
        hasMember = true;
    }

    /** {@return whether the next token begins another declaration} */
    boolean endsHere() {
        return in.peek().column() <= margin && !isFlush && anotherBegins();
    }

    /** {@return whether the next token begins a line that declares a struct} */
    private boolean anotherBegins() {
        Token token = in.peek();
        if (token.line() <= start.line() || !in.isFirstOfLine()) {
            return false;
        }
        return AggregateParser.kind(token) != null ? AggregateHead.at(in, 1).isPresent() : token.is("typedef");
    }

    /** Notes that a brace opens here; the first one is its own. */
    void brace() {
        braceLine = braceLine == 0 ? in.peek().line() : braceLine;
    }

    /** {@return whether the next token is on a line with its keyword or its brace} */
    boolean isOnFirstLine() {
        return in.peek().line() <= Math.max(start.line(), braceLine);
    }

    /** {@return whether it stands within a sentence and ends here, without a member} */
    boolean isProse() {
        return !isFirstOfLine && !hasRead && (isOnFirstLine() || anotherBegins());
    }
}
