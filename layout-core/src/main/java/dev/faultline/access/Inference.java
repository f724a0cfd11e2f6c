package dev.faultline.access;

import dev.faultline.api.Internal;
import dev.faultline.layout.AggregateKind;
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
 * Guesses from the types of the fields which of them are read and which are written.
 *
 * <p>An atomic, a reference count, a lock or a sequence counter is taken to be changed by several CPUs, and the other
 * fields to be read by them, except for padding (recognised by name). A type that holds a lock and its data gives an
 * operation that takes the lock and then uses the data. Members between the markers of a cache-line group are used as
 * the group's name says; that is no guess, since the type declares it. A layout with none of these gives no uses. The
 * ordinary variables of a section are not taken to be used: a program has thousands that it seldom or never reads.
 */
@Internal
public final class Inference {

    private static final Role ANY = new Role("any CPU", new Cpus.All());
    private static final Evidence ORDINARY = new Evidence(Certainty.INFERRED, "an ordinary field");

    private Inference() {}

    /** {@return the uses that the field types suggest; none when no type is telling} */
    public static AccessMap infer(StructLayout layout) {
        List<Slot.Field> fields = layout.fields();
        List<CachelineGroup> groups = CachelineGroup.of(layout);
        if (groups.isEmpty() && !anySync(fields)) {
            return AccessMap.none();
        }
        List<FieldUse> uses = new ArrayList<>(fields.size());
        LockHolders holders = LockHolders.of(layout);
        for (Slot.Field field : fields) {
            // A program does not use the object header, what the VM injects, or padding.
            if (!field.path().startsWith("(") && !field.isPadding()) {
                Optional<LockHolders.Part> part = holders.part(field.path());
                if (part.isPresent()) {
                    addHeld(uses, field, part.get(), holders);
                } else {
                    FieldUse use = use(field, groups);
                    if (layout.kind() != AggregateKind.SECTION || use.evidence() != ORDINARY) {
                        uses.add(use);
                    }
                }
            }
        }
        return new AccessMap(Certainty.INFERRED, "types of the fields", uses, List.of());
    }

    private static boolean anySync(List<Slot.Field> fields) {
        for (Slot.Field field : fields) {
            if (sync(field.type()).filter(sync -> sync != SyncType.READ_MOSTLY).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** The synchronisation type of a field; of an array, that of its elements. */
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
        FieldRef ref = UsedBytes.of(FieldRef.of(field));
        Optional<SyncType> sync = sync(field.type());
        if (sync.isPresent()) {
            Evidence evidence = new Evidence(Certainty.INFERRED, sync.get().words());
            return use(ref, kind(sync.get()), ANY, own(field.type()), evidence);
        }
        for (CachelineGroup group : groups) {
            if ((group.isWritten() || group.isReadMostly()) && group.holds(ref.bytes())) {
                AccessKind kind = group.isWritten() ? AccessKind.WRITE : AccessKind.READ;
                Role role = new Role(group.role() + " path", new Cpus.All());
                Evidence evidence = new Evidence(Certainty.DECLARED_BY_TYPE, "group " + group.name());
                return use(ref, kind, role, Elements.WHOLE, evidence);
            }
        }
        return use(ref, AccessKind.READ, ANY, Elements.WHOLE, ORDINARY);
    }

    private static AccessKind kind(SyncType sync) {
        if (sync.isUpdatedAtomically()) {
            return AccessKind.RMW;
        }
        return sync == SyncType.READ_MOSTLY ? AccessKind.READ : AccessKind.WRITE;
    }

    /** Adds the uses of a field by an operation that takes a lock, uses the data beside it, and releases the lock. */
    private static void addHeld(List<FieldUse> uses, Slot.Field field, LockHolders.Part part, LockHolders holders) {
        Optional<SyncType> sync = sync(field.type()).filter(one -> part.isData() || holders.isLock(part, one));
        AccessKind kind = sync.map(Inference::kind).orElse(AccessKind.READ);
        String reason = sync.map(SyncType::words).orElse(part.isData() ? "guarded by " + part.holder() : "of a lock");
        uses.add(held(field, kind, part, part.isData() ? 1 : 0, reason));
        if (!part.isData() && kind == AccessKind.RMW) {
            uses.add(held(field, AccessKind.WRITE, part, 2, reason));
        }
    }

    private static FieldUse held(
            Slot.Field field, AccessKind kind, LockHolders.Part part, int position, String reason) {
        return new FieldUse(
                FieldRef.of(field),
                kind,
                ANY,
                "lock " + part.holder(),
                position,
                Double.NaN,
                0,
                own(field.type()),
                new Evidence(Certainty.INFERRED, reason));
    }

    /** Several elements of a synchronisation type are taken to belong to a CPU each. */
    private static Elements own(FieldType type) {
        return type instanceof FieldType.Array array && array.count() > 1
                ? Elements.of(
                        Elements.Choice.OWN,
                        array.count(),
                        array.element().byteSize(),
                        UsedBytes.ofElement(array).byteSize())
                : Elements.WHOLE;
    }

    private static FieldUse use(FieldRef field, AccessKind kind, Role role, Elements elements, Evidence evidence) {
        return new FieldUse(field, kind, role, kind.word(), 0, Double.NaN, 0, elements, evidence);
    }
}
