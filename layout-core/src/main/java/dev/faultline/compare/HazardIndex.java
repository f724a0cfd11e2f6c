package dev.faultline.compare;

import dev.faultline.access.Certainty;
import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.hazard.rules.PairRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares the hazards of both sides by rule and field names. Each pair of fields in a finding about pairs is a
 * hazard of its own, since the offsets decide which pairs a finding names and in which order.
 */
final class HazardIndex {

    private record Key(String rule, List<String> names) {}

    /** A hazard, with the paths of its fields on its side. */
    private record Hazard(List<String> fields, Severity severity, String message) {}

    private HazardIndex() {}

    /** {@return the changes: new and graver ones first, then in the order of the findings} */
    static List<HazardChange> changes(ComparedLayout before, ComparedLayout after) {
        Map<Key, Hazard> old = of(before);
        Map<Key, Hazard> young = of(after);
        List<HazardChange> came = new ArrayList<>();
        List<HazardChange> others = new ArrayList<>();
        young.forEach((key, hazard) -> {
            Hazard was = old.get(key);
            if (was == null) {
                came.add(change(HazardChange.Kind.NEW, key, Optional.empty(), Optional.of(hazard)));
            } else if (was.severity() != hazard.severity()) {
                boolean graver = hazard.severity().compareTo(was.severity()) > 0;
                (graver ? came : others)
                        .add(change(
                                graver ? HazardChange.Kind.GRAVER : HazardChange.Kind.MILDER,
                                key,
                                Optional.of(was),
                                Optional.of(hazard)));
            }
        });
        old.forEach((key, hazard) -> {
            if (!young.containsKey(key)) {
                others.add(change(HazardChange.Kind.GONE, key, Optional.of(hazard), Optional.empty()));
            }
        });
        return Stream.concat(gathered(came).stream(), gathered(others).stream()).toList();
    }

    private static HazardChange change(
            HazardChange.Kind kind, Key key, Optional<Hazard> before, Optional<Hazard> after) {
        Hazard shown = after.or(() -> before).orElseThrow();
        return new HazardChange(
                kind,
                key.rule(),
                shown.fields(),
                before.map(Hazard::severity),
                after.map(Hazard::severity),
                shown.message());
    }

    /** Merges the changes of one culprit into one with all its victims. */
    private static List<HazardChange> gathered(List<HazardChange> changes) {
        record Group(HazardChange.Kind kind, String rule, String culprit, Optional<Severity> a, Optional<Severity> b) {}
        Map<Object, HazardChange> groups = new LinkedHashMap<>();
        for (HazardChange change : changes) {
            Object group = Catalog.isAboutPairs(change.rule())
                    ? new Group(change.kind(), change.rule(), change.fields().get(0), change.before(), change.after())
                    : change;
            groups.merge(group, change, (one, another) -> {
                List<String> fields = new ArrayList<>(one.fields());
                fields.addAll(another.fields().subList(1, another.fields().size()));
                return new HazardChange(one.kind(), one.rule(), fields, one.before(), one.after(), one.message());
            });
        }
        return List.copyOf(groups.values());
    }

    private static Map<Key, Hazard> of(ComparedLayout side) {
        Map<Key, Hazard> hazards = new LinkedHashMap<>();
        List<Finding> pairs = new ArrayList<>();
        for (Finding finding : side.analysis().findings()) {
            if (Catalog.isAboutPairs(finding.rule())) {
                pairs.add(finding);
            } else {
                put(hazards, side, finding.rule(), finding.fields(), finding.severity(), finding.message());
            }
        }
        if (!pairs.isEmpty()) {
            for (FieldPair pair : side.context().pairs()) {
                Catalog.ruleOf(pair)
                        .flatMap(rule -> covering(pairs, rule, pair))
                        .ifPresent(finding -> put(
                                hazards,
                                side,
                                finding.rule(),
                                List.of(
                                        pair.culprit().field().path(),
                                        pair.victim().field().path()),
                                finding.severity(),
                                finding.message()));
            }
        }
        return hazards;
    }

    private static void put(
            Map<Key, Hazard> hazards,
            ComparedLayout side,
            String rule,
            List<String> fields,
            Severity severity,
            String message) {
        List<String> names = fields.stream().map(side::name).sorted().toList();
        hazards.merge(
                new Key(rule, names),
                new Hazard(fields, severity, message),
                (one, other) -> one.severity().compareTo(other.severity()) >= 0 ? one : other);
    }

    /**
     * The most severe finding that a pair is in: of its rule, and naming both its fields, or beginning with its culprit
     * where it is full.
     */
    private static Optional<Finding> covering(List<Finding> findings, String rule, FieldPair pair) {
        return findings.stream() // most severe first
                .filter(finding -> finding.rule().equals(rule) && covers(finding, pair))
                .findFirst();
    }

    private static boolean covers(Finding finding, FieldPair pair) {
        List<String> fields = finding.fields();
        int culprit = fields.indexOf(pair.culprit().field().path());
        // One culprit stands for all fields of a group that a type declares.
        return culprit >= 0
                        && (fields.contains(pair.victim().field().path())
                                || fields.size() > PairRule.MOST_VICTIMS && (culprit == 0 || pair.victimWritten()))
                || finding.certainty() == Certainty.DECLARED_BY_TYPE && pair.certainty() == Certainty.DECLARED_BY_TYPE;
    }
}
