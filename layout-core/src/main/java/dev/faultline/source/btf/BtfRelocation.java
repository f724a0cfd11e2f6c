package dev.faultline.source.btf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the structs and unions of a module's own small base, {@code .BTF.base}, in the BTF of a kernel: by kind, name
 * and size, as the kernel does when it loads the module. Other types need no counterpart, since the small base has all
 * that is to be known of them.
 */
final class BtfRelocation {

    private final BtfTypes sizes;
    private final BtfTypes kernel;
    private final List<String> unmatched = new ArrayList<>();
    private final int[] ids;

    /** What a struct is found by. */
    private record Key(int kind, String name, long byteSize) {}

    /**
     * Matches two bases.
     *
     * @param sizes the small base, whose ids follow those of the kernel
     * @param kernel the kernel's types
     */
    BtfRelocation(BtfTypes sizes, BtfTypes kernel) {
        this.sizes = sizes;
        this.kernel = kernel;
        this.ids = new int[sizes.endId() - sizes.firstId() + 1];
        match();
    }

    /** {@return the base that a module continues} */
    BtfBase base() {
        return BtfBase.mapped(sizes, ids);
    }

    /** {@return the structs that the kernel has not, or has more than once: {@code "struct dev of 24 bytes"}} */
    List<String> unmatched() {
        return unmatched;
    }

    private void match() {
        Map<Key, Integer> wanted = new HashMap<>();
        for (int id = sizes.firstId(); id < sizes.endId(); id++) {
            ids[ordinal(id)] = id;
            if (sizes.isAggregate(id)) {
                wanted.putIfAbsent(key(sizes, id), id);
            }
        }
        Map<Key, Integer> found = new HashMap<>();
        for (int id = 1; id < kernel.endId(); id++) {
            if (kernel.isAggregate(id)) {
                Key key = key(kernel, id);
                if (wanted.containsKey(key)) {
                    found.merge(key, id, (one, other) -> BtfKind.VOID); // which of the two is not known
                }
            }
        }
        wanted.forEach((key, id) -> {
            int match = found.getOrDefault(key, BtfKind.VOID);
            if (match == BtfKind.VOID) {
                unmatched.add((key.kind() == BtfKind.UNION ? "union " : "struct ") + key.name() + " of "
                        + key.byteSize() + " bytes");
            } else {
                ids[ordinal(id)] = match;
            }
        });
        unmatched.sort(null);
    }

    private int ordinal(int id) {
        return id - sizes.firstId() + 1;
    }

    private static Key key(BtfTypes types, int id) {
        return new Key(types.kind(id), types.name(id), types.byteSize(id));
    }
}
