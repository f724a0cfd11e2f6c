package dev.faultline.hazard.rules;

import dev.faultline.access.AccessMap;
import dev.faultline.access.Certainty;
import dev.faultline.access.Elements;
import dev.faultline.access.FieldActivity;
import dev.faultline.access.FieldUse;
import dev.faultline.hazard.FieldPair;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.Rates;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Saving;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import dev.faultline.layout.FieldType;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds arrays whose elements different CPUs use and whose stride lets neighbours share a line. */
@Hazard(summary = "array elements used by different CPUs share a line", severity = Severity.ERROR)
public final class ArrayNeighbours implements HazardRule {

    /**
     * The parts of the elements of one array that are used one element at a time.
     *
     * @param fields the parts, in order of offset
     * @param write the first use that writes one of them
     * @param bytes bytes in the first element, from the first used one to the last
     */
    private record UsedElements(List<FieldRef> fields, FieldUse write, ByteRange bytes) {

        String path() {
            String path = fields.get(0).path();
            return path.contains("[*]") ? path.substring(0, path.indexOf("[*]")) : path;
        }

        UsedElements with(UsedElements other) {
            List<FieldRef> all = new ArrayList<>(fields);
            all.addAll(other.fields);
            long end = Math.max(bytes.end(), other.bytes.end());
            return new UsedElements(all, write, ByteRange.ofSize(bytes.start(), end - bytes.start()));
        }
    }

    @Override
    public List<Finding> examine(RuleContext context) {
        List<Finding> findings = new ArrayList<>();
        for (UsedElements used : usedElements(context.access())) {
            finding(context, used).ifPresent(findings::add);
        }
        Set<String> reported = new HashSet<>();
        for (FieldPair pair : context.pairs()) {
            String path = pair.culprit().field().path();
            if (pair.inOneArray() && reported.add(path.substring(0, path.indexOf('[')))) {
                named(context, pair).ifPresent(findings::add);
            }
        }
        findings.addAll(ThreadSlots.findings(this, context));
        return findings;
    }

    private static Collection<UsedElements> usedElements(AccessMap access) {
        Map<String, UsedElements> byArray = new LinkedHashMap<>();
        for (FieldActivity activity : access.activities()) {
            FieldRef field = activity.field();
            activity.writes().stream()
                    .filter(write -> write.elements().isOneOfMany())
                    .findFirst()
                    .ifPresent(write -> {
                        long bytes = Math.max(1, write.elements().byteSize());
                        UsedElements used = new UsedElements(
                                List.of(field),
                                write,
                                ByteRange.ofSize(field.bytes().start(), bytes));
                        byArray.merge(used.path(), used, UsedElements::with);
                    });
        }
        return byArray.values();
    }

    private Optional<Finding> finding(RuleContext context, UsedElements used) {
        FieldUse write = used.write();
        Elements elements = write.elements();
        if (elements.count() < 2
                || elements.strideBytes() == 0
                || Rates.isCold(write.ratePerSecond())
                || !context.access().meet(write, write, context.cpus())) {
            return Optional.empty();
        }
        PlacementCount placements = neighbours(context, used.bytes(), elements);
        if (placements.never()) {
            return Optional.empty();
        }
        Optional<Saving> saving = context.saving(whatIf -> whatIf.spreading(used.fields()));
        if (write.certainty() == Certainty.DECLARED
                && saving.filter(one -> one.cpusSaved() < 0).isPresent()) {
            return Optional.empty(); // who uses all elements gains more by few lines than the writers lose
        }
        FieldRef field = used.fields().get(0);
        String type = field.type() instanceof FieldType.Array array ? " (" + array.spelling() + ")" : "";
        return context.finding(this)
                .certainty(write.certainty())
                .placements(placements)
                .gradedBy(saving)
                .fields(used.fields().stream().map(FieldRef::path).toList())
                .message("elements of " + used.path() + type + " are " + elements.strideBytes()
                        + " bytes apart, so neighbours share a cache line" + placements.phrase() + users(write))
                .advice(advice(context, used))
                .buildIfWorthwhile();
    }

    private static String users(FieldUse write) {
        if (write.certainty() == Certainty.INFERRED) {
            return "; different CPUs use them" + write.certainty().note();
        }
        return write.elements().isAny()
                ? "; each `" + write.operation() + "` of " + write.role().name() + " picks one"
                : "; each CPU of " + write.role().name() + " writes its own";
    }

    private static String advice(RuleContext context, UsedElements used) {
        int line = context.lineBytes();
        long stride = used.write().elements().strideBytes();
        return multiple(line) + " (" + (stride + line - 1) / line * line + " bytes) and start the array on a"
                + " line, or give each CPU a block of its own"
                + Optional.of(context)
                        .filter(ArrayNeighbours::mayBeUsedWhole)
                        .flatMap(any -> any.whatIf().slowedBySpreading(used.fields()))
                        .map(slowed -> "; `" + slowed.operation() + "`, which uses all elements, then takes "
                                + Saving.nanos(-slowed.nanosPerOp()) + " longer")
                        .orElse("");
    }

    /** Of variables whose use is guessed, no operation is known that uses a whole array. */
    private static boolean mayBeUsedWhole(RuleContext context) {
        return context.access().isPriced()
                && (context.access().isRated() || context.layout().kind() != AggregateKind.SECTION);
    }

    private static String multiple(int line) {
        return "make the stride a multiple of " + line;
    }

    /**
     * The placements in which some element shares a line with the next; the pattern repeats within a line's elements.
     */
    private static PlacementCount neighbours(RuleContext context, ByteRange first, Elements elements) {
        int line = context.lineBytes();
        long counted = Math.min(elements.count() - 1, line);
        return context.placement().count(line, residue -> {
            for (long i = 0; i < counted; i++) {
                long shift = residue + i * elements.strideBytes();
                if ((first.end() - 1 + shift) / line == (first.start() + shift + elements.strideBytes()) / line) {
                    return true;
                }
            }
            return false;
        });
    }

    private Optional<Finding> named(RuleContext context, FieldPair pair) {
        FieldRef culprit = pair.culprit().field();
        FieldRef victim = pair.victim().field();
        return context.finding(this)
                .pair(pair)
                .gradedBy(context.saving(whatIf ->
                        whatIf.parting(List.of(culprit), List.of(victim)).smaller()))
                .fields(List.of(culprit.path(), victim.path()))
                .message(pair.describeCulprit() + " and " + pair.describeVictim() + " are "
                        + Math.abs(victim.bytes().start() - culprit.bytes().start())
                        + " bytes apart and share a cache line"
                        + pair.placements().phrase())
                .advice(multiple(context.lineBytes()) + " bytes and start the array on a line")
                .buildIfWorthwhile();
    }
}
