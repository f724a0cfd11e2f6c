package dev.faultline.source.jvm;

import dev.faultline.layout.ByteRange;
import dev.faultline.source.jvm.classfile.ClassFile;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The offsets that HotSpot gives the fields of a class and of its superclasses.
 *
 * <p>Superclasses come first and keep their offsets. From JDK 15 on (JDK-8237767), primitive fields of a class come by
 * falling size, of equal size in the order of declaration; then references. Each field goes to the smallest hole that
 * fits, holes of superclasses included. From JDK 25 on references go first when the superclass ends in one
 * (JDK-8353273). A {@code @Contended} class or field has padding before and after, which subclasses do not use. These
 * rules were found by observation and are tested against the VM. {@link FieldRuns} has those of JDK 8 to 14.
 */
final class FieldModel {

    /** A field with its offset. */
    record Placed(ClassFile owner, ClassFile.Field field, long byteOffset, long byteSize) {
        /** {@return whether the VM added the field and reflection does not show it} */
        boolean hidden() {
            return VmFields.isHidden(field);
        }
    }

    private static final Comparator<ClassFile.Field> LARGEST_FIRST = Comparator.comparingInt(
                    (ClassFile.Field field) -> ClassNames.primitiveBytes(field.descriptor()))
            .reversed();

    private final VmMode mode;
    private final List<Placed> placed = new ArrayList<>();
    private final List<ByteRange> contendedPadding = new ArrayList<>();
    private final Set<String> superNames = new HashSet<>();
    private long end;

    private FieldModel(VmMode mode) {
        this.mode = mode;
        this.end = mode.headerBytes();
    }

    static FieldModel of(Hierarchy hierarchy, VmMode mode) {
        FieldModel model = new FieldModel(mode);
        boolean superContended = false;
        for (Hierarchy.Level level : hierarchy.levels()) {
            ClassFile file = mode.reads(level.file());
            model.add(file, level.trusted(), superContended);
            superContended |= mode.honoursContended(level.trusted()) && file.contendedWithin();
        }
        return model;
    }

    /** {@return the fields, superclasses' first, within a class in the order of declaration} */
    List<Placed> fields() {
        return placed;
    }

    /** {@return the bytes that {@code @Contended} keeps free; the fields of subclasses may lie in some of them} */
    List<ByteRange> contendedPadding() {
        return contendedPadding;
    }

    /** {@return the size of an instance in bytes} */
    long instanceBytes() {
        return ByteRange.roundUp(end, mode.objectByteAlignment());
    }

    private void add(ClassFile file, boolean trusted, boolean superContended) {
        List<ClassFile.Field> fields = new ArrayList<>(file.fields());
        fields.addAll(VmFields.of(file, superNames, mode));
        superNames.add(file.name());
        boolean honoured = mode.honoursContended(trusted);
        List<ClassFile.Field> plain = new ArrayList<>();
        List<List<ClassFile.Field>> groups = new ArrayList<>();
        split(fields, honoured, plain, groups);

        Map<ClassFile.Field, Long> offsets;
        if (mode.fillsHoles()) {
            offsets = inHoles(plain, groups, honoured && file.contended(), superContended);
        } else {
            FieldRuns runs = FieldRuns.of(file, trusted, plain, groups, end, mode);
            offsets = runs.offsets();
            end = runs.end();
        }
        fields.forEach(field -> placed.add(new Placed(file, field, offsets.get(field), bytes(field))));
    }

    private Map<ClassFile.Field, Long> inHoles(
            List<ClassFile.Field> plain,
            List<List<ClassFile.Field>> groups,
            boolean isContended,
            boolean superContended) {
        FieldAllocator space = inherited(superContended);
        // Observed: behind inherited @Contended fields, no holes are filled, not even those made here.
        boolean inRow = isContended || superContended && !placed.isEmpty();
        if (isContended) {
            space.closeHoles();
            pad(space);
        }
        Map<ClassFile.Field, Long> offsets = new HashMap<>();
        for (ClassFile.Field field : inOrder(plain, endsInReference())) {
            offsets.put(field, inRow ? space.append(bytes(field)) : space.place(bytes(field)));
        }
        for (List<ClassFile.Field> group : groups) {
            pad(space);
            for (ClassFile.Field field : inOrder(group, false)) {
                offsets.put(field, space.append(bytes(field)));
            }
        }
        if (isContended || !groups.isEmpty()) {
            pad(space);
        }
        end = space.end();
        return offsets;
    }

    /** The VM rebuilds the inherited part from the fields alone, so padding between fields becomes a hole. */
    private FieldAllocator inherited(boolean superContended) {
        FieldAllocator space = new FieldAllocator(mode.headerBytes());
        placed.stream()
                .sorted(Comparator.comparingLong(Placed::byteOffset))
                .forEach(field -> space.occupy(field.byteOffset(), field.byteSize()));
        if (superContended) {
            space.closeHoles();
            pad(space);
        }
        return space;
    }

    private void pad(FieldAllocator space) {
        long start = space.end();
        space.pad(mode.contendedPaddingBytes());
        if (space.end() > start) {
            contendedPadding.add(new ByteRange(start, space.end()));
        }
    }

    private boolean endsInReference() {
        return placed.stream()
                .max(Comparator.comparingLong(Placed::byteOffset))
                .filter(last -> ClassNames.isReference(last.field().descriptor()))
                .isPresent();
    }

    private static void split(
            List<ClassFile.Field> fields,
            boolean honoured,
            List<ClassFile.Field> plain,
            List<List<ClassFile.Field>> groups) {
        Map<String, List<ClassFile.Field>> named = new HashMap<>();
        for (ClassFile.Field field : fields) {
            if (!honoured || field.group().isEmpty()) {
                plain.add(field);
                continue;
            }
            List<ClassFile.Field> fresh = new ArrayList<>();
            List<ClassFile.Field> group = field.group()
                    .get()
                    .name()
                    .map(name -> named.computeIfAbsent(name, n -> fresh))
                    .orElse(fresh);
            if (group.isEmpty()) {
                groups.add(group);
            }
            group.add(field);
        }
    }

    private List<ClassFile.Field> inOrder(List<ClassFile.Field> fields, boolean superEndsInReference) {
        List<ClassFile.Field> references = new ArrayList<>();
        List<ClassFile.Field> numbers = new ArrayList<>();
        for (ClassFile.Field field : fields) {
            (ClassNames.isReference(field.descriptor()) ? references : numbers).add(field);
        }
        numbers.sort(LARGEST_FIRST);
        boolean referencesFirst = mode.clustersReferences() && superEndsInReference;
        List<ClassFile.Field> ordered = new ArrayList<>(referencesFirst ? references : numbers);
        ordered.addAll(referencesFirst ? numbers : references);
        return ordered;
    }

    private long bytes(ClassFile.Field field) {
        return ClassNames.isReference(field.descriptor())
                ? mode.referenceBytes()
                : ClassNames.primitiveBytes(field.descriptor());
    }
}
