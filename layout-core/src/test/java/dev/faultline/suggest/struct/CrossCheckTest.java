package dev.faultline.suggest.struct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.ProfileReader;
import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.compare.Comparison;
import dev.faultline.compare.StructComparer;
import dev.faultline.compare.Verdict;
import dev.faultline.cost.CostBreakdown;
import dev.faultline.cost.LineMap;
import dev.faultline.cost.OperationCost;
import dev.faultline.cost.Task;
import dev.faultline.cost.Workload;
import dev.faultline.cost.simulate.Simulation;
import dev.faultline.cost.simulate.SimulationOptions;
import dev.faultline.cost.simulate.Simulator;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.Suggestion;
import dev.faultline.suggest.packing.SearchEffort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** For random structs and profiles, what findings say, what is suggested, and what a comparison says agree. */
class CrossCheckTest {

    private static final long SEED = Long.getLong("faultline.seed", 20_261_129L);
    private static final int STRUCTS = Integer.getInteger("faultline.structs", 40);
    private static final SearchEffort LITTLE = new SearchEffort(20_000);
    /** A saving below this share of the cost is not compared. */
    private static final double NOTABLE = 0.05;
    /** What two plays of 200,000 accesses differ by, as a share of the cost. */
    private static final double PLAYED_VARIES_BY = 0.03;

    private final Machine machine = Machines.x86().withCpus(8, "test");
    private final Analyzer analyzer = new Analyzer(machine, Catalog.RULES);
    private final Suggester suggester = new Suggester(analyzer, LITTLE);
    private final StructComparer comparer = new StructComparer(analyzer);

    /** A struct of words, all on one line or two, with a profile of who reads and who writes them. */
    private record Sample(List<String> fields, String profile, String label) {

        static Sample of(long seed) {
            Random random = new Random(seed);
            List<String> fields = new ArrayList<>();
            int count = 3 + random.nextInt(5);
            for (int i = 0; i < count; i++) {
                fields.add("f" + i);
            }
            StringBuilder profile = new StringBuilder("profile: test\nstructs:\n  s:\n    roles:\n");
            int roles = 2 + random.nextInt(2);
            for (int i = 0; i < roles; i++) {
                profile.append("      r")
                        .append(i)
                        .append(": { cpus: ")
                        .append(1 + random.nextInt(3))
                        .append(" }\n");
            }
            profile.append("    operations:\n");
            for (int i = 0; i < roles + random.nextInt(2); i++) {
                profile.append("      - name: op")
                        .append(i)
                        .append("\n        role: r")
                        .append(i % roles);
                profile.append("\n        rate: ").append(random.nextBoolean() ? "1e6" : "2e5");
                profile.append("\n        accesses:\n");
                for (int k = 0; k < 1 + random.nextInt(3); k++) {
                    String kind = List.of("read", "write", "rmw").get(random.nextInt(3));
                    profile.append("          - { field: f")
                            .append(random.nextInt(count))
                            .append(", kind: ")
                            .append(kind)
                            .append(", gap: 20ns }\n");
                }
            }
            return new Sample(fields, profile.toString(), "seed " + seed + "\n" + profile);
        }

        Subject subject() {
            return subject(Set.of());
        }

        /** {@return the struct with some fields together on lines behind the others} */
        Subject subject(Collection<String> away) {
            StringBuilder members = new StringBuilder();
            for (String field : fields) {
                members.append(away.contains(field) ? "" : "long " + field + "; ");
            }
            boolean first = true;
            for (String field : fields) {
                if (away.contains(field)) {
                    members.append("long ")
                            .append(field)
                            .append(first ? " __attribute__((aligned(64)))" : "")
                            .append("; ");
                    first = false;
                }
            }
            StructLayout layout =
                    NotationReader.read("s.c", "struct s { " + members + "};").get(0);
            return Subject.of(layout)
                    .withPlacement(new Placement(64, "test"))
                    .withProfile(ProfileReader.read("p.yaml", profile).forStruct("s"));
        }
    }

    private static double lost(Analysis analysis) {
        return analysis.breakdown().map(CostBreakdown::cpusLost).orElse(0.0);
    }

    /** The same cost at the rates of the profile, by which suggestions rank layouts, in CPUs. */
    private static double asked(Analysis analysis) {
        Workload workload =
                Workload.of(analysis.access(), analysis.machine().cpus().value());
        return analysis.breakdown()
                        .map(one -> one.cost().nanosPerSecond(workload))
                        .orElse(0.0)
                * 1e-9;
    }

