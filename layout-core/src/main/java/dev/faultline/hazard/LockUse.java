package dev.faultline.hazard;

import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.layout.SyncType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells which field guards another. A field guards another when every operation that uses the other takes it first, and
 * it is a lock by its type or by its use: taken by an atomic update before the data, released by a plain store after.
 */
final class LockUse {

    /** The places of the uses of a lock in one operation. */
    private static final class Held {
        int taken = Integer.MAX_VALUE;
        int released = -1;
    }

    private LockUse() {}

    /** {@return whether a field is a lock by its type} */
    static boolean isLock(FieldActivity activity) {
        return sync(activity).filter(sync -> sync == SyncType.LOCK).isPresent();
    }

    /** {@return whether a field is of a type that usually stands beside the data that is used with it} */
    static boolean isBesideItsData(FieldActivity activity) {
        return sync(activity).filter(SyncType::isBesideItsData).isPresent();
    }

    /** {@return whether every operation that uses a field holds the lock meanwhile} */
    static boolean guards(FieldActivity lock, FieldActivity data) {
        if (lock.writes().isEmpty()) {
            return false;
        }
        boolean byType = sync(lock)
                .filter(sync ->
                        sync == SyncType.LOCK || sync == SyncType.SEMAPHORE || sync == SyncType.SEQUENCE_COUNTER)
                .isPresent();
        if (!byType && !isReleased(lock)) {
            return false;
        }
        Map<String, Held> heldByOperation = new HashMap<>();
        for (FieldUse use : lock.writes()) {
            Held held = heldByOperation.computeIfAbsent(operation(use), any -> new Held());
            if (byType || use.kind().isAtomicUpdate()) {
                held.taken = Math.min(held.taken, use.position());
            }
            if (byType) {
                held.released = Integer.MAX_VALUE;
            } else if (use.kind().isStore()) {
                held.released = Math.max(held.released, use.position());
            }
        }
        return uses(data).allMatch(use -> {
            Held held = heldByOperation.get(operation(use));
            return held != null && held.taken < use.position() && use.position() < held.released;
        });
    }

    /** {@return whether a store can release it; code does not tell the order of the uses well enough} */
    private static boolean isReleased(FieldActivity lock) {
        for (FieldUse use : lock.writes()) { // for each pair of fields, so without a stream
            if (use.kind().isStore() && use.certainty() != Certainty.FROM_CODE) {
                return true;
            }
        }
        return false;
    }

    private static Stream<FieldUse> uses(FieldActivity activity) {
        return Stream.of(activity.reads(), activity.writes()).flatMap(List::stream);
    }

    private static String operation(FieldUse use) {
        return use.role().name() + ": " + use.operation();
    }

    private static Optional<SyncType> sync(FieldActivity activity) {
        return SyncType.of(activity.field().type());
    }
}
