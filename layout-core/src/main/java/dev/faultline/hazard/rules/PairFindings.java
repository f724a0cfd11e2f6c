package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Rates;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Saving;
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
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gathers pairs of fields into few findings: one for each culprit and severity, victims by falling rate. */
final class PairFindings {

    private static final int MOST_VICTIMS = 8;
    private static final int MOST_DESCRIBED = 2;

    private final RuleContext examination;
    private final String rule;
    private final Severity ofRule;
    private final Map<String, List<FieldPair>> groups = new LinkedHashMap<>();
    private final Map<String, Severity> most = new LinkedHashMap<>();
    private Map<FieldRef, List<FieldPair>> byVictim;

    PairFindings(RuleContext examination, String rule, Severity ofRule) {
        this.examination = examination;
        this.rule = rule;
        this.ofRule = ofRule;
    }

    /** {@return the id of the rule whose matter a meeting is; none when no rule of pairs has it, or has its mirror image} */
    static Optional<String> ruleOf(FieldPair meeting) {
        if (meeting.inOneArray() || meeting.isLockWithItsData()) {
            return Optional.empty();
        }
        boolean once = !meeting.victimWritten()
                || meeting.culprit()
                                .field()
                                .bytes()
                                .compareTo(meeting.victim().field().bytes())
                        < 0;
        if (!once) {
            return Optional.empty();
        }
        Class<?> rule = !meeting.boundary().isEmpty()
                ? EmbeddedStructSpill.class
                : meeting.victimWritten() ? WritersShareLine.class : WriterBesideReaders.class;
        return Optional.of(rule.getSimpleName());
    }

    /** {@return whether a meeting is this rule's matter} */
    boolean concerns(FieldPair meeting) {
        return ruleOf(meeting).filter(rule::equals).isPresent();
    }

    void add(FieldPair meeting, String label, Severity atMost) {
        boolean hot = Rates.isHot(meeting.writesPerSecond(), meeting.victimPerSecond());
        // Fields of one declared group are one matter; so are all fields beside one culprit.
        FieldUse write = meeting.culpritUse();
        String culprit = write.certainty() == Certainty.DECLARED_BY_TYPE
                ? write.operation()
                : meeting.culprit().field().path();
        String victim = meeting.victimUse().certainty() == Certainty.DECLARED_BY_TYPE
                ? meeting.victimUse().operation()
                : "";
        String key = culprit + "|" + victim + "|" + label + "|" + atMost + "|" + hot + "|" + meeting.certainty();
        groups.computeIfAbsent(key, any -> new ArrayList<>()).add(meeting);
        most.put(key, atMost.compareTo(ofRule) < 0 ? atMost : ofRule);
    }

    List<Finding> findings(Function<FieldPair, String> fact) {
        List<Finding> findings = new ArrayList<>(groups.size());
        groups.forEach((key, meetings) -> finding(meetings, most.get(key), fact).ifPresent(findings::add));
        return findings;
    }

    /** {@return a finding, none of fields that are known to be better off together} */
    private Optional<Finding> finding(List<FieldPair> meetings, Severity atMost, Function<FieldPair, String> fact) {
        List<FieldPair> sorted = new ArrayList<>(meetings);
        sorted.sort(Comparator.comparingDouble((FieldPair one) -> -one.victimPerSecond())
                .thenComparingLong(one -> distance(one)));
        FieldPair first = sorted.get(0);
        List<FieldPair> same = sorted.stream()
                .filter(one -> one.culprit().field().equals(first.culprit().field()))
                .toList();
        List<FieldRef> companions = companions(first);
        WhatIfCost.Parting parting = examination
                .costing()
                .parting(
                        companions,
                        same.stream()
                                .map(one -> one.victim().field())
                                .filter(field -> !companions.contains(field))
                                .toList());
        if (first.certainty() == Certainty.DECLARED && parting.isLoss()) {
            return Optional.empty();
        }
        Saving saving = parting.smaller();
        List<String> fields = new ArrayList<>();
        fields.add(first.culprit().field().path());
        StringBuilder victims = new StringBuilder();
        for (int i = 0; i < same.size(); i++) {
            if (i < MOST_VICTIMS) {
                fields.add(same.get(i).victim().field().path());
            }
            if (i < MOST_DESCRIBED) {
                victims.append(i == 0 ? "" : ", ").append(same.get(i).describeVictim());
            }
        }
        if (same.size() > MOST_DESCRIBED) {
            victims.append(" and ").append(same.size() - MOST_DESCRIBED).append(" more");
        }
        String guessed =
                first.certainty() == Certainty.INFERRED ? "; inferred from types, nobody said who uses it" : "";
        return Optional.of(new Finding(
                rule,
                saving.severity(atMost, first.certainty()),
                fields,
                fact.apply(first) + first.describeCulprit() + " shares a " + examination.lineBytes()
                        + "-byte line with " + victims + " in "
                        + first.placements().words() + guessed,
                advice(first),
                first.certainty(),
                Optional.of(first.placements()),
                Optional.of(saving)));
    }

    /** The culprit, and what the same operations write beside the same victim. Of a guess, who writes together is not known. */
    private List<FieldRef> companions(FieldPair meeting) {
        FieldRef culprit = meeting.culprit().field();
        if (meeting.certainty() != Certainty.DECLARED) {
            return List.of(culprit);
        }
        Set<String> writers = writers(meeting.culprit());
        return byVictim().get(meeting.victim().field()).stream()
                .map(FieldPair::culprit)
                .filter(other -> writers(other).equals(writers))
                .map(FieldActivity::field)
                .toList();
    }

    private Map<FieldRef, List<FieldPair>> byVictim() {
        if (byVictim == null) {
            byVictim = examination.meetings().stream()
                    .collect(Collectors.groupingBy(one -> one.victim().field()));
        }
        return byVictim;
    }

    private static Set<String> writers(FieldActivity activity) {
        return activity.writes().stream()
                .map(write -> write.role().name() + ": " + write.operation())
                .collect(Collectors.toSet());
    }

    private static long distance(FieldPair meeting) {
        return meeting.culprit()
                .field()
                .bytes()
                .bytesTo(meeting.victim().field().bytes());
    }

    private String advice(FieldPair meeting) {
        int line = examination.lineBytes();
        ByteRange culprit = meeting.culprit().field().bytes();
        ByteRange victim = meeting.victim().field().bytes();
        if (examination.placement().residues(line) == 1) {
            long next = (culprit.end() + line - 1) / line * line;
            long thisLine = culprit.start() / line * line;
            return "move " + meeting.victim().field().path() + " off bytes " + thisLine + ".." + (next - 1)
                    + ", to byte " + next + " or later, and fill the line with what is rarely used";
        }
        String apart = "leave at least "
                + separation(examination.placement(), culprit.byteSize(), victim.byteSize(), line) + " bytes between "
                + meeting.culprit().field().path() + " and "
                + meeting.victim().field().path();
        return meeting.placements().always() ? apart : apart + ", or start objects on a " + line + "-byte line";
    }

    /** The least gap that keeps two ranges apart in every placement, when the first starts at a multiple of its size. */
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
