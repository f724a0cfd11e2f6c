package dev.faultline.bench.layout.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.AccessKind;
import dev.faultline.access.AccessMap;
import dev.faultline.access.ProfileReader;
import dev.faultline.access.Resolution;
import dev.faultline.bench.cores.ComputeSteps;
import dev.faultline.bench.layout.loop.AccessScript.Play;
import dev.faultline.bench.layout.loop.AccessScript.Turn;
import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of a profile: which words are accessed, in which order, how often. Nothing is timed. */
class AccessScriptTest {

    private static final int LINE = 64;
    /** Where byte 0 of a struct on a line stands in its block. */
    private static final long ROOM = 256;

    private static StructLayout layout(String notation) {
        return NotationReader.read("test", notation).get(0);
    }

    private static AccessMap access(StructLayout layout, String roles, String operations) {
        String yaml = "profile: test\nstructs:\n  s:\n    roles: { " + roles + " }\n    operations:\n"
                + operations.strip().indent(6);
        return Resolution.resolve(
                layout, ProfileReader.read("test.yaml", yaml).forStruct("s").orElseThrow());
    }

    private static AccessScript script(StructLayout layout, ClosedLoop loop, long residue) {
        return ScriptCompiler.compile(layout, loop, LINE, residue, loop.operations());
    }

    private static AccessScript script(String notation, String operations, long residue) {
        StructLayout layout = layout(notation);
        return script(layout, ClosedLoop.of(access(layout, "a: { cpus: all }", operations), 2), residue);
    }

    private static String operation(String accesses) {
        return "- { name: x, role: a, rate: 1e6, accesses: [ " + accesses + " ] }";
    }

    private static List<String> trace(AccessScript script, int play, double stepsPerMicro) {
        TracedMemory.TRACE.clear();
        AccessLoop loop = LoopAssembler.assemble(script, 0, stepsPerMicro, TracedMemory.class);
        loop.play(play, 0, 0);
        return List.copyOf(TracedMemory.TRACE);
    }

    @Test
    void every_kind_and_size_is_accessed_where_it_is_in_the_order_of_the_profile() {
        AccessScript script = script(
                "struct s { int i; short t; char c; char d; long l; };",
                operation("{ field: l, kind: cas-loop }, { field: i, kind: rmw }, { field: t, kind: read },"
                        + " { field: c, kind: write }, { field: l, kind: read }, { field: i, kind: write }"),
                0);

        assertThat(trace(script, 0, 500))
                .containsExactly("loop8@264", "rmw4@256", "read2@260", "write1@262", "read8@264", "write4@256");
    }

    @Test
    void what_is_read_and_every_gap_before_it_is_in_the_result() {
        AccessScript script = new AccessScript(
                64,
                List.of(new Play(
                        1,
                        List.of(
                                new ScriptedAccess(AccessKind.READ, 8, 8, 20),
                                new ScriptedAccess(AccessKind.READ, 8, 16, 10)))),
                List.of(List.of(new Turn(0, 1))));
        TracedMemory.TRACE.clear();
        AccessLoop loop = LoopAssembler.assemble(script, 0, 500, TracedMemory.class);

        assertThat(loop.play(0, 7, 0))
                .as("10 steps, the first access, 5 steps, the second")
                .isEqualTo(ComputeSteps.run(ComputeSteps.run(7, 10) ^ 1, 5) ^ 2);
    }

    @Test
    void addresses_depend_on_what_was_loaded() {
        AccessScript script = new AccessScript(
                64,
                List.of(new Play(
                        1,
                        List.of(
                                new ScriptedAccess(AccessKind.READ, 8, 8, 0),
                                new ScriptedAccess(AccessKind.READ, 8, 16, 0)))),
                List.of(List.of(new Turn(0, 1))));
        TracedMemory.TRACE.clear();
        LoopAssembler.assemble(script, 0, 500, TracedMemory.class).play(0, 0, -1);

        assertThat(TracedMemory.TRACE)
                .as("nothing would be 0; with -1 what was read is added to the address")
                .containsExactly("read8@8", "read8@17");
    }

