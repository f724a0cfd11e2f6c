package dev.faultline.bench.layout.loop;

import dev.faultline.offheap.memory.ObjectMemory;
import java.lang.reflect.Field;

/**
 * Reads where objects are. References may be compressed: of 4 bytes, and shifted by the alignment of objects. The base
 * of compressed references is left out; it is a multiple of a page, so the place on a line is right without it.
 */
final class AddressReader {

    private static final int NEIGHBOURS = 64;
    private static final int NEIGHBOUR_BYTES = 4096;
    private static final int MOST_SHIFT = 8;

    /** Two references, whose distance is their size. */
    static final class Holder {
        Object first;
        Object second;
    }

    private final long firstOffset;
    private final boolean isNarrow;
    private final int shift;

    private AddressReader(long firstOffset, boolean isNarrow, int shift) {
        this.firstOffset = firstOffset;
        this.isNarrow = isNarrow;
        this.shift = shift;
    }

    /** {@return a reader that knows the VM's references by those of arrays allocated one after the other} */
    static AddressReader measured() {
        long first = offset("first");
        boolean isNarrow = Math.abs(offset("second") - first) == Integer.BYTES;
        AddressReader unshifted = new AddressReader(first, isNarrow, 0);
        return isNarrow ? new AddressReader(first, true, shift(unshifted)) : unshifted;
    }

    private static long offset(String name) {
        try {
            Field field = Holder.class.getDeclaredField(name);
            return ObjectMemory.byteOffset(field);
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** {@return the shift that makes the distance of two neighbours the size of one} */
    private static int shift(AddressReader unshifted) {
        byte[][] neighbours = new byte[NEIGHBOURS][];
        for (int i = 0; i < NEIGHBOURS; i++) {
            neighbours[i] = new byte[NEIGHBOUR_BYTES];
        }
        long least = Long.MAX_VALUE;
        for (int i = 1; i < NEIGHBOURS; i++) {
            least = Math.min(least, Math.abs(unshifted.address(neighbours[i]) - unshifted.address(neighbours[i - 1])));
        }
        int shift = 0;
        while (least << shift < NEIGHBOUR_BYTES && shift < MOST_SHIFT) {
            shift++;
        }
        return shift;
    }

    /** {@return the object's address, less the base of compressed references} */
    long address(Object object) {
        Holder holder = new Holder();
        holder.first = object;
        holder.second = object;
        return isNarrow
                ? (ObjectMemory.readInt(holder, firstOffset) & 0xFFFF_FFFFL) << shift
                : ObjectMemory.readLong(holder, firstOffset);
    }
}