    /** What the operations cost less, at the rates of the first layout, as findings tell it. */
    private static double saved(Analysis before, Analysis after) {
        List<OperationCost> old = before.breakdown().orElseThrow().cost().operations();
        List<OperationCost> young = after.breakdown().orElseThrow().cost().operations();
        double saved = 0;
        for (int i = 0; i < old.size(); i++) {
            OperationCost one = old.get(i);
            double nanos = one.totalNanos() - young.get(i).totalNanos();
            saved += nanos * one.cpus() * one.ratePerSecond() * 1e-9;
        }
        return saved;
    }

    @Test
    void no_saving_exceeds_its_operation_or_the_whole() {
        int savings = 0;
        for (int i = 0; i < STRUCTS; i++) {
            Sample sample = Sample.of(SEED + i);
            Analysis analysis = analyzer.analyze(sample.subject());
            for (Finding finding : analysis.findings()) {
                if (finding.saving().isPresent()) {
                    Saving saving = finding.saving().get();
                    assertThat(saving.nanosPerOp()).as(sample.label()).isLessThanOrEqualTo(saving.ofNanosPerOp());
                    assertThat(saving.cpusSaved()).as(sample.label()).isLessThanOrEqualTo(lost(analysis) * 1.000001);
                    assertThat(saving.nanosPerOp() + saving.floorNanosPerOp())
                            .as(sample.label())
                            .isLessThanOrEqualTo(saving.ofNanosPerOp() * 1.000001);
                    savings++;
                }
            }
        }
        assertThat(savings).isGreaterThan(STRUCTS / 4);
    }

    @Test
    void what_findings_say_can_be_saved_is_suggested_or_explained_and_a_comparison_agrees() {
        int candidates = 0;
        for (int i = 0; i < STRUCTS; i++) {
            Sample sample = Sample.of(SEED + i);
            Suggestion suggestion = suggester.suggest(sample.subject(), Constraints.usual());
            double today = suggestion.today().cpus();
            double best = today;
            for (Candidate candidate : suggestion.candidates()) {
                best = Math.min(best, candidate.figures().cpus());
                Comparison comparison =
                        comparer.compare(sample.subject(), candidate.analysis().subject());
                assertThat(-comparison.cpusMore())
                        .as(sample.label())
                        .isCloseTo(
                                lost(suggestion.before()) - lost(candidate.analysis()),
                                Offset.offset(1e-6 * (1 + today)));
                assertThat(candidate.figures().cpus())
                        .as(sample.label())
                        .isCloseTo(asked(candidate.analysis()), Offset.offset(1e-6 * (1 + today)));
                if (candidate.figures().cpus() < today * (1 - NOTABLE)) {
                    assertThat(comparison.verdict()).as(sample.label()).isNotIn(Verdict.WORSE, Verdict.SAME);
                }
                candidates++;
            }
            for (Finding finding : suggestion.before().findings()) {
                double said = finding.saving().map(Saving::cpusSaved).orElse(0.0);
                boolean isFound = said <= NOTABLE * today
                        || suggestion.candidates().stream()
                                .anyMatch(one -> saved(suggestion.before(), one.analysis()) >= said - NOTABLE * today);
                boolean isExplained = suggestion.unrepaired().stream()
                        .anyMatch(one -> one.finding().equals(finding));
                assertThat(isFound || isExplained)
                        .as(finding + " of " + sample.label())
                        .isTrue();
            }
            if (suggestion.todayIsOptimal()) {
                assertThat(best).as(sample.label()).isGreaterThanOrEqualTo(today * (1 - NOTABLE));
                for (String field : sample.fields()) {
                    double moved = asked(analyzer.analyze(sample.subject(Set.of(field))));
                    assertThat(moved)
                            .as("%s away: %s", field, sample.label())
                            .isGreaterThan(today * (1 - NOTABLE) - 1e-9);
                }
            }
        }
        assertThat(candidates).isGreaterThan(STRUCTS / 4);
    }

