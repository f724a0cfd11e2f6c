package dev.faultline.access.code;

import dev.faultline.access.AccessKind;
import dev.faultline.layout.NameSeries;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How code uses the fields of a class and its superclasses: which it touches, and which may be touched unseen. */
final class ClassUses {

    private static final Set<String> SERIALIZED = Set.of("java.io.Serializable", "java.io.Externalizable");
    private static final String PRIMITIVES = "BCDFIJSZ";

    private final CodeIndex index;
    private final List<String> hierarchy;
    private final Map<CodeField, DeclaredField> declared = new HashMap<>();
    private final Map<String, Boolean> layers = new HashMap<>();
    private final Set<String> serialized = new HashSet<>();
    private final boolean hasNative;
    private final boolean anyUsed;
    private final boolean anyShared;

    ClassUses(CodeIndex index, List<String> hierarchy) {
        this.index = index;
        this.hierarchy = hierarchy;
        boolean isNative = false;
        boolean isSerialized = false;
        for (String name : hierarchy) {
            Optional<CodeClass> type = index.of(name);
            isNative |= type.isPresent() && type.get().is(CodeClass.Trait.HAS_NATIVE);
            isSerialized |= type.isPresent() && isSerialized(type.get());
            if (isSerialized) {
                serialized.add(name);
            }
            type.ifPresent(one ->
                    instanceFields(one).forEach(field -> declared.put(new CodeField(name, field.name()), field)));
        }
        hasNative = isNative;
        anyUsed = declared.keySet().stream().anyMatch(field -> !isUntouched(field));
        anyShared = declared.keySet().stream().anyMatch(this::isShared);
    }

    private static List<DeclaredField> instanceFields(CodeClass type) {
        return type.fields().stream()
                .filter(field -> !field.is(DeclaredField.Trait.STATIC))
                .toList();
    }

    /** Whether the class itself or an interface of it says so; a superclass is asked in its turn. */
    private boolean isSerialized(CodeClass type) {
        Set<String> seen = new HashSet<>(type.interfaces());
        Deque<String> left = new ArrayDeque<>(seen);
        while (!left.isEmpty()) {
            String name = left.pop();
            if (SERIALIZED.contains(name)) {
                return true;
            }
            index.of(name)
                    .ifPresent(
                            one -> one.interfaces().stream().filter(seen::add).forEach(left::push));
        }
        return false;
    }

    /** Whether code or the declaration says that several threads use a field. */
    private boolean isShared(CodeField field) {
        List<FieldEffect> effects = index.effectsOn(field);
        return effects.stream().anyMatch(effect -> effect.order().isForThreads())
                || declared.get(field).is(DeclaredField.Trait.VOLATILE) && (!effects.isEmpty() || !isCounted(field));
    }

    /** Whether the name of a field counts, as {@code p1} does. */
    private static boolean isCounted(CodeField field) {
        return NameSeries.stem(field.name()).filter(stem -> !stem.isEmpty()).isPresent();
    }

    /** {@return whether the code of a class was read} */
    boolean isRead(String type) {
        return index.of(type).isPresent();
    }

    /** {@return whether no code touches a field} */
    boolean isUntouched(CodeField field) {
        return index.effectsOn(field).isEmpty();
    }

    /** {@return whether code at most stores constants in a field while the object is made} */
    boolean isIdle(CodeField field) {
        return index.effectsOn(field).stream()
                .allMatch(effect -> effect.kind() == AccessKind.WRITE
                        && effect.isOnField()
                        && effect.place().function().equals("<init>")
                        && effect.stored().kind() == StoredValue.Kind.CONSTANT);
    }

    /** {@return the declaration of a field that may be padding, whatever its shape and neighbours} */
    Optional<DeclaredField> candidate(CodeField field) {
        return Optional.ofNullable(declared.get(field))
                .filter(one -> PRIMITIVES.contains(one.descriptor())
                        && !one.is(DeclaredField.Trait.FINAL)
                        && (!one.is(DeclaredField.Trait.VOLATILE) || isCounted(field))
                        && !isNamed(one)
                        && !hasNative
                        && !serialized.contains(field.type())
                        && !index.of(field.type())
                                .map(type -> type.is(CodeClass.Trait.REFLECTS))
                                .orElse(false)
                        && isIdle(field));
    }

    /** {@return whether an annotation or a string suggests that a field is used by reflection} */
    boolean isNamed(CodeField field) {
        return declared.containsKey(field) && isNamed(declared.get(field));
    }

    private static boolean isNamed(DeclaredField field) {
        return field.is(DeclaredField.Trait.ANNOTATED) || field.is(DeclaredField.Trait.NAMED_BY_STRING);
    }

    /** {@return whether the class of a field declares nothing but fields that may be padding} */
    boolean isLayer(CodeField field) {
        return layers.computeIfAbsent(
                field.type(),
                name -> index.of(name)
                        .map(one -> instanceFields(one).stream()
                                .allMatch(declaredField -> candidate(new CodeField(name, declaredField.name()))
                                        .isPresent()))
                        .orElse(false));
    }

    /** {@return whether code touches any field of the object} */
    boolean anyUsed() {
        return anyUsed;
    }

    /** {@return whether code or a declaration says that several threads use a field of the object} */
    boolean anyShared() {
        return anyShared;
    }

    /** {@return whether a class is the one whose objects these are} */
    boolean isLeaf(String type) {
        return hierarchy.get(hierarchy.size() - 1).equals(type);
    }

    /** {@return whether a class that was read extends this one} */
    boolean isExtended() {
        return !index.subclassesOf(hierarchy.get(hierarchy.size() - 1)).isEmpty();
    }
}
