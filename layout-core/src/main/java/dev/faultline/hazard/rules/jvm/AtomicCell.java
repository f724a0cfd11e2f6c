package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.object.VmSizes;
import java.util.Map;
import java.util.Optional;

/**
 * An object of the JDK that holds one word that several threads write.
 *
 * @param valueOffset offset of the word in the object
 * @param valueBytes size of the word
 * @param objectBytes size of the object
 */
record AtomicCell(int valueOffset, int valueBytes, int objectBytes) {

    /** Sizes of the words; 0 for a reference. */
    private static final Map<String, Integer> WORDS =
            Map.of("AtomicLong", 8, "AtomicInteger", 4, "AtomicBoolean", 4, "AtomicReference", 0);

    /** {@return the object that a field of that type refers to, on that VM; empty when it is none of these} */
    static Optional<AtomicCell> of(String type, VmSizes vm) {
        return Optional.ofNullable(WORDS.get(type))
                .map(bytes -> bytes == 0 ? vm.referenceBytes() : bytes)
                .map(bytes -> new AtomicCell(vm.onlyFieldOffset(bytes), bytes, vm.objectBytes(bytes)));
    }
}
