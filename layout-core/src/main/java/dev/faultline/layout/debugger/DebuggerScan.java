package dev.faultline.layout.debugger;

import dev.faultline.input.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the structs of debuggers in a text, from the first line to the last, and rewrites them. */
final class DebuggerScan {

    private static final int MOST_HEAD_LINES = 12;
    private static final long MOST_WASTED = 1 << 23;
    private static final Pattern PROMPT =
            Pattern.compile("\\(gdb\\)\\s{0,9}(?:pt|pty|ptyp|ptype)\\b\\s{0,9}(?:/\\w{1,9})?\\s{0,9}(.*)");
    private static final Pattern TYPE = Pattern.compile("(?:/\\*[^*]{0,80}\\*/)?\\s{0,80}type = (.*)");
    private static final Pattern OPENING =
            Pattern.compile("((?:const |volatile )*(?:struct|union|class)\\b[^;{}()/]{0,4000}\\{)");
    private static final Pattern NAME = Pattern.compile("(?:(?:struct|union|class) )?([A-Za-z_][\\w:]*(?:<.*>)?)");
    private static final Pattern CRASH = Pattern.compile("(?:struct|union) \\w+ \\{");

    private final String source;
    private final DebuggerLines lines;
    private final List<GdbStruct> gdb = new ArrayList<>();
    private final List<FrontNode> crash = new ArrayList<>();
    private final List<UnreadableStruct> unreadable = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Lines that were read in vain, so that a text of broken structs does not take long. */
    private long wasted;

    /** Base classes with their members in a comment, by line; null until a comment may be one. */
    private Map<Integer, ExpandedAncestor> ancestors;

    /** What the last command asked gdb for; empty when that is no name. */
    private String asked = "";

    private record GdbStruct(GdbBody body, String name) {}

    DebuggerScan(String source, String text) {
        this.source = source;
        this.lines = new DebuggerLines(text);
    }

    DebuggerText read() {
        for (int line = 0; line < lines.count(); ) {
            line = Math.max(line + 1, readLine(line));
        }
        writeGdb();
        CrashWriter.write(source, lines, crash, unreadable, notes);
        return new DebuggerText(lines.text(), unreadable, notes);
    }

    /** Reads what starts at a line; returns the first line behind it. */
    private int readLine(int line) {
        String content = lines.content(line);
        if (content.isEmpty() || wasted > MOST_WASTED) {
            return line + 1;
        }
        Matcher prompt = PROMPT.matcher(content);
        if (prompt.matches()) {
            Matcher name = NAME.matcher(prompt.group(1).strip());
            asked = name.matches() ? name.group(1) : "";
            lines.set(line, "");
            return line + 1;
        }
        Matcher type = TYPE.matcher(content);
        if (type.matches()) {
            return struct(line, type.group(1));
        }
        if (CRASH.matcher(content).matches() && CrashBody.isNext(lines, line + 1)) {
            return crash(line, content);
        }
        if (OPENING.matcher(content).matches() && isPlaced(line + 1)) {
            return struct(line, content);
        }
        Optional<ForeignOffsets> foreign = ForeignOffsets.at(lines, line);
        if (foreign.isPresent()) {
            unreadable.add(foreign.get().refused(source));
            return blank(line, foreign.get().end());
        }
        return ancestor(line);
    }

    private int ancestor(int line) {
        if (!lines.content(line).startsWith("/* ")) {
            return line + 1;
        }
        if (ancestors == null) {
            ancestors = ExpandedAncestor.all(lines);
        }
        ExpandedAncestor ancestor = ancestors.get(line);
        if (ancestor == null) {
            return line + 1;
        }
        blank(line, ancestor.end());
        lines.set(line, ancestor.text());
        return ancestor.end();
    }

    private boolean isPlaced(int line) {
        for (int i = line; i < Math.min(line + 3, lines.count()); i++) {
            Optional<FrontPlace.Placed> placed = FrontPlace.read(lines.content(i));
            if (placed.isPresent()) {
                return placed.get().place().byteOffset().isPresent();
            }
        }
        return false;
    }

