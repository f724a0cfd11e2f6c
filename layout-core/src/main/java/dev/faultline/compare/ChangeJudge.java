package dev.faultline.compare;

import dev.faultline.hazard.Saving;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides whether a change is for better or worse.
 *
 * <p>With a profile it compares the costs of the operations; bytes that are saved at the same costs are told, and no
 * gain of time. Without one it compares which fields share lines with
 * written fields ({@link Exposures}). In both cases it is worse when objects lose lines of their own.
 *
 * <p>Where only types tell what is written, it is better or worse when the fields beside written ones became fewer or
 * more as sets; where some came and some left, it cannot tell ({@link NeighbourChanges}). Padding that was added
 * between fields of which none is known to be written is no gain.
 */
final class ChangeJudge {

    /** Smaller differences, as a share of the operation, are ignored. */
    private static final double LEAST_PART = 0.01;
    /** Smaller differences in ns are ignored. */
    private static final double LEAST_NANOS = 0.1;
    /** Smaller differences, as a share of the time of the CPUs concerned, are ignored. */
    private static final double LEAST_SHARE = 1e-6;
    /** Smaller differences, as a share of the time of all operations on the struct, are ignored. */
    private static final double LEAST_OF_ALL = 1e-4;
    /** The smaller of loss and gain counts from this share of the greater on. */
    private static final double MIXED_FROM = 0.1;
    /** The rules that count without a profile, as they are not about pairs of fields. */
    private static final Set<String> COUNTED = Set.of("ArrayNeighbours", "BrokenGroup", "SplitAtomic");

    /** A reason for a verdict. */
    record Argument(double weight, String words) {}

    /** A verdict with its reason. */
    record Ruling(Verdict verdict, String reason, double weight) {}

    private final List<Argument> losses = new ArrayList<>();
    private final List<Argument> gains = new ArrayList<>();
    /** What changed beside written fields, where only types tell which those are; null elsewhere. */
    private NeighbourChanges guessed;

    private ChangeJudge() {}

    static Ruling judge(
            ComparedLayout before,
            ComparedLayout after,
            BaseAlignments footing,
            Predicate<String> inBoth,
            List<HazardChange> hazards,
            List<OperationChange> operations,
            List<FieldChange> fields,
            boolean isChanged) {
        ChangeJudge judge = new ChangeJudge();
        if (after.isDeclared()) {
            judge.byCost(operations);
            judge.byLines(before, after);
        } else {
            judge.byLineSharing(before, after, footing, inBoth);
            if (!after.isClass() || fields.stream().anyMatch(ChangeJudge::isOfBytes)) {
                judge.byHazards(hazards, before, after, inBoth);
            }
        }
        return judge.ruling(before, after, isChanged);
    }

    /** Whether a field came, went or moved; another type alone, such as one more modifier, moves no byte. */
    private static boolean isOfBytes(FieldChange change) {
        return change.kinds().stream()
                .anyMatch(kind -> kind != FieldChange.Kind.RETYPED && kind != FieldChange.Kind.REHOUSED);
    }

