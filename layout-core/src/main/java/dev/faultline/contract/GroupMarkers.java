package dev.faultline.contract;

import dev.faultline.contract.promise.Conditions;
import dev.faultline.contract.promise.GroupsApart;
import dev.faultline.contract.promise.PaddedGroup;
import dev.faultline.contract.promise.Promise;
import dev.faultline.contract.promise.PromiseContext;
import dev.faultline.contract.promise.PromiseTexts;
import dev.faultline.contract.promise.Violation;
import dev.faultline.contract.promise.WholeGroup;
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

    private static List<Promise> promises(StructLayout layout, CachelineGroup group) {
        Promise whole = new WholeGroup(Optional.of(group.name()));
        return CachelineGroup.padEnd(layout, group.name()).isPresent()
                ? List.of(whole, new PaddedGroup(group.name()))
                : List.of(whole);
    }

    /**
     * Judges a struct by its markers.
     *
     * @param subject the struct
     * @param conditions under what
     * @return an outcome a promise, then a note for each pair of a written and a read group that meet; empty for a struct
     *     without markers
     */
    public static List<PromiseResult> check(Subject subject, Conditions conditions) {
        PromiseChecker checker = new PromiseChecker(subject, conditions);
        List<PromiseResult> results = new ArrayList<>();
        for (CachelineGroup group : CachelineGroup.of(subject.layout())) {
            for (Promise promise : promises(subject.layout(), group)) {
                PromiseResult result = checker.check(new DeclaredPromise(promise, SOURCE, ""));
                String where = GroupsApart.bytes(group)
                        .map(bytes -> ", " + PromiseTexts.bytes(bytes))
                        .orElse("");
                results.add(new PromiseResult(
                        result.struct(),
                        result.promise() + where,
                        result.status(),
                        result.why(),
                        result.fields()));
            }
        }
        for (PromiseContext context : checker.grounds()) {
            for (Violation meeting : GroupsApart.meetings(context)) {
                results.add(new PromiseResult(
                        subject.reference(),
                        "groups: apart (no promise of the markers)",
                        PromiseResult.Status.NOTE,
                        List.of(meeting.words()),
                        meeting.fields()));
            }
        }
        return results;
    }
}
