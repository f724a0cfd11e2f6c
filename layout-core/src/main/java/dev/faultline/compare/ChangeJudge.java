package dev.faultline.compare;

import dev.faultline.hazard.Saving;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Says whether a change is for the worse.
 *
 * <p>Where a profile says who does what how often, by cost: what the operations lose against what they gain. Where nobody
 * said so, by company: which written fields are less alone than they were ({@link Exposures}). Either way, losing lines of
 * one's own is a loss.
 */
final class ChangeJudge {

    /** A difference is none below this part of the operation, */
    private static final double LEAST_PART = 0.01;
    /** nor below this, in ns, */
    private static final double LEAST_NANOS = 0.1;
    /** nor below this part of the time of the CPUs concerned. */
    private static final double LEAST_SHARE = 1e-6;
    /** What the lesser side loses or gains is worth a word from this part of the greater on. */
    private static final double MIXED_FROM = 0.1;
    /** Without a profile, hazards that are no matter of company. */
    private static final Set<String> TELLING = Set.of("ArrayNeighbours", "BrokenGroup", "SplitAtomic");

    /** Why something is better or worse. */
    record Argument(double weight, String words) {}

    /** The outcome. */
    record Ruling(Verdict verdict, String reason, double weight) {}

    private final List<Argument> losses = new ArrayList<>();
    private final List<Argument> gains = new ArrayList<>();

    private ChangeJudge() {}

    static Ruling judge(
            ComparedLayout before,
            ComparedLayout after,
            BaseAlignments footing,
            Predicate<String> inBoth,
            List<HazardChange> hazards,
            List<OperationChange> operations,
            boolean fieldsChanged) {
        ChangeJudge judge = new ChangeJudge();
        if (after.isDeclared()) {
            judge.byCost(operations);
            judge.byLines(before, after);
        } else {
            judge.byCompany(before, after, footing, inBoth);
            judge.byHazards(hazards, after, inBoth);
        }
        return judge.ruling(before, after, fieldsChanged);
    }

    private void byCost(List<OperationChange> operations) {
        double lost = 0;
        double won = 0;
        OperationChange worst = null;
        OperationChange best = null;
        for (OperationChange change : operations) {
            double more = isNothing(change) ? 0 : change.cpusMore();
            lost += Math.max(0, more);
            won += Math.max(0, -more);
            worst = more > 0 && (worst == null || more > worst.cpusMore()) ? change : worst;
            best = more < 0 && (best == null || more < best.cpusMore()) ? change : best;
        }
        if (worst != null && lost >= MIXED_FROM * won) {
            losses.add(new Argument(lost, cost(worst)));
        }
        if (best != null && won >= MIXED_FROM * lost) {
            gains.add(new Argument(won, cost(best)));
        }
    }

    private static boolean isNothing(OperationChange change) {
        if (change.before().isEmpty() || change.after().isEmpty()) {
            return true;
        }
        double whole = Math.max(
                change.before().get().totalNanos(), change.after().get().totalNanos());
        return Math.abs(change.deltaNanos()) < Math.max(LEAST_NANOS, LEAST_PART * whole)
                || Math.abs(change.cpusMore())
                        < LEAST_SHARE * Math.max(1, change.after().get().cpus());
    }

    private static String cost(OperationChange change) {
        return "`" + change.operation() + "` costs "
                + Saving.nanos(change.after().orElseThrow().totalNanos()) + ", it was "
                + Saving.nanos(change.before().orElseThrow().totalNanos());
    }

    /** A profile speaks of one object; its neighbours in memory are not in it. */
    private void byLines(ComparedLayout before, ComparedLayout after) {
        if (before.isWritten() && after.isWritten() && before.isAlone() != after.isAlone()) {
            Exposure exposure = new Exposure(Exposure.Why.AMONG_OTHERS, "", List.of(), 0, 0);
            if (before.isAlone()) {
                losses.add(new Argument(0, exposure.asLoss()));
            } else {
                gains.add(new Argument(0, exposure.asGain()));
            }
        }
    }

    private void byCompany(
            ComparedLayout before, ComparedLayout after, BaseAlignments footing, Predicate<String> inBoth) {
        Exposures onAfter = new Exposures(after, before, footing.common(), inBoth);
        Exposures onBefore = new Exposures(before, after, footing.common(), inBoth);
        List<Exposure> worse = new ArrayList<>(onAfter.find());
        List<Exposure> better = new ArrayList<>(onBefore.find());
        // Of a hole it is not known whether it is meant to keep its neighbours apart; where types tell of others, they
        // go first.
        boolean silent = worse.isEmpty() && better.isEmpty();
        worse.addAll(onAfter.unguarded(!silent));
        better.addAll(onBefore.unguarded(!silent));
        if (worse.isEmpty() && better.isEmpty()) {
            List<Exposure> came = onAfter.exchanged();
            List<Exposure> left = onBefore.exchanged();
            if (!came.isEmpty() && !left.isEmpty()) {
                worse.addAll(came);
                better.addAll(left);
            }
        }
        worse.forEach(one -> losses.add(new Argument(one.weight(), one.asLoss())));
        better.forEach(one -> gains.add(new Argument(one.weight(), one.asGain())));
    }

    private void byHazards(List<HazardChange> hazards, ComparedLayout after, Predicate<String> inBoth) {
        for (HazardChange change : hazards) {
            boolean lasting = change.fields().stream().map(after::name).anyMatch(inBoth);
            if (TELLING.contains(change.rule()) && lasting) {
                String fields = change.fields().isEmpty()
                        ? ""
                        : " of " + change.fields().get(0);
                if (change.isUp()) {
                    losses.add(new Argument(1, change.rule() + fields + " is new"));
                } else if (change.kind() == HazardChange.Kind.GONE) {
                    gains.add(new Argument(1, change.rule() + fields + " is gone"));
                }
            }
        }
    }

    private Ruling ruling(ComparedLayout before, ComparedLayout after, boolean fieldsChanged) {
        Comparator<Argument> heaviest = Comparator.comparingDouble(Argument::weight);
        double lost = losses.stream().mapToDouble(Argument::weight).sum();
        double won = gains.stream().mapToDouble(Argument::weight).sum();
        if (!losses.isEmpty() && !gains.isEmpty()) {
            String reason = losses.stream().max(heaviest).get().words() + "; but "
                    + gains.stream().max(heaviest).get().words();
            return new Ruling(Verdict.MIXED, reason, lost - won);
        }
        if (!losses.isEmpty()) {
            return new Ruling(Verdict.WORSE, losses.stream().max(heaviest).get().words(), lost);
        }
        if (!gains.isEmpty()) {
            return new Ruling(Verdict.BETTER, gains.stream().max(heaviest).get().words(), -won);
        }
        long more = after.layout().byteSize() - before.layout().byteSize();
        if (more < 0) {
            return new Ruling(
                    Verdict.BETTER,
                    String.format(Locale.ROOT, "%,d bytes smaller, and nothing is less apart than it was", -more),
                    0);
        }
        String growth = more > 0 ? String.format(Locale.ROOT, "; %,d bytes larger", more) : "";
        return new Ruling(
                Verdict.SAME,
                fieldsChanged || more > 0
                        ? "what was there before is no worse and no better off" + growth
                        : "nothing changed",
                0);
    }
}
