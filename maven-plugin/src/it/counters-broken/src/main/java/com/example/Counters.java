package com.example;

/** What one thread produced and another consumed. */
public final class Counters {
    private volatile long produced;
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
