package dev.faultline.source.jvm;

import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.vm.VirtualMachine;

/** Asks the running VM for the offsets of a class's fields. The only user of JOL. */
final class RunningVm {

    /** JOL is initialised once, after its properties are set. */
    private static final class Jol {
        private static final VirtualMachine VM = start();

        private static VirtualMachine start() {
            // Without these, JOL starts processes that attach to this VM, and refuses records and hidden classes.
            System.setProperty("jol.skipHotspotSAAttach", "true");
            System.setProperty("jol.skipDynamicAttach", "true");
            System.setProperty("jol.magicFieldOffset", "true");
            return org.openjdk.jol.vm.VM.current();
        }
    }

    private static final int MOST_ELEMENTS = 1 << 20;

    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "Z",
            boolean.class,
            "B",
            byte.class,
            "C",
            char.class,
            "S",
            short.class,
            "I",
            int.class,
            "J",
            long.class,
            "F",
            float.class,
            "D",
            double.class);

    private final List<String> mismatches = new ArrayList<>();
    private final List<String> unchecked = new ArrayList<>();
    private int agreeing;

    private RunningVm() {}

    static Verification verify(Hierarchy hierarchy, ClassLoader loader) {
        String name = ClassNames.external(hierarchy.leaf().name());
        Class<?> loaded;
        try {
            loaded = Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError | SecurityException e) {
            // SecurityException: the class is in a package of the JDK.
            throw new InputException(name, "", "the running VM cannot load it: " + oneLine(e));
        }
        VmMode mode = VmMode.running();
        RunningVm vm = new RunningVm();
        quietly(() -> vm.compare(loaded, hierarchy, mode));
        return new Verification(name, mode, vm.agreeing, vm.mismatches, vm.unchecked);
    }

    /** Compares the model of an array; of one too long for a test, without its size. */
    static Verification verify(ArrayName name) {
        VmMode mode = VmMode.running();
        RunningVm vm = new RunningVm();
        quietly(() -> vm.compare(name, mode));
        return new Verification(name.spelling(), mode, vm.agreeing, vm.mismatches, vm.unchecked);
    }

    private void compare(ArrayName name, VmMode mode) {
        Class<?> element = name.isPrimitive() ? PRIMITIVES.get(name.element()) : Object.class;
        int bytes = ArrayLayout.elementBytes(name, mode);
        long base = Jol.VM.arrayBaseOffset(element.getName());
        long scale = Jol.VM.arrayIndexScale(element.getName());
        expect("elements: at byte ", ArrayLayout.baseBytes(bytes, mode), base);
        expect("elements: bytes each ", bytes, scale);
        agreeing += mismatches.isEmpty() ? 1 : 0;
        if (name.lengthOrAssumed() > MOST_ELEMENTS) {
            unchecked.add("size: more than " + MOST_ELEMENTS + " elements");
            return;
        }
        Object array = Array.newInstance(element, (int) name.lengthOrAssumed());
        expect("size: bytes ", ArrayLayout.byteSize(name, mode), Jol.VM.sizeOf(array));
    }

    private void compare(Class<?> loaded, Hierarchy hierarchy, VmMode mode) {
        expect("header: bytes ", mode.headerBytes(), Jol.VM.objectHeaderSize());
        FieldModel model = FieldModel.of(hierarchy, mode);
        Map<String, Class<?>> classes = new HashMap<>();
        for (Class<?> c = loaded; c != null; c = c.getSuperclass()) {
            classes.put(c.getName(), c);
        }
        Map<String, Map<String, Field>> declared = new HashMap<>();
        hierarchy.levels().stream()
                .map(level -> ClassNames.external(level.file().name()))
                .filter(name -> !classes.containsKey(name))
                .forEach(name -> mismatches.add("superclass " + name + ": in this source, but not in the running VM"));
        for (FieldModel.Placed placed : model.fields()) {
            String owner = ClassNames.external(placed.owner().name());
            if (!placed.hidden()) {
                Map<String, Field> fields = declared.computeIfAbsent(owner, o -> declaredFields(classes.get(o)));
                compare(placed, fields.get(key(placed)));
            }
        }
        compareSize(loaded, model, hierarchy);
    }

    private void compare(FieldModel.Placed placed, Field field) {
        String path = ClassNames.external(placed.owner().name()) + "."
                + placed.field().name();
        if (field == null) {
            unchecked.add(path + ": hidden from reflection");
            return;
        }
        long actual = Jol.VM.fieldOffset(field);
        expect(path + ": at byte ", placed.byteOffset(), actual);
        agreeing += placed.byteOffset() == actual ? 1 : 0;
    }

    private void expect(String what, long modelled, long actual) {
        if (modelled != actual) {
            mismatches.add(what + modelled + " by the model, " + actual + " in the running VM");
        }
    }

    private void compareSize(Class<?> loaded, FieldModel model, Hierarchy hierarchy) {
        boolean contended =
                hierarchy.levels().stream().anyMatch(level -> level.file().contendedWithin());
        if (contended) {
            unchecked.add("size: JOL omits the padding after @Contended fields");
        } else if (!unchecked.isEmpty() || model.fields().stream().anyMatch(FieldModel.Placed::hidden)) {
            unchecked.add("size: JOL sees only the fields that reflection shows");
        } else {
            long actual = ClassLayout.parseClass(loaded).instanceSize();
            expect("size: bytes ", model.instanceBytes(), actual);
        }
    }

    private static String key(FieldModel.Placed placed) {
        return placed.field().name() + " " + placed.field().descriptor();
    }

    private Map<String, Field> declaredFields(Class<?> owner) {
        Map<String, Field> fields = new HashMap<>();
        if (owner == null) {
            return fields;
        }
        try {
            for (Field field : owner.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    fields.put(field.getName() + " " + field.getType().descriptorString(), field);
                }
            }
        } catch (LinkageError e) {
            unchecked.add("fields of " + owner.getName() + ": the running VM cannot load their types: " + oneLine(e));
        }
        return fields;
    }

    /** Runs a task without the warnings that JOL writes to standard output. */
    private static synchronized void quietly(Runnable questions) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
        try {
            questions.run();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static String oneLine(Throwable e) {
        return e.getClass().getSimpleName() + ": "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
    }
}
