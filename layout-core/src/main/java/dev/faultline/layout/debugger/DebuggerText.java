package dev.faultline.layout.debugger;

import java.util.List;

/**
 * A text in which the structs that a debugger printed are rewritten in pahole's notation. It has the lines of the
 * original.
 *
 * @param text the text
 * @param unreadable structs that state their offsets in a way that is not read; their lines are empty in the text
 * @param notes what users should know about the text, a line each
 */
public record DebuggerText(String text, List<UnreadableStruct> unreadable, List<String> notes) {

    public DebuggerText {
        unreadable = List.copyOf(unreadable);
        notes = List.copyOf(notes);
    }

    /**
     * {@return a text with the structs of debuggers rewritten}
     *
     * @param source the name of the text in messages
     * @param text the text, without marks of mail
     */
    public static DebuggerText of(String source, String text) {
        boolean canHold = text.contains("type = ")
                || text.contains("*/")
                || text.contains("//")
                || text.contains("]")
                || text.contains("+0x");
        return canHold ? new DebuggerScan(source, text).read() : new DebuggerText(text, List.of(), List.of());
    }
}
