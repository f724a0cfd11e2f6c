package dev.faultline.contract.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.ProfileReader;
import dev.faultline.contract.Contract;
import dev.faultline.contract.ContractReader;
import dev.faultline.contract.DeclaredPromise;
import dev.faultline.contract.PromiseChecker;
import dev.faultline.contract.PromiseResult;
import dev.faultline.hazard.Severity;
import dev.faultline.input.NamePattern;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.source.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A kept and a broken case of each promise. */
class PromisesTest {

    /** Padded for 64-byte lines, with objects that start at multiples of 64. */
    private static final Subject PADDED = struct("""
            struct ring {
                unsigned int  mask;
                char          kind;
                void **       slots;
                unsigned int  head __attribute__((aligned(64)));
                unsigned int  seen;
                unsigned int  tail __attribute__((aligned(64)));
                unsigned int  lanes[4];
            } __attribute__((aligned(64)));
            """);

    private static final Subject PACKED =
            struct("struct ring { unsigned int head; unsigned int tail; long mask; char pad[40]; long cold; };");

    private static Subject struct(String text) {
        return Subject.of(NotationReader.read("test", text).get(0));
    }

    private static PromiseResult check(Subject subject, Promise promise, int... lines) {
        return check(subject, promise, new PromisePlacements.Known(), List.of(), lines);
    }

    private static PromiseResult check(
            Subject subject, Promise promise, PromisePlacements placements, List<String> cold, int... lines) {
        Conditions conditions = new Conditions(
                Machines.x86(),
                lines.length == 0 ? List.of(64) : Arrays.stream(lines).boxed().toList(),
                placements,
                cold.stream().map(NamePattern::parse).toList(),
                Optional.empty());
        return new PromiseChecker(subject, conditions)
                .check(new DeclaredPromise(promise, "ring.contract.yaml", "line 1, column 1"));
    }

    private static void kept(PromiseResult result) {
        assertThat(result.why()).isEmpty();
        assertThat(result.status()).isEqualTo(PromiseResult.Status.KEPT);
    }

    private static void broken(PromiseResult result, String why) {
        assertThat(result.why()).first().isEqualTo(why);
        assertThat(result.status()).isEqualTo(PromiseResult.Status.BROKEN);
    }

    private static void unjudged(PromiseResult result, String why) {
        assertThat(result.why()).containsExactly("ring.contract.yaml: line 1, column 1: " + why);
        assertThat(result.status()).isEqualTo(PromiseResult.Status.UNJUDGED);
    }

    private static Alone alone(String... fields) {
        return new Alone(List.of(fields));
    }

    @Test
    void alone_means_no_other_field_when_nobody_says_who_touches_what() {
        broken(check(PADDED, alone("head")), "head (bytes 64..67) shares a 64-byte line with seen (bytes 68..71)");
        kept(check(PADDED, alone("head", "seen")));
        kept(check(PADDED, alone("head"), new PromisePlacements.Known(), List.of("se*")));
        kept(check(PADDED, alone("slots", "mask", "kind")));
    }

    @Test
    void alone_counts_placements() {
        broken(
                check(PADDED, alone("head", "seen"), new PromisePlacements.All(), List.of(), 128),
                "head (bytes 64..67) and seen (bytes 68..71) share a 128-byte line with mask (bytes 0..3), kind"
                        + " (byte 4), slots (bytes 8..15) and 2 more, in all 2 placements");
        broken(
                check(PACKED, alone("head"), new PromisePlacements.Aligned(), List.of("cold")),
                "head (bytes 0..3) shares a 64-byte line with tail (bytes 4..7) and mask (bytes 8..15)");
    }

    @Test
    void what_lies_around_an_object_is_not_alone_unless_objects_start_on_a_line() {
        Subject small = struct("struct count { long value; };");
        broken(
                check(small, alone("value")),
                "value (bytes 0..7) shares a 64-byte line with the memory before the object and the memory after the"
                        + " object, in all 8 placements");
        kept(check(small, alone("value"), new PromisePlacements.Aligned(), List.of()));
        Subject padded = struct("struct count { long pad1[7]; long value; long pad2[7]; };");
        kept(check(padded, alone("value")));
        broken(
                check(padded, alone("value"), 128),
                "value (bytes 56..63) shares a 128-byte line with the memory before the object and the memory after"
                        + " the object, in all 16 placements");
    }

