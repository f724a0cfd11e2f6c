package dev.faultline.bench.cores;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Checks made-up figures with known results, and once real ones, of which only the form is checked. */
class FreeCoresTest {

    private static final List<SpinSample> QUIET =
            List.of(new SpinSample(0, 1000, 1, 1000), new SpinSample(1, 1000, 1, 1000));

    @Test
    void ticks_of_the_asked_cpus_are_added_and_no_others() {
        List<String> stat = List.of(
                "cpu  9 9 9 9 9 9 9 9 0 0",
                "cpu0 1 2 3 4 5 6 7 8 0 0",
                "cpu1 10 0 0 20 0 0 0 2 5 5",
                "cpu11 1 1 1 1 1 1 1 1",
                "intr 1 2");

        assertThat(CpuTimes.parse(stat, List.of(0, 1))).isEqualTo(new CpuTimes(68, 29, 10));
        assertThat(CpuTimes.parse(stat, List.of(11))).isEqualTo(new CpuTimes(8, 2, 1));
        assertThat(CpuTimes.parse(stat, List.of(0, 2))).as("one is not there").isEqualTo(new CpuTimes(0, 0, 0));
        assertThat(CpuTimes.parse(List.of("cpu0 1 2", "cpu1 a b c d e f g h"), List.of(1)))
                .isEqualTo(new CpuTimes(0, 0, 0));
    }

    @Test
    void shares_are_of_all_ticks_and_unknown_when_these_are_few() {
        CpuTimes before = new CpuTimes(100, 0, 0);
        assertThat(before.stolenShare(new CpuTimes(200, 40, 25))).hasValue(0.25);
        assertThat(before.idleShare(new CpuTimes(200, 40, 25))).hasValue(0.4);
        assertThat(before.stolenShare(new CpuTimes(149, 0, 1))).isEmpty();
        assertThat(new CpuTimes(0, 0, 0).stolenShare(new CpuTimes(200, 0, 0))).isEmpty();
        assertThat(before.stolenShare(new CpuTimes(0, 0, 0))).isEmpty();
    }

    @Test
    void free_cores_do_together_what_each_does_alone() {
        try (FreeCores cores = new FreeCores(List.of(0, 1), 0.9, 0.02)) {
            OptionalDouble half = OptionalDouble.of(0.5);
            OptionalDouble none = OptionalDouble.of(0);
            assertThat(cores.judge(QUIET, QUIET, half, none)).isEmpty();
            assertThat(cores.judge(QUIET, QUIET, OptionalDouble.empty(), OptionalDouble.empty()))
                    .isEmpty();

            List<SpinSample> slowed = List.of(new SpinSample(0, 1000, 1, 1000), new SpinSample(1, 600, 1, 1000));
            assertThat(cores.judge(QUIET, slowed, half, none))
                    .hasValueSatisfying(why -> assertThat(why)
                            .startsWith("the CPUs were not free")
                            .contains("did 60 % of what it does alone"));
            assertThat(cores.judge(QUIET, QUIET, OptionalDouble.of(0.3), none))
                    .hasValueSatisfying(why -> assertThat(why).contains("30 % idle of the expected 50 %"));
            assertThat(cores.judge(QUIET, QUIET, half, OptionalDouble.of(0.1)))
                    .hasValueSatisfying(why -> assertThat(why).contains("10.0 % was stolen"));
            // something else had a part of the CPU in both windows, so that both are equally slow
            List<SpinSample> halved = List.of(new SpinSample(0, 1000, 1, 1000), new SpinSample(1, 500, 500, 1000));
            assertThat(cores.judge(halved, halved, half, none))
                    .hasValue("CPU 1 was not free: others had it for 50.0 % of the time");
        }
    }

    @Test
    void one_cpu_alone_is_looked_at_too() {
        try (FreeCores cores = new FreeCores(List.of(0), 0.9, 0.02)) {
            List<SpinSample> one = QUIET.subList(0, 1);
            assertThat(cores.judge(one, one, OptionalDouble.of(0), OptionalDouble.of(0)))
                    .isEmpty();
        }
    }

    @Test
    void the_real_cpus_are_free_or_it_is_said_why_not() {
        try (FreeCores cores = new FreeCores(List.of(0), 0.9, 0.02)) {
            assertThat(cores.problem().orElse("free")).matches("free|.*not free.*");
        }
    }

    @Test
    void computing_takes_time_and_depends_on_every_step() {
        assertThat(ComputeSteps.perMicro()).isPositive();
        assertThat(ComputeSteps.run(1, 3))
                .isEqualTo(ComputeSteps.run(ComputeSteps.run(1, 2), 1))
                .isNotEqualTo(ComputeSteps.run(1, 2));
    }
}
