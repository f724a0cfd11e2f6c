package dev.faultline.source.jvm.values;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a class file says that may be a value interface, or an enum that a field of one has as its type.
 *
 * @param name its internal name
 * @param isInterface whether it is an interface
 * @param constants the number of its constants; -1 when it is no enum
 * @param interfaces the interfaces it extends
 * @param methods its abstract methods
 */
record ValueType(String name, boolean isInterface, int constants, List<String> interfaces, List<Method> methods) {

    static final String PACKAGE = "Lnet/openhft/chronicle/values/";

    /**
     * An abstract method.
     *
     * @param name its name
     * @param descriptor its types
     * @param annotations its annotations, by descriptor
     * @param parameters the annotations of each parameter that has some
     */
    record Method(
            String name,
            String descriptor,
            Map<String, Map<String, Object>> annotations,
            Map<Integer, Map<String, Map<String, Object>>> parameters) {

        Optional<Map<String, Object>> annotation(String simpleName) {
            return Optional.ofNullable(annotations.get(PACKAGE + simpleName + ";"));
        }

        Optional<Map<String, Object>> annotation(int parameter, String simpleName) {
            return Optional.ofNullable(
                    parameters.getOrDefault(parameter, Map.of()).get(PACKAGE + simpleName + ";"));
        }

        boolean isOfLibrary() {
            return annotations.keySet().stream().anyMatch(each -> each.startsWith(PACKAGE))
                    || parameters.values().stream()
                            .flatMap(each -> each.keySet().stream())
                            .anyMatch(each -> each.startsWith(PACKAGE));
        }
    }

    /** {@return whether an annotation of the library shows that it is a value interface} */
    boolean isValue() {
        return isInterface && methods.stream().anyMatch(Method::isOfLibrary);
    }

    /**
     * Reads a class file.
     *
     * @param bytes the content of a class file whose structure was checked
     * @return the type
     */
    static ValueType read(byte[] bytes) {
        byte[] file = bytes.clone();
        // What is read has the form of version 45; with a version that ASM knows, it reads files of newer JDKs.
        file[4] = 0;
        file[5] = 0;
        file[6] = 0;
        file[7] = Opcodes.V17;
        Reader reader = new Reader();
        new ClassReader(file).accept(reader, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new ValueType(
                reader.name,
                (reader.access & Opcodes.ACC_INTERFACE) != 0,
                (reader.access & Opcodes.ACC_ENUM) != 0 ? reader.constants : -1,
                reader.interfaces,
                reader.methods);
    }

    private static final class Reader extends ClassVisitor {
        private String name = "";
        private int access;
        private int constants;
        private List<String> interfaces = List.of();
        private final List<Method> methods = new ArrayList<>();

        Reader() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(int version, int flags, String type, String signature, String above, String[] all) {
            name = type;
            access = flags;
            interfaces = all == null ? List.of() : List.of(all);
        }

        @Override
        public FieldVisitor visitField(int flags, String field, String descriptor, String signature, Object value) {
            constants += (flags & Opcodes.ACC_ENUM) != 0 ? 1 : 0;
            return null;
        }

        @Override
        public MethodVisitor visitMethod(int flags, String method, String descriptor, String signature, String[] all) {
            if ((flags & Opcodes.ACC_ABSTRACT) == 0) {
                return null;
            }
            Method found = new Method(method, descriptor, new HashMap<>(), new HashMap<>());
            methods.add(found);
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public AnnotationVisitor visitAnnotation(String type, boolean isVisible) {
                    return isVisible ? values(found.annotations(), type) : null;
                }

                @Override
                public AnnotationVisitor visitParameterAnnotation(int parameter, String type, boolean isVisible) {
                    return isVisible
                            ? values(found.parameters().computeIfAbsent(parameter, any -> new HashMap<>()), type)
                            : null;
                }
            };
        }

        private static AnnotationVisitor values(Map<String, Map<String, Object>> annotations, String type) {
            Map<String, Object> values = annotations.computeIfAbsent(type, any -> new HashMap<>());
            return new AnnotationVisitor(Opcodes.ASM9) {
                @Override
                public void visit(String element, Object value) {
                    values.put(element, value);
                }
            };
        }
    }
}
