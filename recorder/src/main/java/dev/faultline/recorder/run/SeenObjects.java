package dev.faultline.recorder.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Identity hash codes of objects, and how often each was seen. A counter keeps at most 192 of them, a row 4,096. */
final class SeenObjects {

    private static final int MOST = 192;
    private static final int MOST_OF_ROW = 4096;

    /** Calls {@link #add}; see {@link AccessCounter}. */
    private static MethodHandle adding = adding();

    /** Pairs of a code and a count, replaced as a whole when it grows, so that another thread may read it. */
    private volatile int[] table = new int[4];

    private final boolean isOfRow;
    private int size;
    private volatile boolean full;

    private SeenObjects(boolean isOfRow) {
        this.isOfRow = isOfRow;
    }

    /** {@return those of a counter, which belongs to the thread that counts} */
    static SeenObjects ofCounter() {
        return new SeenObjects(false);
    }

    /** {@return those of a row, which are of several counters} */
    static SeenObjects ofRow() {
        return new SeenObjects(true);
    }

    /** Notes that an object was seen some times. */
    void add(int code, int times) {
        if (!full && !increase(table, code, times)) {
            grow(code, times);
        }
    }

    /** Adds what others saw, unless one of the two had to leave out some; then nothing is kept. */
    void addAll(SeenObjects others) {
        int[] from = others.table();
        for (int i = 0; i < from.length && !full; i += 2) {
            if (from[i + 1] > 0) {
                add(from[i], from[i + 1]);
            }
        }
        if (full || others.full) {
            forget();
        }
    }

    /** Keeps nothing from now on. */
    void forget() {
        full = true;
        table = new int[2]; // none is looked up in it
    }

    private static MethodHandle adding() {
        try {
            MethodType type = MethodType.methodType(void.class, int.class, int.class);
            return MethodHandles.lookup().findVirtual(SeenObjects.class, "add", type);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Notes that an object was seen once, by a call that the compiler does not put in place. */
    void addApart(int code) {
        try {
            adding.invokeExact(this, code, 1);
        } catch (Throwable failed) {
            Recorder.failed();
        }
    }

    /** {@return whether there were more objects than are kept} */
    boolean isFull() {
        return full;
    }

    /** {@return pairs of a code and how often it was seen; a count of 0 says that the place is free} */
    int[] table() {
        return table;
    }

    private static int place(int[] table, int code) {
        int mask = table.length - 2;
        int at = (code * 0x9E3779B1 >>> 8 << 1) & mask;
        while (table[at + 1] != 0 && table[at] != code) {
            at = (at + 2) & mask;
        }
        return at;
    }

    private static boolean increase(int[] in, int code, int times) {
        int at = place(in, code);
        if (in[at + 1] == 0) {
            return false;
        }
        in[at + 1] = (int) Math.min((long) in[at + 1] + times, Integer.MAX_VALUE);
        return true;
    }

    private void grow(int code, int times) {
        if (size == (isOfRow ? MOST_OF_ROW : MOST)) {
            full = true;
            return;
        }
        int[] to = table;
        if (++size * 4 > to.length) {
            to = new int[table.length * 2];
            if (!isOfRow) {
                Recorder.counters().take(4L * table.length);
            }
            for (int i = 0; i < table.length; i += 2) {
                if (table[i + 1] != 0) {
                    int at = place(to, table[i]);
                    to[at] = table[i];
                    to[at + 1] = table[i + 1];
                }
            }
        }
        int at = place(to, code);
        to[at] = code;
        to[at + 1] = times;
        table = to;
    }
}
