package dev.faultline.recorder.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** How often one thread did one thing at one place, in one operation, to elements of arrays of one name. */
final class ElementCounter extends AccessCounter {

    /** How many arrays of one name at a place are looked up; of further ones, one in some. */
    private static final int MANY_ARRAYS = 32;

    private static final int LOOKED_UP_ONE_IN = 61;

    /** Calls {@link #countAndGrant(Object, MethodCounters, int)}; see {@link AccessCounter}. */
    private static MethodHandle granting = granting();

    /**
     * Pairs of an index plus 1 and a count, replaced as a whole when it grows, so that another thread may read it. Null
     * when there were more elements than are told apart.
     */
    private volatile long[] elements = new long[16];

    /** Whether there were more elements than are told apart. */
    private boolean areMany;

    /** Whose cell counts further accesses, and which one; null for none. */
    private volatile MethodCounters holder;

    private int holderCell;
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
    boolean holds(Object array, MethodCounters counters) {
        return isOf(array) || isOneOfMany(array, counters);
    }

    private boolean isOneOfMany(Object array, MethodCounters counters) {
        return otherArrays > MANY_ARRAYS
                && next == null
                && counters.counters.first(site) == this
                && objectClass == array.getClass()
                && otherArrays++ % LOOKED_UP_ONE_IN != 0;
    }

    /** Notes that an array has been looked up, and has the name of this counter. */
    void lookedUp(Object array) {
        otherArrays++;
        nowOf(array);
    }

    /**
     * Counts an access of an element. Once they are not told apart, the next ones of the same array may be counted down
     * in a cell.
     *
     * @param array the array
     * @param index the index
     * @param counters those of the method
     * @param cell a cell of the place; -1 for none
     */
    void count(Object array, int index, MethodCounters counters, int cell) {
        if (!areMany) {
            count(array);
            tellApart(index);
        } else {
            try {
                granting.invokeExact(this, array, counters, cell);
            } catch (Throwable failed) {
                Recorder.failed();
            }
        }
    }

    /** Called by its name, so that it is no part of compiled methods of the program. */
    void countAndGrant(Object array, MethodCounters counters, int cell) {
        settle();
        if (cell < 0 || counters.counters.isShared) {
            count(array);
            return;
        }
        int grantedCount = countAndGrant(array, false);
        try {
            counters.giveElements(cell, this, System.identityHashCode(array), grantedCount);
        } catch (Throwable notGiven) { // as for want of stack; no call here, which could fail too
            granted = 0;
            throw notGiven;
        }
        holderCell = cell;
        holder = counters;
    }

    private static MethodHandle granting() {
        try {
            MethodType type = MethodType.methodType(void.class, Object.class, MethodCounters.class, int.class);
            return MethodHandles.lookup().findVirtual(ElementCounter.class, "countAndGrant", type);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Takes back what is left in a cell, and counts what was counted in it. Where it fails, all is as before. */
    void settle() {
        MethodCounters from = holder;
        if (from != null) {
            int left = from.elementsLeft(holderCell);
            from.giveElements(holderCell, this, 0, 0);
            count += granted - left;
            granted = 0;
            holder = null;
        }
    }

    @Override
    long total() {
        long before;
        long inCell;
        do {
            before = count;
            MethodCounters in = holder;
            inCell = in == null ? 0 : granted - in.elementsLeft(holderCell);
        } while (before != count);
        return before + inCell;
    }

    private void tellApart(int index) {
        long[] table = elements;
        if (table == null) {
            return; // another virtual thread found that there are many
        }
        int at = place(table, index + 1L);
        if (table[at] != 0) {
            table[at + 1]++;
        } else {
            add(table, index + 1L);
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

    private void add(long[] table, long key) {
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
        to[at + 1] = 1;
        to[at] = key;
        elements = to;
    }
}
