package dev.faultline.offheap.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.ProfileReader;
import dev.faultline.access.StructProfile;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.RawMemory;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolePlayerTest {

    private static final StructLayout LAYOUT = NotationReader.read(
                    "test",
                    "struct s { int ri; int wi; int ui; int ci; long rl; long wl; long ul; long cl; long rare;"
                            + " short narrow; };")
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
            - { name: rarely, role: a, rate: 1e6, accesses: [ { field: rare, kind: rmw } ] }
            - { name: never, role: a, rate: 0, accesses: [ { field: ri, kind: write } ] }
            - { name: other, role: b, rate: 1e6, accesses: [ { field: ri, kind: write } ] }
            """;

    @Test
    void every_access_happens_as_often_as_its_rate_says() {
        try (Block block = Block.allocate(LAYOUT.byteSize(), 256)) {
            long base = RawMemory.address(block);
            RolePlayer player = new RolePlayer(RoleScript.compile(LAYOUT, profile(ALL_KINDS), 0, base, 500));

            for (int i = 0; i < 4000; i++) {
                player.play();
            }

            assertThat(player.played()).isEqualTo(4000);
            assertThat(intAt(base, "ri"))
                    .as("only read; the other role's write is not ours")
                    .isZero();
            assertThat(intAt(base, "ui")).isEqualTo(3000);
            assertThat(intAt(base, "ci")).isEqualTo(3000);
            assertThat(longAt(base, "ul")).isEqualTo(3000);
            assertThat(longAt(base, "cl")).isEqualTo(3000);
            assertThat(longAt(base, "rare")).isEqualTo(1000);
            assertThat(intAt(base, "wi"))
                    .as("the number of the last of the often")
                    .isBetween(3997, 4000);
            assertThat(longAt(base, "wl")).isEqualTo(intAt(base, "wi"));
            assertThat(longAt(base, "rl")).isZero();
        }
    }

    @Test
    void what_is_read_is_in_the_result() {
        try (Block block = Block.allocate(LAYOUT.byteSize(), 256)) {
            long base = RawMemory.address(block);
            RoleScript script = RoleScript.compile(LAYOUT, profile(ALL_KINDS), 0, base, 500);

            long one = new RolePlayer(script).play();
            RawMemory.writeLong(
                    base + LAYOUT.resolve("rl").orElseThrow().bytes().start(), 42);

            assertThat(new RolePlayer(script).play()).isNotEqualTo(one);
        }
    }

    @Test
    void gaps_become_steps_and_rare_operations_are_spread() {
        RoleScript script = RoleScript.compile(LAYOUT, profile(ALL_KINDS), 0, 0, 500);

        assertThat(script.spins()).containsExactly(5, 0, 0, 0, 0, 10, 0, 0, 0);
        assertThat(script.starts()).containsExactly(0, 8, 9);
        assertThat(script.schedule()).hasSize(4).containsOnlyOnce(1);
    }

    @Test
    void two_players_of_the_seed_lose_no_count() throws Exception {
        LayoutPair pair = LayoutPair.load("seed-route");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Block block = Block.allocate(pair.before().byteSize(), 256)) {
            long base = RawMemory.address(block);
            List<Callable<Long>> players = List.of(player(pair, 0, base, 20_000), player(pair, 1, base, 20_000));
            for (Future<Long> played : threads.invokeAll(players)) {
                assertThat(played.get()).isEqualTo(20_000);
            }
            long offset =
                    pair.before().resolve("__refcnt").orElseThrow().bytes().start();
            assertThat(RawMemory.readInt(base + offset))
                    .as("get and put each add one")
                    .isEqualTo(2 * 2 * 20_000);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Long> player(LayoutPair pair, int role, long base, int times) {
        RolePlayer player = new RolePlayer(RoleScript.compile(pair.before(), pair.profile(), role, base, 100));
        return () -> {
            for (int i = 0; i < times; i++) {
                player.play();
            }
            return player.played();
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- { name: x, role: a, rate: 1e6, accesses: [ { field: narrow, kind: rmw } ] }",
                "- { name: x, role: b, rate: 1e6, accesses: [ { field: ri, kind: read } ] }"
            })
    void what_cannot_be_played_is_refused(String operations) {
        assertThatThrownBy(() -> RoleScript.compile(LAYOUT, profile(operations), 0, 0, 500))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".*(narrow is no aligned field|role a does nothing).*");
    }

    private static StructProfile profile(String operations) {
        String yaml = "profile: test\nstructs:\n  s:\n    roles: { a: { cpus: [0] }, b: { cpus: [1] } }\n"
                + "    operations:\n" + operations.strip().indent(6);
        return ProfileReader.read("test", yaml).forStruct("s").orElseThrow();
    }

    private static int intAt(long base, String path) {
        return RawMemory.readInt(
                base + LAYOUT.resolve(path).orElseThrow().bytes().start());
    }

    private static long longAt(long base, String path) {
        return RawMemory.readLong(
                base + LAYOUT.resolve(path).orElseThrow().bytes().start());
    }
}
