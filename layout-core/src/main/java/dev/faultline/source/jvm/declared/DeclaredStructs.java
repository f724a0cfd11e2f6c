package dev.faultline.source.jvm.declared;

import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeField;
import dev.faultline.api.Internal;
import dev.faultline.source.jvm.code.ClassCode;
import dev.faultline.source.jvm.code.ConstantPool.Member;
import dev.faultline.source.jvm.code.MemoryAccess;
import dev.faultline.source.jvm.values.ValueLayouts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The structs outside of Java objects that the classes of a source declare, and which accesses touch them. */
@Internal
public final class DeclaredStructs {

    /** No structs. */
    public static final DeclaredStructs NONE = new DeclaredStructs(List.of());

    private static final int DEEPEST = 64;

    private final List<DeclaredStruct> structs = new ArrayList<>();
    private final Map<String, DeclaredStruct> byName = new LinkedHashMap<>();
    private final Map<String, Set<String>> touchedBy = new HashMap<>();
    private final Map<String, ClassCode> classes = new LinkedHashMap<>();
    private final Map<String, List<DeclaredStruct>> byOwner = new HashMap<>();
    private final Map<Member, DeclaredStruct> byConstant = new HashMap<>();
    private final Map<String, Map<String, Long>> offsets = new HashMap<>();
    private final Map<String, DeclaredStruct> codecs = new HashMap<>();
    private final Map<String, String> notes = new HashMap<>();

    private DeclaredStructs(List<ClassCode> all) {
        all.forEach(one -> classes.putIfAbsent(one.name(), one));
    }

    /**
     * Finds the structs of classes and tells the accesses which fields they touch.
     *
     * @param source the source of the classes
     * @param classes all classes of the source
     * @param accesses all accesses of memory outside of Java objects
     * @param files reads a class file: its name in messages and its content; empty when there is none
     * @param runner runs initialisers for what cannot be known otherwise; empty when they may not be run
     * @return the structs
     * @throws dev.faultline.input.InputException when initialisers cannot be run
     */
    public static DeclaredStructs find(
            String source,
            List<ClassCode> classes,
            List<MemoryAccess> accesses,
            Function<String, Optional<ClassFileBytes>> files,
            Optional<InitialiserRunner> runner) {
        DeclaredStructs found = new DeclaredStructs(classes);
        Function<String, Optional<ClassBody>> bodies =
                name -> files.apply(name).map(file -> ClassBody.read(file.source(), file.bytes()));
        StaticEvaluator evaluator = new StaticEvaluator(bodies);
        if (runner.isPresent()) {
            List<InitialiserRunner.Request> unknown = new UnknownStatics(evaluator, files).of(found.classes.values());
            if (!unknown.isEmpty()) {
                ComputedValues computed =
                        ComputedValues.of(unknown, runner.get().run(unknown));
                evaluator = new StaticEvaluator(bodies, computed);
            }
        }
        found.find(source, evaluator, accesses);
        found.addValues(new ValueLayouts(source, name -> files.apply(name).map(ClassFileBytes::bytes)));
        return found;
    }

    /**
     * A class file.
     *
     * @param source its name in messages
     * @param bytes its content
     */
    public record ClassFileBytes(String source, byte[] bytes) {}

    private void find(String source, StaticEvaluator evaluator, List<MemoryAccess> accesses) {
        ForeignLayouts layouts = new ForeignLayouts(source, evaluator);
        DeclarationLayouts declarations = new DeclarationLayouts(source, evaluator);
        OffsetConstants constants = new OffsetConstants(source, evaluator);
        AccessorStructs accessors = new AccessorStructs(source);
        Map<String, List<MemoryAccess>> seen = byDeclaring(accesses);
        Map<String, List<MemoryAccess>> own = accesses.stream()
                .collect(Collectors.groupingBy(MemoryAccess::type, LinkedHashMap::new, Collectors.toList()));
        SbeCodecs blocks = new SbeCodecs(source, evaluator);
        for (ClassCode type : classes.values()) {
            if (SbeCodecs.isHolder(type)) {
                blocks.of(type, own.getOrDefault(type.name(), List.of())).ifPresent(block -> {
                    codecs.put(type.name(), block);
                    add(block);
                });
            }
            List<DeclaredStruct> declared = new ArrayList<>();
            if (ForeignLayouts.isHolder(type)) {
                layouts.addTo(declared, type);
            }
            if (DeclarationLayouts.isHolder(type)) {
                declarations.addTo(declared, type);
            }
            if (OffsetConstants.isHolder(type)) {
                AccessTypes types = new AccessTypes(
                        type.name(), constants.numbers(type), seen.getOrDefault(type.name(), List.of()));
                constants.of(type, types).forEach(found -> add(declared, type.name(), found));
            }
            declared.forEach(this::add);
        }
        notes.putAll(declarations.notes());
        notes.putAll(layouts.notes());
        accesses.forEach(access -> access.place().ifPresent(place -> access.at(computed(place, evaluator))));
        own.forEach((type, all) -> {
            if (codecs.containsKey(type)) {
                all.forEach(access -> touch(access, codecs.get(type).fieldAt(access.method())));
                return;
            }
            List<MemoryAccess> left = all.stream()
                    .filter(access -> !touch(
                            access,
                            access.part().isPresent()
                                    ? viewed(access, evaluator, declarations)
                                    : handle(access, evaluator, layouts)))
                    .toList();
            Map<String, Long> numbers = left.size() > 1 ? constants.numbers(classes.get(type)) : Map.<String, Long>of();
            accessors.of(type, numbers, left).forEach(this::add);
            left.forEach(access -> touch(access, byBase(access)));
        });
    }

