package dev.faultline.recorder.run;

import java.util.Arrays;
import java.util.List;

/** Who did what to which field. */
final class RowKey implements Comparable<RowKey> {

    /** What the name of an operation ends with that is reading in a loop that waits. */
    static final String POLLS = " (polls)";

    final String type;
    private final List<String> words;

    RowKey(String role, String operation, String type, String field, String kind) {
        this.type = type;
        words = Arrays.asList(type, field, role, operation, kind);
    }

    String field() {
        return words.get(1);
    }

    String kind() {
        return words.get(4);
    }

    /** {@return whether the operation is reading in a loop that waits} */
    boolean isPoll() {
        return words.get(3).endsWith(POLLS);
    }

    /** {@return the row with a number of threads and a count, without its last brace} */
    String line(int threads, long count) {
        return "{\"role\":" + JsonLine.quote(words.get(2)) + ",\"threads\":" + threads + ",\"operation\":"
                + JsonLine.quote(words.get(3)) + ",\"type\":" + JsonLine.quote(type) + ",\"field\":"
                + JsonLine.quote(words.get(1)) + ",\"kind\":" + JsonLine.quote(words.get(4)) + ",\"count\":" + count;
    }

    @Override
    public int compareTo(RowKey other) {
        for (int i = 0; i < words.size(); i++) {
            int order = words.get(i).compareTo(other.words.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Override
    public int hashCode() {
        return words.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowKey && words.equals(((RowKey) other).words);
    }
}