    /** {@return the time that operations wait, as played, at the rates of the profile, in CPUs} */
    private double played(Subject subject) {
        Analysis analysis = analyzer.analyze(subject);
        Workload workload =
                Workload.of(analysis.access(), analysis.machine().cpus().value());
        LineMap lines = LineMap.of(workload.fields(), machine.lineBytes().value(), 0);
        List<Simulation.Played> operations = new Simulator(machine, SimulationOptions.of(1, 200_000))
                .run(workload, lines)
                .operations();
        double nanos = 0;
        for (int i = 0; i < operations.size(); i++) {
            Task task = workload.tasks().get(i);
            nanos += operations.get(i).stallNanosPerOp()
                    * task.ratePerSecond()
                    * task.cpus().size();
        }
        return nanos * 1e-9;
    }

    @Tag("slow")
    @Test
    void what_is_suggested_waits_less_when_it_is_played_and_what_is_called_optimal_is_not_improved() {
        int compared = 0;
        for (int i = 0; i < STRUCTS; i++) {
            Sample sample = Sample.of(SEED + i);
            Suggestion suggestion = suggester.suggest(sample.subject(), Constraints.usual());
            double today = suggestion.today().cpus();
            double playedToday = played(sample.subject());
            for (Candidate candidate : suggestion.candidates()) {
                if (candidate.figures().cpus() < today * (1 - 2 * NOTABLE)) {
                    assertThat(played(candidate.analysis().subject()))
                            .as(sample.label())
                            .isLessThan(playedToday);
                    compared++;
                }
            }
            if (suggestion.todayIsOptimal()) {
                for (String field : sample.fields()) {
                    assertThat(played(sample.subject(Set.of(field))))
                            .as("%s away: %s", field, sample.label())
                            .isGreaterThan(playedToday - (NOTABLE + PLAYED_VARIES_BY) * today);
                }
            }
        }
        assertThat(compared).isGreaterThan(STRUCTS / 4);
    }

    @Test
    void no_single_field_on_a_line_of_its_own_saves_what_the_suggestions_do_not() {
        for (int i = 0; i < STRUCTS; i++) {
            Sample sample = Sample.of(SEED + i);
            Suggestion suggestion = suggester.suggest(sample.subject(), Constraints.usual());
            double today = suggestion.today().cpus();
            double best = suggestion.candidates().stream()
                    .mapToDouble(one -> one.figures().cpus())
                    .min()
                    .orElse(today);
            for (String field : sample.fields().subList(1, sample.fields().size())) { // the first one stays
                double moved = asked(analyzer.analyze(sample.subject(Set.of(field))));
                assertThat(Math.min(best, today))
                        .as("%s away: %s", field, sample.label())
                        .isLessThanOrEqualTo(moved + NOTABLE * today);
            }
        }
    }

    @Test
    void a_repair_that_is_applied_removes_its_finding_and_saves_what_was_said() {
        int repaired = 0;
        for (int i = 0; i < STRUCTS; i++) {
            Sample sample = Sample.of(SEED + i);
            Analysis before = analyzer.analyze(sample.subject());
            for (Finding finding : before.findings()) {
                double said = finding.saving().map(Saving::cpusSaved).orElse(0.0);
                if (Catalog.isAboutPairs(finding.rule()) && said > NOTABLE * lost(before)) {
                    assertThat(isRepairable(sample, before, finding, said))
                            .as(finding + " of " + sample.label())
                            .isTrue();
                    repaired++;
                }
            }
        }
        assertThat(repaired).isGreaterThan(STRUCTS / 8);
    }

    /** Whether some field set with the culprit, or with the victims, moved away does what the finding says. */
    private boolean isRepairable(Sample sample, Analysis before, Finding finding, double said) {
        List<String> fields = sample.fields();
        List<String> victims = finding.fields().subList(1, finding.fields().size());
        for (int set = 1; set < 1 << fields.size(); set++) {
            List<String> away = new ArrayList<>();
            for (int i = 0; i < fields.size(); i++) {
                if ((set >> i & 1) != 0) {
                    away.add(fields.get(i));
                }
            }
            boolean isCulprit = away.contains(finding.fields().get(0));
            boolean isRepair = victims.stream().anyMatch(victim -> away.contains(victim) != isCulprit);
            if (isRepair && away.size() < fields.size()) {
                Analysis after = analyzer.analyze(sample.subject(away));
                double saved = saved(before, after);
                boolean isGone = after.findings().stream()
                        .noneMatch(one -> one.rule().equals(finding.rule())
                                && one.fields().equals(finding.fields()));
                if (isGone && Math.abs(saved - said) <= 0.2 * said) {
                    return true;
                }
            }
        }
        return false;
    }
}
