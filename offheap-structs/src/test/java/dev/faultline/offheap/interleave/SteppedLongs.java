package dev.faultline.offheap.interleave;

import dev.faultline.offheap.memory.LongWords;
import java.util.Objects;

/** Words that stop before each access in a run. Not thread-safe outside a run. */
public final class SteppedLongs extends LongWords implements Stepped {

    private final String name;
    private final long[] values;

    public SteppedLongs(String name, int count) {
        this.name = name;
        values = new long[count];
    }

    @Override
    public String label(int index) {
        return name + "[" + index + "]";
    }

    @Override
    public int count() {
        return values.length;
    }

    private long read(int index, String operation) {
        Run.Actor actor = stop(index, operation, false);
        long value = values[index];
        if (actor != null) {
            actor.did("-> " + value, false);
        }
        return value;
    }

    private void write(int index, String operation, long written) {
        Run.Actor actor = stop(index, operation, true);
        long before = values[index];
        values[index] = written;
        if (actor != null) {
            actor.did(before + " => " + written, before != written);
        }
    }

    @Override
    public long get(int index) {
        return read(index, "get");
    }

    @Override
    public void set(int index, long written) {
        write(index, "set", written);
    }

    @Override
    public long getVolatile(int index) {
        return read(index, "getVolatile");
    }

    @Override
    public void setVolatile(int index, long written) {
        write(index, "setVolatile", written);
    }

    @Override
    public void setOrdered(int index, long written) {
        write(index, "setOrdered", written);
    }

    @Override
    public long getAndAdd(int index, long delta) {
        Run.Actor actor = stop(index, "getAndAdd", true);
        long before = values[index];
        values[index] = before + delta;
        if (actor != null) {
            actor.did(before + " => " + values[index], delta != 0);
        }
        return before;
    }

    @Override
    public boolean compareAndSet(int index, long expected, long written) {
        Run.Actor actor = stop(index, "compareAndSet", true);
        long before = values[index];
        boolean done = before == expected;
        if (done) {
            values[index] = written;
        }
        if (actor != null) {
            actor.did(
                    done ? before + " => " + written : "is " + before + ", not " + expected, done && before != written);
        }
        return done;
    }

    @Override
    public void setAll(int index, long[] from, int offset, int count) {
        Objects.checkFromIndexSize(index, count, values.length);
        Objects.checkFromIndexSize(offset, count, from.length);
        for (int i = 0; i < count; i++) {
            set(index + i, from[offset + i]);
        }
    }

    @Override
    public void getAll(int index, long[] to, int offset, int count) {
        Objects.checkFromIndexSize(index, count, values.length);
        Objects.checkFromIndexSize(offset, count, to.length);
        for (int i = 0; i < count; i++) {
            to[offset + i] = get(index + i);
        }
    }
}
