package dev.faultline.access.perf;

import dev.faultline.access.file.SeenKind;
import java.util.Optional;

/**
 * The number by which perf tells what a memory access did and where it found its data. Bits as in the Linux kernel's
 * {@code include/uapi/linux/perf_event.h}; the words beside it differ between versions and are cut off when long.
 *
 * @param bits the number
 */
record MemorySource(long bits) {

    private static final int LOAD = 2;
    private static final int STORE = 4;
    private static final int SNOOP_SHIFT = 19;
    private static final int SNOOP_HITM = 0x10;
    private static final int LOCK_SHIFT = 24;
    private static final int LOCKED = 2;
    private static final int SNOOPX_SHIFT = 38;
    private static final int SNOOPX_PEER = 2;

    /** {@return what was done; empty when it was no load and no store} */
    Optional<SeenKind> kind() {
        boolean loads = (bits & LOAD) != 0;
        boolean stores = (bits & STORE) != 0;
        if (!loads && !stores) {
            return Optional.empty();
        }
        boolean isLocked = (bits >> LOCK_SHIFT & 3 & LOCKED) != 0;
        return Optional.of(isLocked ? SeenKind.RMW : stores ? SeenKind.WRITE : SeenKind.READ);
    }

    /** {@return whether it found the line changed in another core's cache, or, on Arm, in that of a peer} */
    boolean isHitm() {
        boolean isPeer = (bits >> SNOOPX_SHIFT & 3 & SNOOPX_PEER) != 0;
        return (bits & LOAD) != 0 && ((bits >> SNOOP_SHIFT & SNOOP_HITM) != 0 || isPeer);
    }
}
