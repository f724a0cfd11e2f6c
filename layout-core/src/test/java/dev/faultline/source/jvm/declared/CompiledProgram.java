package dev.faultline.source.jvm.declared;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Java sources compiled into a directory by the compiler of the running JDK. */
public final class CompiledProgram {

    private final Path classes;
    private final List<Path> libraries;

    private CompiledProgram(Path classes, List<Path> libraries) {
        this.classes = classes;
        this.libraries = libraries;
    }

    /**
     * Compiles files.
     *
     * @param directory where sources and classes go
     * @param libraries jars and directories that they use
     * @param sources their texts
     * @return the program
     */
    public static CompiledProgram of(Path directory, List<Path> libraries, String... sources) {
        try {
            Path classes = Files.createDirectories(directory.resolve("classes"));
            List<Path> files = new ArrayList<>();
            for (String source : sources) {
                String type = source.replaceFirst("(?s).*?\\b(?:class|interface|enum|record) (\\w+).*", "$1");
                Path file = Files.createDirectories(directory.resolve("src" + files.size()))
                        .resolve(type + ".java");
                files.add(Files.writeString(file, source));
            }
            compile(classes, libraries, files);
            return new CompiledProgram(classes, libraries);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void compile(Path classes, List<Path> libraries, List<Path> files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new StringWriter();
        String path = String.join(
                System.getProperty("path.separator"),
                libraries.stream().map(Path::toString).toList());
        List<String> options = List.of("-g", "-proc:none", "-nowarn", "-d", classes.toString(), "-classpath", path);
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            if (!compiler.getTask(problems, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call()) {
                throw new IllegalArgumentException(problems.toString());
            }
        }
    }

    /** {@return the directory of its classes} */
    public Path classes() {
        return classes;
    }

    /** {@return a loader of its classes and of the libraries} */
    public URLClassLoader loader() throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(classes.toUri().toURL());
        for (Path library : libraries) {
            urls.add(library.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(new URL[0]), CompiledProgram.class.getClassLoader());
    }

    /** {@return an evaluator of its classes} */
    StaticEvaluator evaluator() {
        return new StaticEvaluator(this::body);
    }

    private Optional<ClassBody> body(String internalName) {
        Path file = classes.resolve(internalName + ".class");
        try {
            return Files.exists(file)
                    ? Optional.of(ClassBody.read(file.toString(), Files.readAllBytes(file)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
