package dev.faultline.layout.emit;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import dev.faultline.input.InputException;
import dev.faultline.input.VisibleText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a unified diff for {@code patch -p1} and {@code git apply}. */
final class UnifiedDiff {

    private static final int CONTEXT = 3;

    /** Most lines to compare one by one, which takes quadratic time. */
    private static final int MOST_LINES = 4_000;

    private static final String NO_NEWLINE = "\\ No newline at end of file\n";
    private static final Pattern HUNK = Pattern.compile("@@ -(\\d+)(?:,\\d+)? \\+(\\d+)(?:,\\d+)? @@.*");

    private UnifiedDiff() {}

    /**
     * Compares two texts.
     *
     * @param file path of both texts; quoted as Git does where it has unusual characters
     * @param before the old text
     * @param after the new text
     * @return the diff; empty when the texts are the same
     * @throws InputException when a line has invisible characters, which a diff would have to repeat
     */
    static String of(String file, String before, String after) {
        List<String> old = lines(before);
        List<String> now = lines(after);
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                quoted("a/" + file), quoted("b/" + file), old, patch(old, now), CONTEXT);
        StringBuilder text = new StringBuilder();
        int lastOld = before.endsWith("\n") ? -1 : old.size();
        int lastNow = after.endsWith("\n") ? -1 : now.size();
        int atOld = 0;
        int atNow = 0;
        for (int i = 0; i < diff.size(); i++) {
            String line = diff.get(i);
            text.append(line).append('\n');
            Matcher hunk = HUNK.matcher(line);
            if (i < 2) {
                continue;
            }
            if (line.startsWith("@@") && hunk.matches()) {
                atOld = Integer.parseInt(hunk.group(1)) - 1;
                atNow = Integer.parseInt(hunk.group(2)) - 1;
                continue;
            }
            check(file, line, line.startsWith("+") ? atNow + 1 : atOld + 1);
            atOld += line.startsWith("+") ? 0 : 1;
            atNow += line.startsWith("-") ? 0 : 1;
            boolean endsOld = !line.startsWith("+") && atOld == lastOld;
            boolean endsNow = !line.startsWith("-") && atNow == lastNow;
            if (endsOld || endsNow) {
                text.append(NO_NEWLINE);
            }
        }
        return text.toString();
    }

    private static void check(String file, String line, int number) {
        String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        String visible = VisibleText.lines(text);
        if (!visible.equals(text)) {
            throw new InputException(
                    file,
                    "line " + number,
                    "this line has invisible or control characters, which a diff would repeat: "
                            + visible.substring(1).strip() + "; use --emit c or --emit layout");
        }
    }

    /**
     * {@return the name as Git writes it and {@code patch} reads it: with quotes and octal bytes where it has unusual
     * characters}
     */
    private static String quoted(String name) {
        if (name.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\')) {
            return name;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= ' ' && b <= '~' && b != '"' && b != '\\';
            quoted.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "\\%03o", b & 0xff));
        }
        return quoted.append('"').toString();
    }

    /** {@return the changes; when many lines differ, one that replaces all from the first to the last difference} */
    private static Patch<String> patch(List<String> old, List<String> now) {
        int least = Math.min(old.size(), now.size());
        int head = 0;
        while (head < least && old.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < least - head && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        List<String> gone = old.subList(head, old.size() - tail);
        List<String> come = now.subList(head, now.size() - tail);
        if (gone.size() + come.size() <= MOST_LINES) {
            return DiffUtils.diff(old, now);
        }
        Patch<String> patch = new Patch<>();
        patch.addDelta(new ChangeDelta<>(new Chunk<>(head, gone), new Chunk<>(head, come)));
        return patch;
    }

    private static List<String> lines(String text) {
        String[] lines = text.split("\n", -1);
        return Arrays.asList(text.endsWith("\n") ? Arrays.copyOf(lines, lines.length - 1) : lines);
    }
}
