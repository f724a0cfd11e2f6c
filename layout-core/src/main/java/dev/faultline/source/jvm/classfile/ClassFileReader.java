package dev.faultline.source.jvm.classfile;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.ClassFile.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

/** Reads the fields of a class file with ASM, after {@link ClassFileShape} has checked its structure. */
@Internal
public final class ClassFileReader extends ClassVisitor {

    /** The only annotation that HotSpot honours since JDK 9. */
    private static final String CONTENDED = "Ljdk/internal/vm/annotation/Contended;";

    /** The only annotation that HotSpot of JDK 8 honours. */
    private static final String CONTENDED_8 = "Lsun/misc/Contended;";

    private static final int READ = ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES;

    /** What one of the two annotations marks. */
    private static final class Marks {
        private boolean onClass;
        private boolean within;
        private final Map<Integer, ClassFile.Group> groups = new HashMap<>();

        List<ClassFile.Field> on(List<ClassFile.Field> fields) {
            List<ClassFile.Field> marked = new ArrayList<>();
            for (ClassFile.Field field : fields) {
                marked.add(new ClassFile.Field(
                        field.name(),
                        field.descriptor(),
                        field.isVolatile(),
                        Optional.ofNullable(groups.get(marked.size()))));
            }
            return marked;
        }
    }

    private final List<ClassFile.Field> fields = new ArrayList<>();
    private final Map<String, Marks> marks = Map.of(CONTENDED, new Marks(), CONTENDED_8, new Marks());
    private final Map<String, Set<String>> silenced = new HashMap<>();
    private String name = "";
    private Optional<String> superName = Optional.empty();
    private Kind kind = Kind.CLASS;
    private boolean isAbstract;
    private Optional<String> sourceFile = Optional.empty();

    private ClassFileReader() {
        super(Opcodes.ASM9);
    }

    /**
     * Reads a class file.
     *
     * @param source the name of the file in messages
     * @param bytes its content
     * @return what it declares
     * @throws InputException when it is not a valid class file
     */
    public static ClassFile read(String source, byte[] bytes) {
        ClassFileShape.check(source, bytes);
        byte[] file = bytes.clone();
        // The format of fields is that of version 45; with a version that ASM knows, it reads files of newer JDKs.
        file[4] = 0;
        file[5] = 0;
        file[6] = 0;
        file[7] = Opcodes.V17;
        ClassFileReader reader = new ClassFileReader();
        try {
            new ClassReader(file).accept(reader, READ);
        } catch (RuntimeException e) {
            // ASM does not check what it reads and fails with exceptions of many kinds.
            throw new InputException(source, "", "broken class file: its structure is valid, but its content is not");
        } catch (StackOverflowError e) {
            throw new InputException(source, "", "broken class file: annotations are nested thousands deep");
        }
        return reader.classFile(source);
    }

    private ClassFile classFile(String source) {
        if (!ClassNames.isClass(name)) {
            throw new InputException(source, "", "broken class file: declares no class with a legal name");
        }
        if (superName.isPresent() && !ClassNames.isClass(superName.get())) {
            throw new InputException(source, "", "broken class file: its superclass has no legal name");
        }
        Set<String> seen = new HashSet<>();
        for (ClassFile.Field field : fields) {
            if (!seen.add(field.name() + " " + field.descriptor())) {
                throw new InputException(source, "", "broken class file: declares a field twice");
            }
            if (!ClassNames.isField(field.name()) || !ClassNames.isDescriptor(field.descriptor())) {
                throw new InputException(
                        source, "", "broken class file: declares a field without a legal name or type");
            }
        }
        Marks now = marks.get(CONTENDED);
        boolean differs = marks.values().stream().anyMatch(one -> one.within);
        return of(now, differs ? Optional.of(of(marks.get(CONTENDED_8), Optional.empty())) : Optional.empty());
    }

    private ClassFile of(Marks read, Optional<ClassFile> inJdk8) {
        return new ClassFile(
                name,
                superName,
                kind,
                isAbstract,
                read.onClass,
                read.within,
                read.on(fields),
                inJdk8,
                silenced,
                sourceFile);
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        this.name = name == null ? "" : name;
        this.superName = Optional.ofNullable(superName);
        isAbstract = (access & Opcodes.ACC_ABSTRACT) != 0;
        if ((access & Opcodes.ACC_MODULE) != 0) {
            kind = Kind.MODULE;
        } else if ((access & Opcodes.ACC_ANNOTATION) != 0) {
            kind = Kind.ANNOTATION;
        } else if ((access & Opcodes.ACC_INTERFACE) != 0) {
            kind = Kind.INTERFACE;
        }
    }

    /** Tools that hide names put a word there that is no file. */
    @Override
    public void visitSource(String source, String debug) {
        String file = source == null ? "" : source.substring(source.lastIndexOf('/') + 1);
        sourceFile = Optional.of(file).filter(name -> name.lastIndexOf('.') > 0);
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        Marks read = marks.get(descriptor);
        if (visible && read != null) {
            read.onClass = true;
            read.within = true;
        }
        return isSilencing(descriptor) ? silencing("") : null;
    }

    @Override
    public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
        int index = fields.size();
        boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
        if (!isStatic) {
            boolean isVolatile = (access & Opcodes.ACC_VOLATILE) != 0;
            fields.add(new ClassFile.Field(name, descriptor, isVolatile, Optional.empty()));
        }
        return new FieldVisitor(Opcodes.ASM9) {
            @Override
            public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                if (isSilencing(annotation)) {
                    return silencing(name);
                }
                Marks read = marks.get(annotation);
                if (!visible || read == null) {
                    return null;
                }
                read.within = true;
                if (isStatic) {
                    return null;
                }
                read.groups.put(index, new ClassFile.Group(Optional.empty()));
                return groupName(read, index);
            }
        };
    }

    /** Whatever the package or the outer class of the annotation, its simple name tells. */
    private static boolean isSilencing(String descriptor) {
        String end = ClassFile.SILENCING + ";";
        return descriptor.endsWith("/" + end) || descriptor.endsWith("$" + end) || descriptor.equals("L" + end);
    }

    /** Takes the rules from its value: one word, or several. */
    private AnnotationVisitor silencing(String field) {
        Set<String> rules = silenced.computeIfAbsent(field, any -> new HashSet<>());
        return new AnnotationVisitor(Opcodes.ASM9) {
            @Override
            public void visit(String element, Object value) {
                if (value instanceof String rule) {
                    rules.add(rule);
                }
            }

            @Override
            public AnnotationVisitor visitArray(String element) {
                return "value".equals(element) ? this : null;
            }
        };
    }

    private static AnnotationVisitor groupName(Marks read, int index) {
        return new AnnotationVisitor(Opcodes.ASM9) {
            @Override
            public void visit(String element, Object value) {
                if ("value".equals(element) && value instanceof String group && !group.isEmpty()) {
                    read.groups.put(index, new ClassFile.Group(Optional.of(group)));
                }
            }
        };
    }
}
