package dev.faultline.source.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.ClassFile;
import dev.faultline.source.jvm.classfile.ClassNames;
import dev.faultline.source.jvm.store.ClassStore;
import dev.faultline.source.jvm.store.ModuleImage;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.datamodel.Model64;
import org.openjdk.jol.info.ClassData;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldData;
import org.openjdk.jol.info.FieldLayout;
import org.openjdk.jol.layouters.HotSpotLayouter;

/**
 * The model of JDK 8 to 14 agrees with JOL's simulation of those versions, where that is right.
 *
 * <p>It is wrong in one respect: shorts, or bytes, that share the 4 bytes before the first long lie there in reverse
 * order. HotSpot takes them in the order of declaration. JOL takes groups of {@code @Contended} fields in the order of
 * a hash table, so classes are compared whose groups happen to be in that order.
 */
@Tag("slow")
class JolAgreementTest {

    private static final int HIERARCHIES = 1_500;

    private static final int GAP_BYTES = 4;

    private int compared;
    private int reversed;

    @Test
    void classes_of_the_JDK_lie_as_JOL_says() throws ReflectiveOperationException {
        ModuleImage jdk = new ModuleImage();
        List<Hierarchy> hierarchies = hierarchies(
                jdk, jdk.names().stream().filter(one -> one.startsWith("java/")).toList());
        for (String mode : List.of("8", "8-no-coops", "11", "11-align16", "14-no-ccp")) {
            compared = 0;
            assertThat(misses(hierarchies, VmMode.parse(mode))).as(mode).isEmpty();
            assertThat(compared).as(mode).isGreaterThan(2_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "8-contended", "11-contended", "8-no-coops-contended", "14-align16-contended"})
    void random_hierarchies_lie_as_JOL_says(String name) throws ReflectiveOperationException {
        VmMode mode = VmMode.parse(name);
        boolean is8 = mode.feature() == 8;
        Map<String, byte[]> classes = new ClassGenerator(
                        name.hashCode(),
                        is8 ? ClassGenerator.CONTENDED_8 : ClassGenerator.CONTENDED,
                        is8 ? ClassGenerator.CONTENDED : ClassGenerator.CONTENDED_8)
                .generate(HIERARCHIES);
        List<Hierarchy> hierarchies = hierarchies(new ClassMaker.Memory(classes), List.copyOf(classes.keySet()));

        assertThat(misses(hierarchies, mode)).as("mode %s", name).isEmpty();
        assertThat(compared).isGreaterThan(HIERARCHIES);
        boolean hasGaps = mode.compressedOops();
        assertThat(reversed > 0).as("the known fault of JOL shows").isEqualTo(hasGaps);
    }

    private static List<Hierarchy> hierarchies(ClassStore store, List<String> names) {
        HierarchyReader reader = new HierarchyReader(store, new ModuleImage());
        List<Hierarchy> hierarchies = new ArrayList<>();
        for (String name : names) {
            try {
                hierarchies.add(reader.of(store.find(name).orElseThrow(), name));
            } catch (InputException interfaces) {
                continue;
            }
        }
        return hierarchies;
    }

    private List<String> misses(List<Hierarchy> hierarchies, VmMode mode) throws ReflectiveOperationException {
        List<String> misses = new ArrayList<>();
        for (Hierarchy hierarchy : hierarchies) {
            FieldModel model = FieldModel.of(hierarchy, mode);
            if (model.fields().stream().anyMatch(FieldModel.Placed::hidden) || !hasGroupsInJolsOrder(hierarchy, mode)) {
                continue;
            }
            String difference = difference(model, jol(hierarchy, mode));
            if (!difference.isEmpty()) {
                misses.add(hierarchy.leaf().name() + ": " + difference);
            }
            compared++;
        }
        return misses;
    }

    private static ClassLayout jol(Hierarchy hierarchy, VmMode mode) throws ReflectiveOperationException {
        ClassData data = null;
        for (Hierarchy.Level level : hierarchy.levels()) {
            ClassFile file = mode.reads(level.file());
            boolean honoured = mode.honoursContended(level.trusted());
            ClassData above = data;
            data = new ClassData(ClassNames.external(file.name()));
            if (above != null) {
                data.addSuperClassData(above);
                data.merge(above);
            }
            data.addSuperClass(data.name());
            // ClassData puts a superclass first in its list; here the class itself comes last.
            Collections.rotate(names(data), -1);
            for (ClassFile.Field field : file.fields()) {
                boolean contended = honoured && field.group().isPresent();
                String group = field.group().flatMap(ClassFile.Group::name).orElse("");
                String type = ClassNames.isReference(field.descriptor())
                        ? "java.lang.Object"
                        : ClassNames.spelling(field.descriptor());
                data.addField(FieldData.create(
                        data.name(), field.name() + field.descriptor(), type, contended, contended ? group : null));
            }
            set(data, "isContended", honoured && file.contended());
        }
        Model64 model = new Model64(mode.compressedOops(), mode.compressedClassPointers(), mode.objectByteAlignment());
        return new HotSpotLayouter(model, mode.feature()).layout(data);
    }

    @SuppressWarnings("unchecked")
    private static List<String> names(ClassData data) throws ReflectiveOperationException {
        return (List<String>) field("classNames").get(data);
    }

    private static void set(ClassData data, String name, boolean value) throws ReflectiveOperationException {
        field(name).setBoolean(data, value);
    }

    private static Field field(String name) throws ReflectiveOperationException {
        Field field = ClassData.class.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static boolean hasGroupsInJolsOrder(Hierarchy hierarchy, VmMode mode) {
        for (Hierarchy.Level level : hierarchy.levels()) {
            List<String> groups = mode.reads(level.file()).fields().stream()
                    .flatMap(field -> field.group().flatMap(ClassFile.Group::name).stream())
                    .distinct()
                    .toList();
            if (!groups.equals(groups.stream().sorted().toList())) {
                return false;
            }
        }
        return true;
    }

    private String difference(FieldModel model, ClassLayout jol) {
        Map<String, Long> theirs = new TreeMap<>();
        for (FieldLayout field : jol.fields()) {
            theirs.put(field.hostClass() + "." + field.name(), field.offset());
        }
        for (FieldModel.Placed field : model.fields()) {
            String path = ClassNames.external(field.owner().name()) + "."
                    + field.field().name() + field.field().descriptor();
            Long offset = theirs.get(path);
            if (offset == null) {
                return path + " is not in JOL's layout";
            }
            boolean isReversed = field.byteSize() < GAP_BYTES
                    && offset / GAP_BYTES == field.byteOffset() / GAP_BYTES
                    && offset != field.byteOffset();
            reversed += isReversed ? 1 : 0;
            if (offset != field.byteOffset() && !isReversed) {
                return path + " at " + field.byteOffset() + ", by JOL at " + offset;
            }
        }
        return jol.instanceSize() == model.instanceBytes()
                ? ""
                : "size " + model.instanceBytes() + ", by JOL " + jol.instanceSize();
    }
}
