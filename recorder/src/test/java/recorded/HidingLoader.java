package recorded;

import java.io.IOException;
import java.io.InputStream;

/** Runs a class in a loader that asks its parents for {@code java.*} only, as containers of OSGi have them. */
public final class HidingLoader extends ClassLoader {

    private final String shown;

    private HidingLoader(String shown) {
        super(HidingLoader.class.getClassLoader());
        this.shown = shown;
    }

    /** The argument is the start of further names that parents are asked for, as a container is told them. */
    public static void main(String[] arguments) throws Exception {
        HidingLoader loader = new HidingLoader(arguments.length == 0 ? "java." : arguments[0]);
        Runnable counter = (Runnable)
                loader.loadClass(Counter.class.getName()).getConstructor().newInstance();
        for (int i = 0; i < 1000; i++) {
            counter.run();
        }
        System.out.println(counter);
        try {
            loader.loadClass("recorded.Turns$None");
        } catch (ClassNotFoundException expected) {
            System.out.println("hidden");
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        Class<?> known = findLoadedClass(name);
        if (known != null) {
            return known;
        }
        if (name.startsWith("java.") || name.startsWith(shown)) {
            return super.loadClass(name, resolve);
        }
        if (!name.equals(Counter.class.getName())) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] classFile = in.readAllBytes();
            return defineClass(name, classFile, 0, classFile.length);
        } catch (IOException broken) {
            throw new ClassNotFoundException(name, broken);
        }
    }

    /** Counts. */
    public static final class Counter implements Runnable {
        int count;

        @Override
        public void run() {
            count++;
        }

        @Override
        public String toString() {
            return String.valueOf(count);
        }
    }
}
