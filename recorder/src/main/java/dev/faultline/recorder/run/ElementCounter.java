package dev.faultline.recorder.run;

/** How often one thread did one thing at one place, in one operation, to elements of arrays of one name. */
final class ElementCounter extends AccessCounter {

    /** How many arrays of one name at a place are looked up; of further ones, one in some. */
    private static final int MANY_ARRAYS = 32;

    private static final int LOOKED_UP_ONE_IN = 61;

    /**
     * Pairs of an index plus 1 and a count, replaced as a whole when it grows, so that another thread may read it. Null
     * when there were more elements than are told apart.
     */
    private volatile long[] elements = new long[16];

    /** Whether there were more elements than are told apart. */
    private boolean areMany;

    private int size;
    private int otherArrays;

    ElementCounter(Object array, int method, int site, String type, AccessCounter next) {
        super(array.getClass(), method, site, -1, type, ArrayNames.ANY, array, next);
    }

    /** {@return the counts of single elements: pairs of an index plus 1 and a count; null when they are not known} */
    long[] elements() {
        return elements;
    }

    /** {@return whether an array has the name of this counter, surely or as all of many others at its place} */
    boolean holds(Object array) {
        return isOf(array) || next == null && otherArrays > MANY_ARRAYS && otherArrays++ % LOOKED_UP_ONE_IN != 0;
    }

    /** Notes that an array has been looked up, and has the name of this counter. */
    void lookedUp(Object array) {
        otherArrays++;
        nowOf(array);
    }

    /** Counts accesses of an element. */
    void count(Object array, int index, int times) {
        count(array, times);
        if (!areMany) {
            tellApart(index, times);
        }
    }

    private void tellApart(int index, int times) {
        long[] table = elements;
        if (table == null) {
            return; // another virtual thread found that there are many
        }
        int at = place(table, index + 1L);
        if (table[at] != 0) {
            table[at + 1] += times;
        } else {
            add(table, index + 1L, times);
        }
    }

    private static int place(long[] table, long key) {
        int mask = table.length - 2;
        int at = ((int) key << 1) & mask;
        while (table[at] != key && table[at] != 0) {
            at = (at + 2) & mask;
        }
        return at;
    }

    private void add(long[] table, long key, int times) {
        if (size == ArrayNames.MOST_TOLD_APART) {
            areMany = true;
            elements = null;
            return;
        }
        long[] to = table;
        if (++size * 4 > to.length) {
            to = new long[table.length * 2];
            for (int i = 0; i < table.length; i += 2) {
                if (table[i] != 0) {
                    int at = place(to, table[i]);
                    to[at] = table[i];
                    to[at + 1] = table[i + 1];
                }
            }
        }
        int at = place(to, key);
        to[at + 1] = times;
        to[at] = key;
        elements = to;
    }
}