    private int struct(int line, String start) {
        String head = start.strip();
        int last = line;
        while (!head.endsWith("{") && last + 1 < Math.min(line + MOST_HEAD_LINES, lines.count()) && isHead(head)) {
            head = head + " " + lines.content(++last);
        }
        if (isHead(head) && head.endsWith("(")) {
            unreadable.add(refused(
                    head,
                    line,
                    "gdb prints the fields of a tuple by offset and without names; pahole prints its names"));
            return blank(line, next(line + 1));
        }
        if (!isHead(head) || !head.endsWith("{")) {
            return line + 1;
        }
        head = head.substring(0, head.length() - 1).strip();
        String name = name(head, line);
        try {
            GdbBody body = GdbBody.read(source, lines, line, last, head);
            gdb.add(new GdbStruct(body, name));
            return body.end();
        } catch (InputException broken) {
            unreadable.add(new UnreadableStruct(DebuggerHead.of(head).keyword() + " " + name, line + 1, broken));
            return broken(line, last + 1);
        } finally {
            asked = "";
        }
    }

    private static boolean isHead(String text) {
        return !DebuggerHead.of(text).keyword().isEmpty() && text.indexOf(';') < 0;
    }

    private UnreadableStruct refused(String head, int line, String problem) {
        DebuggerHead known = DebuggerHead.of(head.substring(0, head.length() - 1));
        return new UnreadableStruct(
                known.keyword() + " " + known.tag(), line + 1, InputException.at(source, line + 1, 1, problem));
    }

    /** {@return the tag, or what the command asked for, or the line} */
    private String name(String head, int line) {
        DebuggerHead known = DebuggerHead.of(head);
        String given = known.tag().isEmpty() || known.tag().equals("{...}") ? asked : known.tag();
        return given.isEmpty() ? known.keyword() + "_of_line_" + (line + 1) : given;
    }

    private int crash(int line, String content) {
        try {
            CrashBody body = CrashBody.read(source, lines, line, content);
            crash.add(body.root());
            return body.end();
        } catch (InputException broken) {
            String name = content.substring(0, content.length() - 1).strip();
            unreadable.add(new UnreadableStruct(name, line + 1, broken));
            return broken(line, line + 1);
        }
    }

    /** Empties the lines of a struct that cannot be read, up to one that begins something else. */
    private int broken(int line, int from) {
        wasted += lines.count() - line;
        return blank(line, next(from));
    }

    /** {@return the first line from one on that begins something else} */
    private int next(int from) {
        for (int line = from; line < lines.count(); line++) {
            String content = lines.content(line);
            if (content.startsWith("(gdb)")
                    || content.startsWith("crash>")
                    || TYPE.matcher(content).matches()
                    || OPENING.matcher(content).matches() && !lines.isIndented(line)) {
                return line;
            }
        }
        return lines.count();
    }

    private int blank(int from, int to) {
        for (int line = from; line < to; line++) {
            lines.set(line, "");
        }
        return to;
    }

    private void writeGdb() {
        Map<String, FrontNode> classes = new HashMap<>();
        gdb.forEach(struct -> note(struct.body.root(), classes));
        GdbWriter writer = new GdbWriter(lines, classes);
        for (GdbStruct struct : gdb) {
            FrontNode root = struct.body.root();
            DebuggerHead head = DebuggerHead.of(root.head);
            if (!struct.body.isPlaced()) {
                unplaced(root, head.keyword() + " " + struct.name);
                continue;
            }
            Optional<FrontNode> stray = struct.body.unplaced();
            blank(root.line, struct.body.end());
            if (stray.isPresent()) {
                int line = stray.get().line;
                unreadable.add(new UnreadableStruct(
                        head.keyword() + " " + struct.name,
                        root.line + 1,
                        InputException.at(
                                source,
                                line + 1,
                                1,
                                "expected `/* offset | size */` in front of `" + shortened(stray.get().head) + "`")));
            } else {
                writer.write(root, struct.name);
            }
        }
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "\u2026" : text;
    }

    /** Leaves a struct without offsets to the rules of C. */
    private void unplaced(FrontNode root, String name) {
        lines.set(root.line, name + " {");
        lines.set(root.closingLine, "};");
        String note = "gdb's `ptype` shows neither packing nor alignment, so offsets are those of a plain declaration;"
                + " `ptype /o` prints them";
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    private static void note(FrontNode node, Map<String, FrontNode> classes) {
        classes.putIfAbsent(DebuggerHead.of(node.head).tag(), node);
        node.children.stream().filter(FrontNode::hasBody).forEach(child -> note(child, classes));
    }
}
