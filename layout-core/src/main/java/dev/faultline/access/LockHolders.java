package dev.faultline.access;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.SyncType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which fields of a layout are the lock and which are the data of a type that holds both, such as Rust's {@code
 * Mutex<T>}. The type tells that the data is used only with the lock held.
 */
final class LockHolders {

    /** The most structs inside one another that are looked into. */
    private static final int DEEPEST = 64;

    /**
     * A field inside a type that holds a lock and its data.
     *
     * @param holder path of the field of that type; the name of the layout when it is of that type itself
     * @param isData whether it is data that the lock guards
     */
    record Part(String holder, boolean isData) {}

    private final Map<String, Part> parts = new HashMap<>();
    /** Paths of the fields of such types that have a part of a lock's type. */
    private final Set<String> withLock = new HashSet<>();

    private LockHolders() {}

    static LockHolders of(StructLayout layout) {
        LockHolders holders = new LockHolders();
        holders.collect(layout, layout.spelling(), layout.name(), "", Optional.empty(), DEEPEST);
        return holders;
    }

    /** {@return what the field with this path is in the innermost such type around it; empty outside of all} */
    Optional<Part> part(String path) {
        return Optional.ofNullable(parts.get(path));
    }

    /**
     * {@return whether a field is the lock of the type it is part of: of a lock's type, or an atomic where no part is}
     */
    boolean isLock(Part part, SyncType sync) {
        return !part.isData() && (sync == SyncType.LOCK || !withLock.contains(part.holder()));
    }

    private void collect(
            StructLayout layout, String spelling, String path, String prefix, Optional<Part> outer, int depth) {
        Set<String> guarded = SyncType.guardedMembers(spelling);
        for (Member member : layout.members()) {
            String inner = prefix + member.name();
            Optional<Part> part =
                    guarded.isEmpty() ? outer : Optional.of(new Part(path, guarded.contains(member.name())));
            part.ifPresent(one -> {
                parts.put(inner, one);
                if (!one.isData()
                        && SyncType.of(member.type())
                                .filter(sync -> sync == SyncType.LOCK)
                                .isPresent()) {
                    withLock.add(one.holder());
                }
            });
            if (depth > 0 && member.type() instanceof FieldType.Aggregate type && !SyncType.isOneSlot(type)) {
                boolean isOpen = member.isAnonymous();
                collect(
                        type.layout(),
                        type.spelling(),
                        isOpen ? path : inner,
                        isOpen ? prefix : inner + ".",
                        part,
                        depth - 1);
            }
        }
    }
}
