package recorded.corpus;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs each generated class of a directory and prints its result, then what it says about its accesses. */
public final class Main {

    private static final int RUNS = 3;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.resolve("corpus"))) {
            files.forEach(
                    file -> names.add("corpus." + file.getFileName().toString().replace(".class", "")));
        }
        names.sort(null);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            for (String name : names) {
                StringBuilder line = new StringBuilder(name);
                for (int i = 0; i < RUNS; i++) {
                    line.append(' ').append(run(loader, name, i));
                }
                System.out.println(line);
            }
        }
        Truth.counts().forEach((what, times) -> System.out.println("# " + what + " " + times));
    }

    private static String run(ClassLoader loader, String name, int seed) throws Exception {
        Truth.refuel();
        try {
            Method run = Class.forName(name, true, loader).getMethod("run", int.class);
            return String.valueOf(run.invoke(null, seed));
        } catch (InvocationTargetException thrown) {
            return thrown.getCause().getClass().getName();
        } catch (LinkageError broken) {
            return broken.toString();
        }
    }
}
