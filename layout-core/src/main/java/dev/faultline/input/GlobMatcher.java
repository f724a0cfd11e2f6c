package dev.faultline.input;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Matches names against a glob with a nondeterministic automaton, one bit per state, in time linear in the name for any
 * pattern. In state {@code i} the parts before {@code i} have matched.
 */
final class GlobMatcher {

    /**
     * A range of characters.
     *
     * @param first first code point
     * @param last last code point, at least {@code first}
     */
    record Range(int first, int last) {}

    /**
     * One part of a glob.
     *
     * @param run whether it matches any number of characters, rather than one
     * @param ranges the characters
     * @param others whether it matches the characters outside the ranges instead
     */
    record Part(boolean run, List<Range> ranges, boolean others) {
        static final Part RUN = new Part(true, List.of(), true);
        static final Part ANY = new Part(false, List.of(), true);

        static Part letter(int letter) {
            return new Part(false, List.of(new Range(letter, letter)), false);
        }

        static Part allBut(boolean run, int letter) {
            return new Part(run, List.of(new Range(letter, letter)), true);
        }

        private boolean takes(int letter) {
            for (Range range : ranges) {
                if (letter >= range.first() && letter <= range.last()) {
                    return !others;
                }
            }
            return others;
        }
    }

    private final int states;
    private final int[] classStarts;
    private final long[][] takers;
    private final long[] runs;

    /** A matcher of these parts; two runs never follow each other. */
    GlobMatcher(List<Part> parts) {
        this.states = parts.size();
        this.classStarts = classStarts(parts);
        this.takers = new long[classStarts.length][];
        for (int i = 0; i < classStarts.length; i++) {
            takers[i] = takers(parts, classStarts[i]);
        }
        this.runs = new long[words()];
        for (int i = 0; i < states; i++) {
            if (parts.get(i).run()) {
                set(runs, i);
            }
        }
    }

    /** {@return the first characters of classes; every part treats all characters of a class alike} */
    private static int[] classStarts(List<Part> parts) {
        TreeSet<Integer> starts = new TreeSet<>(List.of(0));
        for (Part part : parts) {
            for (Range range : part.ranges()) {
                starts.add(range.first());
                starts.add(range.last() + 1);
            }
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    private long[] takers(List<Part> parts, int letter) {
        long[] bits = new long[words()];
        for (int i = 0; i < states; i++) {
            if (parts.get(i).takes(letter)) {
                set(bits, i);
            }
        }
        return bits;
    }

    private int words() {
        return states / Long.SIZE + 1;
    }

    private static void set(long[] bits, int index) {
        bits[index / Long.SIZE] |= 1L << index;
    }

    boolean matches(String name) {
        long[] now = new long[words()];
        set(now, 0);
        passRuns(now);
        for (int i = 0; i < name.length(); i = name.offsetByCodePoints(i, 1)) {
            int found = Arrays.binarySearch(classStarts, name.codePointAt(i));
            if (!step(now, takers[found >= 0 ? found : -found - 2])) {
                return false;
            }
        }
        return (now[states / Long.SIZE] >>> states & 1) != 0;
    }

    /** {@return whether any state is left after a character} */
    private boolean step(long[] now, long[] takers) {
        long carry = 0;
        long any = 0;
        for (int i = 0; i < now.length; i++) {
            long taken = now[i] & takers[i];
            long on = taken & ~runs[i];
            now[i] = taken & runs[i] | on << 1 | carry;
            carry = on >>> 63;
            any |= now[i];
        }
        passRuns(now);
        return any != 0;
    }

    /** Adds the states behind runs, which may match nothing. */
    private void passRuns(long[] now) {
        long carry = 0;
        for (int i = 0; i < now.length; i++) {
            long at = now[i] & runs[i];
            now[i] |= at << 1 | carry;
            carry = at >>> 63;
        }
    }
}
