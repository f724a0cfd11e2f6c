package dev.faultline.layout.paste;

import java.util.List;
import java.util.Locale;

/** Recognises lines that say that others were cut out: {@code ...}, {@code [snip]}, {@code -- 8< --}. */
final class CutMarks {

    private static final int LONGEST = 80;
    private static final String FRAME = "/*#()[]<>{}-=_~ \t";

    private static final List<String> WORDS =
            List.of("snip", "cut", "trim", "omit", "elid", "delet", "skip", "remov", "more", "member", "field", "line");

    private CutMarks() {}

    /** {@return whether a line without blanks around it is such a mark} */
    static boolean isOne(TextBuffer text, int first, int last) {
        if (first == last || last - first > LONGEST || isWord(text, first)) {
            return last - first == 4 && text.startsWith("snip", first);
        }
        if (text.startsWith("<ERROR(", first)) {
            return true; // pahole could not print a member
        }
        String line = text.subSequence(first, last).toString();
        if (line.equals("<no data fields>")) {
            return false; // gdb says so of an empty struct
        }
        int from = 0;
        int to = line.length();
        while (from < to && FRAME.indexOf(line.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && FRAME.indexOf(line.charAt(to - 1)) >= 0) {
            to--;
        }
        String core = line.substring(from, to);
        boolean isScissors = line.startsWith("-") && (line.contains("8<") || line.contains(">8"))
                || line.startsWith("8<") && line.endsWith("-");
        return isScissors || isDots(core) || isFramed(line, core);
    }

    private static boolean isWord(TextBuffer text, int at) {
        char c = text.charAt(at);
        return (Character.isLetterOrDigit(c) || c == '_') && !text.startsWith("8<", at);
    }

    /** {@return whether the line begins with dots, and has nothing but dots or words behind them} */
    private static boolean isDots(String core) {
        boolean dots =
                core.startsWith("...") || core.startsWith("..") && core.length() == 2 || core.startsWith("\u2026");
        return dots && core.indexOf(';') < 0 && core.indexOf('(') < 0 && core.indexOf(')') < 0;
    }

    private static boolean isFramed(String line, String core) {
        boolean framed = line.startsWith("[") && line.endsWith("]")
                || line.startsWith("<") && line.endsWith(">")
                || line.startsWith("--") && line.endsWith("--")
                || line.startsWith("/* [") && line.endsWith("] */")
                || line.startsWith("(") && line.endsWith(")");
        String words = core.toLowerCase(Locale.ROOT);
        return framed && WORDS.stream().anyMatch(words::contains)
                || (line.startsWith("/*") || line.startsWith("//")) && words.equals("snip");
    }
}
