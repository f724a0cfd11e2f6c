package dev.faultline.offheap.bench.layout;

/** The accesses of a script, compiled. One class of it is loaded in a fork, so that a call of it costs none. */
abstract class AccessLoop {

    /**
     * Does something once.
     *
     * @param play its number
     * @param value what the accesses before this delivered
     * @param nothing 0, which the compiler must not know: it ties an address to a value without changing it
     * @return a value that depends on all that was loaded
     */
    abstract long play(int play, long value, long nothing);
}
