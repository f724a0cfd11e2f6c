package dev.faultline.source.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

/** Makes random class hierarchies: all kinds of fields, and {@code @Contended} in every place. */
final class ClassGenerator {

    static final String CONTENDED = "Ljdk/internal/vm/annotation/Contended;";

    static final String CONTENDED_8 = "Lsun/misc/Contended;";

    private static final String[] TYPES = {
        "Z", "B", "C", "S", "I", "F", "J", "D", "Ljava/lang/Object;", "[J", "[[Ljava/lang/String;", "Ljava/lang/String;"
    };

    private final Random random;
    private final String annotation;
    private final String other;

    ClassGenerator(long seed) {
        this(seed, CONTENDED, CONTENDED_8);
    }

    /** Makes classes with one annotation, and now and then another. */
    ClassGenerator(long seed, String annotation, String other) {
        this.random = new Random(seed);
        this.annotation = annotation;
        this.other = other;
    }

    /** Writes that many hierarchies of one to four levels below a directory. */
    void write(Path directory, int hierarchies) {
        generate(hierarchies).forEach((name, bytes) -> write(directory, name, bytes));
    }

    /** {@return that many hierarchies of one to four levels, by internal name} */
    Map<String, byte[]> generate(int hierarchies) {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (int hierarchy = 0; hierarchy < hierarchies; hierarchy++) {
            String superName = "java/lang/Object";
            int levels = 1 + random.nextInt(4);
            boolean mayContend = random.nextInt(4) != 0;
            for (int level = 0; level < levels; level++) {
                String name = "gen/H" + hierarchy + "L" + level;
                classes.put(name, classFile(name, superName, mayContend));
                superName = name;
            }
        }
        return classes;
    }

    private static void write(Path directory, String name, byte[] bytes) {
        try {
            Path file = directory.resolve(name + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] classFile(String name, String superName, boolean mayContend) {
        ClassWriter writer = new ClassWriter(0);
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER;
        writer.visit(Opcodes.V17, access, name, null, superName, null);
        if (mayContend && random.nextInt(5) == 0) {
            writer.visitAnnotation(annotation(), random.nextInt(8) != 0).visitEnd();
        }
        int contendedIn8 = mayContend ? random.nextInt(4) : 0;
        // Many classes of a hierarchy have no fields, few have many: both ends are where rules differ.
        int fields = random.nextInt(3) == 0 ? 0 : random.nextInt(random.nextInt(4) == 0 ? 20 : 5);
        for (int i = 0; i < fields; i++) {
            int fieldAccess = random.nextInt(8) == 0 ? Opcodes.ACC_STATIC : 0;
            fieldAccess |= random.nextInt(4) == 0 ? Opcodes.ACC_VOLATILE : 0;
            String type = TYPES[random.nextInt(TYPES.length)];
            FieldVisitor field = writer.visitField(fieldAccess, "f" + random.nextInt(1000) + "_" + i, type, null, null);
            if (random.nextInt(8) < contendedIn8) {
                contend(field);
            }
            field.visitEnd();
        }
        writer.visitEnd();
        return writer.toByteArray();
    }

    private void contend(FieldVisitor field) {
        AnnotationVisitor contention = field.visitAnnotation(annotation(), random.nextInt(8) != 0);
        switch (random.nextInt(4)) {
            case 0 -> contention.visit("value", "g" + random.nextInt(3));
            case 1 -> contention.visit("value", "");
            default -> {
                // a group of its own
            }
        }
        contention.visitEnd();
    }

    /** Sometimes the other annotation, which VMs of that version ignore. */
    private String annotation() {
        return random.nextInt(8) == 0 ? other : annotation;
    }
}