    /** Adds the interfaces of Chronicle Values. */
    private void addValues(ValueLayouts layouts) {
        for (ClassCode type : classes.values()) {
            if (type.isAnnotatedInterface()) {
                layouts.of(type.name()).ifPresent(result -> {
                    result.layout().ifPresent(layout -> add(DeclaredStruct.ofValue(type.name(), layout)));
                    if (result.layout().isEmpty()) {
                        notes.put(type.name(), "no layout by the rules of Chronicle Values: " + result.note());
                    }
                });
            }
        }
    }

    /** {@return the place with the values of constants that are no fields of a struct added to the number} */
    private MemoryAccess.Place computed(MemoryAccess.Place place, StaticEvaluator evaluator) {
        List<Member> left = new ArrayList<>();
        long number = place.number();
        for (Member constant : place.constants()) {
            boolean isField = byConstant.containsKey(new Member(constant.owner(), constant.name(), ""));
            StaticValue value =
                    isField ? null : evaluator.values(constant.owner()).get(constant.name());
            if (value instanceof StaticValue.Whole whole) {
                number += whole.number();
            } else {
                left.add(constant);
            }
        }
        return new MemoryAccess.Place(left, number, place.base(), place.isWhole());
    }

    private void add(List<DeclaredStruct> declared, String type, OffsetConstants.Found found) {
        declared.add(found.struct());
        for (OffsetConstant constant : found.constants()) {
            byConstant.put(new Member(type, constant.name(), ""), found.struct());
            offsets.computeIfAbsent(type, any -> new HashMap<>()).put(constant.name(), constant.byteOffset());
        }
    }

    private void add(DeclaredStruct struct) {
        if (byName.putIfAbsent(struct.name(), struct) == null) {
            structs.add(struct);
            byOwner.computeIfAbsent(struct.owner(), any -> new ArrayList<>(1)).add(struct);
        }
    }

    /** {@return for each class the accesses that name a constant of it, or that see its constants as numbers} */
    private Map<String, List<MemoryAccess>> byDeclaring(List<MemoryAccess> accesses) {
        Map<String, List<MemoryAccess>> found = new HashMap<>();
        Map<String, Set<String>> scopes = new HashMap<>();
        for (MemoryAccess access : accesses) {
            access.place().ifPresent(place -> {
                Set<String> types = place.constants().isEmpty()
                        ? scopes.computeIfAbsent(access.type(), this::scope)
                        : place.constants().stream().map(Member::owner).collect(Collectors.toSet());
                types.forEach(type ->
                        found.computeIfAbsent(type, any -> new ArrayList<>()).add(access));
            });
        }
        return found;
    }

    /** {@return the classes whose constants a class uses by their plain names: its own, inherited, and of its nest} */
    private Set<String> scope(String type) {
        Set<String> scope = new LinkedHashSet<>();
        String outer = type;
        for (int depth = 0; depth < DEEPEST && outer != null; depth++) {
            inherited(outer, scope, DEEPEST);
            int nested = outer.lastIndexOf('$');
            outer = nested > outer.lastIndexOf('/') + 1 ? outer.substring(0, nested) : null;
        }
        return scope;
    }

