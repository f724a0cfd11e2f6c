package dev.faultline.assertion;

import static dev.faultline.assertion.LayoutAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.Profile;
import dev.faultline.access.ProfileReader;
import dev.faultline.contract.promise.GroupsApart;
import dev.faultline.hazard.Severity;
import dev.faultline.input.VisibleText;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both libraries' {@code assertThat} are imported here, as a user's test would. */
class LayoutAssertTest {

    private static final StructLayout RING = Layouts.read("""
            struct ring {
                unsigned int  mask;
                void **       slots;
                unsigned int  head __attribute__((aligned(64)));
                unsigned int  tail __attribute__((aligned(64)));
            } __attribute__((aligned(64)));
            """);

    private static final StructLayout PACKED =
            Layouts.read("struct ring { unsigned int head; unsigned int tail; unsigned int mask; void ** slots; };");

    private static final Profile PROFILE = ProfileReader.read("ring.yaml", """
            profile: one producer
            structs:
              ring:
                roles:
                  producer: { cpus: 1 }
                  consumer: { cpus: 1 }
                operations:
                  - name: put
                    role: producer
                    rate: 5e6
                    accesses: [{ field: tail, kind: write }, { field: mask, kind: read, gap: 5ns }]
                  - name: take
                    role: consumer
                    rate: 5e6
                    accesses: [{ field: head, kind: write }, { field: mask, kind: read, gap: 5ns }]
            """);

    @TempDir
    Path temporary;

    @Test
    void what_holds_passes_and_can_be_chained() {
        assertThat(RING)
                .isolates("head")
                .isolates("tail")
                .keepsTogether("mask", "slots")
                .separates("mask", "head", "tail")
                .groups(16, "mask", "slots")
                .isAtMost(192)
                .hasAt("head", 64)
                .startsLine("tail")
                .doesNotStraddle("slots")
                .startingOnALine()
                .onLinesOf(32, 64)
                .isolates("head")
                .placedAt(64)
                .isolates("head")
                .usedAs(PROFILE)
                .hasNoHazardAbove(Severity.WARNING)
                .hasNoHazard("AdjacentLinePair", "ScatteredHotFields");
    }

