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
import java.util.Comparator;
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
     * @param path path of the array
     * @param fields the parts, in order of offset
     * @param uses every use of the array: of one element, of several and of all, in order of offset
     * @param bytes bytes in the first element, from the first used one to the last
     */
    private record UsedElements(String path, List<FieldRef> fields, List<FieldUse> uses, ByteRange bytes) {

        static String arrayOf(FieldRef field) {
            String path = field.path();
            return path.contains("[*]") ? path.substring(0, path.indexOf("[*]")) : path;
        }

        static UsedElements of(FieldActivity activity) {
            List<FieldUse> uses = new ArrayList<>(activity.writes());
            uses.addAll(activity.reads());
            FieldRef field = activity.field();
            return uses.stream()
                    .filter(use -> use.elements().isOneOfMany())
                    .findFirst()
                    .map(use -> new UsedElements(
                            arrayOf(field),
                            List.of(field),
                            uses,
                            ByteRange.ofSize(
                                    field.bytes().start(),
                                    Math.max(1, use.elements().byteSize()))))
                    .orElseGet(() -> new UsedElements(arrayOf(field), List.of(), uses, ByteRange.ofSize(0, 1)));
        }

        UsedElements with(UsedElements other) {
            List<FieldRef> allFields = new ArrayList<>(fields);
            allFields.addAll(other.fields);
            List<FieldUse> allUses = new ArrayList<>(uses);
            allUses.addAll(other.uses);
            ByteRange outer = fields.isEmpty() ? other.bytes : bytes;
            if (!fields.isEmpty() && !other.fields.isEmpty()) {
                long end = Math.max(bytes.end(), other.bytes.end());
                outer = ByteRange.ofSize(bytes.start(), end - bytes.start());
            }
            return new UsedElements(path, allFields, allUses, outer);
        }
    }

    /**
     * A write of one element and a use by another CPU at the same time.
     *
     * @param write the write
     * @param use the use; the write itself where several CPUs make it
     */
    private record Meeting(FieldUse write, FieldUse use) {}

    /** The most frequent first; the order of a profile's operations says nothing. */
    private static final Comparator<FieldUse> MOST_FREQUENT_FIRST = ArrayNeighbours::compare;

    /** By hand, since comparators of the JDK are linked at run time, in every short run. */
    private static int compare(FieldUse one, FieldUse other) {
        int order =
                Double.compare(one.hasRate() ? -one.ratePerSecond() : 0, other.hasRate() ? -other.ratePerSecond() : 0);
        order = order != 0 ? order : one.role().name().compareTo(other.role().name());
        order = order != 0 ? order : one.operation().compareTo(other.operation());
        return order != 0 ? order : Integer.compare(one.position(), other.position());
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
            if (pair.inOneArray() && !pair.together() && reported.add(path.substring(0, path.indexOf('[')))) {
                named(context, pair).ifPresent(findings::add);
            }
        }
        findings.addAll(ThreadSlots.findings(this, context));
        OwnElements.finding(this, context).ifPresent(findings::add);
        return findings;
    }

    private static List<UsedElements> usedElements(AccessMap access) {
        Map<String, UsedElements> byArray = new LinkedHashMap<>();
        for (FieldActivity activity : access.activities()) {
            UsedElements used = UsedElements.of(activity);
            byArray.merge(used.path(), used, UsedElements::with);
        }
        return byArray.values().stream()
                .filter(used -> !used.fields().isEmpty())
                .toList();
    }

    /** {@return the most frequent write of one element that meets another use of the array} */
    private static Optional<Meeting> meeting(RuleContext context, UsedElements used) {
        List<FieldUse> sorted = used.uses().stream().sorted(MOST_FREQUENT_FIRST).toList();
        for (FieldUse write : sorted) {
            if (!write.kind().writes() || !write.elements().isOneOfMany() || Rates.isCold(write.ratePerSecond())) {
                continue;
            }
            if (context.access().meet(write, write, context.cpus())) {
                return Optional.of(new Meeting(write, write));
            }
            Optional<FieldUse> other = sorted.stream()
                    .filter(use ->
                            use.elements().isOneOfMany() || context.access().isRated())
                    .filter(use -> !Rates.isCold(use.ratePerSecond())
                            && context.access().meet(write, use, context.cpus()))
                    .findFirst();
            if (other.isPresent()) {
                return Optional.of(new Meeting(write, other.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> finding(RuleContext context, UsedElements used) {
        Optional<Meeting> met = meeting(context, used);
        if (met.isEmpty()) {
            return Optional.empty();
        }
        FieldUse write = met.get().write();
        Elements elements = write.elements();
        if (elements.count() < 2 || elements.strideBytes() == 0) {
            return Optional.empty();
        }
        PlacementCount placements = neighbours(context, used.bytes(), elements);
        if (placements.never()) {
            return Optional.empty();
        }
        Optional<Saving> saving = context.saving(whatIf -> whatIf.spreading(used.fields()));
        if (write.certainty().isOfProfile()
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
                        + " bytes apart, so neighbours share a cache line" + placements.phrase() + users(met.get()))
                .advice(advice(context, used, elements.strideBytes()))
                .buildIfWorthwhile();
    }

    private static String users(Meeting met) {
        FieldUse write = met.write();
        FieldUse use = met.use();
        if (write.certainty() == Certainty.INFERRED) {
            return "; different CPUs use them" + write.certainty().note();
        }
        String basis = write.certainty() == Certainty.FROM_CODE ? " (" + write.basis() + ")" : "";
        if (!write.role().equals(use.role())) {
            return "; `" + write.operation() + "` of " + write.role().name() + " writes one" + basis + " while `"
                    + use.operation()
                    + "` of " + use.role().name()
                    + (use.kind().writes() ? " writes " : " reads ")
                    + (use.elements().isOneOfMany() ? "another" : "them all");
        }
        return write.elements().isAny()
                ? "; each `" + write.operation() + "` of " + write.role().name() + " picks one"
                : "; each CPU of " + write.role().name() + " writes its own" + basis;
    }

    private static String advice(RuleContext context, UsedElements used, long stride) {
        int line = context.lineBytes();
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
    static PlacementCount neighbours(RuleContext context, ByteRange first, Elements elements) {
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
