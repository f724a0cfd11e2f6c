package dev.faultline.recorder.code;

import dev.faultline.recorder.run.CodePlaces;
import dev.faultline.recorder.run.Recorder;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts calls of the recorder into a class. Nothing is added but code: no field, no method, and no class is loaded to
 * compute stack maps, which are those of the class with one more local variable.
 */
final class ClassInstrumenter implements ClassFileTransformer {

    private final RecordOptions options;
    /** Whether a class loader finds the recorder. */
    private final Map<ClassLoader, Boolean> loaders = Collections.synchronizedMap(new WeakHashMap<>());

    ClassInstrumenter(RecordOptions options) {
        this.options = options;
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> before, ProtectionDomain domain, byte[] classFile) {
        if (name == null || !takes(loader, name)) {
            noteFields(loader, classFile);
            return null;
        }
        if (!findsRecorder(loader)) {
            CodePlaces.leaveAlone(name.replace('/', '.') + ": its class loader does not ask its parents");
            return null;
        }
        try {
            return instrument(name, classFile);
        } catch (Throwable failed) { // a transformer that throws is as one that changes nothing, but silently
            CodePlaces.leaveAlone(name.replace('/', '.') + ": " + failed);
            return null;
        }
    }

    /** Notes the fields of a class of the program that is not to be recorded. */
    private static void noteFields(ClassLoader loader, byte[] classFile) {
        if (loader != null && loader != ClassLoader.getPlatformClassLoader()) {
            try {
                ClassSurvey.noteFields(new ClassReader(classFile));
            } catch (Throwable unknown) { // stores to its fields are taken to be plain
                return;
            }
        }
    }

    /** {@return whether a class is to be recorded} */
    boolean takes(ClassLoader loader, String name) {
        return loader != null
                && loader != ClassLoader.getPlatformClassLoader()
                && !name.startsWith("dev/faultline/recorder/")
                && !name.startsWith("[")
                && options.takes(name);
    }

    private boolean findsRecorder(ClassLoader loader) {
        Boolean known = loaders.get(loader);
        if (known == null) {
            try {
                known = Class.forName(Recorder.class.getName(), false, loader) == Recorder.class;
            } catch (ClassNotFoundException | LinkageError none) {
                known = false;
            }
            loaders.put(loader, known);
        }
        return known;
    }

    /** {@return the changed class; null when it touches nothing that is recorded} */
    static byte[] instrument(String name, byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassSurvey survey = ClassSurvey.of(reader);
        boolean isWorthRecording = survey.isWorthRecording();
        if (!name.isEmpty()) {
            CodePlaces.addClass(name, reader.getSuperName(), isWorthRecording);
        }
        if (!isWorthRecording) {
            return null;
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    private int index;
                    private int version;
                    private int classAccess;

                    @Override
                    public void visit(
                            int classVersion,
                            int access,
                            String className,
                            String signature,
                            String superName,
                            String[] interfaces) {
                        version = classVersion;
                        classAccess = access;
                        super.visit(classVersion, access, className, signature, superName, interfaces);
                    }

                    @Override
                    public MethodVisitor visitMethod(
                            int access, String method, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor to = super.visitMethod(access, method, descriptor, signature, exceptions);
                        MethodSurvey code = survey.method(index++);
                        if (!code.isToBeChanged()) {
                            return to;
                        }
                        return new AccessInstrumenter(
                                new MethodInstrumenter(to, reader.getClassName(), version, classAccess, method, code),
                                version,
                                code.plan().code());
                    }
                },
                ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }
}
