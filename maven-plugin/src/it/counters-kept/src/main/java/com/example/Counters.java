package com.example;

/** What one thread produced and another consumed. */
public final class Counters {
    private volatile long produced;
    private long p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;
    private volatile long consumed;

    /** Called by the producer alone. */
    public void offer() {
        produced = produced + 1;
    }

    /** Called by the consumer alone. */
    public void poll() {
        consumed = consumed + 1;
    }
}
