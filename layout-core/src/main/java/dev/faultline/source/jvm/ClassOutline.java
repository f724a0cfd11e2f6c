package dev.faultline.source.jvm;

import dev.faultline.api.Internal;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.classfile.ClassFile;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The parts of a class that its author can rearrange. The VM orders the fields within a class, but those of
 * superclasses come first, so an author can distribute the fields over a chain of superclasses.
 *
 * <p>Superclasses that only this class extends and that exist for the layout (they hold padding, or the class itself
 * declares no fields) are rearranged with it. Other inherited fields stay where they are. Fields that are padding are
 * dropped; what they keep apart stays apart ({@link #segments}).
 */
@Internal
public final class ClassOutline {

    /** Superclasses that only the compiler can extend: those of records and enums. */
    private static final Set<String> CLOSED = Set.of("java/lang/Record", "java/lang/Enum");

    /** Padding of this size on is meant to keep fields apart. */
    private static final int LEAST_GUARD_BYTES = 16;

    private final Hierarchy hierarchy;
    private final VmMode mode;
    private final String source;
    private final Set<String> padding;
    private final int first;

    /**
     * @param hierarchy the class and its superclasses
     * @param mode the VM that lays it out
     * @param source the name of the source
     * @param padding names of the fields that are padding
     * @param isLayer whether only the class below extends a superclass, which has no code of its own to speak of
     */
    ClassOutline(Hierarchy hierarchy, VmMode mode, String source, Set<String> padding, Predicate<ClassFile> isLayer) {
        this.hierarchy = hierarchy;
        this.mode = mode;
        this.source = source;
        this.padding = Set.copyOf(padding);
        this.first = first(isLayer);
    }

    /** {@return the index of the first level that is rearranged} */
    private int first(Predicate<ClassFile> isLayer) {
        List<Hierarchy.Level> levels = hierarchy.levels();
        int leaf = levels.size() - 1;
        int chosen = leaf;
        boolean hasFields = !leaf().fields().isEmpty();
        Set<String> names = new HashSet<>();
        leaf().fields().forEach(field -> names.add(field.name()));
        for (int i = leaf - 1; i > 0; i--) {
            ClassFile file = levels.get(i).file();
            if (levels.get(i).trusted()
                    || !isLayer.test(file)
                    || !file.fields().stream().allMatch(field -> names.add(field.name()))) {
                break;
            }
            boolean pads = file.fields().stream().anyMatch(field -> padding.contains(field.name()));
            if (pads || !hasFields) {
                chosen = i;
                hasFields |= file.fields().stream().anyMatch(field -> !padding.contains(field.name()));
            }
        }
        return chosen;
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

    /** {@return the name, with its package, of the superclass above the parts that can be rearranged} */
    public String superName() {
        return ClassNames.external(aboveFirst());
    }

    private String aboveFirst() {
        return hierarchy.levels().get(first).file().superName().orElse("java/lang/Object");
    }

    /** {@return names without package of the superclasses that are rearranged with the class, from the top} */
    public List<String> layers() {
        return hierarchy.levels().subList(first, hierarchy.levels().size() - 1).stream()
                .map(level -> ClassNames.simple(level.file().name()))
                .toList();
    }

    private List<ClassFile.Field> movable() {
        return hierarchy.levels().subList(first, hierarchy.levels().size()).stream()
                .flatMap(level -> level.file().fields().stream())
                .toList();
    }

    /**
     * What the source keeps apart.
     *
     * @param fields names of fields, in the order of the source
     * @param isGuarded whether the source keeps them apart from what is before: padding, or {@code @Contended},
     *     whether this VM honours it or not
     */
    public record Segment(List<String> fields, boolean isGuarded) {
        public Segment {
            fields = List.copyOf(fields);
        }
    }

    /** {@return the fields in the order of the source, cut where at least 16 bytes of padding are between two} */
    public List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        List<String> open = new ArrayList<>();
        Map<ClassFile.Group, List<String>> contended = new LinkedHashMap<>();
        boolean guarded = false;
        int pads = 0;
        for (ClassFile.Field field : movable()) {
            if (padding.contains(field.name())) {
                pads += ClassNames.primitiveBytes(field.descriptor());
                continue;
            }
            if (pads >= LEAST_GUARD_BYTES) {
                close(segments, open, guarded);
                guarded = true;
            }
            pads = 0;
            if (field.group().isPresent()) {
                ClassFile.Group group = field.group().get();
                // A nameless group is one field's own.
                ClassFile.Group key = group.name().isPresent() ? group : new ClassFile.Group(Optional.of(field.name()));
                contended.computeIfAbsent(key, any -> new ArrayList<>()).add(field.name());
            } else {
                open.add(field.name());
            }
        }
        close(segments, open, guarded || leaf().contended());
        contended.values().forEach(fields -> segments.add(new Segment(fields, true)));
        return segments;
    }

    private static void close(List<Segment> segments, List<String> open, boolean guarded) {
        if (!open.isEmpty()) {
            segments.add(new Segment(open, guarded));
            open.clear();
        }
    }

    /** {@return the VM that lays it out} */
    public VmMode mode() {
        return mode;
    }

    /** {@return the fields that can be rearranged, in the order of the source; padding is left out} */
    public List<OwnField> fields() {
        return movable().stream()
                .filter(field -> !padding.contains(field.name()))
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
        if (fields().isEmpty()) {
            String declaring = hierarchy.levels().stream()
                    .filter(level -> !level.trusted() && !level.file().fields().isEmpty())
                    .map(level -> ClassNames.external(level.file().name()))
                    .collect(Collectors.joining(", "));
            return Optional.of("declares no fields; inherited fields can only be moved in the classes that declare them"
                    + (declaring.isEmpty() ? "" : ": " + declaring));
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
        long names = movable().stream().map(ClassFile.Field::name).distinct().count();
        return names < movable().size()
                ? Optional.of("has two fields of one name, which Java source does not allow")
                : Optional.empty();
    }

    /** {@return the names of fields that are padding and would be dropped} */
    public Set<String> padding() {
        return padding;
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
        Set<String> pads = tiers.stream().flatMap(tier -> tier.pads().stream()).collect(Collectors.toSet());
        return subject(
                without(
                        pads,
                        ObjectLayout.of(new Hierarchy(levels(tiers)), vm, source)
                                .layout()),
                vm);
    }

    private List<Hierarchy.Level> levels(List<Tier> tiers) {
        Map<String, ClassFile.Field> own = movable().stream()
                .filter(field -> !padding.contains(field.name()))
                .collect(Collectors.toMap(ClassFile.Field::name, Function.identity()));
        List<Hierarchy.Level> levels = new ArrayList<>(hierarchy.levels().subList(0, first));
        String above = aboveFirst();
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
        return levels;
    }

    /** {@return what the class and its superclasses declare as they are} */
    public ObjectShape shape() {
        return shape(hierarchy.levels(), asIs(mode).layout());
    }

    /**
     * {@return what they declare with the fields distributed over a chain of superclasses}
     *
     * @param tiers the chain, as for {@link #tiered}
     */
    public ObjectShape shape(List<Tier> tiers) {
        return shape(levels(tiers), tiered(tiers, mode).layout());
    }

    private static ObjectShape shape(List<Hierarchy.Level> levels, StructLayout layout) {
        return new ObjectShape(levels.stream()
                .skip(1) // Object
                .map(level -> level.file().fields().stream()
                        .map(field -> field(field, layout))
                        .toList())
                .toList());
    }

    private static ObjectShape.Field field(ClassFile.Field field, StructLayout layout) {
        char type = field.descriptor().charAt(0);
        OptionalLong offset = layout.members().stream()
                .filter(member -> member.name().equals(field.name()))
                .mapToLong(Member::byteOffset)
                .findFirst();
        return new ObjectShape.Field(type == '[' ? 'L' : type, offset);
    }

    /**
     * Lays the class out as one class whose groups are {@code @Contended}, in a VM that honours it everywhere ({@code
     * -XX:-RestrictContended}).
     *
     * @param groups fields of the class that are kept apart
     * @return the size of an object in bytes
     */
    public long contendedBytes(List<List<String>> groups) {
        Map<String, Optional<ClassFile.Group>> groupOf = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            for (String field : groups.get(i)) {
                groupOf.put(field, Optional.of(new ClassFile.Group(Optional.of("group" + i))));
            }
        }
        List<ClassFile.Field> fields = movable().stream()
                .filter(field -> !padding.contains(field.name()))
                .map(field -> new ClassFile.Field(
                        field.name(),
                        field.descriptor(),
                        field.isVolatile(),
                        groupOf.getOrDefault(field.name(), Optional.empty())))
                .toList();
        List<Hierarchy.Level> levels = new ArrayList<>(hierarchy.levels().subList(0, first));
        levels.add(new Hierarchy.Level(
                new ClassFile(
                        leaf().name(), Optional.of(aboveFirst()), ClassFile.Kind.CLASS, false, false, true, fields),
                false));
        return ObjectLayout.of(new Hierarchy(levels), mode.honouringContended(), source)
                .layout()
                .byteSize();
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