    @Test
    void alone_of_an_element_counts_the_others_of_its_array_and_of_an_arm_not_the_other_arm() {
        broken(
                check(PADDED, alone("lanes[1]")),
                "lanes[1] (bytes 136..139) shares a 64-byte line with tail (bytes 128..131), the rest of lanes (bytes"
                        + " 132..135) and the rest of lanes (bytes 140..147)");
        Subject union = struct("struct s { union { long a; char b[8]; }; } __attribute__((aligned(64)));");
        kept(check(union, alone("a")));
    }

    @Test
    void with_a_profile_only_what_it_has_touched_often_is_hot() {
        Subject used = PADDED.withProfile(ProfileReader.read("p.yaml", """
                        profile: p
                        structs:
                          ring:
                            roles:
                              one: { cpus: 1 }
                              many: { cpus: 100 }
                            operations:
                              - name: often
                                role: one
                                rate: 1e4
                                accesses: [{ field: head, kind: write }, { field: mask, kind: read }]
                              - name: seldom
                                role: many
                                rate: 1e2
                                accesses: [{ field: seen, kind: read }, { field: kind, kind: read }]
                        """).forStruct("ring"));
        kept(check(used, alone("head")));
        kept(check(used, alone("mask")));
        broken(check(used, alone("kind")), "kind (byte 4) shares a 64-byte line with mask (bytes 0..3)");
        unjudged(
                check(used, alone("head"), new PromisePlacements.Known(), List.of("mas?")),
                "cold: 'mas?' matches mask, which the profile says is used often");
    }

    @Test
    void a_field_that_all_cpus_together_write_often_is_hot() {
        Subject used = PADDED.withProfile(ProfileReader.read("p.yaml", """
                        profile: p
                        structs:
                          ring:
                            roles: { many: { cpus: 100 } }
                            operations:
                              - name: seldom
                                role: many
                                rate: 1e2
                                accesses: [{ field: seen, kind: write }]
                        """).forStruct("ring"));
        broken(check(used, alone("head")), "head (bytes 64..67) shares a 64-byte line with seen (bytes 68..71)");
    }

    @Test
    void same_line() {
        kept(check(PADDED, new SameLine(List.of("mask", "slots"))));
        broken(
                check(PADDED, new SameLine(List.of("mask", "head")), 64, 128),
                "mask (bytes 0..3) and head (bytes 64..67) are not on one 64-byte line");
        broken(
                check(PACKED, new SameLine(List.of("head", "mask"))),
                "head (bytes 0..3) and mask (bytes 8..15) are not on one 64-byte line, in 1 of 8 placements");
        assertThatThrownBy(() -> new SameLine(List.of("mask"))).hasMessageContaining("two fields or more");
    }

    @Test
    void different_lines() {
        kept(check(PADDED, new DifferentLines(List.of("mask", "head", "tail"))));
        broken(
                check(PADDED, new DifferentLines(List.of("mask", "head", "seen")), 64, 128),
                "head (bytes 64..67) and seen (bytes 68..71) share a 64-byte line");
        PromiseResult both = check(PADDED, new DifferentLines(List.of("head", "seen")), 64, 128);
        assertThat(both.why())
                .containsExactly(
                        "head (bytes 64..67) and seen (bytes 68..71) share a 64-byte line",
                        "head (bytes 64..67) and seen (bytes 68..71) share a 128-byte line, in all 2 placements");
        broken(
                check(PACKED, new DifferentLines(List.of("tail", "cold"))),
                "tail (bytes 4..7) and cold (bytes 56..63) share a 64-byte line, in 1 of 8 placements");
    }

    @Test
    void a_group_without_markers_has_nothing_between_its_members() {
        kept(check(PADDED, new Group("set once", List.of("slots", "mask", "kind"), OptionalLong.of(16))));
        broken(
                check(PADDED, new Group("set once", List.of("slots", "mask"), OptionalLong.empty())),
                "kind (byte 4) is between the group's members (bytes 0..15)");
        broken(
                check(PADDED, new Group("set once", List.of("slots", "mask", "kind"), OptionalLong.of(15))),
                "the group has 16 bytes, 1 more than allowed");
        kept(check(PACKED, new Group("about padding", List.of("mask", "cold"), OptionalLong.of(56))));
        unjudged(
                check(PADDED, new Group("marked", List.of(), OptionalLong.of(15))),
                "group: struct ring has no markers of a group marked, and no members are named");
    }

