package dev.faultline.access.perf;

import dev.faultline.access.file.SeenKind;
import java.util.Objects;
import java.util.Optional;

/**
 * An access, or several alike, as a profiler tells it.
 *
 * @param role the role: the name of the thread with its digits folded, or another name of who does it
 * @param thread the thread; empty when it is not told
 * @param cpu its CPU; -1 when it is not told
 * @param cpus on how many CPUs; 0 when that is not told
 * @param operation the function; empty when it is not told
 * @param target what it was of
 * @param kind what was done
 * @param count how often
 * @param hitm how many of these loads found the line changed in the cache of another core
 * @param isAtLeast whether it may be more
 */
record SeenAccess(
        String role,
        String thread,
        int cpu,
        int cpus,
        String operation,
        Target target,
        SeenKind kind,
        long count,
        long hitm,
        boolean isAtLeast) {

    /**
     * What an access was of.
     *
     * @param place its type and field, when the profiler tells them
     * @param address its address; 0 when it is not told
     * @param symbol the variable; empty when it is not told
     * @param symbolOffset how far behind the start of the variable; -1 when that is not told
     * @param isLine whether only the cache line is told
     */
    record Target(Optional<PlaceLocator.Place> place, long address, String symbol, long symbolOffset, boolean isLine) {

        static Target ofPlace(String type, String field, long byteOffset) {
            return new Target(Optional.of(new PlaceLocator.Place(type, field, byteOffset, "")), 0, "", -1, false);
        }

        static Target ofAddress(long address, String symbol, long symbolOffset) {
            return new Target(Optional.empty(), address, symbol, symbolOffset, false);
        }

        static Target ofLine(long address) {
            return new Target(Optional.empty(), address, "", -1, true);
        }

        static Target unknown() {
            return new Target(Optional.empty(), 0, "", -1, false);
        }
    }

    SeenAccess {
        role = role.isBlank() ? "any thread" : role;
        Objects.requireNonNull(target);
        Objects.requireNonNull(kind);
    }

    /** {@return the role of a thread of that name: digits are folded, so that {@code io_3} and {@code io_4} are one} */
    static String roleOf(String thread) {
        String folded = thread.strip().replaceAll("[0-9]+", "#");
        return folded.isEmpty() ? "any thread" : folded;
    }
}
