package dev.faultline.access.file;

import dev.faultline.access.Certainty;
import dev.faultline.input.InputException;
import dev.faultline.input.JsonText;
import dev.faultline.input.Nearest;
import dev.faultline.input.VisibleText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads access files.
 *
 * <pre>{@code
 * {"format":"faultline-access 1","certainty":"sampled","identity":{"build-id":"5c0e"},"tool":"perf script","runs":1,
 *  "seconds":12.5,"unit":"samples","coverage":{"seen":4800,"attributed":3361}}
 * {"role":"lock_th","threads":4,"operation":"read_write_func","type":"buf","field":"lock0","kind":"rmw","count":1306}
 * {"role":"reader_thd","operation":"read_write_func","type":"buf","byteOffset":32,"kind":"read","count":455,"hitm":218}
 * {"role":"t","type":"block com.acme.Ring.<init>:42","byteOffset":64,"bytes":8,"kind":"write","count":9}
 * }</pre>
 *
 * <p>Each object is on one line; blank lines are skipped. Rows of one key are added up. A last line that is cut off,
 * as by a recorder that was killed, is left out, and a note says so. Names that this version does not know are
 * ignored, and a note names them.
 */
public final class AccessFileReader {

    /** The value of {@code format} in the first line. */
    public static final String FORMAT = "faultline-access 1";
    /** The most rows. */
    public static final int MOST_ROWS = 1_000_000;
    /** The longest names, in characters. */
    public static final int LONGEST_NAME = 4_096;

    private static final int MOST_NUMBER = 1 << 20;
    private static final long MOST_OFFSET = 1L << 32;
    private static final double LONGEST_SECONDS = 1e12;
    private static final Set<String> IN_HEADER =
            Set.of("format", "certainty", "identity", "tool", "runs", "seconds", "unit", "coverage", "notes");
    private static final Set<String> IN_ROW = Set.of(
            "role",
            "threads",
            "cpus",
            "operation",
            "type",
            "field",
            "byteOffset",
            "bytes",
            "kind",
            "count",
            "hitm",
            "sameObject",
            "atLeast");
    private static final int MOST_IDENTITY = 32;

    private final String source;
    private final Set<String> unknown = new LinkedHashSet<>();
    private int line;
    private Map<String, Object> object = Map.of();

    private AccessFileReader(String source) {
        this.source = source;
    }

    /** {@return whether a text begins as an access file does: with an object, and not as YAML} */
    public static boolean isAccessFile(String text) {
        int start = 0;
        while (start < text.length() && (text.charAt(start) <= ' ' || text.charAt(start) == '\uFEFF')) {
            start++;
        }
        int end = text.indexOf('\n', start);
        String first = text.substring(start, end < 0 ? text.length() : end);
        return first.startsWith("{") && (first.contains("\"format\"") || first.contains("faultline-access"));
    }

