package dev.faultline.source.btf;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The sizes of types, found without laying them out. */
final class BtfSizes {

    private static final int DEEPEST = 64;
    private static final long UNTRIED = -2;
    private static final long NONE = -1;

    private final BtfTypes types;
    private final OptionalInt pointerBytes;
    private final long[] known;

    /**
     * Sizes of the types of a file and its base.
     *
     * @param types the types
     * @param pointerBytes the size of a pointer; when empty, types with pointers have no size
     */
    BtfSizes(BtfTypes types, OptionalInt pointerBytes) {
        this.types = types;
        this.pointerBytes = pointerBytes;
        this.known = new long[types.endId()];
        Arrays.fill(known, UNTRIED);
    }

    /** {@return the size in bytes; empty for a type without one, such as {@code void} or a newer kind} */
    OptionalLong of(int id) {
        long size = size(id, 0);
        return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
    }

    private long size(int id, int depth) {
        if (id <= 0 || id >= known.length || depth > DEEPEST) {
            return NONE;
        }
        if (known[id] == UNTRIED) {
            known[id] = NONE; // of a type that contains itself
            known[id] = make(id, depth);
        }
        return known[id];
    }

    private long make(int id, int depth) {
        int kind = types.kind(id);
        return switch (kind) {
            case BtfKind.INT, BtfKind.ENUM, BtfKind.ENUM64, BtfKind.FLOAT, BtfKind.STRUCT, BtfKind.UNION ->
                types.byteSize(id);
            case BtfKind.PTR -> pointerBytes.orElse((int) NONE);
            case BtfKind.ARRAY -> {
                long element = size(types.elementType(id), depth + 1);
                long count = types.elementCount(id);
                yield element < 0 || element > 0 && count > Long.MAX_VALUE / element ? NONE : element * count;
            }
            default -> BtfKind.isRename(kind) ? size(types.target(id), depth + 1) : NONE;
        };
    }
}
