package dev.faultline.source.jvm;

import dev.faultline.api.Internal;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.classfile.ClassFile;
import dev.faultline.source.jvm.classfile.ClassNames;
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
 * The parts of a class that its author can rearrange. The VM orders the fields within a class, but those of
 * superclasses come first, so an author can distribute the fields over a chain of superclasses. Inherited fields stay
 * where they are.
 */
@Internal
public final class ClassOutline {

    /** Superclasses that only the compiler can extend: those of records and enums. */
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
     * A field that the class itself declares.
     *
     * @param name its name, which is also its path
     * @param type its type as Java source spells it, with the package: {@code java.lang.String[]}
     * @param isVolatile whether it is volatile
     */
    public record OwnField(String name, String type, boolean isVolatile) {
        public OwnField {
            Objects.requireNonNull(name);
            Objects.requireNonNull(type);
        }
    }

    /**
     * A superclass to add above the class.
     *
     * @param simpleName its name without package
     * @param fields names of the fields of the class that move into it, in order
     * @param pads names of its padding fields, one byte each
     */
    public record Tier(String simpleName, List<String> fields, List<String> pads) {
        public Tier {
            Objects.requireNonNull(simpleName);
            fields = List.copyOf(fields);
            pads = List.copyOf(pads);
        }
    }

    /** {@return the name of the class with its package} */
    public String name() {
        return ClassNames.external(leaf().name());
    }

    /** {@return the package, empty for the unnamed one} */
    public String packageName() {
        return ClassNames.external(ClassNames.packageOf(leaf().name()));
    }

    /** {@return the name without package; for a nested class also without the outer classes} */
    public String simpleName() {
        String simple = ClassNames.simple(leaf().name());
        String inner = simple.substring(simple.lastIndexOf('$') + 1);
        return inner.isEmpty() || Character.isDigit(inner.charAt(0)) ? simple.replace('$', '_') : inner;
    }

    /** {@return the name of the superclass with its package} */
    public String superName() {
        return ClassNames.external(leaf().superName().orElse("java/lang/Object"));
    }

    /** {@return the VM that lays it out} */
    public VmMode mode() {
        return mode;
    }

    /** {@return the fields the class declares, in the order of the class file} */
    public List<OwnField> fields() {
        return leaf().fields().stream()
                .map(field -> new OwnField(field.name(), sourceType(field.descriptor()), field.isVolatile()))
                .toList();
    }

    /** {@return the names that padding may not have: those of all fields, inherited ones included} */
    public Set<String> takenNames() {
        Set<String> taken = new HashSet<>();
        hierarchy.levels().forEach(level -> level.file().fields().forEach(field -> taken.add(field.name())));
        return taken;
    }

    /** {@return why its fields cannot be distributed over superclasses; empty when they can} */
    public Optional<String> obstacle() {
        ClassFile leaf = leaf();
        if (leaf.fields().isEmpty()) {
            return Optional.of(
                    "declares no fields; inherited fields can only be moved in the classes that declare them");
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
                .anyMatch(
                        level -> mode.reads(level.file()).contendedWithin() && mode.honoursContended(level.trusted()));
        if (contended) {
            return Optional.of("or a superclass is @Contended, so this VM already separates its fields");
        }
        long names =
                leaf.fields().stream().map(ClassFile.Field::name).distinct().count();
        return names < leaf.fields().size()
                ? Optional.of("has two fields of one name, which Java source does not allow")
                : Optional.empty();
    }

    /** {@return the class as it is, laid out by a VM} */
    public Subject asIs(VmMode vm) {
        return subject(ObjectLayout.of(hierarchy, vm, source).layout(), vm);
    }

    /**
     * Lays the class out with its fields distributed over a chain of superclasses.
     *
     * @param tiers the chain from the present superclass down; each field of the class is in exactly one
     * @param vm the VM
     * @return the class at the end of the chain, with its fields inherited; paths of fields do not change, and padding
     *     is a hole
     * @throws IllegalArgumentException when a field is in no tier, in two, or not of the class
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
        return subject(
                without(pads, ObjectLayout.of(new Hierarchy(levels), vm, source).layout()), vm);
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
        String in = ClassNames.packageOf(leaf().name());
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

    /** {@return a type as Java source spells it, nested classes with dots} */
    private static String sourceType(String descriptor) {
        int dimensions = descriptor.lastIndexOf('[') + 1;
        String element = descriptor.substring(dimensions);
        String spelling = element.startsWith("L")
                ? ClassNames.external(element.substring(1, element.length() - 1))
                        .replaceAll("(?<=[^.$])\\$(?=[^.$])", ".")
                : ClassNames.spelling(element);
        return spelling + "[]".repeat(dimensions);
    }

    private ClassFile leaf() {
        return hierarchy.leaf();
    }
}
