package dev.faultline.hazard;

import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.layout.SyncType;
import java.util.List;
import java.util.Optional;

/**
 * Tells which field guards another. A field guards another when every operation that uses the other takes it first, and
 * it is a lock by its type or by its use: taken by an atomic update before the data, released by a plain store after.
 */
final class LockUse {

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
        return areMadeHolding(lock, byType, data.reads()) && areMadeHolding(lock, byType, data.writes());
    }

    private static boolean areMadeHolding(FieldActivity lock, boolean byType, List<FieldUse> uses) {
        for (FieldUse use : uses) {
            if (!isMadeHolding(lock, byType, use)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the operation of a use takes the lock before it and releases the lock after it. */
    private static boolean isMadeHolding(FieldActivity lock, boolean byType, FieldUse use) {
        int taken = Integer.MAX_VALUE;
        int released = -1;
        for (FieldUse write : lock.writes()) {
            if (write.operation().equals(use.operation())
                    && write.role().name().equals(use.role().name())) {
                if (byType || write.kind().isAtomicUpdate()) {
                    taken = Math.min(taken, write.position());
                }
                if (byType) {
                    released = Integer.MAX_VALUE;
                } else if (write.kind().isStore()) {
                    released = Math.max(released, write.position());
                }
            }
        }
        return taken < use.position() && use.position() < released;
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

    private static Optional<SyncType> sync(FieldActivity activity) {
        return SyncType.of(activity.field().type());
    }
}
