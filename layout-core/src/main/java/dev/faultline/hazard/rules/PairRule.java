package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.access.Cpus;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.Rates;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.WhatIfCost;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.machine.Placement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A rule about two fields that can share a line. Makes one finding of all pairs with one culprit, with the victims in
 * order of falling rate, and none of pairs whose fields another finding names already: four counters side by side are
 * one finding. Every pair is reported by at most one such rule.
 */
public abstract class PairRule implements HazardRule {

    /** The most victims that a finding names. */
    public static final int MOST_VICTIMS = 8;

    private static final int MOST_DESCRIBED = 2;

    /** From this number of roles on that update counters, an object is one of statistics. */
    private static final int MANY_UPDATERS = 4;

    /** Pairs that are reported in one finding. */
    private record Group(
            String culprit, String victim, String embedded, Severity most, boolean hot, Certainty certainty) {

        // by hand, since the VM generates those of a record in its first call, which takes milliseconds

        @Override
        public boolean equals(Object object) {
            return object instanceof Group other
                    && culprit.equals(other.culprit)
                    && victim.equals(other.victim)
                    && embedded.equals(other.embedded)
                    && most == other.most
                    && hot == other.hot
                    && certainty == other.certainty;
        }

        @Override
        public int hashCode() {
            return 31
                            * (31
                                            * (31
                                                            * (31 * (31 * culprit.hashCode() + victim.hashCode())
                                                                    + embedded.hashCode())
                                                    + most.hashCode())
                                    + Boolean.hashCode(hot))
                    + certainty.hashCode();
        }
    }

    /** A finding with all its fields, of which it may name only some. */
    private record Complete(Finding finding, Set<FieldRef> fields) {
        static Complete of(Finding finding, List<FieldPair> pairs) {
            Set<FieldRef> fields = new HashSet<>();
            for (FieldPair pair : pairs) {
                fields.add(pair.culprit().field());
                fields.add(pair.victim().field());
            }
            return new Complete(finding, fields);
        }

