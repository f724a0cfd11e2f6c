package dev.faultline.compare;

import dev.faultline.access.Certainty;
import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.Catalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The hazards of one side, each by its rule and the names of its fields. Where a rule gathers pairs of fields into one finding,
 * each pair is a hazard of its own: which pairs a finding names, and in which order, depends on offsets.
 */
final class HazardIndex {

    /** Of rules of pairs: in which a meeting is. */
    private static final Set<String> OF_PAIRS =
            Set.of("EmbeddedStructSpill", "WriterBesideReaders", "WritersShareLine");
    /** So many victims a finding names at most. */
    private static final int NAMED = 8;

    private record Key(String rule, List<String> names) {}

    /** A hazard, its fields by their paths on its side. */
    private record Hazard(List<String> fields, Severity severity, String message) {}

    private HazardIndex() {}

    /** {@return what came, went or changed: what came first, then in the order of the findings} */
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

    /** One change for each culprit, with all its victims. */
    private static List<HazardChange> gathered(List<HazardChange> changes) {
        record Group(HazardChange.Kind kind, String rule, String culprit, Optional<Severity> a, Optional<Severity> b) {}
        Map<Object, HazardChange> groups = new LinkedHashMap<>();
        for (HazardChange change : changes) {
            Object group = OF_PAIRS.contains(change.rule())
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
            if (OF_PAIRS.contains(finding.rule())) {
                pairs.add(finding);
            } else {
                put(hazards, side, finding.rule(), finding.fields(), finding.severity(), finding.message());
            }
        }
        if (!pairs.isEmpty()) {
            for (FieldPair meeting : side.examination().meetings()) {
                Catalog.ruleOf(meeting)
                        .flatMap(rule -> covering(pairs, rule, meeting))
                        .ifPresent(finding -> put(
                                hazards,
                                side,
                                finding.rule(),
                                List.of(
                                        meeting.culprit().field().path(),
                                        meeting.victim().field().path()),
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

    /** The worst finding that a pair is in: of its rule, about its culprit, and, while there is room, its victim. */
    private static Optional<Finding> covering(List<Finding> findings, String rule, FieldPair meeting) {
        String culprit = meeting.culprit().field().path();
        String victim = meeting.victim().field().path();
        Finding covering = null;
        for (Finding finding : findings) { // worst first
            if (finding.rule().equals(rule) && covering == null) {
                List<String> fields = finding.fields();
                boolean about = fields.get(0).equals(culprit) && (fields.contains(victim) || fields.size() > NAMED);
                // Of a group that a type declares, one culprit stands for all.
                boolean group = finding.certainty() == Certainty.DECLARED_BY_TYPE
                        && meeting.certainty() == Certainty.DECLARED_BY_TYPE;
                covering = about || group ? finding : null;
            }
        }
        return Optional.ofNullable(covering);
    }
}
