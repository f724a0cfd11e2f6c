package dev.faultline.bench.contestants.pool;

/** A record of 256 bytes for pools of Java objects, as large as the slot of a socket buffer in the kernel's cache. */
public class PooledRecord {

    private static final int BYTES = 240; // 256 with the array's header

    private final byte[] bytes = new byte[BYTES];

    /** Writes the number of its slot. */
    public final void use(int slot) {
        bytes[0] = (byte) slot;
    }

    /** Reads it and checks that it is the one written. */
    public final void check(int slot) {
        if (bytes[0] != (byte) slot) {
            throw new IllegalStateException("slot " + slot + " holds the record of slot " + bytes[0]);
        }
    }
}