    private void inherited(String type, Set<String> scope, int depth) {
        ClassCode code = classes.get(type);
        if (code != null && depth > 0 && scope.add(type)) {
            code.interfaces().forEach(each -> inherited(each, scope, depth - 1));
            code.superName().ifPresent(above -> inherited(above, scope, depth - 1));
        }
    }

    private boolean touch(MemoryAccess access, Optional<CodeField> field) {
        field.ifPresent(found -> {
            access.touches(found);
            touchedBy.computeIfAbsent(access.type(), any -> new TreeSet<>()).add(found.type());
        });
        return field.isPresent();
    }

    private Optional<CodeField> handle(MemoryAccess access, StaticEvaluator evaluator, ForeignLayouts layouts) {
        if (access.handle().isPresent()) {
            Member holder = access.handle().get();
            StaticValue value = evaluator.values(holder.owner()).get(holder.name());
            if (value instanceof StaticValue.Handle handle) {
                return layouts.of(handle.root()).flatMap(struct -> struct.fieldAt(path(handle)));
            }
        }
        return access.place().flatMap(place -> byConstant(access, place).or(() -> byNumber(access, place)));
    }

    /**
     * {@return the field that an accessor is for: of the layout of its view; where the code shows none, of the one
     * struct of the nearest class that has a field of that path}
     */
    private Optional<CodeField> viewed(
            MemoryAccess access, StaticEvaluator evaluator, DeclarationLayouts declarations) {
        MemoryAccess.Part part = access.part().orElseThrow();
        if (part.layout().isPresent()) {
            Member holder = part.layout().get();
            return evaluator.values(holder.owner()).get(holder.name()) instanceof StaticValue.Struct struct
                    ? declarations.of(struct.layout()).flatMap(found -> found.fieldAt(part.path()))
                    : Optional.empty();
        }
        return nearest(access.type(), struct -> struct.fieldAt(part.path()));
    }

    private static String path(StaticValue.Handle handle) {
        return handle.root().part(handle.path()).path();
    }

    private Optional<CodeField> byConstant(MemoryAccess access, MemoryAccess.Place place) {
        for (int i = place.constants().size() - 1; i >= 0; i--) {
            Member constant = place.constants().get(i);
            DeclaredStruct struct = byConstant.get(new Member(constant.owner(), constant.name(), ""));
            if (struct != null) {
                long byteOffset = offsets.get(constant.owner()).get(constant.name()) + place.number();
                return struct.fieldAt(byteOffset, OffsetConstant.bytes(access.letter()));
            }
        }
        return Optional.empty();
    }

    /** {@return the field at a number: of the one struct of the nearest class that has such a field} */
    private Optional<CodeField> byNumber(MemoryAccess access, MemoryAccess.Place place) {
        if (!place.isFixed()) {
            return Optional.empty();
        }
        return nearest(access.type(), struct -> struct.fieldAt(place.number(), OffsetConstant.bytes(access.letter())));
    }

    private Optional<CodeField> nearest(String user, Function<DeclaredStruct, Optional<CodeField>> field) {
        for (String type : scope(user)) {
            List<CodeField> found = byOwner.getOrDefault(type, List.of()).stream()
                    .flatMap(struct -> field.apply(struct).stream())
                    .toList();
            if (!found.isEmpty()) {
                return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<CodeField> byBase(MemoryAccess access) {
        return access.place()
                .filter(MemoryAccess.Place::isFixed)
                .flatMap(place -> Optional.ofNullable(byName.get(access.type().replace('/', '.') + "." + place.base()))
                        .flatMap(struct -> struct.fieldAt(place.number(), OffsetConstant.bytes(access.letter()))));
    }

    /** {@return the structs, in the order of the classes that declare them} */
    public List<DeclaredStruct> structs() {
        return List.copyOf(structs);
    }

    /** {@return the struct of a name} */
    public Optional<DeclaredStruct> of(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** {@return the structs as classes without code, for the index of the code that touches them} */
    public List<CodeClass> classes() {
        return structs.stream().map(DeclaredStruct::asClass).toList();
    }

    /** {@return the names of the structs that a class declares or whose fields its code touches, sorted} */
    public Set<String> usedBy(String internalName) {
        Set<String> used = new TreeSet<>(touchedBy.getOrDefault(internalName, Set.of()));
        byOwner.getOrDefault(internalName, List.of()).forEach(struct -> used.add(struct.name()));
        return used;
    }

    /** {@return why a layout that a class declares is not known; empty when all are} */
    public Optional<String> note(String internalName) {
        return Optional.ofNullable(notes.get(internalName));
    }
}