    @Test
    void addresses_of_accesses_that_overlap_depend_on_what_was_loaded_before_them_all() {
        AccessScript script = new AccessScript(
                64,
                List.of(new Play(
                        1,
                        List.of(
                                new ScriptedAccess(AccessKind.READ, 8, 8, 0),
                                new ScriptedAccess(AccessKind.READ, 8, 16, 0),
                                new ScriptedAccess(AccessKind.READ, 8, 24, 0, true),
                                new ScriptedAccess(AccessKind.READ, 8, 32, 0, true),
                                new ScriptedAccess(AccessKind.READ, 8, 40, 0)))),
                List.of(List.of(new Turn(0, 1))));
        TracedMemory.TRACE.clear();
        LoopAssembler.assemble(script, 0, 500, TracedMemory.class).play(0, 0, -1);

        assertThat(TracedMemory.TRACE)
                .as("the value read is its number: 1; three of them begin with it; the last has 1 to 4 in it, xored: 4")
                .containsExactly("read8@8", "read8@17", "read8@25", "read8@33", "read8@44");
    }

    @Test
    void an_unrolled_script_does_its_accesses_several_times() {
        AccessScript script = script("struct s { int i; };", operation("{ field: i, kind: read }"), 0);
        assertThat(trace(script.unrolled(3), 0, 1)).containsExactly("read4@256", "read4@256", "read4@256");
    }

    @Test
    void what_a_profile_says_is_independent_is_played_so() {
        AccessScript script = script(
                "struct s { long a; long b; char buffer[128]; };",
                operation("{ field: a, kind: read }, { field: b, kind: read, after: start },"
                        + " { field: buffer, kind: read }"),
                0);

        assertThat(script.plays().get(0).accesses())
                .extracting(ScriptedAccess::overlaps)
                .as("the second, and the second and third line of the buffer")
                .containsExactly(false, true, false, true, true);
        assertThat(AccessScript.parse(script.text())).isEqualTo(script);
    }

    @Test
    void what_is_written_if_changed_is_written_in_its_share_of_turns() {
        AccessScript script =
                script("struct s { long a; };", operation("{ field: a, kind: write-if-changed, changes: 0.25 }"), 0);

        List<Turn> turns = script.parts().get(0);
        assertThat(turns).hasSize(2);
        assertThat(trace(script, turns.get(0).play(), 1)).containsExactly("read8@256", "write8@256");
        assertThat(trace(script, turns.get(1).play(), 1)).containsExactly("read8@256");
        assertThat(turns.get(0).rate() * 3).isEqualTo(turns.get(1).rate());
        assertThat(script.plays()).extracting(Play::row).containsOnly(1);
    }

    @Test
    void what_waits_for_a_change_is_not_played() {
        StructLayout layout = layout("struct s { long a; };");
        AccessMap access = access(layout, "a: { cpus: 1 }, b: { cpus: 1 }", """
                - { name: set, role: a, rate: max, accesses: [ { field: a, kind: write } ] }
                - { name: wake, role: b, accesses: [ { field: a, kind: await } ] }
                """);

        assertThatThrownBy(() -> ClosedLoop.of(access, 2))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("operation wake: waits for a change of a, which cannot be played");
    }

    @Test
    void plays_of_any_length_are_whole() {
        List<ScriptedAccess> accesses = IntStream.range(0, 1000)
                .mapToObj(i -> new ScriptedAccess(AccessKind.READ, 4, 4L * i, 0))
                .toList();
        AccessScript script = new AccessScript(4000, List.of(new Play(1, accesses)), List.of(List.of(new Turn(0, 1))));

        assertThat(trace(script, 0, 1)).hasSize(1000).startsWith("read4@0").endsWith("read4@3996");
    }

    @Test
    void each_play_is_told_from_the_others() {
        List<Play> plays = IntStream.range(0, AccessScript.MOST_PLAYS)
                .mapToObj(i -> new Play(1, List.of(new ScriptedAccess(AccessKind.READ, 1, i, 0))))
                .toList();
        AccessScript script = new AccessScript(AccessScript.MOST_PLAYS, plays, List.of(List.of(new Turn(0, 1))));

        assertThat(trace(script, 0, 1)).containsExactly("read1@0");
        assertThat(trace(script, 321, 1)).containsExactly("read1@321");
        assertThat(trace(script, AccessScript.MOST_PLAYS - 1, 1))
                .containsExactly("read1@" + (AccessScript.MOST_PLAYS - 1));
    }

