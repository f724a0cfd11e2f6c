package dev.faultline.source.btf;

import java.util.Optional;

/**
 * What a split file continues: the types its low ids mean, and the strings its low offsets mean. The two differ for a
 * module whose own small base was matched with the kernel's types.
 */
final class BtfBase {

    private final BtfTypes types;
    private final Optional<BtfTypes> strings;

    /** The id of a type for each id written in the file that is not one of its own; empty when they are the same. */
    private final int[] ids;

    private BtfBase(BtfTypes types, Optional<BtfTypes> strings, int[] ids) {
        this.types = types;
        this.strings = strings;
        this.ids = ids;
    }

    /** {@return a base whose ids and strings the file continues} */
    static BtfBase continued(BtfTypes types) {
        return new BtfBase(types, Optional.of(types), new int[0]);
    }

    /** {@return no base in the file's own view; its ids follow those of other types, which it does not refer to} */
    static BtfBase beside(BtfTypes types) {
        return new BtfBase(types, Optional.empty(), new int[] {BtfKind.VOID});
    }

    /**
     * {@return a base with other ids than those written in the file}
     *
     * @param types the types
     * @param ids the id in {@code types} for each id below the file's own
     */
    static BtfBase mapped(BtfTypes types, int[] ids) {
        return new BtfBase(types, Optional.of(types), ids.clone());
    }

    BtfTypes types() {
        return types;
    }

    /** {@return the file with the strings before those of the split file; empty when there are none} */
    Optional<BtfTypes> strings() {
        return strings;
    }

    /** {@return the id of the type that an id in the file means} */
    int idOf(int written) {
        long id = written & 0xffffffffL;
        if (ids.length == 0) {
            return written;
        }
        return id < ids.length ? ids[written] : (int) Math.min(0xffffffffL, id - ids.length + types.endId());
    }
}
