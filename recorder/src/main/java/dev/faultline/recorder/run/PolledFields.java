package dev.faultline.recorder.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How often fields are read in loops that wait, for each write that such a loop can have waited for. */
final class PolledFields {

    private static final int MOST_NAMED = 3;

    private static final class Field {
        final String name;
        long polls;
        long writes;

        Field(String name) {
            this.name = name;
        }

        String line() {
            String rate = writes == 0
                    ? "and no write of it was counted"
                    : String.format(Locale.ROOT, "%.1f for each of its %d writes", (double) polls / writes, writes);
            return name + " was polled " + polls + " times, " + rate;
        }
    }

    private final Map<String, Field> fields = new HashMap<>();

    void add(RowKey key, long count) {
        Field field = fields.computeIfAbsent(key.place(), Field::new);
        if (key.isPoll()) {
            field.polls += count;
        } else if (!key.kind().equals(AccessSite.READ)) {
            field.writes += count;
        }
    }

    /** {@return a line for each of the fields that were polled most} */
    List<String> lines() {
        List<Field> polled = new ArrayList<>();
        for (Field field : fields.values()) {
            if (field.polls > 0) {
                polled.add(field);
            }
        }
        polled.sort(Comparator.<Field>comparingLong(field -> -field.polls).thenComparing(field -> field.name));
        List<String> lines = new ArrayList<>();
        for (Field field : polled.subList(0, Math.min(MOST_NAMED, polled.size()))) {
            lines.add(field.line());
        }
        if (polled.size() > MOST_NAMED) {
            lines.add((polled.size() - MOST_NAMED) + " more fields were polled");
        }
        return lines;
    }
}
