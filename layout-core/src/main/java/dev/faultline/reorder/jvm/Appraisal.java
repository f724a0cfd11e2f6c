package dev.faultline.reorder.jvm;

import dev.faultline.Analysis;
import dev.faultline.coherence.OperationCost;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Machine;
import dev.faultline.reorder.Candidate;
import dev.faultline.reorder.Certificate;
import dev.faultline.reorder.Contribution;
import dev.faultline.reorder.Figures;
import dev.faultline.reorder.Gain;
import dev.faultline.reorder.Move;
import dev.faultline.reorder.Robustness;
import dev.faultline.reorder.Suggestion;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassOutline;
import dev.faultline.source.jvm.VmMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says what the options are worth: figures, gains, moves, what each separation is worth, and how they do elsewhere. */
final class Appraisal {

    private static final String CONDITIONS =
            "fields of the class anywhere, in any number of lines; inherited ones as if they could move";

    private final World world;
    private final Analysis before;
    private final List<VmMode> modes;
    private final ClassOutline outline;

    Appraisal(World world, Analysis before, List<VmMode> modes, ClassOutline outline) {
        this.world = world;
        this.before = before;
        this.modes = modes;
        this.outline = outline;
    }

    ClassSuggestion suggestion(List<ClassSuggester.Option> options, List<Analysis> after) {
        Bound bound = Bound.of(world);
        List<Robustness> robustness = robustness(options);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            Subject laidOut = options.get(i).laidOut();
            candidates.add(new Candidate(
                    after.get(i),
                    figures(laidOut),
                    certificate(laidOut, bound),
                    false,
                    List.of(),
                    moves(laidOut),
                    gains(after.get(i)),
                    contributions(options.get(i)),
                    robustness.get(i)));
        }
        Suggestion suggestion = new Suggestion(
                before, figures(before.subject()), certificate(before.subject(), bound), true, candidates);
        return new ClassSuggestion(
                suggestion, options.stream().map(ClassSuggester.Option::plan).toList());
    }

    private Figures figures(Subject subject) {
        return new Figures(
                world.nanosPerSecond(subject),
                world.lineCosts(subject),
                subject.layout().byteSize(),
                world.lines(subject));
    }

    private Certificate certificate(Subject subject, Bound bound) {
        double cost = world.lineCosts(subject);
        return new Certificate(cost, Math.min(cost, bound.nanos()), bound.how(), CONDITIONS);
    }

    private List<Move> moves(Subject laidOut) {
        int lineBytes = world.lineBytes();
        List<Move> moves = new ArrayList<>();
        for (ClassOutline.OwnField field : outline.fields()) {
            Optional<FieldRef> from = before.subject().layout().resolve(field.name());
            Optional<FieldRef> to = laidOut.layout().resolve(field.name());
            long fromByte = from.orElseThrow().bytes().start();
            long toByte = to.orElseThrow().bytes().start();
            if (fromByte != toByte) {
                moves.add(new Move(
                        field.name(), field.name(), fromByte, toByte, fromByte / lineBytes, toByte / lineBytes));
            }
        }
        moves.sort(Comparator.comparingLong(Move::fromOffset));
        return moves;
    }

    private List<Gain> gains(Analysis after) {
        List<Gain> gains = new ArrayList<>();
        List<OperationCost> old = before.bill().orElseThrow().cost().operations();
        List<OperationCost> now = after.bill().orElseThrow().cost().operations();
        for (int i = 0; i < old.size(); i++) {
            OperationCost one = old.get(i);
            double wanted = world.workload().tasks().get(i).ratePerSecond();
            gains.add(new Gain(
                    one.role(),
                    one.operation(),
                    one.cpus(),
                    wanted,
                    one.totalNanos(),
                    now.get(i).totalNanos()));
        }
        gains.sort(Comparator.comparingDouble(Gain::cpusSaved).reversed());
        return gains;
    }

    /** What putting each group back to the start would lose. */
    private List<Contribution> contributions(ClassSuggester.Option option) {
        List<Contribution> contributions = new ArrayList<>();
        for (int i = 0; i < option.grouping().apart().size(); i++) {
            Grouping without = option.grouping().without(i);
            ClassPlan plan =
                    without.plan(outline, world.access().uses(), option.plan().padBytes());
            List<OperationCost> there =
                    world.cost(outline.tiered(plan.tiers(), outline.mode())).operations();
            List<OperationCost> here = world.cost(option.laidOut()).operations();
            double lost = 0;
            double most = Double.NEGATIVE_INFINITY;
            int worst = 0;
            for (int task = 0; task < here.size(); task++) {
                double weight = here.get(task).cpus()
                        * world.workload().tasks().get(task).ratePerSecond()
                        * 1e-9;
                double one =
                        weight * (there.get(task).totalNanos() - here.get(task).totalNanos());
                lost += one;
                if (one > most) {
                    most = one;
                    worst = task;
                }
            }
            List<String> group = option.grouping().apart().get(i);
            List<String> beside = world.workload().fields().stream()
                    .map(FieldRef::path)
                    .filter(path ->
                            !group.contains(path) && without.apart().stream().noneMatch(other -> other.contains(path)))
                    .toList();
            contributions.add(new Contribution(
                    group,
                    beside,
                    lost,
                    here.get(worst).role(),
                    here.get(worst).operation(),
                    there.get(worst).totalNanos() - here.get(worst).totalNanos()));
        }
        contributions.sort(Comparator.comparingDouble(Contribution::cpusLost).reversed());
        return contributions;
    }

    /** One trial in one world, of today's layout and all options. */
    private record Elsewhere(String words, World world, VmMode mode) {}

    private List<Robustness> robustness(List<ClassSuggester.Option> options) {
        Machine machine = world.machine();
        int otherLine = world.lineBytes() == 64 ? 128 : 64;
        VmMode mode = outline.mode();
        List<Elsewhere> all = new ArrayList<>();
        all.add(new Elsewhere("as assumed", world, mode));
        all.add(new Elsewhere(
                otherLine + "-byte lines", world.on(machine.withLineBytes(otherLine, "for comparison")), mode));
        for (double factor : new double[] {0.25, 4}) {
            Machine other = ClassSuggester.times(machine, factor);
            all.add(new Elsewhere(other.cpus().value() + " CPUs", world.on(other), mode));
        }
        modes.stream().skip(1).forEach(other -> all.add(new Elsewhere(other.toString(), world, other)));

        List<List<Robustness.Trial>> trials = new ArrayList<>();
        options.forEach(any -> trials.add(new ArrayList<>()));
        for (Elsewhere there : all) {
            double today = there.world.nanosPerSecond(outline.asIs(there.mode));
            List<Double> costs = options.stream()
                    .map(option -> there.world.nanosPerSecond(
                            outline.tiered(option.plan().tiers(), there.mode)))
                    .toList();
            double least = Math.min(
                    today, costs.stream().mapToDouble(cost -> cost).min().orElse(today));
            for (int i = 0; i < costs.size(); i++) {
                trials.get(i).add(new Robustness.Trial(there.words, today, costs.get(i), least));
            }
        }
        return trials.stream().map(Robustness::new).toList();
    }
}
