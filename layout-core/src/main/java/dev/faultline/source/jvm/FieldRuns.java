package dev.faultline.source.jvm;

import dev.faultline.layout.ByteRange;
import dev.faultline.source.jvm.classfile.ClassFile;
import dev.faultline.source.jvm.classfile.ClassFile.Field;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The offsets that HotSpot of JDK 8 to 14 gives the fields of one class: behind the superclass, a run of fields of each
 * size by falling size, each run in the order of declaration, then the run of references.
 *
 * <p>Holes of superclasses stay empty. There is one hole that fields may fill: the 4 bytes before the first
 * {@code long} of this class, by one {@code int}, else by {@code short}s and bytes, else by one reference.
 * {@code @Contended} fields come last with padding around each, then named groups in the order in which they are first
 * used. A few classes of the JDK have their references first and fill nothing.
 */
final class FieldRuns {

    private static final int LONG = 8;

    /** Sizes of primitive fields in the order of their runs. */
    private static final List<Integer> SIZES = List.of(LONG, 4, 2, 1);

    /** Classes of which those VMs know where the references are, and so keep them first. */
    private static final Set<String> REFERENCES_FIRST = Set.of(
            "java/lang/AssertionStatusDirectives",
            "java/lang/Boolean",
            "java/lang/Byte",
            "java/lang/Character",
            "java/lang/Class",
            "java/lang/ClassLoader",
            "java/lang/Double",
            "java/lang/Float",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Short",
            "java/lang/StackTraceElement",
            "java/lang/String",
            "java/lang/Throwable",
            "java/lang/ref/Reference",
            "java/lang/ref/SoftReference");

    private final VmMode mode;
    private final Map<Field, Long> offsets = new HashMap<>();
    private long end;

    private FieldRuns(long start, VmMode mode) {
        this.end = start;
        this.mode = mode;
    }

    /**
     * Places the fields of a class.
     *
     * @param file the class
     * @param trusted whether the VM treats the class as its own
     * @param plain its fields but for {@code @Contended} ones
     * @param groups its {@code @Contended} fields, those that are alone and those that stay together
     * @param start where the bytes of its superclass end
     * @param mode the VM
     * @return the offsets
     */
    static FieldRuns of(
            ClassFile file, boolean trusted, List<Field> plain, List<List<Field>> groups, long start, VmMode mode) {
        FieldRuns runs = new FieldRuns(start, mode);
        int aroundClass = mode.honoursContended(trusted) && file.contended() ? mode.contendedPaddingBytes() : 0;
        runs.end += aroundClass;
        runs.placePlain(plain, trusted && REFERENCES_FIRST.contains(file.name()));
        runs.placeGroups(groups);
        runs.end += aroundClass;
        return runs;
    }

    /** {@return the offset of each field} */
    Map<Field, Long> offsets() {
        return offsets;
    }

    /** {@return where a subclass begins} */
    long end() {
        return ByteRange.roundUp(end, mode.referenceBytes());
    }

    private void placePlain(List<Field> plain, boolean referencesFirst) {
        Map<Integer, List<Field>> bySize = new HashMap<>();
        List<Field> references = new ArrayList<>();
        for (Field field : plain) {
            boolean isReference = ClassNames.isReference(field.descriptor());
            (isReference ? references : bySize.computeIfAbsent(bytes(field), size -> new ArrayList<>())).add(field);
        }
        List<List<Field>> runs = new ArrayList<>();
        SIZES.forEach(size -> runs.add(bySize.getOrDefault(size, new ArrayList<>())));
        runs.add(referencesFirst ? 0 : runs.size(), references);
        if (!referencesFirst && bySize.containsKey(LONG)) {
            fillBeforeLongs(runs);
        }
        runs.forEach(run -> run.forEach(this::append));
    }

    /** Moves fields into the bytes before the first long, the largest first. */
    private void fillBeforeLongs(List<List<Field>> runs) {
        long longs = ByteRange.roundUp(end, LONG);
        for (List<Field> run : runs) {
            while (!run.isEmpty() && end + bytes(run.get(0)) <= longs) {
                append(run.remove(0));
            }
        }
    }

    private void placeGroups(List<List<Field>> groups) {
        if (groups.isEmpty()) {
            return;
        }
        end += mode.contendedPaddingBytes();
        List<List<Field>> ordered = new ArrayList<>(groups);
        ordered.sort(Comparator.comparing(FieldRuns::isNamed));
        for (List<Field> group : ordered) {
            group.forEach(this::append);
            end += mode.contendedPaddingBytes();
        }
    }

    private static boolean isNamed(List<Field> group) {
        return group.get(0).group().flatMap(ClassFile.Group::name).isPresent();
    }

    private void append(Field field) {
        long start = ByteRange.roundUp(end, bytes(field));
        offsets.put(field, start);
        end = start + bytes(field);
    }

    private int bytes(Field field) {
        return ClassNames.isReference(field.descriptor())
                ? mode.referenceBytes()
                : ClassNames.primitiveBytes(field.descriptor());
    }
}
