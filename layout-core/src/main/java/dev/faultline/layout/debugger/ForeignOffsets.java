package dev.faultline.layout.debugger;

import dev.faultline.input.InputException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A struct whose members state their offsets in a form that is not read: {@code /* 0x010 *}{@code / int a;} as
 * decompilers write it, {@code int a; // offset 16}, or WinDbg's {@code +0x010 a : Int4B}. To lay it out by the rules
 * of C would ignore what it says.
 *
 * @param name its keyword and tag
 * @param line the line it starts at, from 0
 * @param offsetLine the line of the first offset, from 0
 * @param end the first line behind it, from 0
 */
record ForeignOffsets(String name, int line, int offsetLine, int end) {

    private static final int MOST_LINES = 4096;
    private static final int MOST_OTHER_LINES = 32;
    private static final Pattern OPENING =
            Pattern.compile("(?:typedef )?((?:struct|union|class) [^;{}()/*]{1,4000}?)\\s{0,9}\\{.{0,200}");
    private static final Pattern IN_FRONT =
            Pattern.compile("/\\*\\s{0,9}[@+]?(?:0x)?[0-9A-Fa-f]{1,16}:?\\s{0,9}\\*/\\s{0,80}[A-Za-z_].*;.*");
    private static final Pattern BEHIND = Pattern.compile(
            "[^/]*;\\s{0,80}(?://|/\\*)[\\s/!<]{0,9}(?:[@+]?0x[0-9A-Fa-f]{1,16}\\s{0,9}(?:$|\\*/|[-(,;:\\]].*)"
                    + "|[@+]\\d{1,9}\\s{0,9}(?:$|\\*/)"
                    + "|(?i:offset|ofs|off)\\b[\\s:=@]{0,4}(?:0x)?[0-9A-Fa-f]{1,16}\\b.*)"
                    + "|[^/]*;\\s{0,80}//\\s{0,9}\\d{1,9}\\s{1,9}\\d{1,9}\\s{0,9}"); // pahole's numbers behind //
    private static final Pattern DEBUGGER = Pattern.compile("\\+?0x[0-9a-f]{3,16}\\s{1,9}\\S{1,4000}\\s{0,80}:\\s.*");

    /** {@return what starts at a line; empty when that is no struct with such offsets} */
    static Optional<ForeignOffsets> at(DebuggerLines lines, int line) {
        String content = lines.content(line);
        if (DEBUGGER.matcher(content).matches()) {
            return Optional.of(debugger(lines, line));
        }
        Matcher opening = OPENING.matcher(content);
        return opening.matches() ? struct(lines, line, opening.group(1).strip()) : Optional.empty();
    }

    private static Optional<ForeignOffsets> struct(DebuggerLines lines, int line, String name) {
        int first = -1;
        int others = 0;
        int last = Math.min(lines.count(), line + MOST_LINES);
        for (int i = line + 1; i < last; i++) {
            String content = lines.content(i);
            if (content.startsWith("}")) {
                return first < 0 ? Optional.empty() : Optional.of(new ForeignOffsets(name, line, first, i + 1));
            }
            if (content.endsWith("{") && !lines.isIndented(i)) {
                return Optional.empty();
            }
            boolean states = IN_FRONT.matcher(content).matches()
                    || BEHIND.matcher(content).matches();
            if (states) {
                first = first < 0 ? i : first;
            } else if (content.indexOf(';') >= 0 || ++others > MOST_OTHER_LINES) {
                return Optional.empty(); // a member without an offset: the comments say something else
            }
        }
        return Optional.empty();
    }

    private static ForeignOffsets debugger(DebuggerLines lines, int line) {
        int end = line;
        while (end < lines.count() && DEBUGGER.matcher(lines.content(end)).matches()) {
            end++;
        }
        String before = line == 0 ? "" : lines.content(line - 1);
        String name = before.substring(before.lastIndexOf(' ') + 1);
        return new ForeignOffsets("struct " + name.substring(name.indexOf('!') + 1), line, line, end);
    }

    UnreadableStruct refused(String source) {
        return new UnreadableStruct(
                name,
                line + 1,
                InputException.at(
                        source,
                        offsetLine + 1,
                        1,
                        "offsets in a form that is not read; expected `/* offset size */` behind each member as pahole"
                                + " prints it, or the output of gdb's `ptype /o`"));
    }
}
