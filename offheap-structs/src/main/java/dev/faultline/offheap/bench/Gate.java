package dev.faultline.offheap.bench;

import java.util.Optional;

/** Says whether the CPUs are free for measuring. */
@FunctionalInterface
interface Gate {

    /** {@return why they are not; nothing when they are} */
    Optional<String> problem();
}
