package dev.faultline.layout.debugger;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a struct that gdb prints in pahole's notation, each member on its line. */
final class GdbWriter {

    private static final String CUT = "\u0003";
    private static final String INDENT = "    ";
    private static final String NO_BODY = "{...}";
    private static final Pattern HOLE = Pattern.compile("/\\*\\s{0,9}XXX\\s{1,9}\\d{1,18}-(bit|byte) hole\\s.*");
    private static final Pattern DIMENSION = Pattern.compile("\\[(\\d{1,9})]");

    private final DebuggerLines lines;
    private final HiddenBases hidden;

    /** Writes to these lines; {@code classes} are those of the text by name. */
    GdbWriter(DebuggerLines lines, Map<String, FrontNode> classes) {
        this.lines = lines;
        this.hidden = new HiddenBases(classes);
    }

    /** Writes a struct that is not part of another. */
    void write(FrontNode root, String name) {
        lines.set(root.line, DebuggerHead.of(root.head).keyword() + " " + name + " {");
        String before = new Body(root, new GdbSpan(0, 0, root.byteSize)).write();
        String size = root.byteSize.isPresent() ? "/* size: " + root.byteSize.getAsLong() + " */ " : "";
        lines.set(root.closingLine, before + size + "};");
    }

    /** The members of one body; what they need to know of those before them. */
    private final class Body {
        private final FrontNode node;
        private final DebuggerHead head;
        private final boolean isUnion;
        private final GdbSpan span;
        private Optional<UnitBits> bitsBefore = Optional.empty();
        private boolean isExplained = true;
        private long end;

        /** The offset that gdb adds to those in the next array: that of the struct before it. */
        private long lastStruct;

        Body(FrontNode node, GdbSpan span) {
            this.node = node;
            this.head = DebuggerHead.of(node.head);
            this.isUnion = head.keyword().equals("union");
            this.span = span;
            this.end = span.start();
        }

        /** Writes the members; returns what has to stand before the closing brace. */
        String write() {
            String before = isUnion ? "" : hidden.start(node, head, span);
            for (FrontNode child : node.children) {
                if (child.place.isPresent()) {
                    member(child, child.place.get(), before);
                    before = "";
                } else {
                    boolean isCut = child.head.startsWith(CUT);
                    isExplained |= isCut || HOLE.matcher(child.head).matches();
                    lines.set(child.line, isCut ? CUT : "");
                }
            }
            return isUnion ? "" : before + hidden.end(node, head, span, end);
        }

        private void member(FrontNode child, FrontPlace place, String before) {
            long offset = span.offset(place);
            Optional<UnitBits> bits = UnitBits.of(child, offset, span.start());
            boolean isBehindBits = bits.isPresent() && bits.get().startsBehindHole(bitsBefore);
            String prefix = INDENT
                    + before
                    + (!isUnion && !isExplained && offset > end ? HiddenBases.notShown(end, offset) : "")
                    + (isBehindBits ? "/* XXX 1 bits hole */ " : "");
            String suffix = bits.map(UnitBits::place).orElse(" /* " + offset + " " + place.byteSize() + " */");
            if (child.hasBody()) {
                struct(child, place, offset, prefix, suffix);
            } else {
                lines.set(child.line, prefix + declaration(child.head, offset, place.byteSize()) + suffix);
            }
            end = Math.max(end, bits.map(UnitBits::end).orElse(offset + place.byteSize()));
            bitsBefore = bits;
            isExplained = false;
        }

        private void struct(FrontNode child, FrontPlace place, long offset, String prefix, String suffix) {
            DebuggerHead inner = DebuggerHead.of(child.head);
            String tag = inner.tag().isEmpty() ? "" : inner.tag() + " ";
            lines.set(child.line, prefix + inner.keyword() + " " + tag + "{");
            String tail = child.tail;
            String before = "";
            if (tail.contains("[")) {
                before = array(child, offset, place.byteSize());
            } else if (!isAddress(tail)) {
                before = new Body(child, new GdbSpan(offset, span.shift(), OptionalLong.of(offset + place.byteSize())))
                        .write();
                lastStruct = offset - span.shift();
            }
            boolean named = !tail.startsWith(";") && !tail.isEmpty();
            lines.set(child.closingLine, INDENT + before + "}" + (named ? " " : "") + tail + suffix);
        }

        /** Writes the body of an array's elements, whose offsets gdb counts from a place of its own. */
        private String array(FrontNode child, long offset, long byteSize) {
            long elementBytes = byteSize / Math.max(1, elements(child.tail));
            OptionalLong origin = origin(child);
            boolean known = origin.isEmpty() || origin.getAsLong() == 0 || origin.getAsLong() == lastStruct;
            if (!known || elementBytes == 0) {
                return elementBytes == 0 ? "" : HiddenBases.notShown(offset, offset + elementBytes);
            }
            long shift = offset - origin.orElse(0);
            return new Body(child, new GdbSpan(offset, shift, OptionalLong.of(offset + elementBytes))).write();
        }
    }

    /** {@return the least offset that is printed in a body; the first member of a struct in C stands at its start} */
    private static OptionalLong origin(FrontNode node) {
        OptionalLong least = OptionalLong.empty();
        for (FrontNode child : node.members()) {
            FrontPlace place = child.place.orElseThrow();
            OptionalLong found = place.byteOffset().isEmpty() && child.hasBody() ? origin(child) : place.byteOffset();
            if (found.isPresent() && (least.isEmpty() || found.getAsLong() < least.getAsLong())) {
                least = found;
            }
        }
        return least;
    }

    private static long elements(String declarator) {
        long count = 1;
        for (Matcher found = DIMENSION.matcher(declarator); found.find(); ) {
            count = Math.min(count * Long.parseLong(found.group(1)), Integer.MAX_VALUE);
        }
        return count;
    }

    private static boolean isAddress(String declarator) {
        return declarator.startsWith("*") || declarator.startsWith("(") || declarator.startsWith("&");
    }

    private static String declaration(String text, long offset, long byteSize) {
        if (text.endsWith(",")) {
            return RustField.declaration(text.substring(0, text.length() - 1), byteSize);
        }
        int body = text.indexOf(NO_BODY);
        if (body < 0) {
            return text;
        }
        String head = text.substring(0, body).strip();
        String tail = text.substring(body + NO_BODY.length());
        if (!DebuggerHead.of(head).tag().isEmpty() || head.startsWith("enum")) {
            return (head.startsWith("enum") ? head : spelling(head)) + tail;
        }
        long elementBytes = byteSize / Math.max(1, elements(tail));
        boolean isOpen = isAddress(tail.strip()) || elementBytes == 0;
        return head + " { " + (isOpen ? "" : HiddenBases.notShown(offset, offset + elementBytes)) + "}" + tail;
    }

    private static String spelling(String text) {
        DebuggerHead head = DebuggerHead.of(text);
        return head.keyword() + " " + head.tag();
    }
}
