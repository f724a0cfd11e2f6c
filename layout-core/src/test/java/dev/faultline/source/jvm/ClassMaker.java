package dev.faultline.source.jvm;

import dev.faultline.source.jvm.store.ClassStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

/** Writes class files that javac does not: with internal annotations, or damaged. */
public final class ClassMaker {

    /**
     * A field to write.
     *
     * @param access flags, 0 for none
     * @param descriptor its type
     * @param name its name
     * @param group nothing when not contended, else the group, empty for one of its own
     */
    record Field(int access, String descriptor, String name, Optional<String> group) {}

    private final String name;
    private String superName = "java/lang/Object";
    private int access = Opcodes.ACC_PUBLIC;
    private boolean contended;
    private String annotation = ClassGenerator.CONTENDED;
    private final List<Field> fields = new ArrayList<>();

    private ClassMaker(String name) {
        this.name = name;
    }

    public static ClassMaker named(String internalName) {
        return new ClassMaker(internalName);
    }

    public ClassMaker extending(String superName) {
        this.superName = superName;
        return this;
    }

    public ClassMaker access(int access) {
        this.access = access;
        return this;
    }

    /** Uses the annotation of JDK 8 for what is contended. */
    public ClassMaker withAnnotationOfJdk8() {
        annotation = ClassGenerator.CONTENDED_8;
        return this;
    }

    public ClassMaker contended() {
        contended = true;
        return this;
    }

    public ClassMaker with(String descriptor, String... names) {
        for (String field : names) {
            fields.add(new Field(0, descriptor, field, Optional.empty()));
        }
        return this;
    }

    public ClassMaker with(int access, String descriptor, String field) {
        fields.add(new Field(access, descriptor, field, Optional.empty()));
        return this;
    }

    public ClassMaker withContended(String group, String descriptor, String field) {
        fields.add(new Field(0, descriptor, field, Optional.of(group)));
        return this;
    }

    public byte[] bytes() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, access, name, null, superName, null);
        if (contended) {
            writer.visitAnnotation(annotation, true).visitEnd();
        }
        for (Field field : fields) {
            FieldVisitor visitor = writer.visitField(field.access, field.name, field.descriptor, null, null);
            field.group.ifPresent(group -> {
                AnnotationVisitor contention = visitor.visitAnnotation(annotation, true);
                if (!group.isEmpty()) {
                    contention.visit("value", group);
                }
                contention.visitEnd();
            });
        }
        return writer.toByteArray();
    }

    record Memory(Map<String, byte[]> classes) implements ClassStore {
        @Override
        public List<String> names() {
            return List.copyOf(classes.keySet());
        }

        @Override
        public Optional<Content> find(String internalName) {
            return Optional.ofNullable(classes.get(internalName))
                    .map(bytes -> new Content(internalName + ".class", bytes));
        }

        @Override
        public boolean trusted() {
            return false;
        }

        @Override
        public ClassLoader loader() {
            throw new UnsupportedOperationException("these classes are not to be loaded");
        }
    }

    /** {@return a source of these classes, in memory} */
    static ClassSource source(VmMode mode, ClassMaker... makers) {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (ClassMaker maker : makers) {
            classes.put(maker.name, maker.bytes());
        }
        return source(mode, classes);
    }

    /** {@return a source of these class files, valid or not} */
    public static ClassSource source(VmMode mode, Map<String, byte[]> classes) {
        return new ClassSource("memory", new Memory(classes), mode);
    }

    /** Writes a jar of these entries. */
    public static Path jar(Path file, Map<String, byte[]> entries) {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file and the directories it is in. */
    public static Path file(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
