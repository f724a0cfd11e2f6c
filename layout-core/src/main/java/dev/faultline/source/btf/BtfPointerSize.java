package dev.faultline.source.btf;

import java.util.Set;

/**
 * The size of a pointer in BTF that is not in an ELF file, which BTF does not state: the size of {@code long}, unless
 * the places of pointers in structs leave less room.
 */
final class BtfPointerSize {

    private static final int NARROW = 4;
    private static final int WIDE = 8;
    private static final int DEEPEST = 64;

    /** Names of {@code long} in BTF of gcc and clang; of C's types, only these have the size of a pointer. */
    private static final Set<String> LONG =
            Set.of("long unsigned int", "long int", "unsigned long", "long", "unsigned long int");

    private final BtfTypes types;
    private final BtfSizes sizes;

    private BtfPointerSize(BtfTypes types) {
        this.types = types;
        this.sizes = new BtfSizes(types, java.util.OptionalInt.of(1));
    }

    /** {@return the size in bytes, 4 or 8} */
    static int of(BtfTypes types) {
        return types.pointerBytes().orElseGet(() -> {
            BtfPointerSize search = new BtfPointerSize(types);
            return Math.min(search.ofLong(), search.room());
        });
    }

    private int ofLong() {
        for (int id = 1; id < types.endId(); id++) {
            if (types.kind(id) == BtfKind.INT && types.byteSize(id) == NARROW && LONG.contains(types.name(id))) {
                return NARROW;
            }
        }
        return WIDE;
    }

    /** {@return 4 when some pointer has less than 8 bytes to the next member or the end of its struct; else 8} */
    private int room() {
        for (int id = 1; id < types.endId(); id++) {
            if (types.isAggregate(id) && !types.isSizeOnly(id) && hasNarrowPointer(id)) {
                return NARROW;
            }
        }
        return WIDE;
    }

    private boolean hasNarrowPointer(int id) {
        boolean union = types.kind(id) == BtfKind.UNION;
        long end = types.byteSize(id) * 8;
        for (int member = types.vlen(id) - 1; member >= 0; member--) {
            int place = types.memberPlace(id, member);
            long start = types.flag(id) ? place & 0xffffffL : place & 0xffffffffL;
            long pointers = pointers(types.memberType(id, member));
            long room = (union ? types.byteSize(id) * 8 : end) - start;
            if (pointers > 0 && room >= pointers * NARROW * 8 && room < pointers * WIDE * 8) {
                return true;
            }
            end = start;
        }
        return false;
    }

    /** {@return how many pointers a type is: 1, or the elements of an array of them; 0 for another type} */
    private long pointers(int type) {
        int id = type;
        for (int depth = 0; depth < DEEPEST && id > 0 && id < types.endId(); depth++) {
            int kind = types.kind(id);
            if (kind == BtfKind.PTR) {
                return Math.min(1 << 20, sizes.of(type).orElse(0));
            } else if (kind == BtfKind.ARRAY) {
                id = types.elementType(id);
            } else if (BtfKind.isRename(kind)) {
                id = types.target(id);
            } else {
                return 0;
            }
        }
        return 0;
    }
}
