package dev.faultline.layout.syntax;

import dev.faultline.layout.token.IntegerLiterals;
import dev.faultline.layout.token.Token;
import dev.faultline.layout.token.TokenCursor;
import java.util.ArrayDeque;
import java.util.Deque;

/** Follows {@code #pragma pack}, which limits the alignment of members. */
public final class PragmaPacks {

    private static final int MOST_PUSHED = 1000;
    private static final long MOST_BYTES = 16;

    /** A limit in bytes, 0 for none, under the name that {@code push} gave it. */
    private record Pushed(String name, long byteLimit) {}

    private final Deque<Pushed> pushed = new ArrayDeque<>();
    private long byteLimit;

    /** {@return the attributes that apply here} */
    SyntaxTree.Attributes now() {
        return byteLimit == 0 ? SyntaxTree.Attributes.NONE : SyntaxTree.Attributes.limited(byteLimit);
    }

    /** Reads the pragma at the cursor, up to its closing parenthesis. */
    void read(TokenCursor in) {
        in.skip(2);
        Token pack = in.next();
        if (!in.peek().is("(")) {
            return; // prose that mentions it
        }
        in.next();
        byteLimit = in.peek().is(")") ? 0 : byteLimit;
        boolean pushes = false;
        boolean pops = false;
        String name = "";
        while (!in.peek().is(")") && !in.peek().isEnd() && in.peek().line() == pack.line()) {
            Token token = in.next();
            if (token.is("push")) {
                push("");
                pushes = true;
            } else if (token.is("pop")) {
                pops = true;
            } else if (token.kind() == Token.Kind.NUMBER) {
                limit(IntegerLiterals.literal(token.text()));
            } else if (token.kind() == Token.Kind.WORD) {
                name = token.text();
            }
        }
        if (pushes && !name.isEmpty()) {
            pushed.push(new Pushed(name, pushed.pop().byteLimit()));
        }
        if (pops) {
            pop(name);
        }
    }

    private void push(String name) {
        if (pushed.size() == MOST_PUSHED) {
            pushed.removeLast();
        }
        pushed.push(new Pushed(name, byteLimit));
    }

    private void pop(String name) {
        boolean known =
                name.isEmpty() || pushed.stream().anyMatch(one -> one.name().equals(name));
        while (known && !pushed.isEmpty()) {
            Pushed top = pushed.pop();
            byteLimit = top.byteLimit();
            if (name.isEmpty() || top.name().equals(name)) {
                return;
            }
        }
    }

    /** Sets a limit; a compiler ignores one that is no small power of two. */
    private void limit(long bytes) {
        if (bytes >= 0 && bytes <= MOST_BYTES && Long.bitCount(bytes) <= 1) {
            byteLimit = bytes;
        }
    }
}