    @Test
    void a_failure_shows_no_name_raw() {
        StructLayout evil = StructLayout.of(
                "s\n\u001b[31m",
                AggregateKind.STRUCT,
                8,
                4,
                List.of(
                        Member.of("a\n\u202e", FieldType.Scalar.natural("int", 4), 0),
                        Member.of("b", FieldType.Scalar.natural("int", 4), 4)),
                Provenance.of(Provenance.Origin.BTF, "file"));
        assertThatThrownBy(() -> assertThat(evil).startingOnALine().isolates("a\n\u202e"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("struct s\\u000a\\u001b[31m breaks a promise: alone: a\\u000a\\u202e\n")
                .satisfies(failure ->
                        assertThat(VisibleText.lines(failure.getMessage())).isEqualTo(failure.getMessage()));
    }

    @Test
    void a_failure_shows_the_promise_what_was_found_and_the_lines() {
        assertThatThrownBy(() -> assertThat(PACKED).startingOnALine().isolates("head"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        struct ring breaks a promise: alone: head
                          head (bytes 0..3) shares a 64-byte line with tail (bytes 4..7), mask (bytes 8..11) and slots (bytes 16..23)
                          (objects start on a line of 64 bytes: as requested)

                        struct ring {
                                unsigned int               head;                 /*     0     4 */
                                        /* ! alone: head */
                                unsigned int               tail;                 /*     4     4 */
                                        /* ! alone: head */
                                unsigned int               mask;                 /*     8     4 */
                                        /* ! alone: head */

                                /* XXX 4 bytes hole, try to pack */

                                void **                    slots;                /*    16     8 */
                                        /* ! alone: head */

                                /* size: 24, cachelines: 1, members: 4 */
                                /* fields: 4, holes: 1, sum holes: 4 */
                                /* last cacheline: 24 bytes */
                        };
                        """);
    }

    @Test
    void each_assertion_fails_when_it_does_not_hold() {
        fails(() -> assertThat(PACKED).isolates("head"), "alone: head");
        fails(() -> assertThat(RING).keepsTogether("mask", "head"), "same-line: [mask, head]");
        fails(() -> assertThat(PACKED).separates("head", "tail"), "different-lines: [head, tail]");
        fails(() -> assertThat(PACKED).groups(24, "head", "mask"), "group: {name: head mask, members: [head, mask]");
        fails(() -> assertThat(RING).isAtMost(191), "max-size: 191");
        fails(() -> assertThat(RING).hasAt("head", 60), "offset: {head: 60}");
        fails(() -> assertThat(RING).startsLine("slots"), "line-aligned: slots");
        fails(() -> assertThat(RING).placedAt(4).doesNotStraddle("slots"), "no-straddle: slots");
        fails(() -> assertThat(PACKED).usedAs(PROFILE).hasNoHazard(), "max-hazard: none");
        fails(() -> assertThat(PACKED).usedAs(PROFILE).hasNoHazardAbove(Severity.INFO), "max-hazard: info");
        fails(() -> assertThat(RING).onLinesOf(64, 128).startsLine("head"), "line-aligned: head");
        fails(() -> assertThat(RING).on(Machines.apple()).startsLine("head"), "line-aligned: head");
    }

    private static void fails(Runnable assertion, String promise) {
        assertThatThrownBy(assertion::run)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(" breaks a promise: " + promise)
                .hasMessageContaining("/* size: ");
    }

    @Test
    void what_cannot_be_judged_fails_too() {
        assertThatThrownBy(() -> assertThat(RING).isolates("haed"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("cannot be judged: alone: haed")
                .hasMessageContaining("has no field haed (did you mean head?)");
        assertThatThrownBy(() -> assertThat(RING).treatingAsCold("p*").isolates("head"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no field of struct ring matches 'p*'");
        assertThatThrownBy(() -> assertThat(RING).hasNoHazardAbove(Severity.INFO))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("name a profile");
        assertThatThrownBy(() -> assertThat(RING).keeps(new GroupsApart()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("has no cache-line group markers");
    }

    @Test
    void conditions_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> assertThat(RING).onLinesOf(60)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> assertThat(RING).onLinesOf()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> assertThat(RING).placedAt(12)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> assertThat(RING).isolates()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        assertThat(Layouts.read("struct other { int a; };")).usedAs(PROFILE))
                .hasMessage("the profile 'one producer' says nothing about other");
    }

    @Test
    void a_subject_brings_its_placement_and_profile() {
        Subject shipped =
                Subject.of(PACKED).withPlacement(new Placement(64, "slab")).withProfile(PROFILE.forStruct("ring"));
        assertThat(shipped).startsLine("head");
        fails(() -> assertThat(PACKED).startsLine("head"), "line-aligned: head");
        fails(() -> assertThat(shipped).isolates("mask"), "alone: mask");
    }

    @Test
    void texts_come_from_files_too() throws IOException {
        Path file = Files.writeString(temporary.resolve("two.txt"), "struct a { int x; }; struct b { long y; };");
        assertThat(Layouts.read(file, "b")).hasAt("y", 0);
        assertThatThrownBy(() -> Layouts.read(file, "c")).hasMessageContaining("two.txt: declares no c (did you mean");
        assertThatThrownBy(() -> Layouts.read(file)).hasMessageEndingWith("declares 2 structs (a, b): name one");
        assertThatThrownBy(() -> Layouts.read(temporary.resolve("none"))).isInstanceOf(UncheckedIOException.class);
        Path profile = Files.writeString(temporary.resolve("p.yaml"), """
                profile: p
                structs:
                  a:
                    roles: { r: { cpus: all } }
                    operations: [{ name: o, role: r, rate: 1, accesses: [{ field: x, kind: read }] }]
                """);
        assertThat(Layouts.read(file, "a")).usedAs(profile).hasNoHazard();
        assertThat(temporary).exists(); // AssertJ's own is still there
    }
}
