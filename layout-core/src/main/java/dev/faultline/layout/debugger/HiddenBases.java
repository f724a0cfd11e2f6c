package dev.faultline.layout.debugger;

import java.util.Map;

/**
 * Tells which bytes of a class belong to what a debugger does not print: base classes, and the pointer to a table of
 * virtual functions. Free bytes at the start of a class belong to them, since no hole stands there; those at its end
 * may belong to a virtual base class.
 */
final class HiddenBases {

    private static final int POINTER_BYTES = 8;
    private static final int DEEPEST = 32;

    private final Map<String, FrontNode> classes;

    /** Makes this for a text that has classes with these names. */
    HiddenBases(Map<String, FrontNode> classes) {
        this.classes = classes;
    }

    /** {@return the notation for bytes that are not shown} */
    static String notShown(long from, long to) {
        return "/* bytes " + from + " to " + (to - 1) + " are not shown */ ";
    }

    /** {@return the notation for what stands before the first member; empty when nothing does} */
    String start(FrontNode node, DebuggerHead head, GdbSpan span) {
        boolean isEmpty = node.members().isEmpty();
        long first = span.end().orElse(span.start());
        for (FrontNode member : node.members()) {
            first = Math.min(first, span.offset(member.place.orElseThrow()));
        }
        long size = first - span.start();
        if (size <= 0 || isEmpty && size == 1) {
            return "";
        }
        if (head.bases().isEmpty() && size == POINTER_BYTES && node.hasLabel) {
            String name = DebuggerHead.isWord(head.tag()) ? "_vptr." + head.tag() : "_vptr";
            return "void * " + name + "; /* " + span.start() + " " + size + " */ ";
        }
        return isOneBase(head, size)
                ? "/* struct " + head.bases().get(0) + " <ancestor>; */ /* " + span.start() + " " + size + " */ "
                : notShown(span.start(), first);
    }

    /** {@return whether bytes are one base class; when the text has it, they have to be as many as an object of it} */
    private boolean isOneBase(DebuggerHead head, long byteSize) {
        if (head.bases().size() != 1 || head.hasVirtualBase()) {
            return false;
        }
        FrontNode base = classes.get(head.bases().get(0));
        return base == null || base.byteSize.orElse(-1) == byteSize;
    }

    /**
     * {@return the notation for what may stand behind the last member; empty when nothing does}
     *
     * @param last the first byte behind the last member
     */
    String end(FrontNode node, DebuggerHead head, GdbSpan span, long last) {
        boolean mayHide = !head.bases().isEmpty() && !isWithoutVirtualBase(head, 0);
        boolean isFree = span.end().isPresent() && last < span.end().getAsLong();
        return mayHide && isFree && !node.members().isEmpty()
                ? notShown(last, span.end().getAsLong())
                : "";
    }

    private boolean isWithoutVirtualBase(DebuggerHead head, int depth) {
        if (head.hasVirtualBase() || depth > DEEPEST) {
            return false;
        }
        for (String name : head.bases()) {
            FrontNode base = classes.get(name);
            if (base == null || !isWithoutVirtualBase(DebuggerHead.of(base.head), depth + 1)) {
                return false;
            }
        }
        return true;
    }
}
