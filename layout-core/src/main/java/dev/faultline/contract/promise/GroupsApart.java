package dev.faultline.contract.promise;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.CachelineGroup;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * No group that is named for being written shares a line with one that is named for being read. The markers themselves do not
 * promise it: the kernel aligns some groups and lets others follow each other.
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
    public List<String> fields() {
        return List.of();
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
                : Optional.of("no group of " + context.layout().spelling() + " is named "
                        + (groups.stream().anyMatch(CachelineGroup::isWritten) ? "read" : "write")
                        + ", so that none is to be kept apart");
    }

    @Override
    public Optional<Violation> breach(PromiseContext context) {
        List<Violation> meetings = meetings(context);
        if (meetings.isEmpty()) {
            return Optional.empty();
        }
        Violation first = meetings.get(0);
        String more = meetings.size() > 1 ? "; and " + (meetings.size() - 1) + " more pairs" : "";
        return Optional.of(new Violation(first.what() + more, first.fields(), first.placements()));
    }

    /** {@return every written group with a read one on a line of it, in order of offset} */
    public static List<Violation> meetings(PromiseContext context) {
        List<Violation> meetings = new ArrayList<>();
        List<CachelineGroup> groups = CachelineGroup.of(context.layout());
        for (int i = 0; i < groups.size(); i++) {
            for (CachelineGroup later : groups.subList(i + 1, groups.size())) {
                CachelineGroup one = groups.get(i);
                boolean opposed = one.isWritten() && isRead(later) || isRead(one) && later.isWritten();
                if (opposed && bytes(one).isPresent() && bytes(later).isPresent()) {
                    PlacementCount together = context.placement()
                            .meeting(bytes(one).get(), bytes(later).get(), context.lineBytes());
                    if (!together.never()) {
                        meetings.add(new Violation(
                                "groups " + WholeGroup.words(one) + " and " + WholeGroup.words(later) + " share a "
                                        + context.lineBytes() + "-byte line",
                                List.of(),
                                Optional.of(together)));
                    }
                }
            }
        }
        return meetings;
    }

    private static boolean isRead(CachelineGroup group) {
        return group.isReadMostly() && !group.isWritten();
    }

    /** {@return the bytes between the markers, none of a group that is broken or empty} */
    public static Optional<ByteRange> bytes(CachelineGroup group) {
        return group.isWhole()
                        && group.beginOffset().getAsLong() < group.endOffset().getAsLong()
                ? Optional.of(new ByteRange(
                        group.beginOffset().getAsLong(), group.endOffset().getAsLong()))
                : Optional.empty();
    }
}
