package dev.faultline.layout.notation;

/** The declaration that is being read; its indentation tells where another one begins though this one is not closed. */
final class OpenDeclaration {

    private final TokenCursor in;
    private final Token start;
    private final int margin;
    private final boolean isFirstOfLine;
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
            isFlush = in.peek().column() <= margin;
        }
        hasRead |= hasMember;
        hasMember = true;
    }

    /** {@return whether the next token begins another declaration} */
    boolean endsHere() {
        Token token = in.peek();
        if (token.line() <= start.line() || token.column() > margin || !in.isFirstOfLine()) {
            return false;
        }
        boolean begins =
                AggregateParser.kind(token) != null ? AggregateHead.at(in, 1).isPresent() : token.is("typedef");
        return begins && !isFlush;
    }

    /** {@return whether the next token is on the line of the first one} */
    boolean isOnFirstLine() {
        return in.peek().line() == start.line();
    }

    /** {@return whether it stands within a sentence and ended there, without a member} */
    boolean isProse() {
        return !isFirstOfLine && isOnFirstLine() && !hasRead;
    }
}
