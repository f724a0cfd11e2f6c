package dev.faultline.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.contract.promise.Conditions;
import dev.faultline.contract.promise.Group;
import dev.faultline.contract.promise.GroupsApart;
import dev.faultline.contract.promise.Promise;
import dev.faultline.contract.promise.PromisePlacements;
import dev.faultline.contract.promise.WholeGroup;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.source.Subject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GroupMarkersTest {

    private static final String BEGIN = "char __cacheline_group_begin__";
    private static final String END = "char __cacheline_group_end__";

    private static Subject struct(String members) {
        String text = members.replace("BEGIN ", BEGIN).replace("END ", END);
        return Subject.of(
                NotationReader.read("test", "struct s { " + text + " };").get(0));
    }

    private static final Conditions ON_LINES =
            new Conditions(Machines.x86(), List.of(64), new PromisePlacements.Aligned(), List.of(), Optional.empty());

    private static List<String> judge(Subject subject) {
        return GroupMarkers.check(subject, ON_LINES).stream()
                .map(one -> one.status() + " " + one.promise() + " " + one.why())
                .toList();
    }

    private static PromiseResult check(Subject subject, Promise promise) {
        return new PromiseChecker(subject, ON_LINES).check(new DeclaredPromise(promise, "c.yaml", ""));
    }

    @Test
    void groups_that_hold_are_kept_and_those_that_meet_are_notes() {
        assertThat(judge(struct("BEGIN a_read[0]; long x; END a_read[0]; BEGIN a_write[0]; long y; END a_write[0];")))
                .containsExactly(
                        "KEPT group a_read: whole, bytes 0..7 []",
                        "KEPT group a_write: whole, bytes 8..15 []",
                        "NOTE groups: apart (not promised by the markers) [groups a_read (bytes 0..7) and a_write"
                                + " (bytes 8..15) share a 64-byte line]");
        assertThat(judge(struct("BEGIN a_read[0]; long x; END a_read[0]; char pad[56];"
                        + " BEGIN a_write[0]; long y; END a_write[0];")))
                .hasSize(2);
        assertThat(judge(struct("long x;"))).isEmpty();
    }

    @Test
    void markers_that_hold_nothing_are_broken() {
        assertThat(judge(struct("BEGIN a[0]; long x;")))
                .containsExactly("BROKEN group a: whole [group a begins at byte 0 and never ends]");
        assertThat(judge(struct("long x; END a[0];")))
                .containsExactly("BROKEN group a: whole [group a ends at byte 8 and never begins]");
        assertThat(judge(struct("END a[0]; long x; BEGIN a[0];")))
                .containsExactly("BROKEN group a: whole [group a ends at byte 0, before it begins at byte 8]");
        assertThat(judge(struct("BEGIN a[0]; long x; BEGIN b[0]; long y; END a[0]; long z; END b[0];")))
                .containsExactly(
                        "BROKEN group a: whole, bytes 0..15 [groups a (bytes 0..15) and b (bytes 8..23) cross]",
                        "BROKEN group b: whole, bytes 8..23 [groups b (bytes 8..23) and a (bytes 0..15) cross]");
        assertThat(judge(struct("BEGIN a[0]; long x; BEGIN b[0]; long y; END b[0]; END a[0];")))
                .allMatch(line -> line.startsWith("KEPT"));
    }

    @Test
    void an_aligned_group_is_held_together() {
        String pad = "char __cacheline_group_pad__a[0];";
        assertThat(judge(struct("BEGIN a[0]; long x; END a[0]; long hole_to_be[0]; " + pad)))
                .containsExactly("KEPT group a: whole, bytes 0..7 []", "KEPT group a: aligned, bytes 0..7 []");
        assertThat(judge(struct("BEGIN a[0]; long x; END a[0]; int intruder; " + pad)))
                .contains(
                        "BROKEN group a: aligned, bytes 0..7 [intruder (bytes 8..11) is in the group's padding (bytes 8..11)]");
        assertThat(judge(struct("long before[6]; BEGIN a[0]; long x[3]; END a[0]; " + pad)))
                .contains("BROKEN group a: aligned, bytes 48..71 [a (bytes 48..71) is on 2 lines of 64 bytes"
                        + " instead of 1]");
    }

    @Test
    void a_contract_can_promise_more_of_them() {
        Subject subject = struct("BEGIN a_read[0]; long x; END a_read[0]; BEGIN a_write[0]; long y; END a_write[0];");
        assertThat(check(subject, new WholeGroup(Optional.empty())).why()).isEmpty();
        assertThat(check(subject, new GroupsApart()).status()).isEqualTo(PromiseResult.Status.BROKEN);
        assertThat(check(subject, new Group("a_read", List.of("x"), OptionalLong.of(8)))
                        .why())
                .isEmpty();
        assertThat(check(subject, new Group("a_read", List.of("y"), OptionalLong.empty()))
                        .why())
                .containsExactly("y (bytes 8..15) is not between the group's markers at bytes 0 and 8");
        assertThat(check(subject, new Group("a_read", List.of(), OptionalLong.of(7)))
                        .why())
                .containsExactly("the group has 8 bytes, 1 more than allowed");
        assertThat(check(subject, new Group("a_reed", List.of(), OptionalLong.of(7)))
                        .why())
                .containsExactly(
                        "c.yaml: group: struct s has no markers of a group a_reed (did you mean a_read?), and no"
                                + " members are named");
    }

    @Test
    void without_markers_nothing_is_silently_kept() {
        Subject plain = struct("long x;");
        for (Promise promise : List.of(new WholeGroup(Optional.empty()), new GroupsApart())) {
            assertThat(check(plain, promise).why())
                    .containsExactly("c.yaml: groups: struct s has no cache-line group markers"
                            + " (__cacheline_group_begin and _end)");
        }
        assertThat(check(struct("BEGIN a_read[0]; long x; END a_read[0];"), new GroupsApart())
                        .why())
                .containsExactly("c.yaml: groups: struct s has no group with \"write\" in its name, so no groups need"
                        + " to be apart");
    }
}
