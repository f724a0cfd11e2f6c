package dev.faultline.source.jvm;

import dev.faultline.source.jvm.classfile.ClassFile;
import dev.faultline.source.jvm.classfile.ClassFileReader;
import dev.faultline.source.jvm.classfile.ClassNames;
import dev.faultline.source.jvm.store.ClassStore;
import dev.faultline.source.jvm.store.DirectoryClasses;
import dev.faultline.source.jvm.store.ModuleImage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Run in a child VM: compares the model with that VM for arrays of every kind, and for every n-th class of its JDK and
 * of the class path, or of a
 * directory, and prints what it found, a line each:
 *
 * <pre>
 * MODE 17-no-coops
 * MISS com.acme.Ring	com.acme.Ring.x I at 12, in the VM 16
 * UNLOADED com.acme.Broken	NoClassDefFoundError
 * COMPARED 12345 SIZED 2345
 * </pre>
 */
public final class Survey {

    private final VmMode mode = VmMode.running();
    private final VmWitness witness = VmWitness.make();
    private final PrintStream out;
    private int compared;
    private int sized;

    private Survey(PrintStream out) {
        this.out = out;
    }

    /**
     * Compares.
     *
     * @param args the n of "every n-th class"; then a directory of classes, when only that is meant
     */
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), false, StandardCharsets.UTF_8);
        Survey survey = new Survey(out);
        out.println("MODE " + survey.mode.name());
        int every = Integer.parseInt(args[0]);
        survey.compareArrays();
        if (args.length > 1) {
            Path directory = Path.of(args[1]);
            ClassStore store = new DirectoryClasses("classes", directory, java.util.Optional.empty());
            survey.compare(store, store.loader(), every);
        } else {
            survey.compareWhatThereIs(every);
        }
        out.println("COMPARED " + survey.compared + " SIZED " + survey.sized);
        out.flush();
        // Objects made without a constructor must not be finalized, nor shutdown hooks of the JDK's classes run.
        Runtime.getRuntime().halt(0);
    }

    private void compareArrays() throws ReflectiveOperationException {
        List<Class<?>> elements = List.of(
                boolean.class,
                byte.class,
                char.class,
                short.class,
                int.class,
                long.class,
                float.class,
                double.class,
                Object.class,
                long[].class);
        for (Class<?> element : elements) {
            for (int length : new int[] {0, 1, 3, 8, 1000}) {
                String name =
                        element.getTypeName().replace("[]", "") + "[" + length + "]" + (element.isArray() ? "[]" : "");
                ArrayName array = ArrayName.parse(name).orElseThrow();
                List<Long> modelled = List.of(
                        ArrayLayout.baseBytes(ArrayLayout.elementBytes(array, mode), mode),
                        ArrayLayout.byteSize(array, mode));
                List<Long> actual = witness.array(element, length);
                compared++;
                sized++;
                if (!modelled.equals(actual)) {
                    out.println("MISS " + name + "\telements and size at " + modelled + ", in the VM " + actual);
                }
            }
        }
    }

    private void compareWhatThereIs(int every) throws Exception {
        compare(new ModuleImage(), ClassLoader.getSystemClassLoader(), every);
        compare(JoinedStore.ofClassPath(), Survey.class.getClassLoader(), every);
    }

    private void compare(ClassStore store, ClassLoader loader, int every) throws Exception {
        HierarchyReader hierarchies = new HierarchyReader(store, new ModuleImage());
        List<String> names = store.names();
        for (int i = 0; i < names.size(); i += every) {
            String name = names.get(i);
            ClassStore.Content content = store.find(name).orElseThrow();
            if (ClassFileReader.read(content.source(), content.bytes()).kind() != ClassFile.Kind.CLASS) {
                continue;
            }
            Class<?> loaded;
            try {
                loaded = Class.forName(ClassNames.external(name), false, loader);
                witness.offsets(loaded);
            } catch (LinkageError | ReflectiveOperationException e) {
                out.println("UNLOADED " + ClassNames.external(name) + "\t" + root(e));
                continue;
            }
            report(loaded, content, hierarchies, name);
        }
    }

    private void report(Class<?> loaded, ClassStore.Content content, HierarchyReader hierarchies, String name)
            throws ReflectiveOperationException {
        List<String> differences;
        try {
            VmWitness.Comparison comparison = witness.compare(loaded, hierarchies.of(content, name), mode);
            sized += comparison.sized() ? 1 : 0;
            differences = comparison.differences();
        } catch (dev.faultline.input.InputException e) {
            differences = List.of("no layout: " + e.getMessage());
        }
        compared++;
        if (!differences.isEmpty()) {
            out.println("MISS " + loaded.getName() + "\t" + String.join("; ", differences));
        }
    }

    private static String root(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + " " + cause.getMessage();
    }
}
