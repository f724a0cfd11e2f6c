package dev.faultline.bench.layout.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.faultline.access.ProfileReader;
import dev.faultline.access.Resolution;
import dev.faultline.cost.LineMap;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.offheap.memory.Block;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Plays on real memory, which remembers what was done to it. */
class ScriptPlayerTest {

    private static final StructLayout LAYOUT = NotationReader.read(
                    "test",
                    "struct s { int ri; int wi; int ui; int ci; long rl; long wl; long ul; long cl; long rare;"
                            + " short narrow; char byte; };")
            .get(0);

    private static final String ALL_KINDS = """
            - name: often
              role: a
              rate: 3e6
              accesses:
                - { field: ri, kind: read, gap: 10ns }
                - { field: wi, kind: write }
                - { field: ui, kind: rmw }
                - { field: ci, kind: cas-loop }
                - { field: rl, kind: read }
                - { field: wl, kind: write, gap: 20ns }
                - { field: ul, kind: rmw }
                - { field: cl, kind: cas-loop }
                - { field: narrow, kind: write }
                - { field: byte, kind: write }
            - { name: rarely, role: a, rate: 1e6, accesses: [ { field: rare, kind: rmw } ] }
            - { name: never, role: a, rate: 0, accesses: [ { field: ri, kind: write } ] }
            """;

    private static AccessScript script(String operations, int threads) {
        String yaml = "profile: test\nstructs:\n  s:\n    roles: { a: { cpus: all } }\n    operations:\n"
                + operations.strip().indent(6);
        ClosedLoop loop = ClosedLoop.of(
                Resolution.resolve(
                        LAYOUT, ProfileReader.read("test", yaml).forStruct("s").orElseThrow()),
                threads);
        return ScriptCompiler.compile(LAYOUT, loop, 64, 0, loop.operations());
    }

    private static ByteBuffer memory(Block block) {
        return ByteBuffer.wrap(block.toByteArray()).order(ByteOrder.nativeOrder());
    }

    private static int at(String path) {
        return (int) (256 + LAYOUT.resolve(path).orElseThrow().bytes().start());
    }

    @Test
    void every_access_happens_as_often_as_its_rate_says() {
        int blocks = Block.live();
        try (ScriptPlayer.Stage stage =
                new ScriptPlayer.Stage(script(ALL_KINDS, 1), 500, MemoryAccesses.class, System::nanoTime)) {
            ScriptPlayer player = stage.player(0);
            for (int i = 0; i < AccessScript.TURNS / 64; i++) {
                player.play(64);
            }

            ByteBuffer memory = memory(stage.block());
            assertThat(player.played()).isEqualTo(4096);
            assertThat(memory.getInt(at("ri"))).as("only read").isZero();
            assertThat(memory.getLong(at("rl"))).as("only read").isZero();
            assertThat(memory.getInt(at("ui"))).isEqualTo(3072);
            assertThat(memory.getInt(at("ci"))).isEqualTo(3072);
            assertThat(memory.getLong(at("ul"))).isEqualTo(3072);
            assertThat(memory.getLong(at("cl"))).isEqualTo(3072);
            assertThat(memory.getLong(at("rare"))).isEqualTo(1024);
            assertThat(memory.getInt(at("wi"))).isNotZero();
            assertThat(memory.getLong(at("wl"))).isNotZero();
            assertThat(memory.get(at("byte")) | memory.getShort(at("narrow"))).isNotZero();
        }
        assertThat(Block.live()).isEqualTo(blocks);
    }

    @Test
    void what_is_timed_is_charged_to_its_row() {
        try (ScriptPlayer.Stage stage =
                new ScriptPlayer.Stage(script(ALL_KINDS, 1), 500, MemoryAccesses.class, System::nanoTime)) {
            ScriptPlayer player = stage.player(0);
            player.play(10 * AccessScript.TURNS);

            assertThat(player.times()).containsOnlyKeys(1, 2);
            assertThat(player.times().values()).allMatch(time -> time.count() >= 100 && time.count() <= 3000);
        }
    }

