package dev.faultline.source.jvm;

import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A class as far as its author can rearrange it. Within a class the VM orders the fields; what an author can do is spread them
 * over a chain of superclasses, since those of a superclass come first. Inherited fields stay where they are.
 */
public final class ClassOutline {

    /** Superclasses that no other class can stand below: those of records and enums. */
    private static final Set<String> CLOSED = Set.of("java/lang/Record", "java/lang/Enum");

    private final Hierarchy hierarchy;
    private final VmMode mode;
    private final String source;

    ClassOutline(Hierarchy hierarchy, VmMode mode, String source) {
        this.hierarchy = hierarchy;
        this.mode = mode;
        this.source = source;
    }

    /**
     * A field the class itself declares.
     *
     * @param name its name, which is its path too
     * @param type its type as Java source spells it, with the package: {@code java.lang.String[]}
     * @param isVolatile whether it is volatile
     */
    public record OwnField(String name, String type, boolean isVolatile) {
        /** Refuses nulls. */
        public OwnField {
            Objects.requireNonNull(name);
            Objects.requireNonNull(type);
        }
    }

    /**
     * A class of the chain above the class.
     *
     * @param simpleName its name without package
     * @param fields names of fields of the class that it takes over, in order
     * @param pads names of fields it has for padding, a byte each
     */
    public record Tier(String simpleName, List<String> fields, List<String> pads) {
        /** Copies the lists. */
        public Tier {
            Objects.requireNonNull(simpleName);
            fields = List.copyOf(fields);
            pads = List.copyOf(pads);
        }
    }

    /** {@return the class with its package} */
    public String name() {
        return Names.external(leaf().name());
    }

    /** {@return the package, empty for the unnamed one} */
    public String packageName() {
        return Names.external(Names.packageOf(leaf().name()));
    }

    /** {@return the name without package; of a nested class without the outer ones} */
    public String simpleName() {
        String simple = Names.simple(leaf().name());
        String inner = simple.substring(simple.lastIndexOf('$') + 1);
        return inner.isEmpty() || Character.isDigit(inner.charAt(0)) ? simple.replace('$', '_') : inner;
    }

    /** {@return the superclass, with its package} */
    public String superName() {
        return Names.external(leaf().superName().orElse("java/lang/Object"));
    }

    /** {@return the VM it is laid out for} */
    public VmMode mode() {
        return mode;
    }

    /** {@return the fields the class declares, in the order of the class file} */
    public List<OwnField> fields() {
        return leaf().fields().stream()
                .map(field -> new OwnField(field.name(), sourceType(field.descriptor()), field.isVolatile()))
                .toList();
    }

    /** {@return names no padding may have: those of all fields, inherited ones included} */
    public Set<String> takenNames() {
        Set<String> taken = new HashSet<>();
        hierarchy.levels().forEach(level -> level.file().fields().forEach(field -> taken.add(field.name())));
        return taken;
    }

    /** {@return why its fields cannot be spread over superclasses; nothing when they can} */
    public Optional<String> obstacle() {
        ClassFile leaf = leaf();
        if (leaf.fields().isEmpty()) {
            return Optional.of("declares no fields; those it inherits can only be moved where they are declared");
        }
        if (leaf.superName().filter(CLOSED::contains).isPresent()) {
            return Optional.of((superName().endsWith("Record") ? "is a record" : "is an enum")
                    + ", which cannot have another superclass");
        }
        if (VmFields.isOfAnySize(leaf.name())
                || !VmFields.of(leaf, Set.of(), mode).isEmpty()) {
            return Optional.of("has fields that the VM adds itself");
        }
        boolean contended = hierarchy.levels().stream()
                .anyMatch(level -> level.file().contendedWithin() && mode.honoursContended(level.trusted()));
        if (contended) {
            return Optional.of("or a superclass is @Contended, and this VM keeps its fields apart already");
        }
        long names =
                leaf.fields().stream().map(ClassFile.Field::name).distinct().count();
        return names < leaf.fields().size()
                ? Optional.of("has two fields of one name, which Java source cannot say")
                : Optional.empty();
    }

