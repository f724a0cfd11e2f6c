package dev.faultline.offheap.interleave;

import dev.faultline.offheap.memory.IntWord;

/** A word that stops before each access in a run. Not thread-safe outside a run. */
public final class SteppedInt extends IntWord implements Stepped {

    private final String name;
    private int value;

    public SteppedInt(String name, int value) {
        this.name = name;
        this.value = value;
    }

    @Override
    public String label(int index) {
        return name;
    }

    private int read(String operation) {
        Run.Actor actor = stop(0, operation, false);
        if (actor != null) {
            actor.did("-> " + value, false);
        }
        return value;
    }

    private void write(String operation, int written) {
        Run.Actor actor = stop(0, operation, true);
        int before = value;
        value = written;
        if (actor != null) {
            actor.did(before + " => " + written, before != written);
        }
    }

    @Override
    public int get() {
        return read("get");
    }

    @Override
    public void set(int written) {
        write("set", written);
    }

    @Override
    public int getVolatile() {
        return read("getVolatile");
    }

    @Override
    public void setVolatile(int written) {
        write("setVolatile", written);
    }

    @Override
    public void setOrdered(int written) {
        write("setOrdered", written);
    }

    @Override
    public int getAndAdd(int delta) {
        Run.Actor actor = stop(0, "getAndAdd", true);
        int before = value;
        value = before + delta;
        if (actor != null) {
            actor.did(before + " => " + value, delta != 0);
        }
        return before;
    }

    @Override
    public boolean compareAndSet(int expected, int written) {
        Run.Actor actor = stop(0, "compareAndSet", true);
        int before = value;
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
