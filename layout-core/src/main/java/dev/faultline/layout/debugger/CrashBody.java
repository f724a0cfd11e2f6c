package dev.faultline.layout.debugger;

import dev.faultline.input.InputException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lines of one struct that crash prints with {@code struct -o}: offsets in brackets, no sizes. */
final class CrashBody {

    private static final int DEEPEST = 64;
    private static final int ADDRESS_DIGITS = 8;
    private static final Pattern PLACED = Pattern.compile("\\[((?:0x)?[0-9a-f]{1,16})]\\s{0,80}(.*)");
    private static final Pattern SIZE = Pattern.compile("SIZE: {0,9}(0x[0-9a-f]{1,16}|\\d{1,18})\\b.*");
    private static final int MOST_TO_PLACE = 6;

    private final String source;
    private final DebuggerLines lines;
    private final FrontNode root;
    private final Deque<FrontNode> open = new ArrayDeque<>();
    private int at;

    private CrashBody(String source, DebuggerLines lines, FrontNode root) {
        this.source = source;
        this.lines = lines;
        this.root = root;
        this.at = root.line + 1;
    }

    /** {@return whether the lines from one on state an offset in brackets before the body ends} */
    static boolean isNext(DebuggerLines lines, int line) {
        for (int i = line; i < Math.min(line + MOST_TO_PLACE, lines.count()); i++) {
            String content = lines.content(i);
            if (PLACED.matcher(content).matches()) {
                return true;
            }
            if (!content.endsWith("{")) {
                return false;
            }
        }
        return false;
    }

    /** {@return a struct with its size; throws {@link InputException} when it cannot be read} */
    static CrashBody read(String source, DebuggerLines lines, int line, String opening) {
        String head = opening.substring(0, opening.length() - 1).strip();
        CrashBody body = new CrashBody(source, lines, new FrontNode(line, head, Optional.empty()));
        body.open.push(body.root);
        while (!body.open.isEmpty()) {
            if (body.at == lines.count()) {
                throw body.error(line, "expected `}` to close " + head + ", found the end of the text");
            }
            body.line();
        }
        body.size();
        return body;
    }

    private InputException error(int line, String problem) {
        return InputException.at(source, line + 1, 1, problem);
    }

    private void line() {
        int line = at++;
        String text = lines.content(line);
        Matcher placed = PLACED.matcher(text);
        OptionalLong offset = placed.matches() ? OptionalLong.of(number(placed.group(1))) : OptionalLong.empty();
        String declaration = placed.matches() ? placed.group(2).strip() : text;
        FrontPlace place = new FrontPlace(offset, OptionalInt.empty(), 0);
        if (declaration.startsWith("}")) {
            FrontNode closed = open.pop();
            closed.closingLine = line;
            closed.tail = declaration.substring(1).strip();
            closed.closingPlace = offset;
        } else if (declaration.endsWith("{")) {
            if (open.size() > DEEPEST) {
                throw error(line, "nested deeper than " + DEEPEST + " levels");
            }
            String head = declaration.substring(0, declaration.length() - 1).strip();
            FrontNode node = new FrontNode(line, head, Optional.of(place));
            open.getFirst().children.add(node);
            open.push(node);
        } else if (declaration.endsWith(";")) {
            open.getFirst().children.add(new FrontNode(line, declaration, Optional.of(place)));
        } else if (!declaration.isEmpty()) {
            throw error(
                    line,
                    "expected a member as crash prints it, `[offset] type name;`, found `"
                            + (declaration.length() > 40 ? declaration.substring(0, 40) + "\u2026" : declaration)
                            + "`");
        }
    }

    /** {@return an offset, which is decimal or has `0x`; or an address, which has many digits} */
    private static long number(String digits) {
        return FrontPlace.number(digits.length() < ADDRESS_DIGITS || digits.startsWith("0x") ? digits : "0x" + digits);
    }

    private void size() {
        Matcher size = SIZE.matcher(at < lines.count() ? lines.content(at) : "");
        if (!size.matches()) {
            throw error(
                    root.closingLine,
                    "expected `SIZE: ` behind " + root.head + "; without it crash shows single members, and what"
                            + " is between them is not known");
        }
        root.byteSize = OptionalLong.of(FrontPlace.number(size.group(1)));
        at++;
    }

    FrontNode root() {
        return root;
    }

    int end() {
        return at;
    }
}
