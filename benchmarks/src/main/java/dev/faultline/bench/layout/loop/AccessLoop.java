package dev.faultline.bench.layout.loop;

/** The accesses of a script, as bytecode. A fork loads one subclass only, so that calls are inlined. */
abstract class AccessLoop {

    /**
     * Does one operation.
     *
     * @param play the number of the operation
     * @param value the value that the accesses before this gave
     * @param nothing 0, unknown to the compiler: it makes an address depend on a value without changing it
     * @return a value that depends on all loads
     */
    abstract long play(int play, long value, long nothing);
}