    /** A clock that is 7 ns further at each reading: to measure nothing takes 7 ns. */
    @Test
    void the_clock_is_read_once_a_batch_and_its_own_time_is_subtracted() {
        AtomicLong now = new AtomicLong();
        AccessScript script = script("- { name: x, role: a, rate: 1, accesses: [ { field: ul, kind: rmw } ] }", 1);
        try (ScriptPlayer.Stage stage =
                new ScriptPlayer.Stage(script, 500, MemoryAccesses.class, () -> now.addAndGet(7))) {
            ScriptPlayer player = stage.player(0);
            for (int i = 0; i < 2 * AccessScript.TURNS / 64; i++) {
                player.play(64);
            }

            assertThat(player.played()).isEqualTo(2 * AccessScript.TURNS);
            assertThat(memory(stage.block()).getLong(at("ul"))).isEqualTo(2L * AccessScript.TURNS);
            assertThat(player.times()).isEqualTo(Map.of(1, new ScriptPlayer.RowTime(2048, 0, 14)));
        }
    }

    @Test
    void a_clock_with_long_steps_is_known_by_its_steps() {
        AtomicLong readings = new AtomicLong();
        OperationClock coarse = new OperationClock(() -> readings.incrementAndGet() / 10 * 100);

        assertThat(coarse.resolutionNanos()).isEqualTo(100);
        assertThat(coarse.readNanos()).isBetween(9.9, 10.1);
        assertThat(new OperationClock(() -> 5).resolutionNanos())
                .as("a clock that stands")
                .isZero();
    }

    @Test
    void two_players_lose_no_count() throws Exception {
        int turns = 64 * AccessScript.TURNS;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (ScriptPlayer.Stage stage = new ScriptPlayer.Stage(
                script(
                        "- { name: x, role: a, rate: 1, accesses: [ { field: ui, kind: rmw }, { field: cl, kind: cas-loop } ] }",
                        2),
                500,
                MemoryAccesses.class,
                System::nanoTime)) {
            List<Callable<Long>> players = List.of(player(stage, 0, turns), player(stage, 1, turns));
            for (Future<Long> played : threads.invokeAll(players)) {
                assertThat(played.get()).isEqualTo(turns);
            }
            assertThat(memory(stage.block()).getInt(at("ui"))).isEqualTo(2 * turns);
            assertThat(memory(stage.block()).getLong(at("cl"))).isEqualTo(2L * turns);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Long> player(ScriptPlayer.Stage stage, int part, int turns) {
        ScriptPlayer player = stage.player(part);
        return () -> {
            player.play(turns);
            return player.played();
        };
    }

    @Test
    void a_prediction_weighs_operations_by_their_rates() {
        ClosedLoop loop = ClosedLoop.of(
                Resolution.resolve(
                        LAYOUT, ProfileReader.read("test", """
                                        profile: test
                                        structs:
                                          s:
                                            roles: { a: { cpus: 1 } }
                                            operations:
                                              - { name: x, role: a, rate: 3e6, accesses: [ { field: rl, kind: read, gap: 100ns } ] }
                                              - { name: y, role: a, rate: 1e6, accesses: [ { field: rl, kind: read, gap: 500ns } ] }
                                        """).forStruct("s").orElseThrow()),
                2);
        Machine machine = Machines.x86();
        ClosedLoop.Prediction one =
                loop.simulated(machine, LineMap.of(loop.workload().fields(), 64, 0), 20_000);

        double hit = machine.costs().hitNanos().value();
        PlayedOperation x = new PlayedOperation("a", "x");
        assertThat(one.nanos()).containsOnlyKeys(x, new PlayedOperation("a", "y"));
        assertThat(one.nanos().get(x)).isCloseTo(100 + hit, within(0.5));
        assertThat(one.meanNanos()).isCloseTo(200 + hit, within(2.0));
    }
}
