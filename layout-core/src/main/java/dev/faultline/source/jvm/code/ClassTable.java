package dev.faultline.source.jvm.code;

import dev.faultline.access.code.CodeField;
import dev.faultline.access.code.DeclaredField;
import dev.faultline.source.jvm.classfile.ClassLimits;
import dev.faultline.source.jvm.classfile.ClassNames;
import dev.faultline.source.jvm.code.ConstantPool.Member;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The fields and methods of all classes that were read, found the way a VM finds them: up the superclasses. */
final class ClassTable {

    /**
     * A field with its declaration.
     *
     * @param owner the class that declares it
     * @param field the field
     * @param declaration what the class says of it
     */
    record Declared(RawClass owner, CodeField field, DeclaredField declaration) {}

    /** A class with what is found in it by name. */
    private record Row(
            RawClass type, String external, Map<String, Declared> fields, Map<String, RawClass.Method> methods) {}

    /** Most superclasses and interfaces of a class that are asked for theirs. */
    private static final int MOST_TYPES = 256;

    private final Map<String, Row> rows = new LinkedHashMap<>();

    ClassTable(Collection<ClassCode> classes) {
        for (ClassCode each : classes) {
            rows.computeIfAbsent(each.name(), any -> row(each.raw()));
        }
    }

    private static Row row(RawClass type) {
        Map<String, Declared> fields = new HashMap<>();
        String external = ClassNames.external(type.name);
        for (DeclaredField field : type.fields) {
            fields.putIfAbsent(field.name(), new Declared(type, new CodeField(external, field.name()), field));
        }
        Map<String, RawClass.Method> methods = new HashMap<>();
        for (RawClass.Method method : type.methods) {
            methods.putIfAbsent(method.name + method.descriptor, method);
        }
        return new Row(type, external, fields, methods);
    }

    Collection<RawClass> classes() {
        return rows.values().stream().map(Row::type).toList();
    }

    /** {@return a class's name as users write it; always the same string, which is quick to compare} */
    String external(String type) {
        Row row = rows.get(type);
        return row == null ? ClassNames.external(type) : row.external();
    }

    boolean contains(String type) {
        return rows.containsKey(type);
    }

    /** {@return the field of a class, or that it inherits from a superclass or interface} */
    Optional<Declared> field(String type, String name) {
        Row row = rows.get(type);
        for (int depth = 0; row != null && depth < ClassLimits.DEEPEST_HIERARCHY; depth++) {
            Declared found = row.fields().get(name);
            if (found != null) {
                return Optional.of(found);
            }
            for (String each : row.type().interfaces) {
                Row above = rows.get(each);
                Declared constant = above == null ? null : above.fields().get(name);
                if (constant != null) {
                    return Optional.of(constant);
                }
            }
            row = row.type().superName.map(rows::get).orElse(null);
        }
        return Optional.empty();
    }

    /** {@return the method that a class has or inherits} */
    Optional<RawClass.Method> method(Member called) {
        String key = called.name() + called.descriptor();
        Row row = rows.get(called.owner());
        for (int depth = 0; row != null && depth < ClassLimits.DEEPEST_HIERARCHY; depth++) {
            RawClass.Method found = row.methods().get(key);
            if (found != null) {
                return Optional.of(found);
            }
            row = row.type().superName.map(rows::get).orElse(null);
        }
        return Optional.empty();
    }

    /** {@return whether a class, or a superclass of it below another one, has a method} */
    boolean declaresBelow(Member called, String ancestor) {
        String key = called.name() + called.descriptor();
        Row row = rows.get(called.owner());
        for (int depth = 0; row != null && depth < ClassLimits.DEEPEST_HIERARCHY; depth++) {
            if (row.type().name.equals(ancestor)) {
                return false;
            }
            if (row.methods().containsKey(key)) {
                return true;
            }
            row = row.type().superName.map(rows::get).orElse(null);
        }
        return false;
    }

    /** {@return the class itself or its nearest superclass with such a name, which need not have been read} */
    Optional<String> ancestor(String type, Predicate<String> wanted) {
        String name = type;
        for (int depth = 0; depth < ClassLimits.DEEPEST_HIERARCHY; depth++) {
            if (wanted.test(name)) {
                return Optional.of(name);
            }
            Row row = rows.get(name);
            if (row == null || row.type().superName.isEmpty()) {
                return Optional.empty();
            }
            name = row.type().superName.get();
        }
        return Optional.empty();
    }

    /** {@return whether a class is, or inherits, one of these types} */
    boolean isKind(String type, Predicate<String> wanted) {
        Set<String> seen = new HashSet<>(Set.of(type));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            String name = open.poll();
            if (wanted.test(name)) {
                return true;
            }
            Row row = rows.get(name);
            if (row != null && seen.size() < MOST_TYPES) {
                row.type().interfaces.stream().filter(seen::add).forEach(open::add);
                row.type().superName.filter(seen::add).ifPresent(open::add);
            }
        }
        return false;
    }
}