    private void byCost(List<OperationChange> operations) {
        double least = LEAST_OF_ALL
                * operations.stream().mapToDouble(OperationChange::cpusBefore).sum();
        double lost = 0;
        double won = 0;
        OperationChange worst = null;
        OperationChange best = null;
        for (OperationChange change : operations) {
            double more = isNothing(change) || Math.abs(change.cpusMore()) < least ? 0 : change.cpusMore();
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
        List<String> nanos = Saving.nanosAlike(
                change.after().orElseThrow().totalNanos(),
                change.before().orElseThrow().totalNanos());
        return "`" + change.operation() + "` costs " + nanos.get(0) + ", before " + nanos.get(1);
    }

    /** The profile of one object does not cover its neighbours in memory. */
    private void byLines(ComparedLayout before, ComparedLayout after) {
        if (before.isWritten() && after.isWritten() && before.isAlone() != after.isAlone()) {
            Exposure exposure = new Exposure(Exposure.Why.AMONG_OTHERS, "", "", List.of(), 0, 0);
            if (before.isAlone()) {
                losses.add(new Argument(0, exposure.asLoss()));
            } else {
                gains.add(new Argument(0, exposure.asGain()));
            }
        }
    }

    private void byLineSharing(
            ComparedLayout before, ComparedLayout after, BaseAlignments footing, Predicate<String> inBoth) {
        boolean areClasses = before.isClass() && after.isClass();
        if (before.isGuessed() && after.isGuessed()) {
            guessed = NeighbourChanges.of(before, after, inBoth);
        }
        if (areClasses) {
            before.adopt(after);
            after.adopt(before);
        }
        Exposures onAfter = new Exposures(after, before, footing.common(), inBoth);
        Exposures onBefore = new Exposures(before, after, footing.common(), inBoth);
        List<Exposure> worse = new ArrayList<>(onAfter.find());
        List<Exposure> better = new ArrayList<>(onBefore.find());
        better.removeIf(one -> one.why() == Exposure.Why.AMONG_OTHERS && !(before.isWritten() && after.isWritten()));
        // A hole may not be intended to separate its neighbours, so it counts only where nothing else differs.
        boolean silent = worse.isEmpty() && better.isEmpty();
        worse.addAll(onAfter.unguarded(!silent));
        onBefore.unguarded(!silent).stream()
                .filter(one -> after.isKnownWritten(one.culprit())
                        || one.others().stream().anyMatch(after::isKnownWritten))
                .forEach(better::add);
        if (areClasses) {
            worse.addAll(onAfter.outside());
            better.addAll(onBefore.outside());
        }
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

    private void byHazards(
            List<HazardChange> hazards, ComparedLayout before, ComparedLayout after, Predicate<String> inBoth) {
        for (HazardChange change : hazards) {
            ComparedLayout side = change.after().isPresent() ? after : before;
            ComparedLayout other = change.after().isPresent() ? before : after;
            boolean lasting = change.fields().stream()
                    .map(side::name)
                    .anyMatch(name -> inBoth.test(name) && !side.tellsMoreThan(other, name));
            if (COUNTED.contains(change.rule()) && lasting) {
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
        double weight = weight(losses) - weight(gains);
        if (guessed != null) {
            Optional<String> doubt = doubt();
            if (doubt.isPresent()) {
                return new Ruling(Verdict.MIXED, "cannot tell without a profile: " + doubt.get(), weight);
            }
        }
        if (!losses.isEmpty() && !gains.isEmpty()) {
            return new Ruling(Verdict.MIXED, heaviest(losses) + "; but " + heaviest(gains), weight);
        }
        if (!losses.isEmpty()) {
            return new Ruling(Verdict.WORSE, heaviest(losses), weight);
        }
        if (!gains.isEmpty()) {
            return new Ruling(Verdict.BETTER, heaviest(gains), -weight(gains));
        }
        long more = after.layout().byteSize() - before.layout().byteSize();
        if (guessed != null && !guessed.came().isEmpty()) {
            return new Ruling(
                    Verdict.SAME,
                    "no difference known without a profile; new is " + NeighbourChanges.words(guessed.came())
                            + (guessed.left().isEmpty() ? "" : ", gone is " + NeighbourChanges.words(guessed.left()))
                            + growth(more),
                    0);
        }
        if (more < 0 && !after.isDeclared()) {
            return new Ruling(
                    Verdict.BETTER,
                    String.format(
                            Locale.ROOT, "%,d bytes smaller, and no fields share lines that did not before", -more),
                    0);
        }
        String same = after.isDeclared()
                ? "the fields of the old layout are neither better nor worse"
                : "no difference known";
        return new Ruling(Verdict.SAME, fieldsChanged || more > 0 ? same + growth(more) : "nothing changed", 0);
    }

    private static String growth(long more) {
        return more == 0
                ? ""
                : String.format(Locale.ROOT, "; %,d bytes %s", Math.abs(more), more > 0 ? "larger" : "smaller");
    }

    /** {@return why it is open which side is better, where types alone tell what is written; empty where it is not} */
    private Optional<String> doubt() {
        if (!losses.isEmpty() && !gains.isEmpty()) {
            return Optional.of(heaviest(losses) + "; but " + heaviest(gains));
        }
        if (!losses.isEmpty() && !guessed.left().isEmpty()) {
            return Optional.of(heaviest(losses) + "; but gone is " + NeighbourChanges.words(guessed.left()));
        }
        if (!gains.isEmpty() && !guessed.came().isEmpty()) {
            return Optional.of(heaviest(gains) + "; but new is " + NeighbourChanges.words(guessed.came()));
        }
        return Optional.empty();
    }

    private static double weight(List<Argument> arguments) {
        return arguments.stream().mapToDouble(Argument::weight).sum();
    }

    private static String heaviest(List<Argument> arguments) {
        return arguments.stream()
                .max(Comparator.comparingDouble(Argument::weight))
                .map(Argument::words)
                .orElseThrow();
    }
}
