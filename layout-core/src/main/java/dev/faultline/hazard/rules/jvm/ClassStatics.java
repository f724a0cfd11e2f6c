package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.Certainty;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.access.code.MemoryOrder;
import dev.faultline.access.code.StoredValue;
import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.access.object.StaticField;
import dev.faultline.access.object.VmSizes;
import dev.faultline.hazard.Finding;
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
 * The static fields of a class of which code writes one often and other methods use another on its line. The statics of
 * a class lie together, and nothing between them can be padded but by other statics.
 */
public final class ClassStatics {

    /** A field beside the written one. */
    private record Victim(StaticField field, FieldEffect use, PlacementCount placements) {
        String words() {
            return field.name() + " (" + (use.kind().writes() ? "written" : "read") + " at "
                    + use.place().words() + ")";
        }
    }

    private ClassStatics() {}

    /**
     * Finds them.
     *
     * @param rule the rule that reports them
     * @param context a class, with what its source declares
     * @return a finding for each static field that is written often; none for what is no class
     */
    public static List<Finding> findings(HazardRule rule, RuleContext context) {
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
                    findings.add(finding(rule, context, declaration, field, write.get(), victims));
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
                .map(ClassStatics::method)
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

    private static Finding finding(
            HazardRule rule,
            RuleContext context,
            ObjectDeclaration declaration,
            StaticField written,
            FieldEffect write,
            List<Victim> victims) {
        Victim first = victims.get(0);
        List<String> fields = new ArrayList<>(List.of(written.name()));
        victims.forEach(victim -> fields.add(victim.field().name()));
        String type = declaration.levels().get(declaration.levels().size() - 1).simpleName();
        return context.finding(rule)
                .severity(Severity.INFO)
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
                .advice(advice(written.name(), context.lineBytes()))
                .build();
    }

    /**
     * {@return how to keep a static field apart from others}
     *
     * @param field the field
     * @param lineBytes the size of a line
     */
    public static String advice(String field, int lineBytes) {
        return "hold " + field + " in an object of its own that has " + lineBytes
                + " bytes of padding on both sides, and refer to that by a static final field";
    }
}
