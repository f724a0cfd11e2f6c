package dev.faultline.recorder.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which arrays had more elements touched by a thread than are told apart. */
final class ElementNames {

    private final Map<String, Set<Long>> touched = new HashMap<>();
    private final Set<String> many = new HashSet<>();

    /** Looks at a counter of the thread. */
    void add(AccessCounter counter) {
        if (counter instanceof ElementCounter) {
            long[] elements = ((ElementCounter) counter).elements();
            if (elements == null) {
                many.add(counter.type);
                return;
            }
            for (int i = 0; i < elements.length; i += 2) {
                add(counter.type, elements[i] - 1);
            }
        } else if (counter.field.equals(ArrayNames.ANY)) {
            many.add(counter.type);
        } else if (counter.field.startsWith("[")) {
            add(counter.type, Long.parseLong(counter.field.substring(1, counter.field.length() - 1)));
        }
    }

    private void add(String type, long index) {
        if (index < 0 || many.contains(type)) {
            return;
        }
        Set<Long> indices = touched.computeIfAbsent(type, any -> new HashSet<>());
        indices.add(index);
        if (indices.size() > ArrayNames.MOST_TOLD_APART) {
            many.add(type);
        }
    }

    /** {@return whether the elements of an array are not told apart} */
    boolean areMany(String type) {
        return many.contains(type);
    }

    /** {@return the field of the row that counts a field of a type} */
    String field(String type, String field) {
        return field.startsWith("[") && many.contains(type) ? ArrayNames.ANY : field;
    }
}
