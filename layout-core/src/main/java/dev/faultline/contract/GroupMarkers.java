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
 * Checks a struct by its own cache-line group markers. The markers promise that each group begins, ends and crosses no
 * other group, and that a group declared aligned is held together. They do not promise that written and read groups
 * are on different lines, since the kernel aligns only some groups; such pairs on one line are reported as notes.
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
     * Checks a struct by its markers.
     *
     * @param subject the struct
     * @param conditions the conditions
     * @return a result for each promise, then a note for each pair of a written and a read group on one line; empty
     *     for a struct without markers
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
                        result.fields(),
                        result.place()));
            }
        }
        for (PromiseContext context : checker.contexts()) {
            for (Violation conflict : GroupsApart.conflicts(context)) {
                results.add(new PromiseResult(
                        subject.reference(),
                        "groups: apart (not promised by the markers)",
                        PromiseResult.Status.NOTE,
                        List.of(conflict.words()),
                        conflict.fields(),
                        ""));
            }
        }
        return results;
    }
}
