package dev.faultline.bench.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Access;
import dev.faultline.access.Cpus;
import dev.faultline.access.Operation;
import dev.faultline.access.Role;
import dev.faultline.bench.layout.loop.ClosedLoop;
import dev.faultline.bench.plan.BenchPlan;
import dev.faultline.bench.plan.ContestantSpec;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutPairTest {

    static List<String> names() {
        return LayoutPair.NAMES;
    }

    @Test
    void every_folder_is_a_case() throws Exception {
        Path folder = Path.of(LayoutPair.class
                .getResource("/dev/faultline/bench/validation/pairs")
                .toURI());
        try (Stream<Path> cases = Files.list(folder)) {
            assertThat(cases.map(one -> one.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(LayoutPair.NAMES);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void both_variants_hold_the_same_fields_from_a_line_on(String name) {
        LayoutPair pair = LayoutPair.load(name);

        assertThat(pair.after().name()).isEqualTo(pair.before().name());
        assertThat(fields(pair.after())).containsExactlyInAnyOrderElementsOf(fields(pair.before()));
        assertThat(places(pair.after())).as("or there is nothing to compare").isNotEqualTo(places(pair.before()));
        assertThat(List.of(pair.before(), pair.after())).allSatisfy(layout -> {
            assertThat(layout.byteAlignment() % 64).isZero();
            assertThat(layout.byteSize() % 64).isZero();
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void two_roles_of_one_cpu_each_play_it_on_either_variant(String name) {
        LayoutPair pair = LayoutPair.load(name);

        assertThat(pair.profile().roles())
                .extracting(Role::cpus)
                .containsExactly(new Cpus.Listed(List.of(0)), new Cpus.Listed(List.of(1)));
        for (StructLayout layout : List.of(pair.before(), pair.after())) {
            ClosedLoop loop = pair.loop(layout);
            assertThat(loop.leftOut()).isEmpty();
            assertThat(loop.busyCpus()).containsExactly(0, 1);
            assertThat(loop.operations())
                    .containsExactlyElementsOf(
                            pair.profile().roles().stream().map(pair::operation).toList());
        }
        BenchPlan plan = pair.suite(Machines.x86()).plan(BenchPlan.LAYOUTS, false);
        assertThat(plan.threads()).isEqualTo(2);
        assertThat(plan.scenarios().get(0).contestants())
                .extracting(ContestantSpec::name)
                .containsExactly("before", "after");
    }

    /** The player goes as fast as the gaps let it: they must leave it near the rate the profile states. */
    @ParameterizedTest
    @MethodSource("names")
    void the_gaps_fill_most_of_the_time_the_rates_leave(String name) {
        LayoutPair pair = LayoutPair.load(name);

        for (Role role : pair.profile().roles()) {
            double busy = pair.profile().operations().stream()
                    .filter(operation -> operation.role().equals(role.name()))
                    .mapToDouble(LayoutPairTest::busyShare)
                    .sum();
            assertThat(busy).as(role.name()).isBetween(0.7, 0.95);
        }
    }

    private static double busyShare(Operation operation) {
        double gaps =
                operation.accesses().stream().mapToDouble(Access::gapNanos).sum();
        return gaps * operation.ratePerSecond() / 1e9;
    }

    private static List<String> fields(StructLayout layout) {
        return layout.fields().stream()
                .map(field -> field.type().spelling() + " " + field.path())
                .toList();
    }

    private static List<String> places(StructLayout layout) {
        return layout.fields().stream().map(Slot.Field::toString).sorted().toList();
    }
}
