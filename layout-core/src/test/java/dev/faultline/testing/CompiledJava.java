package dev.faultline.testing;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Java text compiled in memory. */
public final class CompiledJava {

    private static final List<String> OPTIONS = List.of(
            "-proc:none", "-g", "--add-exports", "java.base/jdk.internal.vm.annotation=ALL-UNNAMED", "-Xlint:none");

    private CompiledJava() {}

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String text) {
            super(URI.create("string:///Example.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return true;
        }
    }

    private static final class Bytes extends SimpleJavaFileObject {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        Bytes(String className) {
            super(URI.create("mem:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return content;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, Bytes> classes = new TreeMap<>();

        Memory(JavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return classes.computeIfAbsent(className, Bytes::new);
        }
    }

    /**
     * Compiles.
     *
     * @param text one compilation unit; it may use {@code jdk.internal.vm.annotation}
     * @return class files by internal name
     */
    public static Map<String, byte[]> of(String text) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        Memory memory = new Memory(javac.getStandardFileManager(null, null, null));
        StringWriter said = new StringWriter();
        boolean good = javac.getTask(said, memory, null, OPTIONS, null, List.of(new Text(text)))
                .call();
        if (!good) {
            throw new AssertionError(said + "\n" + text);
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        memory.classes.forEach((name, bytes) -> files.put(name.replace('.', '/'), bytes.content.toByteArray()));
        return files;
    }
}
