package dev.faultline.source.llvm.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbered metadata of a module. One pass over the text notes where each node starts and of which kind it is; its
 * fields are read where the text has them when they are asked for.
 */
public final class Metadata {

    /** Stands for no node. */
    public static final int NONE = -1;

    private static final int MOST_NODES = 1 << 25;

    private static final String LOCATION = "DILocation";

    private final IrText text;
    /** Where the parenthesis or brace of a node is; {@link #NONE} when there is no node, or it has none. */
    private int[] opens = new int[1 << 10];

    private short[] kinds = new short[1 << 10];
    private short[] tags = new short[1 << 10];
    private final Words words = new Words();
    private int count;
    private int[] described = new int[1 << 8];
    private int describedCount;

    /** Words that occur often, by small numbers. */
    private static final class Words {

        private static final int MOST = 1000;
        private final Map<String, Short> numbers = new HashMap<>();
        private final List<String> words = new ArrayList<>();

        Words() {
            of("");
        }

        short of(String word) {
            Short known = numbers.get(word);
            if (known == null) {
                known = words.size() > MOST ? 0 : (short) words.size();
                words.add(words.size() > MOST ? "" : word);
                numbers.put(word, known);
            }
            return known;
        }

        /** {@return the number of the word at a place of a text, which is likely the same as one before} */
        short of(IrText text, int start, int end, short likely) {
            String word = words.get(likely);
            return word.length() == end - start && text.startsWith(word, start)
                    ? likely
                    : of(text.substring(start, end));
        }

        String word(short number) {
            return words.get(number);
        }
    }

    Metadata(IrText text) {
        this.text = text;
        Arrays.fill(opens, NONE);
    }

    /** Notes where the text of a node starts: behind {@code !12 = }. */
    void add(int id, int start) {
        if (id < 0 || id >= MOST_NODES) {
            throw new IllegalArgumentException("metadata number " + id + "; the limit is " + MOST_NODES);
        }
        if (id >= opens.length) {
            grow(Math.max(id + 1, 2 * opens.length));
        }
        int at = text.startsWith("distinct ", start) ? start + "distinct ".length() : start;
        at = at < text.length() && text.charAt(at) == '!' ? at + 1 : at;
        int open = at;
        while (open < text.length() && isNamePart(text.charAt(open))) {
            open++;
        }
        boolean has = open < text.length() && (text.charAt(open) == '(' || text.charAt(open) == '{');
        opens[id] = has ? open : NONE;
        kinds[id] = has ? words.of(text, at, open, id > 0 ? kinds[id - 1] : 0) : 0;
        tags[id] = 0;
        count = Math.max(count, id + 1);
        if (has && open > at && !words.word(kinds[id]).equals(LOCATION)) {
            described(id, open + 1);
        }
    }

    private static boolean isNamePart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private void grow(int size) {
        int before = opens.length;
        opens = Arrays.copyOf(opens, size);
        kinds = Arrays.copyOf(kinds, size);
        tags = Arrays.copyOf(tags, size);
        Arrays.fill(opens, before, size, NONE);
    }

    private void described(int id, int at) {
        if (describedCount == described.length) {
            described = Arrays.copyOf(described, 2 * describedCount);
        }
        described[describedCount++] = id;
        if (text.startsWith("tag: ", at)) {
            int start = at + "tag: ".length();
            int end = start;
            while (end < text.length() && IrCursor.isWordPart(text.charAt(end))) {
                end++;
            }
            tags[id] = words.of(text, start, end, (short) 0);
        }
    }

    /** {@return one more than the highest number of a node} */
    public int count() {
        return count;
    }

    /** {@return the nodes that are neither plain lists nor locations of instructions, by number} */
    public int[] described() {
        int[] sorted = Arrays.copyOf(described, describedCount);
        Arrays.sort(sorted);
        int kept = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[kept++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, kept);
    }

    /** {@return whether there is a node of that number} */
    public boolean has(int id) {
        return id >= 0 && id < count && opens[id] >= 0;
    }

    /** {@return the kind of a node, {@code DICompositeType}; empty for a plain list, and for no node} */
    public String kind(int id) {
        return has(id) ? words.word(kinds[id]) : "";
    }

    /** {@return whether a node is of a kind} */
    public boolean is(int id, String kind) {
        return has(id) && words.word(kinds[id]).equals(kind) && text.charAt(opens[id]) == '(';
    }

    /** {@return the tag of a node, {@code DW_TAG_member}; empty when it has none} */
    public String tag(int id) {
        return !has(id) ? "" : tags[id] != 0 ? words.word(tags[id]) : raw(id, "tag");
    }