    /** {@return the class as it is, laid out for a VM} */
    public Subject asIs(VmMode vm) {
        return subject(ObjectLayout.of(hierarchy, vm, source), vm);
    }

    /**
     * Lays the class out with its fields spread over a chain of classes.
     *
     * @param tiers the chain below the present superclass, downwards; each field of the class is in exactly one
     * @param vm the VM
     * @return the class at the end of the chain, which declares no field any more; paths of fields are as before, and padding
     *     is no field but a hole
     * @throws IllegalArgumentException when a field is in no tier, in two, or not the class's
     */
    public Subject tiered(List<Tier> tiers, VmMode vm) {
        Map<String, ClassFile.Field> own =
                leaf().fields().stream().collect(Collectors.toMap(ClassFile.Field::name, Function.identity()));
        List<Hierarchy.Level> levels =
                new ArrayList<>(hierarchy.levels().subList(0, hierarchy.levels().size() - 1));
        String above = leaf().superName().orElseThrow();
        int spread = 0;
        for (Tier tier : tiers) {
            List<ClassFile.Field> fields = new ArrayList<>();
            for (String name : tier.fields()) {
                if (!own.containsKey(name)) {
                    throw new IllegalArgumentException(name() + " declares no field " + name);
                }
                fields.add(plain(own.get(name)));
                spread++;
            }
            tier.pads().forEach(pad -> fields.add(new ClassFile.Field(pad, "B", false, Optional.empty())));
            String name = internal(tier.simpleName());
            levels.add(level(name, above, true, fields));
            above = name;
        }
        long distinct = tiers.stream()
                .flatMap(tier -> tier.fields().stream())
                .distinct()
                .count();
        if (spread != own.size() || distinct != own.size()) {
            throw new IllegalArgumentException(
                    spread + " fields in the chain, " + distinct + " distinct; " + name() + " has " + own.size());
        }
        levels.add(level(leaf().name(), above, leaf().isAbstract(), List.of()));
        Set<String> pads = tiers.stream().flatMap(tier -> tier.pads().stream()).collect(Collectors.toSet());
        return subject(without(pads, ObjectLayout.of(new Hierarchy(levels), vm, source)), vm);
    }

    private static StructLayout without(Set<String> pads, StructLayout layout) {
        List<Member> members = layout.members().stream()
                .filter(member -> !pads.contains(member.name()))
                .toList();
        return StructLayout.of(
                layout.name(), layout.kind(), layout.byteSize(), layout.byteAlignment(), members, layout.provenance());
    }

    private static Subject subject(StructLayout layout, VmMode vm) {
        return Subject.of(layout).withPlacement(new Placement(vm.objectByteAlignment(), "HotSpot object alignment"));
    }

    private String internal(String simpleName) {
        String in = Names.packageOf(leaf().name());
        return in.isEmpty() ? simpleName : in + "/" + simpleName;
    }

    private static Hierarchy.Level level(
            String name, String superName, boolean isAbstract, List<ClassFile.Field> fields) {
        return new Hierarchy.Level(
                new ClassFile(name, Optional.of(superName), ClassFile.Kind.CLASS, isAbstract, false, false, fields),
                false);
    }

    private static ClassFile.Field plain(ClassFile.Field field) {
        return new ClassFile.Field(field.name(), field.descriptor(), field.isVolatile(), Optional.empty());
    }

    /** Nested classes are spelt with dots, as source has them. */
    private static String sourceType(String descriptor) {
        int dimensions = descriptor.lastIndexOf('[') + 1;
        String element = descriptor.substring(dimensions);
        String spelling = element.startsWith("L")
                ? Names.external(element.substring(1, element.length() - 1)).replaceAll("(?<=[^.$])\\$(?=[^.$])", ".")
                : Names.spelling(element);
        return spelling + "[]".repeat(dimensions);
    }

    private ClassFile leaf() {
        return hierarchy.leaf();
    }
}
