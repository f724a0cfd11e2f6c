package dev.faultline.layout.debugger;

import dev.faultline.input.InputException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lines of one struct that gdb prints with {@code ptype /o}. */
final class GdbBody {

    private static final String CUT = "\u0003";
    private static final int DEEPEST = 64;
    private static final int MOST_JOINED_LINES = 40;
    private static final Pattern TOTAL =
            Pattern.compile("/\\*\\s{0,40}total size \\(bytes\\):\\s{0,40}(\\d{1,18})\\s{0,9}\\*/");
    private static final Pattern LABEL = Pattern.compile("(public|private|protected):");
    private static final Pattern ENUM_OR_TYPE = Pattern.compile("(enum|struct|union|class|typedef)\\b.*");

    private final String source;
    private final DebuggerLines lines;
    private final FrontNode root;
    private final Deque<FrontNode> open = new ArrayDeque<>();
    private int at;
    private boolean isPlaced;

    private GdbBody(String source, DebuggerLines lines, FrontNode root, int last) {
        this.source = source;
        this.lines = lines;
        this.root = root;
        this.at = last + 1;
    }

    /**
     * Reads a struct up to its closing brace.
     *
     * @param lines the text
     * @param line the line it starts at, from 0
     * @param last the line of its opening brace, from 0
     * @param head what stands before the brace
     * @return the struct; throws {@link InputException} when it has an end and cannot be read
     */
    static GdbBody read(String source, DebuggerLines lines, int line, int last, String head) {
        GdbBody body = new GdbBody(source, lines, new FrontNode(line, head, Optional.empty()), last);
        body.open.push(body.root);
        while (!body.open.isEmpty()) {
            if (body.at == lines.count()) {
                throw body.error(line, "expected `}` to close " + head + ", found the end of the text");
            }
            body.line();
        }
        return body;
    }

    FrontNode root() {
        return root;
    }

    /** {@return whether a place or a total size is stated} */
    boolean isPlaced() {
        return isPlaced;
    }

    InputException error(int line, String problem) {
        return InputException.at(source, line + 1, 1, problem);
    }

    private void line() {
        int first = at;
        String text = joined();
        Optional<FrontPlace.Placed> placed = FrontPlace.read(text);
        if (placed.isPresent()) {
            isPlaced = true;
            member(first, placed.get());
        } else if (text.startsWith("(gdb)") || text.contains("type = ")) {
            throw error(root.line, "expected `}` to close " + root.head + ", found another command");
        } else if (text.startsWith("}") || text.equals(")")) {
            FrontNode closed = open.pop();
            closed.closingLine = first;
            closed.tail = text.substring(1).strip();
        } else if (text.startsWith("/*")) {
            comment(first, text);
        } else if (text.contains("<incomplete type>")) {
            throw error(first, "gdb knows no members of " + root.head + ": the type is incomplete in this program");
        } else if (LABEL.matcher(text).matches()) {
            open.getFirst().hasLabel = true;
        } else if (!text.isEmpty()) {
            other(first, text);
        }
    }

    /** {@return the next line, with those that continue it; they are consumed} */
    private String joined() {
        StringBuilder text = new StringBuilder(lines.content(at));
        at++;
        for (int i = 0; i < MOST_JOINED_LINES && at < lines.count() && continues(text); i++) {
            text.append(' ').append(lines.content(at));
            at++;
        }
        return text.toString();
    }

    /** {@return whether a mailer or a terminal has wrapped a line, so that the next one continues it} */
    private static boolean continues(StringBuilder text) {
        if (text.indexOf("/*") != 0) {
            return false;
        }
        int end = text.indexOf("*/");
        if (end < 0) {
            return true;
        }
        String declaration = text.substring(end + 2).strip();
        return declaration.isEmpty()
                ? FrontPlace.read(text.toString()).isPresent()
                : !declaration.endsWith("*/") && ";{(},".indexOf(text.charAt(text.length() - 1)) < 0;
    }

    private void member(int line, FrontPlace.Placed placed) {
        String declaration = placed.declaration();
        if (open.size() > DEEPEST) {
            throw error(line, "nested deeper than " + DEEPEST + " levels");
        }
        boolean opens = declaration.endsWith("{") || declaration.endsWith("(");
        String head = opens ? declaration.substring(0, declaration.length() - 1).strip() : declaration;
        FrontNode node = new FrontNode(line, head, Optional.of(placed.place()));
        open.getFirst().children.add(node);
        if (opens) {
            open.push(node);
        }
    }

    private void comment(int line, String text) {
        Matcher total = TOTAL.matcher(text);
        if (total.lookingAt()) {
            isPlaced = true;
            open.getFirst().byteSize = OptionalLong.of(FrontPlace.number(total.group(1)));
        } else {
            open.getFirst().children.add(new FrontNode(line, text, Optional.empty()));
        }
    }

    /** Passes over what gdb prints without a place: static members, methods, types. */
    private void other(int line, String text) {
        boolean isType = ENUM_OR_TYPE.matcher(text).matches();
        int depth = depth(text);
        while (depth > 0 && at < lines.count()) {
            depth += depth(lines.content(at));
            at++;
        }
        boolean isNoMember = isType
                || text.startsWith("static ")
                || text.contains("(")
                || text.startsWith("<")
                || text.startsWith("using ");
        open.getFirst().children.add(new FrontNode(line, isNoMember ? "" : text, Optional.empty()));
    }

    private static int depth(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
        }
        return depth;
    }

    /** {@return the first member without a place; such a struct cannot be read} */
    Optional<FrontNode> unplaced() {
        return unplaced(List.of(root));
    }

    private static Optional<FrontNode> unplaced(List<FrontNode> nodes) {
        for (FrontNode node : nodes) {
            for (FrontNode child : node.children) {
                boolean isComment = child.head.isEmpty() || child.head.startsWith("/*") || child.head.startsWith(CUT);
                if (child.place.isEmpty() && !isComment) {
                    return Optional.of(child);
                }
            }
            Optional<FrontNode> inner = unplaced(node.children);
            if (inner.isPresent()) {
                return inner;
            }
        }
        return Optional.empty();
    }

    int end() {
        return at;
    }
}