    @Test
    void max_size_and_offset() {
        kept(check(PADDED, new MaxSize(192), 64, 128));
        broken(check(PADDED, new MaxSize(191), 64, 128), "the struct has 192 bytes, 1 more than allowed");
        kept(check(PADDED, new FixedOffset("head", 64)));
        broken(check(PADDED, new FixedOffset("head", 60)), "head starts at byte 64");
        assertThat(check(PADDED, new MaxSize(191), 64, 128).why()).hasSize(1);
    }

    @Test
    void line_aligned_and_no_straddle() {
        kept(check(PADDED, new LineAligned("head")));
        broken(
                check(PADDED, new LineAligned("head"), 128),
                "head (bytes 64..67) is not at the start of a 128-byte line, in 1 of 2 placements");
        broken(check(PADDED, new LineAligned("slots")), "slots (bytes 8..15) is not at the start of a 64-byte line");
        Subject wide = struct("struct wide { long first; long many[8]; long three[7]; };");
        kept(check(wide, new NoStraddle("first"), new PromisePlacements.All(), List.of()));
        broken(
                check(wide, new NoStraddle("many"), new PromisePlacements.Aligned(), List.of()),
                "many (bytes 8..71) is on 2 lines of 64 bytes instead of 1");
        kept(check(wide, new NoStraddle("three"), new PromisePlacements.Aligned(), List.of()));
        broken(
                check(wide, new NoStraddle("three"), new PromisePlacements.All(), List.of()),
                "three (bytes 72..127) is on 2 lines of 64 bytes instead of 1, in 6 of 8 placements");
    }

    @Test
    void no_hazard() {
        Subject counted = struct("struct s { atomic_t count; int ops; int key; };");
        assertThat(check(counted, new MaxHazard(Optional.empty(), List.of()))
                        .why()
                        .get(0))
                .startsWith("info WriterBesideReaders: count");
        unjudged(
                check(counted, new MaxHazard(Optional.of(Severity.WARNING), List.of())),
                "max-hazard: no profile says which roles use the fields of struct s, so no finding could be worse than"
                        + " info; name a profile");
        kept(check(struct("struct s { long a; long b; };"), new MaxHazard(Optional.empty(), List.of())));
        assertThatThrownBy(() -> new MaxHazard(Optional.of(Severity.ERROR), List.of()))
                .hasMessageContaining("would allow everything");
        assertThatThrownBy(() -> new MaxHazard(Optional.empty(), List.of("WriterBesideReader")))
                .hasMessageContaining("did you mean WriterBesideReaders");
    }

    @Test
    void an_unknown_field_is_no_promise_kept() {
        for (Promise promise : List.of(
                alone("haed"),
                new SameLine(List.of("mask", "haed")),
                new DifferentLines(List.of("haed", "mask")),
                new Group("g", List.of("haed"), OptionalLong.empty()),
                new FixedOffset("haed", 0),
                new LineAligned("haed"),
                new NoStraddle("haed"))) {
            unjudged(check(PADDED, promise), promise.name() + ": struct ring has no field haed (did you mean head?)");
        }
        unjudged(
                check(PADDED, alone("head"), new PromisePlacements.Known(), List.of("p*")),
                "cold: no field of struct ring matches 'p*'");
    }

    @Test
    void promises_are_words_a_contract_takes() {
        StructLayout layout = PADDED.layout();
        for (Promise promise : List.of(
                alone("head"),
                alone("head", "seen"),
                new SameLine(List.of("mask", "slots")),
                new DifferentLines(List.of("head", "tail")),
                new Group("set once", List.of("mask", "slots"), OptionalLong.of(16)),
                new MaxSize(192),
                new FixedOffset("head", 64),
                new LineAligned("head"),
                new NoStraddle("head"),
                new MaxHazard(Optional.of(Severity.INFO), List.of()),
                new MaxHazard(Optional.empty(), List.of("TrueSharing")),
                new NoNewHazard(),
                new WholeGroup(Optional.empty()),
                new GroupsApart())) {
            Contract contract = ContractReader.read(
                    "c.yaml",
                    "contract: c\nstructs:\n  " + layout.name() + ":\n    promises:\n      - " + promise.words()
                            + "\n");
            assertThat(contract.entries().get(0).promises())
                    .extracting(DeclaredPromise::promise)
                    .containsExactly(promise);
        }
    }
}
