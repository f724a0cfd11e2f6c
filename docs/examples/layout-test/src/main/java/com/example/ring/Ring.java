package com.example.ring;

/**
 * A ring between one producer and one consumer, in the usual Java way: a superclass' fields come before those of its
 * subclasses, so padding goes into classes of its own. Seven longs and the index fill a line of 64 bytes.
 */
public final class Ring extends PadBehindTail {

    private final Object[] slots;
    private final int mask;

    /**
     * A ring.
     *
     * @param size a power of two
     */
    public Ring(int size) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("size must be a power of two, got " + size);
        }
        slots = new Object[size];
        mask = size - 1;
    }

    /** Puts an element in, unless the ring is full. */
    public boolean offer(Object element) {
        long at = tail;
        if (at - head > mask) {
            return false;
        }
        slots[(int) at & mask] = element;
        tail = at + 1;
        return true;
    }

    /** Takes the oldest element, or null. */
    public Object poll() {
        long at = head;
        if (at == tail) {
            return null;
        }
        Object element = slots[(int) at & mask];
        slots[(int) at & mask] = null;
        head = at + 1;
        return element;
    }
}

class PadBeforeHead {
    long pad01, pad02, pad03, pad04, pad05, pad06, pad07;
}

class Head extends PadBeforeHead {
    volatile long head;
}

class PadBetween extends Head {
    long pad11, pad12, pad13, pad14, pad15, pad16, pad17;
}

class Tail extends PadBetween {
    volatile long tail;
}

class PadBehindTail extends Tail {
    long pad21, pad22, pad23, pad24, pad25, pad26, pad27;
}
