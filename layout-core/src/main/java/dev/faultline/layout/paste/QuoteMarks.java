package dev.faultline.layout.paste;

/** Finds the quote marks of mails in front of a line: {@code > }, {@code | }, and others that the whole text shows. */
final class QuoteMarks {

    private final TextBuffer text;
    private final LineKinds kinds;

    QuoteMarks(TextBuffer text, LineKinds kinds) {
        this.text = text;
        this.kinds = kinds;
    }

    /** {@return the index behind one mark; {@code at} when there is none} */
    int end(int at, int end) {
        int first = text.skipBlanks(at, end);
        char c = first < end ? text.charAt(first) : ' ';
        if (c == '>' || c == ':' && kinds.hasColons() && !text.startsWith("::", first)) {
            return first + 1;
        }
        if (c == '|') {
            int last = text.trimEnd(first + 1, end);
            if (last > first + 1 && text.charAt(last - 1) == '|') {
                text.blank(last - 1, last); // the other side of a table
            }
            return first + 1;
        }
        for (String writer : kinds.writers()) {
            if (text.startsWith(writer, first)) {
                return first + writer.length();
            }
        }
        return at;
    }
}