    /**
     * Reads a file.
     *
     * @param source the name of the text in messages
     * @param text the text
     * @return the file
     * @throws InputException when it is no access file, or one of another version; names line and place
     */
    public static AccessFile read(String source, String text) {
        return new AccessFileReader(source).file(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private AccessFile file(String text) {
        List<String> notes = new ArrayList<>();
        AccessHeader header = null;
        List<AccessRow> rows = new ArrayList<>();
        for (int start = 0, end; start < text.length(); start = end + 1) {
            end = text.indexOf('\n', start);
            boolean isEnded = end >= 0;
            end = isEnded ? end : text.length();
            line++;
            String one = text.substring(start, end);
            if (one.isBlank()) {
                continue;
            }
            if (!isEnded && header != null && !one.stripTrailing().endsWith("}")) {
                notes.add(source + ": line " + line + " is cut off; read up to there");
                break;
            }
            read(one);
            if (header == null) {
                header = header();
                notes.addAll(told());
            } else {
                rows.add(row());
                if (rows.size() > MOST_ROWS) {
                    throw problem("more than " + MOST_ROWS + " rows");
                }
            }
        }
        if (header == null) {
            throw new InputException(source, "", "empty; expected a line with \"format\":\"" + FORMAT + "\"");
        }
        if (!unknown.isEmpty()) {
            notes.add(source + ": ignored, since this version does not know it: " + String.join(", ", unknown));
        }
        AccessFile sum = summed(header, rows);
        return new AccessFile(sum.header(), sum.rows(), notes);
    }

    private AccessFile summed(AccessHeader header, List<AccessRow> rows) {
        try {
            return AccessFile.of(header, rows);
        } catch (ArithmeticException overflow) {
            throw new InputException(source, "", "added up, a count is larger than 2^63 - 1");
        }
    }

    @SuppressWarnings("unchecked")
    private void read(String one) {
        Object value = JsonText.parse(source, one, line);
        if (!(value instanceof Map)) {
            throw problem("expected an object in braces");
        }
        object = (Map<String, Object>) value;
    }

    private AccessHeader header() {
        String format = object.get("format") instanceof String word ? word : "";
        if (!format.equals(FORMAT)) {
            throw problem("expected \"format\":\"" + FORMAT + "\", found "
                    + (object.containsKey("format") ? "'" + shown(object.get("format")) + "'" : "none"));
        }
        note(IN_HEADER);
        String word = text("certainty", true);
        Certainty certainty = List.of(Certainty.SAMPLED, Certainty.RECORDED).stream()
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> problem("certainty: expected sampled or recorded, found '" + shown(word) + "'"));
        long seen = 0;
        long attributed = 0;
        if (object.containsKey("coverage")) {
            Map<String, Object> coverage = map("coverage");
            seen = number(coverage.get("seen"), "coverage.seen", Long.MAX_VALUE);
            attributed = number(coverage.get("attributed"), "coverage.attributed", Long.MAX_VALUE);
            if (attributed > seen) {
                throw problem("coverage: " + attributed + " of " + seen + " attributed");
            }
        }
        long runs = object.containsKey("runs") ? number(object.get("runs"), "runs", Long.MAX_VALUE) : 1;
        if (runs < 1) {
            throw problem("runs: expected 1 or more, found " + runs);
        }
        return new AccessHeader(
                certainty, identity(), text("tool", true), runs, seconds(), text("unit", true), seen, attributed);
    }

    /** {@return what the recorder says of the run} */
    private List<String> told() {
        Object value = object.getOrDefault("notes", List.of());
        if (!(value instanceof List<?> list) || list.size() > MOST_IDENTITY) {
            throw problem(
                    "notes: expected a list of at most " + MOST_IDENTITY + " texts, found '" + shown(value) + "'");
        }
        List<String> told = new ArrayList<>();
        for (Object one : list) {
            if (!(one instanceof String text)) {
                throw problem("notes: expected texts, found '" + shown(one) + "'");
            }
            told.add(source + ": " + named("notes", text));
        }
        return told;
    }

    private SortedMap<String, String> identity() {
        SortedMap<String, String> identity = new TreeMap<>();
        for (Map.Entry<String, Object> one : map("identity").entrySet()) {
            if (!(one.getValue() instanceof String value)) {
                throw problem("identity." + one.getKey() + ": expected text, found '" + shown(one.getValue()) + "'");
            }
            identity.put(named("identity", one.getKey()), named("identity." + one.getKey(), value));
            if (identity.size() > MOST_IDENTITY) {
                throw problem("identity: more than " + MOST_IDENTITY + " members");
            }
        }
        return identity;
    }

    private double seconds() {
        Object value = object.get("seconds");
        if (value == null) {
            return Double.NaN;
        }
        double seconds = value instanceof Long whole
                ? whole
                : value instanceof BigDecimal number ? number.doubleValue() : Double.NaN;
        if (!(seconds >= 0 && seconds <= LONGEST_SECONDS)) {
            throw problem("seconds: expected 0 to 1e12, found '" + shown(value) + "'");
        }
        return seconds;
    }

    private AccessRow row() {
        note(IN_ROW);
        String kindWord = text("kind", true);
        SeenKind kind = SeenKind.of(kindWord)
                .orElseThrow(() -> problem("kind: expected one of " + String.join(", ", SeenKind.words()) + ", found '"
                        + shown(kindWord) + "'" + Nearest.hint(kindWord, SeenKind.words())));
        String field = text("field", object.containsKey("field"));
        long offset = object.containsKey("byteOffset")
                ? number(object.get("byteOffset"), "byteOffset", MOST_OFFSET)
                : AccessRow.NO_OFFSET;
        if (field.isEmpty() && offset < 0) {
            throw problem("expected field or byteOffset");
        }
        AccessRow.Key key = new AccessRow.Key(
                text("role", true), text("operation", false), text("type", true), field, offset, kind);
        long count = number(object.get("count"), "count", Long.MAX_VALUE);
        long hitm = object.containsKey("hitm") ? part("hitm", count) : 0;
        long same = object.containsKey("sameObject") ? part("sameObject", count) : -1;
        Object atLeast = object.getOrDefault("atLeast", false);
        if (!(atLeast instanceof Boolean)) {
            throw problem("atLeast: expected true or false, found '" + shown(atLeast) + "'");
        }
        return new AccessRow(
                key, small("threads"), small("cpus"), count, hitm, same, (Boolean) atLeast, small("bytes"));
    }

    private int small(String name) {
        return object.containsKey(name) ? (int) number(object.get(name), name, MOST_NUMBER) : 0;
    }

    private long part(String name, long count) {
        long part = number(object.get(name), name, Long.MAX_VALUE);
        if (part > count) {
            throw problem(name + ": " + part + " of a count of " + count);
        }
        return part;
    }

    private long number(Object value, String name, long most) {
        if (!(value instanceof Long number) || number < 0 || number > most) {
            throw problem(name + ": expected a whole number from 0 to " + (most == Long.MAX_VALUE ? "2^63 - 1" : most)
                    + ", found " + (value == null ? "none" : "'" + shown(value) + "'"));
        }
        return number;
    }

    private String text(String name, boolean isNeeded) {
        Object value = object.get(name);
        if (value == null && !isNeeded) {
            return "";
        }
        if (!(value instanceof String text) || isNeeded && text.isBlank()) {
            throw problem(name + ": expected text, found " + (value == null ? "none" : "'" + shown(value) + "'"));
        }
        return named(name, text);
    }

    private String named(String name, String text) {
        if (text.length() > LONGEST_NAME) {
            throw problem(name + ": " + text.length() + " characters; at most " + LONGEST_NAME);
        }
        return text;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> map(String name) {
        Object value = object.get(name);
        if (!(value instanceof Map)) {
            throw problem(name + ": expected an object in braces, found "
                    + (value == null ? "none" : "'" + shown(value) + "'"));
        }
        return (Map<String, Object>) value;
    }

    private void note(Set<String> known) {
        for (String name : object.keySet()) {
            if (!known.contains(name) && unknown.size() < MOST_IDENTITY) {
                unknown.add(shown(name));
            }
        }
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return VisibleText.of(text.length() > 80 ? text.substring(0, 80) + "..." : text);
    }

    private InputException problem(String problem) {
        return new InputException(source, "line " + line, problem);
    }
}
