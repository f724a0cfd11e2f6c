package dev.faultline.contract;

import dev.faultline.layout.CachelineGroup;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The contract that a struct's own cache-line group markers are. They promise that each group begins, ends and crosses no other,
 * and of a group declared aligned that it is held together. That a written and a read group do not meet they do not promise,
 * for the kernel aligns some groups and lets others follow each other: those that meet are notes.
 */
public final class GroupMarkers {

    private static final String SOURCE = "group markers";

    private GroupMarkers() {}

    /** {@return what the markers of a layout promise, a promise or two a group; none of a layout without} */
    public static List<Promise> promises(StructLayout layout) {
        List<Promise> promises = new ArrayList<>();
        for (CachelineGroup group : CachelineGroup.of(layout)) {
            promises.add(new WholeGroup(Optional.of(group.name())));
            if (CachelineGroup.padEnd(layout, group.name()).isPresent()) {
                promises.add(new PaddedGroup(group.name()));
            }
        }
        return promises;
    }

    /**
     * Judges a struct by its markers.
     *
     * @param subject the struct
     * @param conditions under what
     * @return an outcome a promise, then a note for each pair of a written and a read group that meet; empty for a struct
     *     without markers
     */
    public static List<Outcome> check(Subject subject, Conditions conditions) {
        Checker checker = new Checker(subject, conditions);
        List<Outcome> outcomes = new ArrayList<>();
        for (Promise promise : promises(subject.layout())) {
            outcomes.add(checker.check(new Clause(promise, SOURCE, "")));
        }
        for (Ground ground : checker.grounds()) {
            for (Breach meeting : GroupsApart.meetings(ground)) {
                outcomes.add(new Outcome(
                        subject.reference(),
                        "groups: apart, which the markers do not promise",
                        Outcome.Status.NOTE,
                        List.of(meeting.words()),
                        meeting.fields()));
            }
        }
        return outcomes;
    }
}