        /** {@return whether this tells all that another one tells} */
        boolean covers(Complete other) {
            return finding.certainty() == other.finding.certainty()
                    && finding.severity().compareTo(other.finding.severity()) >= 0
                    && fields.containsAll(other.fields);
        }
    }

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
        return !mirrored && isOfKind(pair) && concerns(pair) && !pair.inOneArray() && !pair.isLockWithItsData();
    }

    private boolean isOfKind(FieldPair pair) {
        return pair.betweenVariables() == isAboutVariables();
    }

    /** {@return whether this rule is about pairs of global variables, not of fields of one struct} */
    boolean isAboutVariables() {
        return false;
    }

    @Override
    public List<Finding> examine(RuleContext context) {
        if (!context.access().isPriced()) {
            return unrated(context);
        }
        Map<Group, List<FieldPair>> groups = new LinkedHashMap<>();
        for (FieldPair pair : context.pairs()) {
            if (reports(pair)) {
                groups.computeIfAbsent(group(pair), any -> new ArrayList<>()).add(pair);
            }
        }
        List<Complete> findings = new ArrayList<>(groups.size());
        groups.forEach((group, pairs) ->
                finding(context, group, pairs).ifPresent(found -> findings.add(Complete.of(found, pairs))));
        return withoutRepeats(findings);
    }

    /** Findings come by offset of the culprit, and of two writers only the first is one. */
    private static List<Finding> withoutRepeats(List<Complete> findings) {
        List<Finding> kept = new ArrayList<>(findings.size());
        Map<String, List<Complete>> byField = new HashMap<>();
        for (Complete one : findings) {
            List<Complete> near = byField.getOrDefault(one.finding().fields().get(0), List.of());
            if (near.stream().noneMatch(other -> other.covers(one))) {
                kept.add(one.finding());
                one.fields()
                        .forEach(field -> byField.computeIfAbsent(field.path(), any -> new ArrayList<>())
                                .add(one));
            }
        }
        return kept;
    }

    /**
     * Whether both fields are among many counters that any thread may update. The threads that update one counter also
     * fight over it, so that the layout decides less, and many such objects only count for reports.
     */
    private static boolean areStatistics(RuleContext context, FieldPair pair) {
        long updaters = context.access().uses().stream()
                .filter(use -> use.kind().isAtomicUpdate() && use.role().cpus() instanceof Cpus.All)
                .map(use -> use.role().name())
                .distinct()
                .count();
        return updaters >= MANY_UPDATERS
                && pair.culpritUse().role().cpus() instanceof Cpus.All
                && pair.victimUse().role().cpus() instanceof Cpus.All;
    }

    /** {@return whether this rule tells about the readers beside fields that two roles write} */
    boolean tellsReaders() {
        return false;
    }

    /**
     * Without rates, a finding tells everything that has one cause: fields of several writers that share lines, with
     * those that are only read beside them.
     */
    private List<Finding> unrated(RuleContext context) {
        List<FieldPair> candidates =
                context.pairs().stream().filter(this::isOfKind).toList();
        Set<FieldRef> contended = candidates.stream()
                .filter(FieldPair::victimWritten)
                .flatMap(pair -> Stream.of(pair.culprit(), pair.victim()))
                .map(FieldActivity::field)
                .collect(Collectors.toSet());
        List<List<FieldPair>> causes = new ArrayList<>();
        for (FieldPair pair : candidates) {
            if (reports(pair)
                    && (pair.victimWritten()
                            || !contended.contains(pair.culprit().field()))) {
                cause(causes, pair).add(pair);
            }
        }
        if (tellsReaders()) {
            for (FieldPair pair : candidates) {
                if (!pair.victimWritten() && contended.contains(pair.culprit().field())) {
                    causes.stream()
                            .filter(cause -> cause.stream()
                                    .anyMatch(one -> isParty(one, pair.culprit().field())))
                            .findFirst()
                            .ifPresent(cause -> cause.add(pair));
                }
            }
        }
        return causes.stream().map(cause -> unrated(context, cause)).toList();
    }

    private static boolean isParty(FieldPair pair, FieldRef field) {
        return pair.culprit().field().equals(field)
                || pair.victimWritten() && pair.victim().field().equals(field);
    }

    /** The cause that a pair belongs to, which may join several; a new one when it belongs to none. */
    private static List<FieldPair> cause(List<List<FieldPair>> causes, FieldPair pair) {
        List<FieldPair> joined = new ArrayList<>();
        causes.removeIf(cause -> {
            boolean same = cause.stream()
                    .anyMatch(one -> isParty(one, pair.culprit().field())
                            || pair.victimWritten()
                                    && isParty(one, pair.victim().field()));
            if (same) {
                joined.addAll(cause);
            }
            return same;
        });
        causes.add(joined);
        return joined;
    }

    /** Pairs of two roles are a warning, those among the threads of one role an info. */
    private Finding unrated(RuleContext context, List<FieldPair> cause) {
        List<FieldPair> sorted = new ArrayList<>(cause);
        sorted.sort(Comparator.comparing((FieldPair pair) -> !pair.isBetweenRoles())
                .thenComparing(pair -> !pair.victimWritten())
                .thenComparing(pair -> -pair.placements().sharing()));
        FieldPair first = sorted.get(0);
        Map<String, FieldPair> victims = new LinkedHashMap<>();
        for (FieldPair pair : sorted) {
            if (!pair.victim().field().equals(first.culprit().field())) {
                victims.putIfAbsent(pair.victim().field().path(), pair);
            }
        }
        List<String> fields = new ArrayList<>(List.of(first.culprit().field().path()));
        victims.keySet().stream().limit(MOST_VICTIMS).forEach(fields::add);
        return context.finding(this)
                .severity(first.isBetweenRoles() && !areStatistics(context, first) ? Severity.WARNING : Severity.INFO)
                .pair(first)
                .fields(fields)
                .message(preface(context, first) + first.describeCulprit() + " shares a cache line with "
                        + described(List.copyOf(victims.values()))
                        + first.placements().phrase())
                .advice(advice(context, first))
                .build();
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
        sorted.sort((one, other) -> {
            int byRate = Double.compare(-one.victimPerSecond(), -other.victimPerSecond());
            return byRate != 0 ? byRate : Long.compare(one.bytesApart(), other.bytesApart());
        });
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
        if (group.certainty().isOfProfile() && parting.isLoss()) {
            return Optional.empty();
        }
        List<String> fields = new ArrayList<>(List.of(culprit.path()));
        same.stream()
                .limit(MOST_VICTIMS)
                .forEach(pair -> fields.add(pair.victim().field().path()));
        return context.finding(this)
                .severity(group.most())
                .pair(first)
                .gradedBy(parting.smaller())
                .fields(fields)
                .message(preface(context, first) + first.describeCulprit() + " shares a cache line with "
                        + described(same) + first.placements().phrase()
                        + first.certainty().note())
                .advice(advice(context, first))
                .buildIfWorthwhile();
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
        if (!pair.certainty().isOfProfile()) {
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

    /** {@return the repair of the first pair of a finding} */
    String advice(RuleContext context, FieldPair pair) {
        int line = context.lineBytes();
        FieldRef culprit = pair.culprit().field();
        FieldRef victim = pair.victim().field();
        boolean inElements = (culprit.path() + victim.path()).contains("[*]");
        boolean isSection = context.layout().kind() == AggregateKind.SECTION; // its bytes are not those of the struct
        if (context.placement().residues(line) == 1 && !inElements && !isSection) {
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
                + (isApartOnLine(pair, line) ? ", or start objects on a " + line + "-byte line" : "");
    }

    /** {@return whether objects that start on a line have the fields on different lines} */
    private static boolean isApartOnLine(FieldPair pair, int line) {
        boolean isInElement =
                (pair.culprit().field().path() + pair.victim().field().path()).contains("[*]");
        return !isInElement
                && !Placement.meet(
                        pair.culprit().field().bytes(), pair.victim().field().bytes(), 0, line);
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