    /** {@return where the value of a field starts; -1 when the node lacks it} */
    private int find(int id, String key) {
        if (!has(id) || text.charAt(opens[id]) != '(') {
            return -1;
        }
        int at = opens[id] + 1;
        while (at < text.length() && text.charAt(at) != ')' && text.charAt(at) != '\n') {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            int colon = at + key.length();
            if (text.startsWith(key, at) && colon < text.length() && text.charAt(colon) == ':') {
                return colon + 1;
            }
            at = behind(at);
            if (at >= text.length() || text.charAt(at) != ',') {
                return -1;
            }
            at++;
        }
        return -1;
    }

    /** {@return the value of a field as the text has it; empty when the node lacks it} */
    public String raw(int id, String key) {
        int start = find(id, key);
        return start < 0 ? "" : stripped(start, behind(start));
    }

    private String stripped(int from, int to) {
        int start = from;
        int end = to;
        while (start < end && text.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && text.charAt(end - 1) <= ' ') {
            end--;
        }
        return text.substring(start, end);
    }

    /** {@return where a part of a node ends: at a comma, or at the bracket that closes the node} */
    private int behind(int from) {
        int depth = 0;
        int end = text.length();
        for (int at = from; at < end; at++) {
            switch (text.charAt(at)) {
                case '"' -> {
                    at = text.indexOf('"', at + 1);
                    if (at < 0) {
                        return end;
                    }
                }
                case '(', '{', '<', '[' -> depth++;
                case ')', '}', '>', ']' -> {
                    if (depth-- == 0) {
                        return at;
                    }
                }
                case ',' -> {
                    if (depth == 0) {
                        return at;
                    }
                }
                case '\n' -> {
                    return at;
                }
                default -> {}
            }
        }
        return end;
    }

    /** {@return the text of a field without its quotes; empty when the node lacks it} */
    public String text(int id, String key) {
        return unquoted(raw(id, key));
    }

    /** {@return a text without quotes around it} */
    public static String unquoted(String raw) {
        if (raw.length() < 2 || raw.charAt(0) != '"') {
            return raw;
        }
        if (raw.indexOf('\\') < 0 && raw.indexOf('"', 1) == raw.length() - 1) {
            return raw.substring(1, raw.length() - 1);
        }
        return new IrCursor("", IrText.of(raw), 0, raw.length()).string();
    }

    /** {@return the number of a node that a field refers to; {@link #NONE} when it refers to none} */
    public int reference(int id, String key) {
        int at = find(id, key);
        if (at < 0) {
            return NONE;
        }
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return reference(at);
    }

    /** {@return the number in a text that starts with {@code !12}; {@link #NONE} for others} */
    private int reference(int from) {
        if (from >= text.length() || text.charAt(from) != '!') {
            return NONE;
        }
        int number = 0;
        int at = from + 1;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && at < from + 9) {
            number = number * 10 + text.charAt(at) - '0';
            at++;
        }
        boolean isWhole = at > from + 1 && (at >= text.length() || !IrCursor.isWordPart(text.charAt(at)));
        return isWhole ? number : NONE;
    }

    /** {@return the number of a node in a text such as {@code !12}; {@link #NONE} for others} */
    public static int reference(String raw) {
        if (raw.length() < 2 || raw.length() > 9 || raw.charAt(0) != '!') {
            return NONE;
        }
        int number = 0;
        for (int i = 1; i < raw.length(); i++) {
            int digit = raw.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** {@return the number in a field} */
    public long number(int id, String key, long otherwise) {
        int start = find(id, key);
        return start < 0 ? otherwise : number(stripped(start, behind(start)), otherwise);
    }

    /** {@return the number in a text such as {@code 64} or {@code i64 64}} */
    public static long number(String raw, long otherwise) {
        String word = raw.substring(raw.lastIndexOf(' ') + 1);
        try {
            return word.isEmpty() ? otherwise : Long.parseLong(word);
        } catch (NumberFormatException other) {
            return otherwise;
        }
    }

    /** {@return whether a node has a flag} */
    public boolean hasFlag(int id, String flag) {
        int start = find(id, "flags");
        if (start < 0) {
            return false;
        }
        String flags = stripped(start, behind(start));
        int at = flags.indexOf(flag);
        return at >= 0 && (at + flag.length() == flags.length() || flags.charAt(at + flag.length()) == ' ');
    }

    /** {@return the parts of a plain list as the text has them; none for other nodes} */
    public List<String> parts(int id) {
        if (!has(id) || text.charAt(opens[id]) != '{') {
            return List.of();
        }
        List<String> parts = new ArrayList<>();
        int at = opens[id] + 1;
        while (at < text.length()) {
            int end = behind(at);
            String part = stripped(at, end);
            if (!part.isEmpty()) {
                parts.add(part);
            }
            if (end >= text.length() || text.charAt(end) != ',') {
                break;
            }
            at = end + 1;
        }
        return parts;
    }

    /** {@return the nodes that a field's list refers to; {@link #NONE} for other parts of it} */
    public List<Integer> list(int id, String key) {
        int list = reference(id, key);
        return list == NONE
                ? List.of()
                : parts(list).stream().map(Metadata::reference).toList();
    }
}
