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

    /** Whether each type is {@link #isComplete}, as far as it was asked. */
    private final Boolean[] complete;

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
        this.complete = new Boolean[types.endId()];
        Arrays.fill(known, UNTRIED);
    }

    /** {@return the size in bytes; empty for a type without one, such as {@code void} or a newer kind} */
    OptionalLong of(int id) {
        long size = size(id, 0);
        return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
    }

    /** {@return whether a type has a size, and so have the members of the structs and unions that it consists of} */
    boolean isComplete(int id) {
        return isComplete(id, 0);
    }

    private boolean isComplete(int id, int depth) {
        if (size(id, depth) < 0) {
            return false;
        }
        if (complete[id] == null) {
            complete[id] = false; // of a struct that contains itself
            complete[id] = consistsOfComplete(id, depth);
        }
        return complete[id];
    }

    private boolean consistsOfComplete(int id, int depth) {
        int kind = types.kind(id);
        if (kind == BtfKind.ARRAY) {
            return isComplete(types.elementType(id), depth + 1);
        } else if (BtfKind.isRename(kind)) {
            return isComplete(types.target(id), depth + 1);
        } else if (!types.isAggregate(id)) {
            return true;
        }
        for (int member = 0; member < types.vlen(id); member++) {
            if (!isComplete(types.memberType(id, member), depth + 1)) {
                return false;
            }
        }
        return true;
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
