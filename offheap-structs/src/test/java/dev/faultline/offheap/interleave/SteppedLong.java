package dev.faultline.offheap.interleave;

import dev.faultline.offheap.memory.LongWord;

/** A word that stops before each access in a run. Not thread-safe outside a run. */
public final class SteppedLong extends LongWord implements Stepped {

    private final String name;
    private long value;

    public SteppedLong(String name, long value) {
        this.name = name;
        this.value = value;
    }

    @Override
    public String label(int index) {
        return name;
    }

    private long read(String operation) {
        Run.Actor actor = stop(0, operation, false);
        if (actor != null) {
            actor.did("-> " + value, false);
        }
        return value;
    }

    private void write(String operation, long written) {
        Run.Actor actor = stop(0, operation, true);
        long before = value;
        value = written;
        if (actor != null) {
            actor.did(before + " => " + written, before != written);
        }
    }

    @Override
    public long get() {
        return read("get");
    }

    @Override
    public void set(long written) {
        write("set", written);
    }

    @Override
    public long getVolatile() {
        return read("getVolatile");
    }

    @Override
    public void setVolatile(long written) {
        write("setVolatile", written);
    }

    @Override
    public void setOrdered(long written) {
        write("setOrdered", written);
    }

    @Override
    public long getAndAdd(long delta) {
        Run.Actor actor = stop(0, "getAndAdd", true);
        long before = value;
        value = before + delta;
        if (actor != null) {
            actor.did(before + " => " + value, delta != 0);
        }
        return before;
    }

    @Override
    public boolean compareAndSet(long expected, long written) {
        Run.Actor actor = stop(0, "compareAndSet", true);
        long before = value;
        boolean done = before == expected;
        if (done) {
            value = written;
        }
        if (actor != null) {
            actor.did(
                    done ? before + " => " + written : "is " + before + ", not " + expected, done && before != written);
        }
        return done;
    }
}
