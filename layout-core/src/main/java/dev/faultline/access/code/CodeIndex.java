package dev.faultline.access.code;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The code of all classes that were read, found by class and by field. Immutable. */
@Internal
public final class CodeIndex {

    /** No code. */
    public static final CodeIndex EMPTY = new CodeIndex(List.of());

    private final Map<String, CodeClass> classes = new LinkedHashMap<>();
    private final Map<CodeField, List<FieldEffect>> effects = new LinkedHashMap<>();

    /** An index of these classes. */
    public CodeIndex(Collection<CodeClass> classes) {
        for (CodeClass one : classes) {
            this.classes.putIfAbsent(one.name(), one);
        }
        for (CodeClass one : this.classes.values()) {
            for (CodeMethod method : one.methods()) {
                for (FieldEffect effect : method.effects()) {
                    effects.computeIfAbsent(effect.field(), any -> new ArrayList<>(2))
                            .add(effect);
                }
            }
        }
    }

    /** {@return all classes} */
    public Collection<CodeClass> classes() {
        return classes.values();
    }

    /** {@return the class of that name} */
    public Optional<CodeClass> of(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    /**
     * {@return whether a class exists for the layout of one other: it has one subclass, and has only initialisers or no
     * objects of its own}
     *
     * @param name the class
     */
    public boolean isLayer(String name) {
        long subclasses = classes.values().stream()
                .filter(one -> one.superName().filter(name::equals).isPresent())
                .count();
        return subclasses == 1
                && of(name).filter(one -> one.is(CodeClass.Trait.ABSTRACT)
                                || one.methods().stream().allMatch(CodeMethod::isInitializer))
                        .isPresent();
    }

    /** {@return the effects of all code on a field, named by the class that declares it} */
    public List<FieldEffect> effectsOn(CodeField field) {
        return effects.getOrDefault(field, List.of());
    }
}