    @Test
    void a_field_on_several_lines_is_accessed_once_on_each() {
        String struct = "struct s { char first; char buffer[100]; char last[3]; };";
        assertThat(trace(script(struct, operation("{ field: buffer, kind: read }"), 0), 0, 1))
                .containsExactly("read8@264", "read8@320");
        assertThat(trace(script(struct, operation("{ field: buffer, kind: write }"), 60), 0, 1))
                .as("three lines: bytes 61 to 63, all of the next, and the rest")
                .containsExactly("write2@318", "write8@320", "write8@384");
    }

    @Test
    void what_is_atomic_is_a_word_of_the_field_or_the_word_around_it() {
        assertThat(trace(
                        script("struct s { char lock; char rest[7]; };", operation("{ field: lock, kind: rmw }"), 0),
                        0,
                        1))
                .containsExactly("rmw4@256");
        assertThat(trace(
                        script("struct s { int one; int lock[3]; };", operation("{ field: lock, kind: cas-loop }"), 0),
                        0,
                        1))
                .containsExactly("loop8@264");
    }

    @Test
    void a_struct_stands_where_it_is_put_with_room_on_either_side() {
        AccessScript script = script("struct s { int i; int j; };", operation("{ field: j, kind: read }"), 40);

        assertThat(script.blockBytes()).isEqualTo(ROOM + 40 + 8 + ROOM);
        assertThat(trace(script, 0, 1)).containsExactly("read4@" + (ROOM + 44));
    }

    @Test
    void each_thread_accesses_an_element_of_its_own() {
        StructLayout layout = layout("struct s { long counts[2]; };");
        ClosedLoop loop = ClosedLoop.of(
                access(
                        layout,
                        "a: { cpus: all }",
                        "- { name: x, role: a, rate: 1, accesses: [ { field: counts, kind: rmw, element: own } ] }"),
                3);
        AccessScript script = script(layout, loop, 0);

        assertThat(script.parts())
                .extracting(part -> trace(script, part.get(0).play(), 1).get(0))
                .containsExactly("rmw8@256", "rmw8@264", "rmw8@256");
        assertThat(script.plays()).extracting(Play::row).containsOnly(1);
    }

    @Test
    void each_operation_picks_an_element_in_an_order_of_its_thread() {
        StructLayout layout = layout("struct s { long counts[4]; };");
        ClosedLoop loop = ClosedLoop.of(
                access(
                        layout,
                        "a: { cpus: all }",
                        "- { name: x, role: a, rate: 1, accesses: [ { field: 'counts[any]', kind: rmw } ] }"),
                2);
        AccessScript script = script(layout, loop, 0);

        List<List<String>> words = script.parts().stream()
                .map(part -> part.stream()
                        .map(turn -> trace(script, turn.play(), 1).get(0))
                        .toList())
                .toList();
        assertThat(words.get(0))
                .containsExactlyInAnyOrder("rmw8@256", "rmw8@264", "rmw8@272", "rmw8@280")
                .containsExactlyInAnyOrderElementsOf(words.get(1))
                .isNotEqualTo(words.get(1));
        assertThat(script.parts().get(0)).extracting(Turn::rate).containsOnly(1e4 / 4);
        assertThat(script.plays()).extracting(Play::row).containsOnly(1);
    }

    @Test
    void all_elements_are_accessed_one_after_the_other() {
        StructLayout layout = layout("struct s { struct { long n; long m; } slots[3]; };");
        ClosedLoop loop = ClosedLoop.of(
                access(
                        layout,
                        "a: { cpus: all }",
                        "- { name: x, role: a, rate: 1, accesses: [ { field: 'slots[*].m', kind: read } ] }"),
                2);
        AccessScript script = script(layout, loop, 0);

        assertThat(trace(script, 0, 3)).containsExactly("read8@264", "read8@280", "read8@296");
    }

