package dev.faultline.contract.promise;

import dev.faultline.input.Nearest;
import dev.faultline.layout.CachelineGroup;
import java.util.List;
import java.util.Optional;

/**
 * The markers of cache-line groups are valid: each group has both, in order, and no two groups cross.
 *
 * @param group the group; empty for every group of the struct
 */
public record WholeGroup(Optional<String> group) implements Promise {

    @Override
    public String name() {
        return "groups";
    }

    @Override
    public String words() {
        return group.map(name -> "group " + name + ": whole").orElse("groups: whole");
    }

    @Override
    public boolean isAboutLines() {
        return false;
    }

    @Override
    public Optional<String> obstacle(PromiseContext context) {
        List<String> known = CachelineGroup.of(context.layout()).stream()
                .map(CachelineGroup::name)
                .toList();
        if (known.isEmpty()) {
            return Optional.of(none(context));
        }
        return group.filter(name -> !known.contains(name))
                .map(name -> context.layout().spelling() + " has no group " + name + Nearest.hint(name, known));
    }

    static String none(PromiseContext context) {
        return context.layout().spelling() + " has no cache-line group markers (__cacheline_group_begin and _end)";
    }

    @Override
    public Optional<Violation> violation(PromiseContext context) {
        List<CachelineGroup> groups = CachelineGroup.of(context.layout());
        for (CachelineGroup one : groups) {
            if (group.isPresent() && !group.get().equals(one.name())) {
                continue;
            }
            if (!one.isWhole()) {
                return Optional.of(Violation.of(missing(one), List.of()));
            }
            for (CachelineGroup other : groups) {
                if (cross(one, other)) {
                    return Optional.of(
                            Violation.of("groups " + words(one) + " and " + words(other) + " cross", List.of()));
                }
            }
        }
        return Optional.empty();
    }

    /** {@return what is wrong with the markers of an invalid group} */
    static String missing(CachelineGroup group) {
        if (group.endOffset().isEmpty()) {
            return "group " + group.name() + " begins at byte "
                    + group.beginOffset().orElseThrow() + " and never ends";
        }
        return "group " + group.name() + " ends at byte " + group.endOffset().getAsLong()
                + (group.beginOffset().isEmpty()
                        ? " and never begins"
                        : ", before it begins at byte " + group.beginOffset().getAsLong());
    }

    private static boolean cross(CachelineGroup one, CachelineGroup other) {
        if (!one.isWhole() || !other.isWhole()) {
            return false;
        }
        long first = one.beginOffset().orElseThrow();
        long firstEnd = one.endOffset().orElseThrow();
        long second = other.beginOffset().orElseThrow();
        long secondEnd = other.endOffset().orElseThrow();
        return first < second && second < firstEnd && firstEnd < secondEnd
                || second < first && first < secondEnd && secondEnd < firstEnd;
    }

    /** {@return {@code "sock_write_rx (bytes 136..215)"}} */
    static String words(CachelineGroup group) {
        long begin = group.beginOffset().orElseThrow();
        long end = group.endOffset().orElseThrow();
        return group.name() + " (" + (begin == end ? "empty, at byte " + begin : PromiseTexts.bytes(begin, end)) + ")";
    }
}
