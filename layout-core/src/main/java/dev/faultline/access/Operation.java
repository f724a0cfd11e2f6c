package dev.faultline.access;

import dev.faultline.api.Internal;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * What one role does repeatedly.
 *
 * @param name its name in the profile
 * @param role name of the role
 * @param ratePerSecond operations per second on each CPU of the role, not negative; NaN when unknown; {@link #FULL_RATE}
 *     when its CPUs never rest
 * @param accesses its accesses, in order
 */
@Internal
public record Operation(String name, String role, double ratePerSecond, List<Access> accesses) {

    /** The rate of an operation that is done as fast as it can be. */
    public static final double FULL_RATE = Double.POSITIVE_INFINITY;

    public Operation {
        Objects.requireNonNull(name);
        Objects.requireNonNull(role);
        accesses = List.copyOf(accesses);
        if (ratePerSecond < 0) {
            throw new IllegalArgumentException(name + ": rate of " + ratePerSecond + " per second");
        }
    }

    /**
     * {@return whether its CPUs never rest: its rate is {@link #FULL_RATE}, or it states none and waits for a change,
     * which decides how often it happens}
     */
    public boolean isAtFullRate() {
        return ratePerSecond == FULL_RATE
                || Double.isNaN(ratePerSecond) && accesses.stream().anyMatch(one -> one.kind() == AccessKind.AWAIT);
    }

    /**
     * {@return which accesses begin when the access before them begins, and do not wait for it, by position}
     *
     * <p>An access does so when what it waits for ended before that one began. An access that waits for a part of
     * several that overlap waits for all of them. An atomic update waits for every access before it, and every access
     * after it waits for it.
     */
    public BitSet overlapping() {
        BitSet overlapping = new BitSet(accesses.size());
        int together = 0; // the first of the accesses that begin together
        for (int i = 1; i < accesses.size(); i++) {
            boolean mayOverlap = accesses.get(i).kind().mayOverlap()
                    && accesses.get(i - 1).kind().mayOverlap();
            if (mayOverlap && waitsFor(i) < together) {
                overlapping.set(i);
            } else {
                together = i;
            }
        }
        return overlapping;
    }

    /** {@return the position of the access that an access waits for; -1 when it waits for none} */
    private int waitsFor(int position) {
        String after = accesses.get(position).after();
        if (after.equals(Access.START)) {
            return -1;
        }
        int before = position - 1;
        while (!after.isEmpty() && before >= 0 && !accesses.get(before).field().equals(after)) {
            before--;
        }
        return before < 0 ? position - 1 : before;
    }
}
