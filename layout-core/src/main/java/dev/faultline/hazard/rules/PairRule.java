package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.Rates;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.WhatIfCost;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Placement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A rule about two fields that can share a line. Makes one finding of all pairs with one culprit and severity, with the
 * victims in order of falling rate. Every pair is reported by at most one such rule.
 */
public abstract class PairRule implements HazardRule {

    /** The most victims that a finding names. */
    public static final int MOST_VICTIMS = 8;

    private static final int MOST_DESCRIBED = 2;

    /** Pairs that are reported in one finding. */
    private record Group(
            String culprit, String victim, String embedded, Severity most, boolean hot, Certainty certainty) {}

    /** {@return whether a pair is this rule's; asked only of pairs that no other kind of rule reports} */
    abstract boolean concerns(FieldPair pair);

    /** {@return the highest severity of a pair} */
    Severity most(FieldPair pair) {
        return hazard().severity();
    }

    /** {@return a fact to put in front of the message, about the first pair of a finding} */
    String preface(RuleContext context, FieldPair first) {
        return "";
    }

    /** {@return whether this rule reports a pair} */
    final boolean reports(FieldPair pair) {
        boolean mirrored = pair.victimWritten()
                && pair.culprit()
                                .field()
                                .bytes()
                                .compareTo(pair.victim().field().bytes())
                        >= 0;
        return !mirrored && concerns(pair) && !pair.inOneArray() && !pair.isLockWithItsData();
    }

    @Override
    public final List<Finding> examine(RuleContext context) {
        Map<Group, List<FieldPair>> groups = new LinkedHashMap<>();
        for (FieldPair pair : context.pairs()) {
            if (reports(pair)) {
                groups.computeIfAbsent(group(pair), any -> new ArrayList<>()).add(pair);
            }
        }
        List<Finding> findings = new ArrayList<>(groups.size());
        groups.forEach((group, pairs) -> finding(context, group, pairs).ifPresent(findings::add));
        return findings;
    }

    /** Fields of one declared group are reported together, as are all fields beside one culprit. */
    private Group group(FieldPair pair) {
        FieldUse write = pair.culpritUse();
        FieldUse use = pair.victimUse();
        return new Group(
                isByType(write) ? write.basis() : pair.culprit().field().path(),
                isByType(use) ? use.basis() : "",
                pair.boundary(),
                most(pair),
                Rates.isHot(pair.writesPerSecond(), pair.victimPerSecond()),
                pair.certainty());
    }

    private static boolean isByType(FieldUse use) {
        return use.certainty() == Certainty.DECLARED_BY_TYPE;
    }

    /** {@return a finding; none when the fields are known to cost less together} */
    private Optional<Finding> finding(RuleContext context, Group group, List<FieldPair> pairs) {
        List<FieldPair> sorted = new ArrayList<>(pairs);
        sorted.sort(Comparator.comparingDouble((FieldPair pair) -> -pair.victimPerSecond())
                .thenComparingLong(FieldPair::bytesApart));
        FieldPair first = sorted.get(0);
        FieldRef culprit = first.culprit().field();
        List<FieldPair> same = sorted.stream()
                .filter(pair -> pair.culprit().field().equals(culprit))
                .toList();
        List<FieldRef> companions = companions(context, first);
        List<FieldRef> victims = same.stream()
                .map(pair -> pair.victim().field())
                .filter(field -> !companions.contains(field))
                .toList();
        WhatIfCost.Parting parting = context.whatIf().parting(companions, victims);
        if (group.certainty() == Certainty.DECLARED && parting.isLoss()) {
            return Optional.empty();
        }
        List<String> fields = new ArrayList<>(List.of(culprit.path()));
        same.stream()
                .limit(MOST_VICTIMS)
                .forEach(pair -> fields.add(pair.victim().field().path()));
        return Optional.of(context.finding(this)
                .severity(group.most())
                .pair(first)
                .gradedBy(parting.smaller())
                .fields(fields)
                .message(preface(context, first) + first.describeCulprit() + " shares a cache line with "
                        + described(same) + first.placements().phrase()
                        + first.certainty().note())
                .advice(advice(context, first))
                .build());
    }

    private static String described(List<FieldPair> pairs) {
        String victims = pairs.stream()
                .limit(MOST_DESCRIBED)
                .map(FieldPair::describeVictim)
                .collect(Collectors.joining(", "));
        return pairs.size() > MOST_DESCRIBED ? victims + " and " + (pairs.size() - MOST_DESCRIBED) + " more" : victims;
    }

    /** The culprit, and the fields beside the same victim that the same declared operations write. */
    private static List<FieldRef> companions(RuleContext context, FieldPair pair) {
        if (pair.certainty() != Certainty.DECLARED) {
            return List.of(pair.culprit().field());
        }
        Set<String> writers = writers(pair.culprit());
        return context.pairsWithVictim(pair.victim().field()).stream()
                .map(FieldPair::culprit)
                .filter(other -> writers(other).equals(writers))
                .map(FieldActivity::field)
                .toList();
    }

    private static Set<String> writers(FieldActivity activity) {
        return activity.writes().stream()
                .map(write -> write.role().name() + ": " + write.operation())
                .collect(Collectors.toSet());
    }

    private static String advice(RuleContext context, FieldPair pair) {
        int line = context.lineBytes();
        FieldRef culprit = pair.culprit().field();
        FieldRef victim = pair.victim().field();
        boolean inElements = (culprit.path() + victim.path()).contains("[*]");
        if (context.placement().residues(line) == 1 && !inElements) {
            long next = (culprit.bytes().end() + line - 1) / line * line;
            long thisLine = culprit.bytes().start() / line * line;
            return "move " + victim.path() + " off bytes " + thisLine + ".." + (next - 1) + ", to byte " + next
                    + " or later, and fill the line with rarely used fields";
        }
        long bytes = separation(
                context.placement(), culprit.bytes().byteSize(), victim.bytes().byteSize(), line);
        if (context.isObject()) {
            return "keep " + culprit.path() + " and " + victim.path() + " at least " + bytes
                    + " bytes apart: declare padding in a class between theirs, or use @Contended where it works";
        }
        return "leave at least " + bytes + " bytes between " + culprit.path() + " and " + victim.path()
                + (pair.placements().always() ? "" : ", or start objects on a " + line + "-byte line");
    }

    /**
     * The least gap that keeps two ranges apart in every placement, when the first starts at a multiple of its size.
     */
    private static long separation(Placement placement, long firstBytes, long secondBytes, int line) {
        for (long gap = 0; gap < line; gap++) {
            ByteRange first = ByteRange.ofSize(0, Math.min(firstBytes, line));
            ByteRange second = ByteRange.ofSize(first.end() + gap, Math.min(secondBytes, line));
            if (placement.meeting(first, second, line).never()) {
                return gap;
            }
        }
        return line;
    }
}
