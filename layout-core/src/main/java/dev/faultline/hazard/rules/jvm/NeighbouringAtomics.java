package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.Certainty;
import dev.faultline.access.code.FieldEffect.Reach;
import dev.faultline.access.object.Creation;
import dev.faultline.access.object.DeclaredMember;
import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.access.object.StaticField;
import dev.faultline.access.object.VmSizes;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.ByteRange;
import dev.faultline.machine.Placement;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds atomics that one constructor makes one after the other, and that final fields hold. Threads allocate from a
 * buffer of their own, so that objects made one after the other lie beside each other, and collectors mostly keep their
 * order.
 */
@Hazard(summary = "atomics allocated one after the other share a line on the heap", severity = Severity.WARNING)
public final class NeighbouringAtomics implements HazardRule {

    /** An atomic, and where its word is, counted from the first atomic of the run. */
    private record Placed(Creation creation, ByteRange word, CodeWriters writers) {
        String name() {
            return creation.field();
        }
    }

    /** Two atomics of one run whose words can share a line. */
    private record Pair(Placed one, Placed other, PlacementCount placements) {
        boolean hasRoles() {
            return one.writers().hasOtherRole(other.writers());
        }

        /** Atomics that the same operations write are contended alike, wherever they are. */
        boolean matters() {
            boolean unknown = one.writers().isEmpty() || other.writers().isEmpty();
            return unknown || hasRoles() || one.writers().isApartFrom(other.writers());
        }

        boolean isKnown() {
            return !one.writers().isEmpty() && !other.writers().isEmpty();
        }
    }

    @Override
    public List<Finding> examine(RuleContext context) {
        ObjectDeclaration declaration = context.declaration().orElse(null);
        if (declaration == null) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        List<Placed> run = new ArrayList<>();
        int end = 0;
        boolean isStatic = false;
        for (Creation creation : declaration.creations()) {
            Optional<AtomicCell> cell = AtomicCell.of(creation.type(), declaration.vm())
                    .filter(any -> !creation.isElement() && isFinal(declaration, creation));
            if (cell.isEmpty() || creation.isStatic() != isStatic) {
                finding(context, declaration.vm(), run).ifPresent(findings::add);
                run.clear();
                end = 0;
                isStatic = creation.isStatic();
            }
            if (cell.isEmpty()) {
                continue;
            }
            ByteRange word =
                    ByteRange.ofSize(end + cell.get().valueOffset(), cell.get().valueBytes());
            run.add(new Placed(creation, word, writers(context, declaration, creation)));
            end += cell.get().objectBytes();
        }
        finding(context, declaration.vm(), run).ifPresent(findings::add);
        return findings;
    }

    private static CodeWriters writers(RuleContext context, ObjectDeclaration declaration, Creation creation) {
        return creation.isStatic()
                ? CodeWriters.of(declaration.staticField(creation.field()).orElseThrow(), Reach.REFERENT)
                : CodeWriters.of(context.code(), creation.field(), Reach.REFERENT);
    }

    private static boolean isFinal(ObjectDeclaration declaration, Creation creation) {
        if (creation.isStatic()) {
            return declaration
                    .staticField(creation.field())
                    .filter(StaticField::isFinal)
                    .isPresent();
        }
        return declaration
                .member(creation.field())
                .filter(DeclaredMember::isFinal)
                .isPresent();
    }

    private Optional<Finding> finding(RuleContext context, VmSizes vm, List<Placed> run) {
        Placement placement = new Placement(vm.objectAlignment(), "HotSpot object alignment");
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < run.size(); i++) {
            for (int j = i + 1; j < run.size(); j++) {
                PlacementCount count =
                        placement.meeting(run.get(i).word(), run.get(j).word(), context.lineBytes());
                Pair pair = new Pair(run.get(i), run.get(j), count);
                if (!count.never() && pair.matters()) {
                    pairs.add(pair);
                }
            }
        }
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        Pair first = pairs.stream()
                .filter(Pair::hasRoles)
                .findFirst()
                .or(() -> pairs.stream().filter(Pair::isKnown).findFirst())
                .orElse(pairs.get(0));
        List<String> fields = pairs.stream()
                .flatMap(pair -> List.of(pair.one().name(), pair.other().name()).stream())
                .distinct()
                .toList();
        return Optional.of(context.finding(this)
                .severity(first.hasRoles() ? Severity.WARNING : Severity.INFO)
                .certainty(first.isKnown() ? Certainty.FROM_CODE : Certainty.DECLARED_BY_TYPE)
                .placements(first.placements())
                .fields(fields)
                .message(message(context, first, fields))
                .advice(
                        "make both volatile fields of this class with " + context.lineBytes()
                                + " bytes of padding between them, updated through a VarHandle or field updater; for counters that are rarely read, use LongAdder")
                .build());
    }

    private static String message(RuleContext context, Pair first, List<String> fields) {
        Creation one = first.one().creation();
        Creation other = first.other().creation();
        String types = one.type().equals(other.type()) ? one.type() + " objects" : one.type() + " and " + other.type();
        long apart = first.other().word().start() - first.one().word().start();
        int more = fields.size() - 2;
        return one.field() + " and " + other.field() + " refer to " + types + " that "
                + one.place().words() + " makes one after the other: their values are " + apart
                + " bytes apart on the heap and share a " + context.lineBytes() + "-byte line"
                + first.placements().phrase() + writers(first)
                + (more == 0 ? "" : "; so do those of " + more + (more == 1 ? " other" : " others"));
    }

    private static String writers(Pair pair) {
        if (!pair.isKnown()) {
            return "; who writes them is not known";
        }
        return "; " + describe(pair.one()) + ", " + describe(pair.other());
    }

    private static String describe(Placed placed) {
        CodeWriters.Write write = placed.writers().first().orElseThrow();
        return write.operation() + " writes " + placed.name() + " ("
                + write.place().words() + ")";
    }
}
