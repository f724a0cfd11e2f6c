package dev.faultline.hazard.rules.jvm;

import dev.faultline.access.Certainty;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.access.code.FieldEffect.Reach;
import dev.faultline.access.code.MemoryOrder;
import dev.faultline.access.code.StoredValue;
import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.access.object.StaticField;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import dev.faultline.machine.Placement;
import dev.faultline.machine.PlacementCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The static fields of a class of which code writes one often and other methods use another on its line. The statics of
 * a class lie together, and nothing between them can be padded but by other statics.
 */
public final class ClassStatics {

    /** A field beside the written one. */
    private record Victim(StaticField field, CodeWriters.Write use, PlacementCount placements) {
        String words() {
            return field.name() + " (" + (use.writes() ? "written" : "read") + " at "
                    + use.place().words() + ")";
        }

        /**
         * {@return whether the code shows that another thread uses it than the one that writes, in a way that no
         * compiler keeps in a register}
         */
        boolean isOfOtherThread(CodeWriters.Write write) {
            boolean isStored = write.effect().order().isForThreads()
                    || write.effect().kind().isAtomicUpdate();
            return isStored && !use.role().isEmpty() && !write.role().isEmpty();
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
            Optional<CodeWriters.Write> write = oftenWritten(users(declaration, field));
            if (write.isPresent()) {
                told.add(field);
                List<Victim> victims = victims(context, declaration, field, write.get(), told);
                if (!victims.isEmpty()) {
                    findings.add(finding(rule, context, declaration, field, write.get(), victims));
                }
            }
        }
        return findings;
    }

    private static CodeWriters users(ObjectDeclaration declaration, StaticField field) {
        return CodeWriters.users(Optional.of(declaration.staticCode()), field.name(), Reach.FIELD);
    }

    private static Optional<CodeWriters.Write> oftenWritten(CodeWriters users) {
        return users.writes().stream()
                .filter(use -> use.writes() && isRepeated(use.effect()))
                .min(Comparator.comparing(use -> use.role().isEmpty()));
    }

    /** A value that counts, or that an atomic or ordered access writes, is not set once. */
    private static boolean isRepeated(FieldEffect effect) {
        return effect.kind().isAtomicUpdate()
                || effect.inLoop()
                || effect.stored().kind() == StoredValue.Kind.STEP
                || effect.order() == MemoryOrder.ORDERED;
    }

    private static List<Victim> victims(
            RuleContext context,
            ObjectDeclaration declaration,
            StaticField written,
            CodeWriters.Write write,
            Set<StaticField> told) {
        Placement placement = new Placement(declaration.vm().objectAlignment(), "HotSpot object alignment");
        Set<String> writers =
                users(declaration, written).only(CodeWriters.Write::writes).operations();
        List<Victim> victims = new ArrayList<>();
        for (StaticField other : declaration.statics()) {
            PlacementCount count = placement.meeting(written.bytes(), other.bytes(), context.lineBytes());
            if (!other.isFinal() && !told.contains(other) && !count.never()) {
                users(declaration, other).writes().stream()
                        .filter(use -> !writers.contains(use.operation()) && !isSameThread(use, write))
                        .min(Comparator.comparing(use -> use.role().isEmpty()))
                        .ifPresent(use -> victims.add(new Victim(other, use, count)));
            }
        }
        victims.sort(Comparator.comparing(victim -> !victim.isOfOtherThread(write)));
        return victims;
    }

    private static boolean isSameThread(CodeWriters.Write use, CodeWriters.Write write) {
        return !use.role().isEmpty() && use.role().equals(write.role());
    }

    private static Finding finding(
            HazardRule rule,
            RuleContext context,
            ObjectDeclaration declaration,
            StaticField written,
            CodeWriters.Write write,
            List<Victim> victims) {
        Victim first = victims.get(0);
        List<String> fields = new ArrayList<>(List.of(written.name()));
        victims.forEach(victim -> fields.add(victim.field().name()));
        String type = declaration.levels().get(declaration.levels().size() - 1).simpleName();
        return context.finding(rule)
                .severity(first.isOfOtherThread(write) ? Severity.WARNING : Severity.INFO)
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
