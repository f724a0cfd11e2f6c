package dev.faultline.recorder.code;

import dev.faultline.recorder.memory.FieldTraits;
import dev.faultline.recorder.run.CodePlaces;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What is in a class, looked at before it is changed. */
final class ClassSurvey extends ClassVisitor {

    private final List<MethodSurvey> methods = new ArrayList<>();
    private String name = "";
    private FieldTraits fields = new FieldTraits("", null);

    private ClassSurvey() {
        super(Opcodes.ASM9);
    }

    static ClassSurvey of(ClassReader reader) {
        ClassSurvey survey = new ClassSurvey();
        reader.accept(survey, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        survey.fields.note();
        return survey;
    }

    /** Notes which fields a class has whose code is of no interest: classes that extend it may store to them. */
    static void noteFields(ClassReader reader) {
        FieldTraits fields = new FieldTraits(reader.getClassName(), reader.getSuperName());
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public FieldVisitor visitField(
                            int access, String field, String descriptor, String signature, Object value) {
                        fields.add(field, access);
                        return null;
                    }
                },
                ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        fields.note();
    }

    /** {@return whether a class is the JDK's own, whose static fields are left out} */
    static boolean isOfJdk(String owner) {
        return owner.startsWith("java/")
                || owner.startsWith("javax/")
                || owner.startsWith("jdk/")
                || owner.startsWith("sun/")
                || owner.startsWith("com/sun/")
                || owner.startsWith("[");
    }

    MethodSurvey method(int index) {
        return methods.get(index);
    }

    /** {@return whether any method touches a field or calls what may} Notes which methods are too long. */
    boolean isWorthRecording() {
        boolean isWorth = false;
        for (MethodSurvey method : methods) {
            isWorth |= method.isToBeChanged();
            if (method.hasAccesses() && method.isTooLong()) {
                CodePlaces.leaveAlone(method.name() + " of " + name.replace('/', '.') + ": it would become too long");
            }
        }
        return isWorth;
    }

    /** {@return whether a method is left alone since it would become too long} */
    boolean hasLongMethods() {
        return methods.stream().anyMatch(method -> method.hasAccesses() && method.isTooLong());
    }

    @Override
    public void visit(
            int version, int access, String className, String signature, String superName, String[] interfaces) {
        name = className;
        fields = new FieldTraits(className, superName);
    }

    @Override
    public FieldVisitor visitField(int access, String field, String descriptor, String signature, Object value) {
        if ((access & Opcodes.ACC_STATIC) != 0 && (access & Opcodes.ACC_FINAL) != 0) {
            CodePlaces.addConstant(name.replace('/', '.'), field);
        }
        fields.add(field, access);
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, String signature, String[] exceptions) {
        MethodSurvey survey = new MethodSurvey(method);
        methods.add(survey);
        return new MethodCode(name, access, descriptor, survey);
    }
}
