package dev.faultline.source.jvm.code;

import dev.faultline.source.jvm.code.ConstantPool.Handle;
import java.util.ArrayList;
import java.util.List;

/** The methods that link lambdas and the like, with the method handles given to them. */
final class BootstrapTable {

    static final BootstrapTable NONE = new BootstrapTable(List.of());

    private final List<List<Handle>> handles;

    private BootstrapTable(List<List<Handle>> handles) {
        this.handles = handles;
    }

    /** Reads the attribute {@code BootstrapMethods}, whose content starts at an offset. */
    static BootstrapTable read(byte[] bytes, int start, int end, ConstantPool pool) {
        List<List<Handle>> table = new ArrayList<>();
        int count = u2(bytes, start, end);
        int at = start + 2;
        for (int i = 0; i < count; i++) {
            List<Handle> given = new ArrayList<>(1);
            int arguments = u2(bytes, at + 2, end);
            at += 4;
            for (int each = 0; each < arguments; each++, at += 2) {
                int constant = u2(bytes, at, end);
                if (pool.tag(constant) == ConstantPool.METHOD_HANDLE) {
                    given.add(pool.handle(constant));
                }
            }
            table.add(given);
        }
        return new BootstrapTable(table);
    }

    private static int u2(byte[] bytes, int at, int end) {
        if (at + 2 > end) {
            throw new IllegalArgumentException("the bootstrap methods are cut off");
        }
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    /** {@return the method handles that are given to an entry} */
    List<Handle> handles(int entry) {
        if (entry >= handles.size()) {
            throw new IllegalArgumentException("there is no bootstrap method " + entry);
        }
        return handles.get(entry);
    }
}
