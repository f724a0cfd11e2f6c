package dev.faultline.source.llvm.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The numbered metadata of a module. Nodes are read where the text has them each time they are asked for. */
public final class Metadata {

    /** Stands for no node. */
    public static final int NONE = -1;

    private static final int MOST_NODES = 1 << 25;

    private final String text;
    private int[] starts = new int[1 << 10];
    private int count;

    Metadata(String text) {
        this.text = text;
        Arrays.fill(starts, NONE);
    }

    /** Notes where the text of a node starts: behind {@code !12 = }. */
    void add(int id, int start) {
        if (id < 0 || id >= MOST_NODES) {
            throw new IllegalArgumentException("metadata number " + id + "; the limit is " + MOST_NODES);
        }
        if (id >= starts.length) {
            int before = starts.length;
            starts = Arrays.copyOf(starts, Math.max(id + 1, 2 * before));
            Arrays.fill(starts, before, starts.length, NONE);
        }
        starts[id] = start;
        count = Math.max(count, id + 1);
    }

    /** {@return one more than the highest number of a node} */
    public int count() {
        return count;
    }

    /** {@return whether there is a node of that number} */
    public boolean has(int id) {
        return id >= 0 && id < count && starts[id] >= 0;
    }

    /** {@return the kind of a node, {@code DICompositeType}; empty for a plain list, and for no node} */
    public String kind(int id) {
        int at = open(id);
        return at < 0 ? "" : text.substring(start(id), at);
    }

    /** {@return whether a node is of a kind} */
    public boolean is(int id, String kind) {
        int start = has(id) ? start(id) : -1;
        return start >= 0
                && text.startsWith(kind, start)
                && start + kind.length() < text.length()
                && text.charAt(start + kind.length()) == '(';
    }

    /** {@return where the kind of a node starts, behind its exclamation mark} */
    private int start(int id) {
        int at = starts[id];
        if (text.startsWith("distinct ", at)) {
            at += "distinct ".length();
        }
        return text.startsWith("!", at) ? at + 1 : at;
    }

    /** {@return where the parenthesis or brace of a node is; -1 when it has none} */
    private int open(int id) {
        if (!has(id)) {
            return -1;
        }
        int at = start(id);
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        return at < text.length() && (text.charAt(at) == '(' || text.charAt(at) == '{') ? at : -1;
    }

    /** {@return the value of a field as the text has it; empty when the node lacks it} */
    public String raw(int id, String key) {
        int at = open(id);
        if (at < 0 || text.charAt(at) != '(') {
            return "";
        }
        at++;
        while (at < text.length() && text.charAt(at) != ')' && text.charAt(at) != '\n') {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            boolean isIt = text.startsWith(key, at)
                    && at + key.length() < text.length()
                    && text.charAt(at + key.length()) == ':';
            int end = behind(at);
            if (isIt) {
                return text.substring(at + key.length() + 1, end).strip();
            }
            at = end < text.length() && text.charAt(end) == ',' ? end + 1 : end;
            if (end < text.length() && text.charAt(end) != ',') {
                break;
            }
        }
        return "";
    }

    /** {@return where a part of a node ends: at a comma, or at the bracket that closes the node} */
    private int behind(int from) {
        int depth = 0;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at = text.indexOf('"', at + 1);
                if (at < 0) {
                    return text.length();
                }
            } else if (c == '(' || c == '{' || c == '<' || c == '[') {
                depth++;
            } else if (c == ')' || c == '}' || c == '>' || c == ']') {
                if (depth-- == 0) {
                    return at;
                }
            } else if (c == ',' && depth == 0 || c == '\n') {
                return at;
            }
        }
        return text.length();
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
        return new IrCursor("", raw, 0, raw.length()).string();
    }

    /** {@return the number of a node that a field refers to; {@link #NONE} when it refers to none} */
    public int reference(int id, String key) {
        return reference(raw(id, key));
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
        return number(raw(id, key), otherwise);
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
        String flags = raw(id, "flags");
        int at = flags.indexOf(flag);
        return at >= 0 && (at + flag.length() == flags.length() || flags.charAt(at + flag.length()) == ' ');
    }

    /** {@return the parts of a plain list as the text has them; none for other nodes} */
    public List<String> parts(int id) {
        int at = open(id);
        if (at < 0 || text.charAt(at) != '{') {
            return List.of();
        }
        List<String> parts = new ArrayList<>();
        at++;
        while (at < text.length()) {
            int end = behind(at);
            String part = text.substring(at, end).strip();
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