    @Test
    void roles_are_bound_to_threads_as_the_models_bind_them_to_cpus() {
        StructLayout layout = layout("struct s { long a; long b; long c; };");
        AccessMap access = access(layout, "one: { cpus: 1 }, other: { cpus: 1 }, every: { cpus: all }", """
                - { name: x, role: one, rate: 1e6, accesses: [ { field: a, kind: read } ] }
                - { name: y, role: other, rate: 1e6, accesses: [ { field: b, kind: read } ] }
                - { name: z, role: every, rate: 3e6, accesses: [ { field: c, kind: read } ] }
                """);
        ClosedLoop loop = ClosedLoop.of(access, 2);
        AccessScript script = script(layout, loop, 0);

        assertThat(loop.operations())
                .extracting(PlayedOperation::label)
                .containsExactly("one: x", "other: y", "every: z");
        assertThat(script.parts())
                .extracting(part -> part.stream().map(Turn::play).toList())
                .containsExactly(List.of(0, 2), List.of(1, 2));
        assertThat(ClosedLoop.of(access, 4).busyCpus()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void threads_with_nothing_to_do_have_no_part() {
        StructLayout layout = layout("struct s { long a; };");
        ClosedLoop loop = ClosedLoop.of(access(layout, "one: { cpus: [2] }", """
                        - { name: x, role: one, rate: 1e6, accesses: [ { field: a, kind: read } ] }
                        """), 4);

        assertThat(loop.busyCpus()).containsExactly(2);
        assertThat(script(layout, loop, 0).parts()).hasSize(1);
    }

    @Test
    void what_is_rarer_than_once_in_a_schedule_is_left_out_and_said() {
        StructLayout layout = layout("struct s { long a; long b; };");
        ClosedLoop loop = ClosedLoop.of(access(layout, "one: { cpus: all }, other: { cpus: 1 }", """
                - { name: often, role: one, rate: 1e6, accesses: [ { field: a, kind: read } ] }
                - { name: now and then, role: one, rate: 1e3, accesses: [ { field: b, kind: read } ] }
                - { name: rarely, role: other, rate: 10, accesses: [ { field: b, kind: write } ] }
                - { name: never, role: other, rate: 0, accesses: [ { field: b, kind: write } ] }
                """), 2);

        assertThat(loop.operations())
                .extracting(PlayedOperation::label)
                .containsExactly("one: often", "one: now and then");
        assertThat(loop.leftOut()).containsExactly(new PlayedOperation("other", "rarely"));
    }

    @Test
    void turns_are_taken_as_often_as_rates_say_and_some_of_each_are_timed() {
        short[] turns = TurnSchedule.of(
                        List.of(new Turn(0, 5e6), new Turn(1, 1e6), new Turn(2, 1e6), new Turn(3, 2e3)),
                        Collections.nCopies(4, play(2000)))
                .turns();

        assertThat(turns).hasSize(AccessScript.TURNS);
        assertThat(count(turns, 0) / (double) count(turns, 1)).isBetween(4.95, 5.05);
        assertThat(count(turns, 3)).isEqualTo(1);
        for (int play = 0; play < 4; play++) {
            assertThat(timed(turns, play)).as("play " + play).isBetween(1L, 10L);
        }
        assertThat(IntStream.range(1, turns.length).filter(i -> turns[i] == turns[i - 1] && play(turns[i]) == 1))
                .as("what is rare is spread")
                .isEmpty();
    }

    private static AccessScript.Play play(double gapNanos) {
        return new AccessScript.Play(1, List.of(new ScriptedAccess(AccessKind.READ, 8, 0, gapNanos)));
    }

    @Test
    void a_short_operation_is_timed_in_batches_that_leave_the_mix_as_it_is() {
        List<Turn> part = List.of(new Turn(0, 3e6), new Turn(1, 1e6), new Turn(2, 1e3));
        TurnSchedule schedule = TurnSchedule.of(part, List.of(play(0), play(100), play(0)));
        short[] turns = schedule.turns();

        assertThat(schedule.batches()).as("85 of 4096 at most; 1000 ns; rare").containsExactly(85, 10, 1);
        assertThat(count(turns, 0)).isBetween(3069L, 3071L);
        assertThat(count(turns, 1)).isBetween(1023L, 1025L);
        assertThat(count(turns, 2)).isEqualTo(1);
        int inBatches = 0;
        for (int i = 0; i < turns.length; i++) {
            if (turns[i] < 0) {
                int play = ~turns[i];
                int batch = schedule.batches()[play];
                inBatches += batch;
                assertThat(i + batch).as("no batch is cut").isLessThanOrEqualTo(turns.length);
                for (int j = i + 1; j < i + batch; j++) {
                    assertThat(turns[j]).as("turn " + j + " of a batch").isEqualTo((short) play);
                }
            }
        }
        assertThat(inBatches).isBetween(1, AccessScript.TURNS / 16);
        assertThat(timed(turns, 2)).isEqualTo(1);
    }

    @Test
    void a_single_operation_is_timed_in_long_batches_which_change_nothing() {
        TurnSchedule schedule = TurnSchedule.of(List.of(new Turn(0, 1)), List.of(play(0)));
        assertThat(schedule.batches()).containsExactly(1024);
        assertThat(timed(schedule.turns(), 0)).isEqualTo(1);

        TurnSchedule lengthy = TurnSchedule.of(List.of(new Turn(0, 1)), List.of(play(5000)));
        assertThat(lengthy.batches()).containsExactly(1);
        assertThat(timed(lengthy.turns(), 0)).isEqualTo(32);
    }

    private static int play(short turn) {
        return turn < 0 ? ~turn : turn;
    }

    private static long count(short[] turns, int play) {
        return IntStream.range(0, turns.length)
                .filter(i -> play(turns[i]) == play)
                .count();
    }

    private static long timed(short[] turns, int play) {
        return IntStream.range(0, turns.length)
                .filter(i -> turns[i] < 0 && play(turns[i]) == play)
                .count();
    }

    @Test
    void a_script_survives_being_text() {
        AccessScript script = script(
                "struct s { int i; long l; };",
                operation("{ field: i, kind: cas-loop, gap: 12.5ns }, { field: l, kind: write }"),
                8);

        assertThat(AccessScript.parse(script.text())).isEqualTo(script);
        assertThat(script.text()).doesNotContain("\n", ",");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "block 64; play 1 0.0:read:8@64; thread 0*1.0|64",
                "block 64; play 1 0.0:read:8@4; thread 0*1.0|no multiple",
                "block 64; play 1 0.0:rmw:2@4; thread 0*1.0|rmw of 2 bytes",
                "block 64; play 1 0.0:read:16@0; thread 0*1.0|read of 16 bytes",
                "block 64; play 1 0.0:read:8@-8; thread 0*1.0|8 bytes at byte -8",
                "block 64; play 1 0.0:read:8@8; thread 1*1.0|1",
                "block 64; play 1 0.0:read:8@8|parts []",
                "block 99999999999; play 1 0.0:read:8@8; thread 0*1.0|a block of 99999999999 bytes",
                "block 64; play 1 0.0:reed:8@8; thread 0*1.0|no kind: reed",
                "block 64; dance|no script: dance",
            })
    void what_would_access_other_memory_is_no_script(String text, String complaint) {
        assertThatThrownBy(() -> AccessScript.parse(text)).hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "struct s { int i; char big[100000000]; };|{ field: i, kind: read }|has 100,000,004 bytes; at most 64 MiB",
                "struct s { int i; char big[1000000]; };|{ field: big, kind: read }|accesses more than 1024 lines",
                "struct s { int i; };|{ field: i, kind: read, gap: 2s }|waits 2000 ms between its accesses",
                "struct s { char c[3]; char packed[4]; };|{ field: packed, kind: rmw }|changes packed atomically",
            })
    void what_cannot_be_played_is_refused_in_a_line(String struct, String access, String complaint) {
        assertThatThrownBy(() -> script(struct, operation(access), 0))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("struct s: ")
                .hasMessageContaining(complaint);
    }

    @Test
    void an_atomic_field_across_lines_is_refused_there_and_played_elsewhere() {
        String struct = "struct s { long a; };";
        assertThatThrownBy(() -> script(struct, operation("{ field: a, kind: rmw }"), 60))
                .hasMessageContaining("at byte 60 from a line's start");
        assertThat(trace(script(struct, operation("{ field: a, kind: rmw }"), 52), 0, 1))
                .as("half of it, which is aligned")
                .containsExactly("rmw4@308");
    }
}
