package dev.faultline.source.jvm;

import dev.faultline.layout.ByteRange;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What the VM it runs in says about classes, without JOL and without reflection's filters: the VM's own list of fields,
 * the VM's own offsets, and the size of an object as the instrumentation agent sees it. For a VM started with the flags
 * of {@link ChildVm}.
 */
public final class VmWitness {

    private static Instrumentation instrumentation;

    private final Object unsafe;
    private final Method objectFieldOffset;
    private final Method arrayBaseOffset;
    private final Method staticFieldOffset;
    private final Method allocateInstance;
    private final Method shouldBeInitialized;
    private final Method declaredFields;
    /** Objects that were made without their constructor are kept, so that they are not finalized. */
    private final List<Object> kept = new ArrayList<>();

    private final Map<Class<?>, Boolean> runsCode = new HashMap<>();

    private VmWitness() throws ReflectiveOperationException {
        Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
        unsafe = type.getMethod("getUnsafe").invoke(null);
        objectFieldOffset = type.getMethod("objectFieldOffset", Field.class);
        arrayBaseOffset = type.getMethod("arrayBaseOffset", Class.class);
        staticFieldOffset = type.getMethod("staticFieldOffset", Field.class);
        allocateInstance = type.getMethod("allocateInstance", Class.class);
        shouldBeInitialized = type.getMethod("shouldBeInitialized", Class.class);
        declaredFields = Class.class.getDeclaredMethod("getDeclaredFields0", boolean.class);
        declaredFields.setAccessible(true);
    }

    /** Called by the VM before {@code main}. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        VmWitness.instrumentation = instrumentation;
    }

    static VmWitness make() {
        try {
            return new VmWitness();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the offsets of all instance fields, by owner, name and descriptor} */
    Map<String, Long> offsets(Class<?> leaf) throws ReflectiveOperationException {
        Map<String, Long> offsets = new HashMap<>();
        for (Class<?> c = leaf; c != null; c = c.getSuperclass()) {
            for (Field field : (Field[]) declaredFields.invoke(c, false)) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    String key = c.getName() + "." + field.getName() + " "
                            + field.getType().descriptorString();
                    offsets.put(key, (Long) objectFieldOffset.invoke(unsafe, field));
                }
            }
        }
        return offsets;
    }

    /** {@return the offset of the first element and the size of an array} */
    List<Long> array(Class<?> element, int length) throws ReflectiveOperationException {
        Object array = Array.newInstance(element, length);
        Number base = (Number) arrayBaseOffset.invoke(unsafe, array.getClass());
        return List.of(base.longValue(), instrumentation.getObjectSize(array));
    }

    /** {@return the size of an instance; nothing when making one would run code or is not possible} */
    OptionalLong instanceBytes(Class<?> leaf) throws ReflectiveOperationException {
        if (Modifier.isAbstract(leaf.getModifiers()) || leaf == Class.class || runsCode(leaf) || finalizes(leaf)) {
            return OptionalLong.empty();
        }
        Object instance = allocateInstance.invoke(unsafe, leaf);
        kept.add(instance);
        return OptionalLong.of(instrumentation.getObjectSize(instance));
    }

    /** {@return whether an instance can be made without running an initialiser} */
    private boolean runsCode(Class<?> type) throws ReflectiveOperationException {
        if (type == null || !(Boolean) shouldBeInitialized.invoke(unsafe, type)) {
            return false;
        }
        Boolean known = runsCode.get(type);
        if (known == null) {
            boolean runs = declares(type, "<clinit>") || runsCode(type.getSuperclass());
            for (Class<?> inherited : type.getInterfaces()) {
                runs = runs || runsCode(inherited);
            }
            known = runs;
            runsCode.put(type, known);
        }
        return known;
    }

    /**
     * {@return whether objects of the class have no finalizer; those made without their constructor must not be
     * finalized}
     */
    private static boolean finalizes(Class<?> leaf) {
        for (Class<?> c = leaf; c != Object.class; c = c.getSuperclass()) {
            if (declares(c, "finalize")) {
                return true;
            }
        }
        return false;
    }

    /** Reads the class file: reflection shows no initialisers, and loads the types of other methods. */
    private static boolean declares(Class<?> type, String method) {
        String resource = type.getName().replace('.', '/') + ".class";
        ClassLoader loader = type.getClassLoader() == null ? ClassLoader.getSystemClassLoader() : type.getClassLoader();
        boolean[] found = {false};
        try (InputStream in = loader.getResourceAsStream(resource)) {
            byte[] file = in.readAllBytes();
            file[7] = Opcodes.V17;
            ClassVisitor visitor = new ClassVisitor(Opcodes.ASM9) {
                @Override
                public MethodVisitor visitMethod(int access, String name, String d, String s, String[] e) {
                    found[0] |= name.equals(method);
                    return null;
                }
            };
            new ClassReader(file).accept(visitor, ClassReader.SKIP_CODE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found[0];
    }

    /** {@return the differences between the model and the VM, a line each; nothing when they agree} */
    Comparison compare(Class<?> loaded, Hierarchy hierarchy, VmMode mode) throws ReflectiveOperationException {
        FieldModel model = FieldModel.of(hierarchy, mode);
        Map<String, Long> actual = offsets(loaded);
        List<String> differences = new ArrayList<>();
        for (FieldModel.Placed placed : model.fields()) {
            if (placed.hidden()) {
                continue;
            }
            String key = ClassNames.external(placed.owner().name()) + "."
                    + placed.field().name() + " " + placed.field().descriptor();
            Optional<Long> offset = Optional.ofNullable(actual.remove(key));
            if (!offset.equals(Optional.of(placed.byteOffset()))) {
                differences.add(key + " at " + placed.byteOffset() + ", in the VM "
                        + offset.map(String::valueOf).orElse("absent"));
            }
        }
        actual.forEach((key, offset) -> differences.add(key + " absent, in the VM at " + offset));
        differences.addAll(misplacedStatics(loaded, mode));
        OptionalLong size = instanceBytes(loaded);
        if (size.isPresent() && size.getAsLong() != model.instanceBytes()) {
            differences.add("size " + model.instanceBytes() + ", in the VM " + size.getAsLong());
        }
        return new Comparison(size.isPresent(), differences);
    }

    /** {@return the static fields that the VM has elsewhere than the model, a line each} */
    private List<String> misplacedStatics(Class<?> loaded, VmMode mode) throws ReflectiveOperationException {
        List<Field> statics = new ArrayList<>();
        for (Field field : (Field[]) declaredFields.invoke(loaded, false)) {
            if (Modifier.isStatic(field.getModifiers())) {
                statics.add(field);
            }
        }
        List<ByteRange> places = ClassMirror.places(
                statics.stream()
                        .map(field -> field.getType().descriptorString())
                        .toList(),
                mode);
        List<String> misplaced = new ArrayList<>();
        for (int i = 0; i < statics.size(); i++) {
            long offset = (Long) staticFieldOffset.invoke(unsafe, statics.get(i));
            if (offset != places.get(i).start()) {
                misplaced.add("static " + statics.get(i).getName() + " at "
                        + places.get(i).start() + ", in the VM " + offset);
            }
        }
        return misplaced;
    }

    /**
     * The result of comparing a class.
     *
     * @param sized whether its size could be compared too
     * @param differences what differs, a line each
     */
    record Comparison(boolean sized, List<String> differences) {}
}
