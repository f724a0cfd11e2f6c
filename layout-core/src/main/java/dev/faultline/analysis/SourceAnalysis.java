package dev.faultline.analysis;

import dev.faultline.api.Internal;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The findings of all structs of a source, each cause once.
 *
 * @param structs how many structs were analysed
 * @param kinds the kinds among them
 * @param causes the causes, suspicions too: most severe first, suspicions last
 * @param heldBack the findings that are not reported
 * @param outside the structs that refer to memory outside of Java objects, which was not looked at
 */
@Internal
public record SourceAnalysis(
        int structs, Set<AggregateKind> kinds, List<Cause> causes, HeldBack heldBack, List<String> outside) {

    private static final Comparator<Cause> WORST_FIRST = Comparator.comparing(
                    (Cause cause) -> cause.finding().isSuspicion())
            .thenComparing(Cause::finding, Analyzer.WORST_FIRST)
            .thenComparing(cause -> cause.subject().reference());

    public SourceAnalysis {
        kinds = Set.copyOf(kinds);
        causes = List.copyOf(causes);
        outside = List.copyOf(outside);
        Objects.requireNonNull(heldBack);
    }

    /** {@return the causes that are no suspicions} */
    public List<Cause> founded() {
        return causes.stream().filter(cause -> !cause.finding().isSuspicion()).toList();
    }

    /** {@return how many causes are suspicions} */
    public int suspicions() {
        return causes.size() - founded().size();
    }

    /** {@return how many causes that are no suspicions have a severity} */
    public int count(Severity severity) {
        return (int) founded().stream()
                .filter(cause -> cause.finding().severity() == severity)
                .count();
    }

    /** Takes the analyses of a source, keeping only what is found. */
    public static final class Collector {
        private final Map<Key, List<Found>> byCause = new LinkedHashMap<>();
        private final Set<AggregateKind> kinds = new TreeSet<>();
        private final List<String> outside = new ArrayList<>();
        private HeldBack heldBack = HeldBack.NOTHING;
        private int structs;

        /** What makes two findings one: the struct that declares the fields, the rule, and the cause in that struct. */
        private record Key(String declaring, Cause.Relation how, String rule, String culprit, boolean isSuspicion) {}

        private record Found(Subject subject, Finding finding, boolean isOwn) {}

        /** Adds a struct. */
        public void add(Analysis analysis) {
            Subject subject = analysis.subject();
            structs++;
            kinds.add(subject.layout().kind());
            heldBack = heldBack.and(analysis.heldBack());
            if (subject.code().filter(code -> !code.outside().isEmpty()).isPresent()) {
                outside.add(subject.reference());
            }
            for (Finding finding : analysis.findings()) {
                add(subject, finding);
            }
        }

        private void add(Subject subject, Finding finding) {
            String culprit = finding.fields().isEmpty() ? "" : finding.fields().get(0);
            Optional<String> superclass = subject.origins().superclassOf(finding.fields());
            if (superclass.isPresent()) {
                put(superclass.get(), Cause.Relation.EXTENDS, culprit, new Found(subject, finding, false));
                return;
            }
            Optional<FieldRef> embedded = embedded(subject.layout(), finding.fields());
            if (embedded.isPresent() && embedded.get().type() instanceof FieldType.Aggregate inner) {
                String version = subject.release().isEmpty() ? "" : "@" + subject.release();
                String within = culprit.substring(embedded.get().path().length() + 1);
                String name = inner.layout().name() + version;
                put(name, Cause.Relation.EMBEDS, within, new Found(subject, finding, false));
                return;
            }
            boolean isClass = subject.layout().kind() == AggregateKind.CLASS;
            Cause.Relation others = isClass ? Cause.Relation.EXTENDS : Cause.Relation.EMBEDS;
            put(subject.reference(), others, culprit, new Found(subject, finding, true));
        }

        private void put(String declaring, Cause.Relation others, String culprit, Found found) {
            Finding finding = found.finding();
            Key key = new Key(declaring, others, finding.rule(), culprit, finding.isSuspicion());
            byCause.computeIfAbsent(key, any -> new ArrayList<>(1)).add(found);
        }

        /** {@return the innermost named struct that holds all these fields} */
        private static Optional<FieldRef> embedded(StructLayout layout, List<String> fields) {
            if (fields.isEmpty()) {
                return Optional.empty();
            }
            String common = fields.get(0);
            for (int dot = common.lastIndexOf('.'); dot > 0; dot = common.lastIndexOf('.', dot - 1)) {
                String path = common.substring(0, dot);
                if (fields.stream().allMatch(field -> field.startsWith(path + "."))) {
                    Optional<FieldRef> struct = layout.resolve(path)
                            .filter(ref -> ref.type() instanceof FieldType.Aggregate inner
                                    && !inner.layout().name().isEmpty());
                    if (struct.isPresent()) {
                        return struct;
                    }
                }
            }
            return Optional.empty();
        }

        /** {@return the findings so far} */
        public SourceAnalysis result() {
            List<Cause> causes = new ArrayList<>();
            byCause.forEach((key, all) -> causes.addAll(causes(key, all)));
            causes.sort(WORST_FIRST);
            return new SourceAnalysis(structs, kinds, causes, heldBack, outside);
        }

        /**
         * One cause; more where the struct itself has several findings of one rule and cause. It is told of the struct
         * that declares the fields, or else of the one where it is most severe.
         */
        private static List<Cause> causes(Key key, List<Found> all) {
            List<Found> own = all.stream().filter(Found::isOwn).toList();
            Severity worst = all.stream()
                    .map(found -> found.finding().severity())
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            boolean isWorst = own.stream().anyMatch(found -> found.finding().severity() == worst);
            List<Found> told = isWorst
                    ? own
                    : all.stream()
                            .filter(found -> found.finding().severity() == worst)
                            .limit(1)
                            .toList();
            Set<String> others = new TreeSet<>();
            all.forEach(found -> others.add(found.subject().reference()));
            told.forEach(found -> others.remove(found.subject().reference()));
            List<Cause> causes = new ArrayList<>();
            for (Found one : told) {
                causes.add(new Cause(
                        one.subject(),
                        one.finding(),
                        causes.isEmpty() ? List.copyOf(others) : List.of(),
                        key.how(),
                        key.declaring()));
            }
            return causes;
        }
    }
}
