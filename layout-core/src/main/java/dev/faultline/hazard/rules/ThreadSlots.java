package dev.faultline.hazard.rules;

import dev.faultline.access.Certainty;
import dev.faultline.access.code.CodeAccess;
import dev.faultline.access.code.CodeOperation;
import dev.faultline.access.code.FieldEffect;
import dev.faultline.access.code.FieldEffect.Reach;
import dev.faultline.access.object.Creation;
import dev.faultline.access.object.ObjectDeclaration;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.RuleContext;
import dev.faultline.hazard.Severity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Arrays behind the fields of a class of which, by its code, threads write elements of their own. An index that is
 * computed in another way, such as the position in a ring, tells nothing.
 */
final class ThreadSlots {

    private static final String OWN = "own";

    private final ArrayNeighbours rule;
    private final RuleContext context;
    private final ObjectDeclaration declaration;
    private final CodeAccess code;
    private final boolean isStatic;

    private ThreadSlots(
            ArrayNeighbours rule,
            RuleContext context,
            ObjectDeclaration declaration,
            CodeAccess code,
            boolean isStatic) {
        this.rule = rule;
        this.context = context;
        this.declaration = declaration;
        this.code = code;
        this.isStatic = isStatic;
    }

    /** A field of the class that may hold an array: of its objects, or a static one. */
    private record Field(String path, String type) {}

    /** An operation with one of its effects. */
    private record Slot(CodeOperation operation, FieldEffect effect) {
        String place() {
            return effect.place().words();
        }
    }

    /** {@return the findings on the arrays that a class holds; none where there is no code} */
    static List<Finding> findings(ArrayNeighbours rule, RuleContext context) {
        if (context.declaration().isEmpty()) {
            return List.of();
        }
        ObjectDeclaration declaration = context.declaration().get();
        Stream<Finding> ofObjects = context.code().stream()
                .map(code -> new ThreadSlots(rule, context, declaration, code, false))
                .flatMap(slots -> declaration
                        .members()
                        .map(member -> new Field(member.path(), member.type()))
                        .flatMap(field -> slots.finding(field).stream()));
        ThreadSlots statics = new ThreadSlots(rule, context, declaration, declaration.staticCode(), true);
        Stream<Finding> ofStatics = declaration.statics().stream()
                .map(field -> new Field(field.name(), field.type()))
                .flatMap(field -> statics.finding(field).stream());
        return Stream.concat(ofObjects, ofStatics).toList();
    }

    private Optional<Finding> finding(Field member) {
        Optional<Integer> bytes = declaration.vm().elementBytes(member.type());
        if (bytes.isEmpty() || bytes.get() >= context.lineBytes()) {
            return Optional.empty();
        }
        Optional<Slot> own = writes(member).filter(ThreadSlots::isOwn).findFirst();
        if (own.isPresent()) {
            return Optional.of(elements(member, bytes.get(), own.get()));
        }
        return fixed(member, bytes.get()).or(() -> objects(member));
    }

    private Stream<Slot> effects(Field member) {
        return code.operations().stream()
                .flatMap(operation -> operation.effects().stream()
                        .filter(reached -> reached.path().equals(member.path())
                                && reached.effect().reach() == Reach.ELEMENT)
                        .map(reached -> new Slot(operation, reached.effect())));
    }

    private Stream<Slot> writes(Field member) {
        return effects(member).filter(slot -> slot.effect().kind().writes());
    }

    private static boolean isOwn(Slot slot) {
        return slot.effect().element().equals(OWN);
    }

    private Finding elements(Field member, int bytes, Slot own) {
        return context.finding(rule)
                .severity(Severity.WARNING)
                .certainty(Certainty.FROM_CODE)
                .fields(List.of(member.path()))
                .message("elements of " + member.path() + " (" + member.type() + ") are " + bytes
                        + " bytes apart, so neighbours share a cache line; " + own.place()
                        + " writes the one whose index depends on the thread")
                .advice(apart(bytes) + sums(member))
                .build();
    }

    private String apart(int bytes) {
        int step = Math.max(1, context.lineBytes() / bytes);
        return "use one element in " + step + " only (index * " + step + ", from " + step
                + " on), or give each thread an object of its own";
    }

    /** Who reads all elements pays a line for each when they are apart. */
    private String sums(Field member) {
        return effects(member)
                .filter(slot -> !slot.effect().kind().writes()
                        && !isOwn(slot)
                        && slot.effect().inLoop())
                .findFirst()
                .map(slot -> "; " + slot.place() + " reads elements in a loop and then touches a line for each: leave"
                        + " them together when it runs more often than threads write")
                .orElse("");
    }

    /** Two elements on one line that operations of different roles write, each its own. */
    private Optional<Finding> fixed(Field member, int bytes) {
        List<Slot> writes = writes(member).filter(ThreadSlots::isFixed).toList();
        for (Slot one : writes) {
            for (Slot other : writes) {
                long apart = Math.abs(index(one) - index(other)) * bytes;
                boolean known = one.operation().hasRole() && other.operation().hasRole();
                boolean differ = known
                        && !one.operation().role().equals(other.operation().role());
                if (differ && apart > 0 && apart < context.lineBytes()) {
                    return Optional.of(context.finding(rule)
                            .severity(Severity.WARNING)
                            .certainty(Certainty.FROM_CODE)
                            .fields(List.of(member.path()))
                            .message("elements " + one.effect().element() + " and "
                                    + other.effect().element() + " of " + member.path() + " (" + member.type()
                                    + ") are "
                                    + apart + " bytes apart and can share a cache line; "
                                    + one.operation().name() + " writes the one (" + one.place() + "), "
                                    + other.operation().name() + " the other (" + other.place() + ")")
                            .advice("put them at least " + context.lineBytes() + " bytes apart, "
                                    + context.lineBytes() / bytes + " elements")
                            .build());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isFixed(Slot slot) {
        return slot.effect().element().matches("[0-9]{1,9}");
    }

    private static long index(Slot slot) {
        return Long.parseLong(slot.effect().element());
    }

    /** Small objects that a loop makes one after the other, and of which each thread takes its own. */
    private Optional<Finding> objects(Field member) {
        Optional<Creation> made = declaration.creations().stream()
                .filter(creation -> creation.field().equals(member.path())
                        && creation.isElement()
                        && creation.inLoop()
                        && creation.isStatic() == isStatic)
                .findFirst();
        Long bytes = declaration.elementBytes().get(member.path());
        Optional<Slot> own = effects(member).filter(ThreadSlots::isOwn).findFirst();
        if (made.isEmpty() || own.isEmpty() || bytes == null || bytes >= context.lineBytes()) {
            return Optional.empty();
        }
        return Optional.of(context.finding(rule)
                .severity(Severity.INFO)
                .certainty(Certainty.FROM_CODE)
                .fields(List.of(member.path()))
                .message("the objects of " + member.path() + " (" + member.type() + ") take " + bytes
                        + " bytes each and "
                        + made.get().place().words() + " makes them one after the other, so neighbours share a cache"
                        + " line on the heap; " + own.get().place()
                        + " takes the one whose index depends on the thread")
                .advice("pad their class to at least " + context.lineBytes()
                        + " bytes on each side of what threads write, by superclasses with unused fields")
                .build());
    }
}
