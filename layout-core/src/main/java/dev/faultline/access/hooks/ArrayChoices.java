package dev.faultline.access.hooks;

import dev.faultline.access.file.SeenKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which elements of arrays threads used. When each thread writes one of its own in a global array, as {@code
 * slots[thread]}, the array counts as a part of its section, so that neighbours are seen beside each other.
 */
final class ArrayChoices {

    /**
     * Who did one thing to an array.
     *
     * @param array the array: a variable, or a field of a struct
     * @param role the role
     * @param operation the operation
     * @param field the path in an element; empty when the elements are numbers
     * @param kind what was done
     */
    record Access(String array, String role, String operation, String field, SeenKind kind) {}

    private final Map<Access, Map<Integer, Set<Long>>> elements = new HashMap<>();
    private final Map<String, Map<Integer, Set<Long>>> written = new HashMap<>();

    /** Adds an access of an element by a thread. */
    void add(Access access, int thread, long element) {
        elements.computeIfAbsent(access, any -> new HashMap<>())
                .computeIfAbsent(thread, any -> new HashSet<>())
                .add(element);
        if (access.kind().kind().writes()) {
            written.computeIfAbsent(access.array(), any -> new HashMap<>())
                    .computeIfAbsent(thread, any -> new HashSet<>())
                    .add(element);
        }
    }

    /** {@return whether two threads write an element each that the other does not write} */
    boolean isSplit(String array) {
        Set<Long> own = new HashSet<>();
        written.getOrDefault(array, Map.of()).values().stream()
                .filter(set -> set.size() == 1)
                .forEach(own::addAll);
        return own.size() > 1;
    }

    /**
     * {@return which element was accessed, as paths of fields say it: {@code own} when each thread used another one,
     * {@code *} when one used all, {@code any} when they used several, else its number}
     *
     * @param access who did what
     * @param count how many elements the array has
     */
    String choice(Access access, long count) {
        Map<Integer, Set<Long>> byThread = elements.get(access);
        Set<Long> all = new HashSet<>();
        byThread.values().forEach(all::addAll);
        boolean isOneEach = byThread.values().stream().allMatch(set -> set.size() == 1);
        if (isOneEach && byThread.size() == all.size() && all.size() > 1) {
            return "own";
        }
        if (all.size() == 1) {
            return String.valueOf(all.iterator().next());
        }
        return byThread.values().stream().anyMatch(set -> set.size() == count) ? "*" : "any";
    }
}
