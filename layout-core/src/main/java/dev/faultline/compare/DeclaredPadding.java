package dev.faultline.compare;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.Member;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the source of a class declares padding. A VM may place fields in another order, so that padding stands between
 * fields that the source has side by side, or no longer between those that it should keep apart.
 */
final class DeclaredPadding {

    /** Padding of this size on is intended and not due to alignment. */
    static final long DELIBERATE_BYTES = 16;

    private final StructLayout layout;
    /** The bytes of padding declared before each member. */
    private final Map<String, Long> before = new HashMap<>();

    private final long all;

    DeclaredPadding(StructLayout layout) {
        this.layout = layout;
        long bytes = 0;
        if (layout.kind() == AggregateKind.CLASS) {
            Set<String> padding = new HashSet<>();
            for (Slot.Field field : layout.fields()) {
                if (field.isPadding()) {
                    padding.add(field.path());
                }
            }
            for (Member member : layout.members()) {
                before.put(member.name(), bytes);
                bytes += padding.contains(member.name()) ? member.type().byteSize() : 0;
            }
        }
        all = bytes;
    }

    /** {@return whether the source declares padding between two fields; empty when its order is not known} */
    Optional<Boolean> isBetween(String one, String other) {
        Long a = before.get(one);
        Long b = before.get(other);
        return a == null || b == null ? Optional.empty() : Optional.of(Math.abs(a - b) >= DELIBERATE_BYTES);
    }

    /** {@return whether the source declares padding before a field} */
    boolean isBefore(String path) {
        return before.getOrDefault(path, 0L) >= DELIBERATE_BYTES;
    }

    /** {@return whether the source declares padding after a field} */
    boolean isAfter(String path) {
        return all - before.getOrDefault(path, all) >= DELIBERATE_BYTES;
    }

    /** {@return whether padding stands between two fields that the source declares side by side} */
    boolean isByAccident(String one, String other) {
        return isBetween(one, other).filter(between -> !between).isPresent()
                && bytesBetween(one, other) >= DELIBERATE_BYTES;
    }

    private long bytesBetween(String one, String other) {
        long bytes = 0;
        boolean inside = false;
        for (Slot.Field field : layout.fields()) {
            boolean isEdge = field.path().equals(one) || field.path().equals(other);
            if (isEdge && inside) {
                return bytes;
            }
            inside |= isEdge;
            bytes += inside && field.isPadding() ? field.byteSize() : 0;
        }
        return 0;
    }
}
