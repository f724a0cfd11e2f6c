package dev.faultline.layout.paste;

/** A text whose characters can be replaced. It is copied at the first change. */
final class TextBuffer implements CharSequence {

    private final String original;
    private StringBuilder changed;

    TextBuffer(String original) {
        this.original = original;
    }

    @Override
    public int length() {
        return original.length();
    }

    @Override
    public char charAt(int index) {
        return changed == null ? original.charAt(index) : changed.charAt(index);
    }

    void set(int index, char c) {
        if (changed == null) {
            changed = new StringBuilder(original);
        }
        changed.setCharAt(index, c);
    }

    /** Replaces characters, but not the ends of lines. */
    void fill(int from, int to, char c) {
        for (int i = from; i < to; i++) {
            char old = charAt(i);
            if (old != '\n' && old != PastedText.JOINED_LINE && old != c) {
                set(i, c);
            }
        }
    }

    void blank(int from, int to) {
        fill(from, to, ' ');
    }

    boolean startsWith(String part, int at) {
        return changed == null ? original.startsWith(part, at) : matches(part, at);
    }

    private boolean matches(String part, int at) {
        if (at < 0 || at + part.length() > length()) {
            return false;
        }
        for (int i = 0; i < part.length(); i++) {
            if (changed.charAt(at + i) != part.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** {@return where a part begins first, -1 when nowhere} */
    int indexOf(String part, int from) {
        return changed == null ? original.indexOf(part, from) : changed.indexOf(part, from);
    }

    /** {@return the end of the line that has this index: its line feed, or the end of the text} */
    int lineEnd(int from) {
        int end = indexOf("\n", from);
        return end < 0 ? length() : end;
    }

    /** {@return the first index from here on without a blank, at most {@code end}} */
    int skipBlanks(int from, int end) {
        int i = from;
        while (i < end && isBlank(charAt(i))) {
            i++;
        }
        return i;
    }

    /** {@return the first index from here on without a blank or a common quote mark, at most {@code end}} */
    int skipMarks(int from, int end) {
        int i = from;
        while (i < end && (isBlank(charAt(i)) || charAt(i) == '>' || charAt(i) == '|')) {
            i++;
        }
        return i;
    }

    /** {@return the index behind the last character before {@code end} that is no blank, at least {@code from}} */
    int trimEnd(int from, int end) {
        int i = end;
        while (i > from && isBlank(charAt(i - 1))) {
            i--;
        }
        return i;
    }

    static boolean isBlank(char c) {
        return c <= ' ' && c != '\n' && c != PastedText.CUT;
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return changed == null ? original.substring(from, to) : changed.substring(from, to);
    }

    @Override
    public String toString() {
        return changed == null ? original : changed.toString();
    }
}
