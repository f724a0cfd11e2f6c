package dev.faultline.access;

import dev.faultline.api.Internal;

/** Names of memory in recordings that no program has a layout of; the recording itself has. */
@Internal
public final class UntypedMemory {

    /** What the name of a block begins with: {@code "block com.acme.Ring.<init>:42"}. */
    public static final String BLOCK = "block ";

    /** What the name of different objects that were on one cache line begins with. */
    public static final String NEIGHBOURS = "neighbours ";

    private UntypedMemory() {}

    /** {@return whether a name is that of untyped memory} */
    public static boolean isName(String name) {
        return name.startsWith(BLOCK) || name.startsWith(NEIGHBOURS);
    }
}
