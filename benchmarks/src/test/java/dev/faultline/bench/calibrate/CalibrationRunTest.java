package dev.faultline.bench.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.bench.cores.CpuPlace;
import dev.faultline.bench.cores.CpuPlaces;
import dev.faultline.bench.cores.CpuThreads;
import dev.faultline.bench.cores.InconclusiveException;
import dev.faultline.bench.cores.StartBarrier;
import dev.faultline.bench.grid.SharingScenario;
import dev.faultline.bench.grid.SharingSeries;
import dev.faultline.machine.Machines;
import dev.faultline.offheap.memory.Block;
import dev.faultline.offheap.memory.LongWords;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Runs the loops for a few ms. What they say of time is not looked at; only that it adds up. */
class CalibrationRunTest {

    @Test
    void a_short_measurement_gives_every_figure_in_every_round_and_leaves_nothing_behind() {
        List<CpuPlace> cpus = CpuPlaces.ofThisProcess(Machines.x86().topology());
        assumeTrue(cpus.size() >= 2, "one CPU only");
        cpus = cpus.subList(0, 2);
        int before = Block.live();
        List<Integer> steps = new ArrayList<>();

        Measurements measured =
                CalibrationRun.measure(new CalibrationPlan(cpus, 3, 0.05), (done, of) -> steps.add(done));

        assertThat(Block.live()).isEqualTo(before);
        assertThat(steps).containsExactly(1, 2, 3);
        assertThat(measured.threads()).isEqualTo(2);
        assertThat(measured.transferNanos()).hasSize(1);
        assertThat(measured.spins()).hasSize(2 * 4);
        assertThat(measured.contention()).hasSize(1);
        Contention contention = measured.contention().get(0);
        List<RoundValues> positive = new ArrayList<>(List.of(measured.hitNanos(), measured.atomicNanos()));
        positive.addAll(measured.transferNanos().values());
        positive.addAll(List.of(contention.addNanos(), contention.loopNanos()));
        assertThat(positive)
                .allSatisfy(rounds ->
                        assertThat(rounds.values()).hasSize(3).allMatch(value -> value > 0 && Double.isFinite(value)));
        assertThat(contention.retries().values()).hasSize(3);
        assertThat(measured.sharing().stream().map(SharingSeries::scenario).distinct())
                .containsExactlyElementsOf(SharingScenario.all(SharingScenario.CALIBRATED_GAPS));
        assertThat(measured.sharing()).allMatch(one -> one.roundNanos().size() == 3);
        assertThat(measured.environment().cpus()).hasSize(2);
    }

    @Test
    void one_cpu_is_not_enough() {
        assertThatThrownBy(() -> CalibrationRun.measure(
                        new CalibrationPlan(List.of(new CpuPlace(0, 0, 0)), 1, 1), (done, of) -> {}))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("only one CPU");
    }

    @Test
    void loops_do_as_many_steps_as_they_say() {
        try (Block block = Block.allocate(4096, 256)) {
            LongWords words = block.int64s(0, (int) (block.byteSize() / 256), 256);
            TimedLoops.Timed adds = TimedLoops.chunks(System.nanoTime(), 100_000, () -> {
                TimedLoops.add(words, 0);
                return 0;
            });
            assertThat(words.get(0)).isEqualTo(adds.steps()).isPositive();
            TimedLoops.Timed loops =
                    TimedLoops.chunks(System.nanoTime(), 100_000, () -> TimedLoops.addByLoop(words, 1));
            assertThat(words.get(1)).isEqualTo(loops.steps());
            assertThat(loops.failed()).as("alone").isZero();
            words.set(2, 3);
            words.set(3, 2);
            assertThat(TimedLoops.chase(words, 2)).isEqualTo(2);
        }
    }

    @Test
    void two_threads_take_turns_and_end() {
        try (Block block = Block.allocate(256, 256);
                CpuThreads threads = new CpuThreads("test", List.of(0, 1))) {
            LongWords words = block.int64s(0, (int) (block.byteSize() / 256), 256);
            StartBarrier start = new StartBarrier(2);
            List<TimedLoops.Timed> both = threads.on(
                    List.of(0, 1), index -> TimedLoops.pingPong(words, 0, index == 0, start.await(), 1_000_000));
            assertThat(both.get(0).steps()).isPositive();
            assertThat(both.get(0).steps())
                    .isBetween(both.get(1).steps(), both.get(1).steps() + 1);
        }
    }

    @Test
    void a_thread_that_fails_is_reported_and_the_others_end() {
        AtomicLong ran = new AtomicLong();
        try (CpuThreads threads = new CpuThreads("test", List.of(0, 1))) {
            assertThatThrownBy(() -> threads.on(List.of(0, 1), index -> {
                        if (index == 0) {
                            throw new InconclusiveException("no");
                        }
                        return ran.incrementAndGet();
                    }))
                    .hasMessage("no");
            assertThat(ran).hasValue(1);
            assertThat(threads.on(List.of(0), index -> 7)).containsExactly(7);
        }
    }
}
