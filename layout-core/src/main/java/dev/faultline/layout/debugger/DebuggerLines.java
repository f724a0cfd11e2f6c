package dev.faultline.layout.debugger;

/** The lines of a text, of which some are rewritten. */
final class DebuggerLines {

    private static final char LAST_MARK = '\u0003';
    private static final char JOINED_LINE = '\u0002';

    private final String[] lines;

    DebuggerLines(String text) {
        this.lines = text.split("\n", -1);
    }

    int count() {
        return lines.length;
    }

    /** {@return a line without blanks and marks at its ends} */
    String content(int line) {
        String text = lines[line];
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= LAST_MARK || text.charAt(i) == '\u00a0') {
                return text.replaceAll("[\u0001\u0002]", "")
                        .replace('\u00a0', ' ')
                        .strip();
            }
        }
        return text.strip();
    }

    /** Replaces a line; line ends that a mailer put into it stay, as lines are counted by them. */
    void set(int line, String text) {
        StringBuilder whole = new StringBuilder();
        lines[line].chars().filter(c -> c == JOINED_LINE).forEach(c -> whole.append(JOINED_LINE));
        lines[line] = whole.append(text).toString();
    }

    /** {@return whether a line starts with a blank} */
    boolean isIndented(int line) {
        return lines[line].startsWith(" ") || lines[line].startsWith("\t");
    }

    String text() {
        return String.join("\n", lines);
    }
}
