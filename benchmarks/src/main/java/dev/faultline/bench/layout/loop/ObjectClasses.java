package dev.faultline.bench.layout.loop;

import dev.faultline.source.jvm.ObjectShape;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes classes that declare nothing but fields. They are no hidden classes: of those, the VM does not tell where a
 * field is.
 */
final class ObjectClasses extends ClassLoader {

    private static final String OBJECT = "java/lang/Object";

    private ObjectClasses() {
        super(null);
    }

    /** {@return the name of a field by its number in its class} */
    static String fieldName(int number) {
        return "field" + number;
    }

    /** {@return the classes, from the top; each extends the one before} */
    static List<Class<?>> define(ObjectShape shape) {
        ObjectClasses loader = new ObjectClasses();
        List<Class<?>> classes = new ArrayList<>();
        String above = OBJECT;
        for (List<ObjectShape.Field> fields : shape.classes()) {
            String name = "Played" + classes.size();
            byte[] bytes = write(name, above, fields);
            classes.add(loader.defineClass(name, bytes, 0, bytes.length));
            above = name;
        }
        return classes;
    }

    private static byte[] write(String name, String above, List<ObjectShape.Field> fields) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, name, null, above, null);
        for (int i = 0; i < fields.size(); i++) {
            String type = fields.get(i).isReference()
                    ? "L" + OBJECT + ";"
                    : String.valueOf(fields.get(i).type());
            writer.visitField(Opcodes.ACC_PUBLIC, fieldName(i), type, null, null)
                    .visitEnd();
        }
        MethodVisitor made = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        made.visitCode();
        made.visitVarInsn(Opcodes.ALOAD, 0);
        made.visitMethodInsn(Opcodes.INVOKESPECIAL, above, "<init>", "()V", false);
        made.visitInsn(Opcodes.RETURN);
        made.visitMaxs(0, 0);
        made.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
