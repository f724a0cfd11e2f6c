package dev.faultline.access;

import dev.faultline.layout.CachelineGroup;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.SyncType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Guesses who touches what from the types of the fields.
 *
 * <p>An atomic, a reference count, a lock or a sequence counter is there to be changed by several CPUs; the fields beside
 * it are there to be read, except for those whose name says that they are padding. Members between a cache-line group's markers are what the group's name says, which is no guess:
 * the type declares it. A layout without any of these tells nothing, and nothing is inferred.
 */
public final class Inference {

    private static final Role ANY = new Role("any CPU", new Cpus.All());

    private Inference() {}

    /** {@return the uses that the types of the layout's fields suggest; none when no type tells anything} */
    public static AccessMap infer(StructLayout layout) {
        List<Slot.Field> fields = layout.fields();
        List<CachelineGroup> groups = CachelineGroup.of(layout);
        if (groups.isEmpty() && !anySync(fields)) {
            return AccessMap.none();
        }
        List<FieldUse> uses = new ArrayList<>(fields.size());
        for (Slot.Field field : fields) {
            // An object header and what the VM injects are no fields of a program; padding is used by nobody.
            if (!field.path().startsWith("(") && !field.isPadding()) {
                uses.add(use(field, groups));
            }
        }
        return new AccessMap(Certainty.INFERRED, "types of the fields", uses, List.of());
    }

    private static boolean anySync(List<Slot.Field> fields) {
        for (Slot.Field field : fields) {
            if (sync(field.type()).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** What the type says; of an array, what its elements say. */
    private static Optional<SyncType> sync(FieldType type) {
        FieldType element = type;
        while (element instanceof FieldType.Array array) {
            element = array.element();
        }
        Optional<SyncType> own = SyncType.of(element);
        if (own.isPresent() || !(type instanceof FieldType.Array) || !(element instanceof FieldType.Aggregate inner)) {
            return own;
        }
        for (Slot slot : inner.layout().slots()) {
            if (slot instanceof Slot.Field field && SyncType.of(field.type()).isPresent()) {
                return SyncType.of(field.type());
            }
        }
        return Optional.empty();
    }

    private static FieldUse use(Slot.Field field, List<CachelineGroup> groups) {
        FieldRef ref = FieldRef.of(field);
        Optional<SyncType> sync = sync(field.type());
        if (sync.isPresent()) {
            AccessKind kind = sync.get() == SyncType.VOLATILE || sync.get() == SyncType.SEQUENCE_COUNTER
                    ? AccessKind.WRITE
                    : AccessKind.RMW;
            boolean own = field.type() instanceof FieldType.Array array && array.count() > 1;
            return use(ref, kind, ANY, sync.get().words(), own, Certainty.INFERRED);
        }
        for (CachelineGroup group : groups) {
            if ((group.isWritten() || group.isReadMostly()) && group.holds(ref.bytes())) {
                AccessKind kind = group.isWritten() ? AccessKind.WRITE : AccessKind.READ;
                Role role = new Role(group.role() + " path", new Cpus.All());
                return use(ref, kind, role, "group " + group.name(), false, Certainty.DECLARED_BY_TYPE);
            }
        }
        return use(ref, AccessKind.READ, ANY, "an ordinary field", false, Certainty.INFERRED);
    }

    private static FieldUse use(
            FieldRef field, AccessKind kind, Role role, String why, boolean ownElement, Certainty certainty) {
        return new FieldUse(field, kind, role, why, 0, Double.NaN, 0, ownElement, certainty);
    }
}
