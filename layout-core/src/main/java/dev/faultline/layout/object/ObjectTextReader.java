package dev.faultline.layout.object;

import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the layouts of Java objects from the text of JOL ({@code internals}, {@code estimates},
 * {@code ClassLayout.toPrintable}) or of HotSpot's {@code -XX:+PrintFieldLayout}, also when quoted in a mail with text
 * around it. Fields of superclasses that HotSpot does not print are one unknown field.
 */
public final class ObjectTextReader {

    /** Longer lines hold no row. */
    private static final int LONGEST_LINE = 4096;

    /** Most rows of a text. */
    private static final int MOST_ROWS = 1 << 21;

    private static final Pattern QUOTE = Pattern.compile("^[>|\\s]*+");
    private static final Pattern JOL_NAME = Pattern.compile("(\\S+) object internals:");
    private static final Pattern JOL_HEAD = Pattern.compile("(?:OFFSET\\s+SIZE|OFF\\s+SZ)\\s+TYPE\\s+DESCRIPTION\\b.*");
    private static final Pattern JOL_ROW = Pattern.compile("(\\d{1,10})\\s+(\\d{1,10})\\s+(\\S.*)");
    private static final Pattern JOL_SIZE = Pattern.compile("Instance size: (\\d{1,10}) bytes\\b.*");
    private static final Pattern JOL_ALIGNMENT =
            Pattern.compile("# Objects are (\\d{1,3}) bytes aligned.*|# Object alignment: (\\d{1,3}) bytes.*");
    private static final Pattern JOL_MODEL = Pattern.compile("\\*{3,} (\\S.*)");
    private static final Pattern VM_NAME = Pattern.compile("Layout of class (\\S+)|(\\S+): field layout");
    private static final Pattern VM_ROW = Pattern.compile("@\\s*(\\d{1,10})\\s+(\\S.*)");
    private static final Pattern VM_SIZE = Pattern.compile("Instance size = (\\d{1,10}) bytes\\b.*");
    private static final Pattern VM_END = Pattern.compile("---.*|Static fields:.*");

    private final String source;
    private final List<ObjectRows> objects = new ArrayList<>();
    private ObjectRows open;
    private String model = "";
    private int alignment = ObjectRows.USUAL_ALIGNMENT;
    private int rows;

    private ObjectTextReader(String source) {
        this.source = source;
    }

    /**
     * Reads every object of a text.
     *
     * @param source the name of the text in messages
     * @param text the text
     * @return the layouts in order; none when the text is about something else
     * @throws InputException when the text is inconsistent; names the line
     */
    public static List<StructLayout> read(String source, String text) {
        ObjectTextReader reader = new ObjectTextReader(source);
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            reader.line(bare(line), ++number);
        }
        return reader.objects.stream()
                .filter(one -> !one.isEmpty())
                .map(ObjectRows::layout)
                .toList();
    }

    /** {@return a line without the marks of a mail and white space around it} */
    private static String bare(String line) {
        return line.length() > LONGEST_LINE
                ? ""
                : QUOTE.matcher(line).replaceFirst("").strip();
    }

    private void line(String line, int number) {
        if (line.isEmpty()) {
            return;
        }
        boolean used = matches(JOL_MODEL, line, found -> setting(() -> model = found.group(1)))
                || matches(JOL_ALIGNMENT, line, found -> setting(() -> alignment = alignment(found, number)))
                || matches(JOL_NAME, line, found -> begin(ObjectRows.ofJol(source, found.group(1), number)))
                || matches(JOL_HEAD, line, found -> head(number))
                || matches(
                        VM_NAME,
                        line,
                        found -> begin(ObjectRows.ofVm(
                                source, found.group(1) == null ? found.group(2) : found.group(1), number)));
        if (!used && open != null) {
            row(line, number);
        }
    }

    private static boolean matches(Pattern pattern, String line, Function<Matcher, Boolean> use) {
        Matcher matcher = pattern.matcher(line);
        return matcher.matches() && use.apply(matcher);
    }

    private static boolean setting(Runnable assignment) {
        assignment.run();
        return true;
    }

    private int alignment(Matcher found, int number) {
        int bytes = Integer.parseInt(found.group(1) == null ? found.group(2) : found.group(1));
        if (bytes < ObjectRows.USUAL_ALIGNMENT || Integer.bitCount(bytes) != 1 || bytes > 256) {
            throw new InputException(
                    source, "line " + number, "expected an alignment of 8, 16, 32, ... 256 bytes, found " + bytes);
        }
        return bytes;
    }

    private boolean begin(ObjectRows rowsOfOne) {
        open = rowsOfOne;
        open.depends(model, alignment);
        objects.add(open);
        return true;
    }

    /** The head of a table without the line that names the class: the fields name it. */
    private boolean head(int number) {
        return open != null && open.isEmpty() && open.isOfJol() || begin(ObjectRows.ofJol(source, "", number));
    }

    private void row(String line, int number) {
        if (rows > MOST_ROWS) {
            throw new InputException(source, "line " + number, "more than " + MOST_ROWS + " rows; keep what you need");
        }
        Matcher row = (open.isOfJol() ? JOL_ROW : VM_ROW).matcher(line);
        Matcher size = (open.isOfJol() ? JOL_SIZE : VM_SIZE).matcher(line);
        if (size.matches()) {
            open.ends(Long.parseLong(size.group(1)));
            open = null;
        } else if (row.matches() && open.isOfJol()) {
            rows++;
            open.jol(Long.parseLong(row.group(1)), Long.parseLong(row.group(2)), row.group(3), number);
        } else if (row.matches()) {
            rows++;
            open.vm(Long.parseLong(row.group(1)), row.group(2), number);
        } else if (!open.isOfJol() && VM_END.matcher(line).matches()) {
            open.closes();
        }
    }
}
