package dev.faultline.bench.harness;

import java.util.Optional;

/** Tells whether the CPUs are free for measuring. */
@FunctionalInterface
interface FreeCpuGate {

    /** {@return why they are not free; nothing when they are} */
    Optional<String> problem();
}
