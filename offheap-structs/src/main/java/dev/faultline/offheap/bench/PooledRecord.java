package dev.faultline.offheap.bench;

/** What pools of Java objects keep: a record of 256 bytes, the slot of a socket buffer in the kernel's cache. */
public class PooledRecord {

    /** With the array's own header. */
    private static final int BYTES = 240;

    private final byte[] bytes = new byte[BYTES];

    /** Writes to its beginning. */
    public final void use(int slot) {
        bytes[0] = (byte) slot;
    }

    /** Reads what was written. */
    public final void check(int slot) {
        if (bytes[0] != (byte) slot) {
            throw new IllegalStateException("slot " + slot + " holds the record of slot " + bytes[0]);
        }
    }
}
