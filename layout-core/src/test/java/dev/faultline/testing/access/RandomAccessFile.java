package dev.faultline.testing.access;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A random access file: odd names, members in any order and left out where they may be, counts that no double holds
 * exactly. The text is made here, not by the product's writer.
 *
 * @param header the members of the first line
 * @param rows those of further lines that are whole
 * @param text the text; a last line may be cut off
 */
public record RandomAccessFile(Map<String, Object> header, List<Map<String, Object>> rows, String text) {

    /** Beginnings of lines and quotes of SQL, shell and JSON; what sorts or prints oddly; spaces and case count. */
    private static final List<String> ODD = List.of(
            "plain",
            "Plain",
            " plain",
            "a\"b",
            "a\\b",
            "it's",
            "; DROP TABLE x; --",
            "std::map<int, std::vector<char>>::at(int) const",
            "{\"format\":\"x\"}",
            "tab\tand\nline",
            "\u0001\u007f",
            "caf\u00e9",
            "cafe\u0301",
            "\ud83d\ude00 \uffee",
            "line\u2028\u0085",
            "%s ${x} $1");

    private static final List<String> KINDS = List.of("read", "write", "volatile-write", "rmw", "cas-loop", "access");

    /**
     * {@return files whose counts may be added up}
     *
     * @param random makes the same files again
     * @param count how many
     * @param apart members of the first line instead of the usual ones
     * @param isComplete whether every file has a duration and a coverage; else some lack them
     */
    public static List<RandomAccessFile> of(Random random, int count, Map<String, Object> apart, boolean isComplete) {
        List<RandomAccessFile> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> header = header(random, apart, isComplete);
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int row = random.nextInt(20); row > 0; row--) {
                rows.add(row(random));
            }
            files.add(new RandomAccessFile(header, rows, text(random, header, rows)));
        }
        return files;
    }

    private static Map<String, Object> header(Random random, Map<String, Object> apart, boolean isComplete) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("format", "faultline-access 1");
        header.put("certainty", "sampled");
        header.put("identity", Map.of("build-id", "5c0e", "it's \"a\" kind", ODD.get(6), "Build-Id", "\u00e9"));
        header.put("tool", "perf script");
        header.put("unit", "samples");
        if (random.nextBoolean()) {
            header.put("runs", 1L + random.nextInt(9));
        }
        if (isComplete || random.nextInt(100) > 0) {
            header.put("seconds", BigDecimal.valueOf(random.nextLong(3_600_000_000_000L), 9));
        }
        if (isComplete || random.nextInt(100) > 0) {
            long seen = (1L << 50) - random.nextInt(1_000_000);
            header.put("coverage", Map.of("seen", seen, "attributed", seen / 2 + random.nextInt(1_000)));
        }
        if (random.nextInt(10) == 0) {
            header.put("notes", List.of("not added up"));
        }
        header.putAll(apart);
        return header;
    }

    private static Map<String, Object> row(Random random) {
        Map<String, Object> row = new LinkedHashMap<>();
        int field = random.nextInt(ODD.size());
        row.put("role", ODD.get(random.nextInt(3)));
        row.put("type", ODD.get(random.nextInt(ODD.size())));
        int named = random.nextInt(3);
        if (named != 0) {
            row.put("field", ODD.get(field));
        }
        if (named != 1) {
            row.put("byteOffset", field == 0 ? 1L << 32 : 8L * field);
        }
        int operation = random.nextInt(3);
        if (operation > 0) {
            row.put("operation", operation == 1 ? "" : ODD.get(7));
        }
        row.put("kind", KINDS.get(random.nextInt(KINDS.size())));
        long count = (1L << (random.nextInt(50) == 0 ? 49 : 40)) - random.nextInt(1_000_000);
        row.put("count", count);
        sometimes(random, row, "threads", random.nextInt(1 << 20));
        sometimes(random, row, "cpus", random.nextInt(256));
        sometimes(random, row, "hitm", random.nextBoolean() ? 0 : count / 3);
        if (field % 2 == 0 || random.nextInt(20) > 0) {
            row.put("sameObject", count / 7);
        }
        if (random.nextInt(20) == 0) {
            row.put("atLeast", random.nextBoolean());
        }
        if (random.nextInt(50) == 0) {
            row.put("of a later version", List.of(Map.of("role", 1L)));
        }
        return row;
    }

    private static void sometimes(Random random, Map<String, Object> row, String name, long value) {
        if (random.nextBoolean()) {
            row.put(name, value);
        }
    }

    private static String text(Random random, Map<String, Object> header, List<Map<String, Object>> rows) {
        StringBuilder text = new StringBuilder(json(random, header)).append('\n');
        for (Map<String, Object> row : rows) {
            text.append(json(random, row)).append(random.nextInt(50) == 0 ? "\n \n" : "\n");
        }
        if (random.nextInt(20) == 0) {
            String last = json(random, row(random));
            String cut = last.substring(0, 1 + random.nextInt(last.length() - 2));
            // behind a brace it is a broken line and none that is cut off
            text.append(cut.endsWith("}") ? "{" : cut);
        }
        return text.toString();
    }

    private static String json(Random random, Object value) {
        if (value instanceof Map<?, ?> members) {
            List<String> texts = new ArrayList<>();
            // maps of the JDK have an order of their own in each VM
            new TreeMap<>(members)
                    .forEach((name, member) -> texts.add(json(random, name) + ":" + json(random, member)));
            Collections.shuffle(texts, random);
            return "{" + String.join(",", texts) + "}";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(one -> json(random, one)).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof String text ? quoted(random, text) : value.toString();
    }

    /** Characters that need no escape sometimes have one: both spell the same text. */
    private static String quoted(Random random, String text) {
        StringBuilder quoted = new StringBuilder("\"");
        boolean isEscaped = random.nextInt(10) == 0;
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || isEscaped) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
