package dev.faultline.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.ProfileReader;
import dev.faultline.access.Resolution;
import dev.faultline.bench.layout.LayoutSuite;
import dev.faultline.bench.layout.LayoutSuite.Contender;
import dev.faultline.bench.layout.LayoutSuite.Spots;
import dev.faultline.bench.plan.BenchPlan;
import dev.faultline.bench.plan.ContestantSpec;
import dev.faultline.bench.plan.ForkSample;
import dev.faultline.bench.plan.PlannedScenario;
import dev.faultline.bench.plan.ScenarioSpec;
import dev.faultline.bench.plan.Suite;
import dev.faultline.bench.plan.ThreadSplit;
import dev.faultline.bench.suites.Suites;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.measure.Benchmark;
import dev.faultline.measure.Contestant;
import dev.faultline.measure.RunEffort;
import dev.faultline.measure.Scenario;
import dev.faultline.measure.Score;
import dev.faultline.offheap.kernel.KernelCatalog;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassOutline;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.ObjectShape;
import dev.faultline.source.jvm.VmMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs real forks of a few ms. What they say of time is not looked at. */
class ForksTest {

    private static final RunEffort TINY = new RunEffort(1, 1, 2, 10);
    private static final double EVERYTHING = Double.MAX_VALUE;

    /** One fork of each suite, with contestants that count, of other libraries, and in a variant. */
    static Stream<String> forks() {
        return Stream.of(
                "refcount contended atomic-loop",
                "queue one-to-one agrona",
                "pool cross-thread netty",
                "rpc sockets-8 deferred");
    }

