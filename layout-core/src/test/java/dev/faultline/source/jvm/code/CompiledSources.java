package dev.faultline.source.jvm.code;

import dev.faultline.access.code.CodeIndex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Java sources compiled in memory by the compiler of the running JDK. */
public final class CompiledSources {

    private CompiledSources() {}

    /**
     * Compiles one source file.
     *
     * @param text the file, whose first class may have any name
     * @return the class files by internal name
     */
    public static Map<String, byte[]> classes(String text) {
        Map<String, byte[]> classes = new TreeMap<>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavaFileManager memory = new ForwardingJavaFileManager<>(files) {
                @Override
                public JavaFileObject getJavaFileForOutput(
                        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                    return output(name, classes);
                }
            };
            List<String> options = List.of("-g", "-proc:none", "-nowarn");
            if (!compiler.getTask(problems, memory, null, options, null, List.of(input(text)))
                    .call()) {
                throw new IllegalArgumentException(problems.toString());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return classes;
    }

    /** {@return the code of one source file's classes} */
    public static CodeIndex index(String text) {
        List<ClassCode> classes = new ArrayList<>();
        classes(text).forEach((name, bytes) -> classes.add(ClassCodeReader.read(name + ".class", bytes)));
        return CodeLinker.link(classes, List.of(), List.of());
    }

    private static JavaFileObject input(String text) {
        return new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private static JavaFileObject output(String name, Map<String, byte[]> classes) {
        String internal = name.replace('.', '/');
        return new SimpleJavaFileObject(URI.create("memory:///" + internal + ".class"), JavaFileObject.Kind.CLASS) {
            @Override
            public OutputStream openOutputStream() {
                return new ByteArrayOutputStream() {
                    @Override
                    public void close() {
                        classes.put(internal, toByteArray());
                    }
                };
            }
        };
    }
}
