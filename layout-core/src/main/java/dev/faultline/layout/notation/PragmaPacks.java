package dev.faultline.layout.notation;

import java.util.ArrayDeque;
import java.util.Deque;

/** Follows {@code #pragma pack}. A struct packed by it is only laid out by offset comments. */
final class PragmaPacks {

    private static final int MOST_PUSHED = 1000;

    private final Deque<SyntaxTree.Attributes> pushed = new ArrayDeque<>();
    private SyntaxTree.Attributes now = SyntaxTree.Attributes.NONE;

    /** {@return the attributes that apply here} */
    SyntaxTree.Attributes now() {
        return now;
    }

    /** Reads the pragma at the cursor, up to its closing parenthesis. */
    void read(TokenCursor in) {
        in.skip(2);
        Token pack = in.next();
        if (!in.peek().is("(")) {
            return; // prose that mentions it
        }
        in.next();
        boolean empty = in.peek().is(")");
        while (!in.peek().is(")") && !in.peek().isEnd() && in.peek().line() == pack.line()) {
            Token token = in.next();
            if (token.is("push") && pushed.size() < MOST_PUSHED) {
                pushed.push(now);
            } else if (token.is("pop")) {
                now = pushed.isEmpty() ? SyntaxTree.Attributes.NONE : pushed.pop();
            } else if (token.kind() == Token.Kind.NUMBER) {
                now = SyntaxTree.Attributes.unknown(pack);
            }
        }
        now = empty ? SyntaxTree.Attributes.NONE : now;
    }
}
