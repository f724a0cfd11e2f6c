package dev.faultline.offheap.interleave;

import dev.faultline.offheap.memory.IntWords;

/** Words that stop before each access in a run. Not thread-safe outside a run. */
public final class SteppedInts extends IntWords implements Stepped {

    private final String name;
    private final int[] values;

    public SteppedInts(String name, int count) {
        this.name = name;
        values = new int[count];
    }

    @Override
    public String label(int index) {
        return name + "[" + index + "]";
    }

    @Override
    public int count() {
        return values.length;
    }

    private int read(int index, String operation) {
        Run.Actor actor = stop(index, operation, false);
        int value = values[index];
        if (actor != null) {
            actor.did("-> " + value, false);
        }
        return value;
    }

    private void write(int index, String operation, int written) {
        Run.Actor actor = stop(index, operation, true);
        int before = values[index];
        values[index] = written;
        if (actor != null) {
            actor.did(before + " => " + written, before != written);
        }
    }

    @Override
    public int get(int index) {
        return read(index, "get");
    }

    @Override
    public void set(int index, int written) {
        write(index, "set", written);
    }

    @Override
    public int getVolatile(int index) {
        return read(index, "getVolatile");
    }

    @Override
    public void setVolatile(int index, int written) {
        write(index, "setVolatile", written);
    }

    @Override
    public void setOrdered(int index, int written) {
        write(index, "setOrdered", written);
    }

    @Override
    public int getAndAdd(int index, int delta) {
        Run.Actor actor = stop(index, "getAndAdd", true);
        int before = values[index];
        values[index] = before + delta;
        if (actor != null) {
            actor.did(before + " => " + values[index], delta != 0);
        }
        return before;
    }

    @Override
    public boolean compareAndSet(int index, int expected, int written) {
        Run.Actor actor = stop(index, "compareAndSet", true);
        int before = values[index];
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
}