    private static PlannedScenario scenario(String suiteName, String name) {
        Suite suite = Suites.named(suiteName).orElseThrow();
        return suite.plan(suite.contestants(), suite.scenarios(), 2).stream()
                .filter(one -> one.spec().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("forks")
    void a_fork_gives_scores_of_every_role_and_counts(String words) throws DisturbedException {
        String[] names = words.split(" ");
        PlannedScenario scenario = scenario(names[0], names[1]);
        ContestantSpec contestant = scenario.contestants().stream()
                .filter(one -> one.name().equals(names[2]))
                .findFirst()
                .orElseThrow();

        ForkSample sample = new JmhForkRunner(List.of(0, 1), EVERYTHING, EVERYTHING).run(scenario, contestant, TINY);

        assertThat(sample.nanosPerOp())
                .hasSameSizeAs(scenario.spec().roles())
                .allSatisfy(
                        scores -> assertThat(scores).hasSize(TINY.iterations()).allMatch(nanos -> nanos > 0));
        assertThat(sample.operations()).isPositive();
        if (contestant.name().equals("atomic-loop")) {
            assertThat(sample.counters()).containsKey("retries");
        }
    }

    @Test
    void what_a_contestant_complains_of_is_quoted_in_a_line() {
        ContestantSpec absent = new ContestantSpec("absent", "not there", "NoSuchCount", Optional.empty(), 1);
        ScenarioSpec broken = ScenarioSpec.builder(
                        "broken", "nothing", ThreadSplit.ONE, "RefcountBenchmark.getUsePut", List.of(absent))
                .build();
        PlannedScenario planned = new PlannedScenario(broken, 1, List.of(absent));

        assertThatThrownBy(() -> new JmhForkRunner(List.of(0), EVERYTHING, EVERYTHING).run(planned, absent, TINY))
                .isInstanceOf(DisturbedException.class)
                .hasMessageStartingWith("absent: the fork failed: ")
                .hasMessageContaining("NoSuchCount")
                .satisfies(failed ->
                        assertThat(((DisturbedException) failed).mayPass()).isFalse());
    }

    private static Contender catalogued(String reference) {
        Subject subject =
                ((Lookup.Found) new KernelCatalog().find(reference)).subjects().get(0);
        return new Contender(
                reference,
                subject.layout(),
                subject.placement(),
                Resolution.resolve(subject.layout(), subject.profile().orElseThrow()));
    }

    /** What it says of time is not looked at, but that its parts are parts of the whole. */
    @Test
    void forks_of_layouts_give_scores_of_every_operation() {
        LayoutSuite suite = new LayoutSuite(
                List.of(catalogued("rtable@6.3"), catalogued("rtable@6.4")), Spots.promised(), 2, Machines.x86());
        BenchPlan plan = suite.plan(new RunEffort(1, 1, 2, 20), false);
        List<Integer> cpus = List.of(0, 1);
        Benchmark found = suite.compare(BenchRunner.run(
                plan,
                cpus,
                new RoundRunner(Optional::empty, new JmhForkRunner(cpus, 1, 1), 0, 0, new BenchRunner.Listener() {
                    @Override
                    public void done(int forks, int of) {}

                    @Override
                    public void disturbed(String why) {}
                })));

        Scenario scenario = found.scenarios().get(0);
        assertThat(scenario.predicted()).hasSize(8);
        if (scenario.inconclusive().isPresent()) {
            assertThat(scenario.inconclusive().get()).doesNotContain("failed");
            return;
        }
        for (Contestant one : scenario.contestants()) {
            assertThat(one.scores())
                    .extracting(Score::role)
                    .containsExactlyElementsOf(plan.scenarios().get(0).spec().roles());
            assertThat(one.countsPerOp()).isEmpty();
            assertThat(one.scores().stream().map(Score::nanosPerOp))
                    .as("each from its own source")
                    .doesNotHaveDuplicates();
            assertThat(one.scores())
                    .allSatisfy(score -> assertThat(score.interval().estimate()).isBetween(1.0, 1e6));
        }
        assertThat(scenario.contestants()
                        .get(0)
                        .score("sender: get, use, put")
                        .orElseThrow()
                        .interval()
                        .estimate())
                .as("its gaps alone")
                .isGreaterThan(60);
    }

    /** What is measured on the heap. */
    static final class Counters {
        volatile long in;
        volatile long out;
        Object owner;
    }

    private static Contender onHeap(String name, StructLayout layout, ObjectShape shape) {
        String yaml = """
                profile: two counters
                structs:
                  %s:
                    roles: { in: { cpus: 1 }, out: { cpus: 1 } }
                    operations:
                      - { name: count, role: in, rate: 1e6, accesses: [ { field: in, kind: rmw } ] }
                      - { name: count, role: out, rate: 1e6, accesses: [ { field: out, kind: write } ] }
                """.formatted(layout.name());
        return new Contender(
                name,
                layout,
                new Placement(8, "test"),
                Resolution.resolve(
                        layout,
                        ProfileReader.read("test", yaml)
                                .forStruct(layout.name())
                                .orElseThrow()),
                Optional.of(shape));
    }

    @Test
    void forks_of_classes_play_on_objects_of_this_vm() throws DisturbedException {
        ClassOutline outline =
                ClassSource.ofLoaded(Counters.class, VmMode.running()).outline(Counters.class.getName());
        List<ClassOutline.Tier> tiers = List.of(
                new ClassOutline.Tier("First", List.of("in", "owner"), List.of()),
                new ClassOutline.Tier(
                        "Pad",
                        List.of(),
                        IntStream.range(0, 128).mapToObj(i -> "pad" + i).toList()),
                new ClassOutline.Tier("Second", List.of("out"), List.of()));
        LayoutSuite suite = new LayoutSuite(
                List.of(
                        onHeap("today", outline.asIs(VmMode.running()).layout(), outline.shape()),
                        onHeap("apart", outline.tiered(tiers, VmMode.running()).layout(), outline.shape(tiers))),
                new Spots(Optional.of(List.of(8L)), true),
                2,
                Machines.x86());
        PlannedScenario planned = suite.plan(TINY, false).scenarios().get(0);
        for (ContestantSpec contestant : planned.contestants()) {
            assertThat(contestant.forkParameter()).contains("; object ");
            ForkSample sample = new JmhForkRunner(List.of(0, 1), EVERYTHING, EVERYTHING).run(planned, contestant, TINY);

            assertThat(sample.nanosPerOp()).hasSize(3);
            assertThat(sample.nanosPerOp().get(0)).hasSize(TINY.iterations());
            assertThat(sample.operations()).isPositive();
            assertThat(sample.resolutionNanos().get(0))
                    .as("a share of the iteration")
                    .isZero();
        }
    }

    /** Runs a fork that goes on for minutes. */
    static final class LongFork {
        private LongFork() {}

        public static void main(String[] arguments) throws DisturbedException {
            PlannedScenario scenario = scenario("refcount", "contended");
            new JmhForkRunner(List.of(0, 1), EVERYTHING, EVERYTHING)
                    .run(scenario, scenario.contestants().get(0), new RunEffort(1, 1, 200, 1000));
        }
    }

    @Test
    void a_run_that_is_ended_takes_its_files_with_it(@TempDir Path temporary) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-Djmh.ignoreLock=true",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LongFork.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            for (int i = 0; !hasLog(temporary); i++) {
                assertThat(process.isAlive() && i < 1200).isTrue();
                Thread.sleep(50);
            }
            process.destroy();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    private static boolean hasLog(Path temporary) throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.anyMatch(one -> Files.exists(one.resolve(JmhForkRunner.FORK_LOG)));
        }
    }
}
