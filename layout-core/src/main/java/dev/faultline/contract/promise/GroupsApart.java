package dev.faultline.contract.promise;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.CachelineGroup;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * No group with "write" in its name shares a line with one that has "read" in its name. The markers themselves do not
 * promise this, since the kernel aligns only some groups.
 */
public record GroupsApart() implements Promise {

    @Override
    public String name() {
        return "groups";
    }

    @Override
    public String words() {
        return "groups: apart";
    }

    @Override
    public Optional<String> obstacle(PromiseContext context) {
        List<CachelineGroup> groups = CachelineGroup.of(context.layout());
        if (groups.isEmpty()) {
            return Optional.of(WholeGroup.none(context));
        }
        boolean both = groups.stream().anyMatch(CachelineGroup::isWritten)
                && groups.stream().anyMatch(GroupsApart::isRead);
        return both
                ? Optional.empty()
                : Optional.of(context.layout().spelling() + " has no group with \""
                        + (groups.stream().anyMatch(CachelineGroup::isWritten) ? "read" : "write")
                        + "\" in its name, so no groups need to be apart");
    }

    @Override
    public Optional<Violation> violation(PromiseContext context) {
        List<Violation> conflicts = conflicts(context);
        if (conflicts.isEmpty()) {
            return Optional.empty();
        }
        Violation first = conflicts.get(0);
        int others = conflicts.size() - 1;
        String more = others == 0 ? "" : "; and " + others + (others == 1 ? " more pair" : " more pairs");
        return Optional.of(new Violation(first.what() + more, first.fields(), first.placements()));
    }

    /** {@return each pair of a written and a read group that share a line, in order of offset} */
    public static List<Violation> conflicts(PromiseContext context) {
        List<Violation> conflicts = new ArrayList<>();
        List<CachelineGroup> groups = CachelineGroup.of(context.layout());
        for (int i = 0; i < groups.size(); i++) {
            for (CachelineGroup later : groups.subList(i + 1, groups.size())) {
                CachelineGroup one = groups.get(i);
                boolean opposed = one.isWritten() && isRead(later) || isRead(one) && later.isWritten();
                if (opposed && bytes(one).isPresent() && bytes(later).isPresent()) {
                    PlacementCount together = context.placement()
                            .meeting(bytes(one).get(), bytes(later).get(), context.lineBytes());
                    if (!together.never()) {
                        conflicts.add(new Violation(
                                "groups " + WholeGroup.words(one) + " and " + WholeGroup.words(later) + " share a "
                                        + context.lineBytes() + "-byte line",
                                List.of(),
                                Optional.of(together)));
                    }
                }
            }
        }
        return conflicts;
    }

    private static boolean isRead(CachelineGroup group) {
        return group.isReadMostly() && !group.isWritten();
    }

    /** {@return the bytes between the markers; empty when the markers are broken or nothing is between them} */
    public static Optional<ByteRange> bytes(CachelineGroup group) {
        return group.isWhole()
                        && group.beginOffset().getAsLong() < group.endOffset().getAsLong()
                ? Optional.of(new ByteRange(
                        group.beginOffset().getAsLong(), group.endOffset().getAsLong()))
                : Optional.empty();
    }
}
