package dev.faultline.recorder.memory;

import java.util.HashMap;
import java.util.Map;

/**
 * Where objects are at a moment. How the VM writes addresses into fields is measured, by objects that are allocated one
 * behind the other. Where that does not fit, as where a collector keeps marks in addresses, nothing is told.
 */
public final class ObjectAddresses {

    /** Of objects whose address is not known. */
    public static final long UNKNOWN = 0;

    private static final int MEASURED = 64;
    private static final int MEASURED_BYTES = 128;
    private static final int ATTEMPTS = 8;
    /** The most bits by which a compressed address is shifted: objects are aligned to at most 256 bytes. */
    private static final int MOST_SHIFT = 8;
    /** Between these, the collector ZGC has marks in addresses; other heaps are below or above. */
    private static final long FIRST_MARKED = 1L << 42;

    private static final long LAST_MARKED = 1L << 46;
    private static final int NOT_MEASURED = -2;
    private static final int NOT_KNOWN = -1;

    private static volatile int shift = NOT_MEASURED;

    private ObjectAddresses() {}

    /** {@return whether addresses can be told} The first call measures. */
    public static synchronized boolean areKnown() {
        if (shift == NOT_MEASURED) {
            int measured = NOT_KNOWN;
            for (int i = 0; i < ATTEMPTS && measured == NOT_KNOWN; i++) {
                measured = measure();
            }
            shift = measured;
        }
        return shift >= 0;
    }

    /** {@return by how many bits addresses in fields are shifted; -1 when the objects do not lie as expected} */
    private static int measure() {
        long base = VmMemory.bytesBefore(byte[].class);
        if (base < 0) {
            return NOT_KNOWN;
        }
        Object[] made = new Object[MEASURED];
        int length = (int) (2 * MEASURED_BYTES - base) % MEASURED_BYTES;
        for (int i = 0; i < made.length; i++) {
            made[i] = new byte[length];
        }
        long[] written = forthAndBack(made);
        Map<Long, Integer> distances = new HashMap<>();
        for (int i = 1; i < written.length; i++) {
            if (written[i] >= FIRST_MARKED && written[i] < LAST_MARKED) {
                return NOT_KNOWN;
            }
            distances.merge(written[i] - written[i - 1], 1, Integer::sum);
        }
        for (int bits = 0; bits <= MOST_SHIFT && MEASURED_BYTES >> bits > 0; bits++) {
            if (distances.getOrDefault((long) MEASURED_BYTES >> bits, 0) > MEASURED * 3 / 4) {
                return bits;
            }
        }
        return NOT_KNOWN;
    }

    /**
     * {@return the addresses of objects, all at one moment, but for a multiple of the size of a page}
     *
     * @param objects the objects; null for none
     */
    public static long[] of(Object[] objects) {
        long[] addresses = new long[objects.length];
        if (areKnown()) {
            long[] written = forthAndBack(objects);
            for (int i = 0; i < written.length; i++) {
                addresses[i] = written[i] << shift;
            }
        }
        return addresses;
    }

    /**
     * {@return what the VM writes into a field that refers to each object; 0 for one that moved meanwhile} Each is read
     * twice, the first one first and last: what is the same both times was so all the time between, and so at the
     * moment between the two readings of the last one.
     */
    private static long[] forthAndBack(Object[] objects) {
        Object[] holder = new Object[1];
        long[] written = new long[objects.length];
        for (int i = 0; i < objects.length; i++) {
            holder[0] = objects[i];
            written[i] = VmMemory.reference(holder);
        }
        for (int i = objects.length - 1; i >= 0; i--) {
            holder[0] = objects[i];
            if (written[i] != VmMemory.reference(holder)) {
                written[i] = UNKNOWN;
            }
        }
        return written;
    }
}
