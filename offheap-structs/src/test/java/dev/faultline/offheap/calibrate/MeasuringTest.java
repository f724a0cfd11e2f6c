package dev.faultline.offheap.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.machine.Machines;
import dev.faultline.offheap.cores.Crew;
import dev.faultline.offheap.cores.InconclusiveException;
import dev.faultline.offheap.cores.Start;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWords;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Runs the loops for a few ms. What they say of time is not looked at; only that it adds up. */
class MeasuringTest {

    @Test
    void a_short_measurement_gives_every_figure_in_every_round_and_leaves_nothing_behind() {
        List<CpuPlace> cpus = Measuring.cpus(Machines.x86().topology());
        assumeTrue(cpus.size() >= 2, "one CPU only");
        cpus = cpus.subList(0, 2);
        int before = Block.live();
        List<Integer> steps = new ArrayList<>();

        Measurements measured = Measuring.measure(new Plan(cpus, 3, 0.05), (done, of) -> steps.add(done));

        assertThat(Block.live()).isEqualTo(before);
        assertThat(steps).containsExactly(1, 2, 3);
        assertThat(measured.threads()).isEqualTo(2);
        assertThat(measured.transferNanos()).hasSize(1);
        assertThat(measured.spins()).hasSize(2 * 4);
        assertThat(measured.contention()).hasSize(1);
        Contention crowd = measured.contention().get(0);
        List<Rounds> positive = new ArrayList<>(List.of(measured.hitNanos(), measured.atomicNanos()));
        positive.addAll(measured.transferNanos().values());
        positive.addAll(List.of(crowd.addNanos(), crowd.loopNanos()));
        assertThat(positive)
                .allSatisfy(rounds ->
                        assertThat(rounds.values()).hasSize(3).allMatch(value -> value > 0 && Double.isFinite(value)));
        assertThat(crowd.retries().values()).hasSize(3);
    }

    @Test
    void one_cpu_is_not_enough() {
        assertThatThrownBy(() -> Measuring.measure(new Plan(List.of(new CpuPlace(0, 0, 0)), 1, 1), (done, of) -> {}))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("one CPU");
    }

    @Test
    void loops_do_as_many_steps_as_they_say() {
        try (Block block = Block.allocate(4096, 256)) {
            LongWords words = block.int64s(0, (int) (block.byteSize() / 256), 256);
            Loops.Timed adds = Loops.chunks(System.nanoTime(), 100_000, () -> {
                Loops.add(words, 0);
                return 0;
            });
            assertThat(words.get(0)).isEqualTo(adds.steps()).isPositive();
            Loops.Timed loops = Loops.chunks(System.nanoTime(), 100_000, () -> Loops.addByLoop(words, 1));
            assertThat(words.get(1)).isEqualTo(loops.steps());
            assertThat(loops.failed()).as("alone").isZero();
            words.set(2, 3);
            words.set(3, 2);
            assertThat(Loops.chase(words, 2)).isEqualTo(2);
        }
    }

    @Test
    void a_game_of_two_takes_turns_and_ends() {
        try (Block block = Block.allocate(256, 256);
                Crew crew = new Crew("test", List.of(0, 1))) {
            LongWords words = block.int64s(0, (int) (block.byteSize() / 256), 256);
            Start start = new Start(2);
            List<Loops.Timed> both =
                    crew.on(List.of(0, 1), member -> Loops.pingPong(words, 0, member == 0, start.await(), 1_000_000));
            assertThat(both.get(0).steps()).isPositive();
            assertThat(both.get(0).steps())
                    .isBetween(both.get(1).steps(), both.get(1).steps() + 1);
        }
    }

    @Test
    void a_thread_that_fails_is_reported_and_the_others_end() {
        AtomicLong ran = new AtomicLong();
        try (Crew crew = new Crew("test", List.of(0, 1))) {
            assertThatThrownBy(() -> crew.on(List.of(0, 1), member -> {
                        if (member == 0) {
                            throw new InconclusiveException("no");
                        }
                        return ran.incrementAndGet();
                    }))
                    .hasMessage("no");
            assertThat(ran).hasValue(1);
            assertThat(crew.on(List.of(0), member -> 7)).containsExactly(7);
        }
    }
}
