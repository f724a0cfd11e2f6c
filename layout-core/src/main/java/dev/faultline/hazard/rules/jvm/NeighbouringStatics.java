package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.Certainty;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.access.code.MemoryOrder;
import dev.faultline.access.code.StoredValue;
import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.access.object.StaticField;
import dev.faultline.access.object.VmSizes;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Hazard;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.machine.Placement;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds a static field that code writes often and whose line holds other static fields that other methods use. The
 * statics of a class lie together, and nothing between them can be padded but by other statics.
 */
@Hazard(summary = "static fields that different methods use share a line", severity = Severity.INFO)
public final class NeighbouringStatics implements HazardRule {

    /** A field beside the written one. */
    private record Victim(StaticField field, FieldEffect use, PlacementCount placements) {
        String words() {
            return field.name() + " (" + (use.kind().writes() ? "written" : "read") + " at "
                    + use.place().words() + ")";
        }
    }

    @Override
    public List<Finding> examine(RuleContext context) {
        ObjectDeclaration declaration = context.declaration().orElse(null);
        if (declaration == null) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        Set<StaticField> told = new HashSet<>();
        for (StaticField field : declaration.statics()) {
            Optional<FieldEffect> write = oftenWritten(field);
            if (write.isPresent()) {
                told.add(field);
                List<Victim> victims = victims(context, declaration, field, told);
                if (!victims.isEmpty()) {
                    findings.add(finding(context, declaration, field, write.get(), victims));
                }
            }
        }
        return findings;
    }

    private static Optional<FieldEffect> oftenWritten(StaticField field) {
        return field.effects().stream()
                .filter(effect -> effect.isOnField() && effect.kind().writes() && isRepeated(effect))
                .findFirst();
    }

    /** A value that counts, or that an atomic or ordered access writes, is not set once. */
    private static boolean isRepeated(FieldEffect effect) {
        return effect.kind().isAtomicUpdate()
                || effect.inLoop()
                || effect.stored().kind() == StoredValue.Kind.STEP
                || effect.order() == MemoryOrder.ORDERED;
    }

    private static List<Victim> victims(
            RuleContext context, ObjectDeclaration declaration, StaticField written, Set<StaticField> told) {
        VmSizes vm = declaration.vm();
        Placement placement = new Placement(vm.objectAlignment(), "HotSpot object alignment");
        Set<String> writers = written.effects().stream()
                .filter(effect -> effect.kind().writes())
                .map(NeighbouringStatics::method)
                .collect(Collectors.toSet());
        List<Victim> victims = new ArrayList<>();
        for (StaticField other : declaration.statics()) {
            PlacementCount count = placement.meeting(written.bytes(), other.bytes(), context.lineBytes());
            if (!other.isFinal() && !told.contains(other) && !count.never()) {
                other.effects().stream()
                        .filter(effect -> effect.isOnField() && !writers.contains(method(effect)))
                        .findFirst()
                        .ifPresent(use -> victims.add(new Victim(other, use, count)));
            }
        }
        return victims;
    }

    private static String method(FieldEffect effect) {
        return effect.place().type() + "." + effect.place().function();
    }

    private Finding finding(
            RuleContext context,
            ObjectDeclaration declaration,
            StaticField written,
            FieldEffect write,
            List<Victim> victims) {
        Victim first = victims.get(0);
        List<String> fields = new ArrayList<>(List.of(written.name()));
        victims.forEach(victim -> fields.add(victim.field().name()));
        String type = declaration.levels().get(declaration.levels().size() - 1).simpleName();
        return context.finding(this)
                .certainty(Certainty.FROM_CODE)
                .placements(first.placements())
                .fields(fields)
                .message("the static field " + written.name() + " (written at "
                        + write.place().words() + ") is at byte "
                        + written.bytes().start() + " of the Class object of "
                        + type + ", on a " + context.lineBytes() + "-byte line with "
                        + first.words() + " at byte " + first.field().bytes().start()
                        + first.placements().phrase()
                        + (victims.size() == 1 ? "" : "; " + (victims.size() - 1) + " more static fields beside it"))
                .advice("hold " + written.name() + " in an object of its own that has " + context.lineBytes()
                        + " bytes of padding on both sides, and refer to that by a static final field")
                .build();
    }
}
