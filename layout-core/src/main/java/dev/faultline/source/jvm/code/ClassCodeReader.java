package dev.faultline.source.jvm.code;

import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeMethod;
import dev.faultline.access.code.DeclaredField;
import dev.faultline.api.Internal;
import dev.faultline.input.InputException;
import dev.faultline.source.jvm.classfile.AnnotationTypes;
import dev.faultline.source.jvm.classfile.ClassFileShape;
import dev.faultline.source.jvm.classfile.ClassNames;
import dev.faultline.source.jvm.code.MethodInterpreter.Catch;
import dev.faultline.source.jvm.code.call.MemoryCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the code of one class file. */
@Internal
public final class ClassCodeReader {

    /** Most tables of lines of a method that are read; compilers write one. */
    private static final int MOST_LINE_TABLES = 16;

    private static final int PUBLIC = 1;
    private static final int PRIVATE = 2;
    private static final int PROTECTED = 4;
    private static final int STATIC = 8;
    private static final int FINAL = 16;
    private static final int SYNCHRONIZED = 32;
    private static final int VOLATILE = 64;
    private static final int TRANSIENT = 128;
    private static final int NATIVE = 256;
    private static final int INTERFACE = 512;
    private static final int ABSTRACT = 1024;
    private static final int SYNTHETIC = 4096;

    private final byte[] bytes;
    private final ConstantPool pool;
    private final RawClass type = new RawClass();
    private final InitialiserLines initialisers = new InitialiserLines(type);
    private final Map<String, Signature> signatures = new HashMap<>();
    private BootstrapTable bootstraps = BootstrapTable.NONE;
    private int at;

    private ClassCodeReader(byte[] bytes) {
        this.bytes = bytes;
        pool = new ConstantPool(bytes);
    }

    /**
     * Reads a class file.
     *
     * @param source the name of the file in messages
     * @param bytes its content
     * @return its code, not yet connected with that of other classes
     * @throws InputException when it is not a valid class file, or its code is not valid
     */
    public static ClassCode read(String source, byte[] bytes) {
        ClassFileShape.check(source, bytes);
        try {
            return new ClassCode(new ClassCodeReader(bytes).read());
        } catch (IllegalArgumentException e) {
            throw new InputException(source, "", "broken class file: " + e.getMessage());
        }
    }

    /**
     * {@return whether the code of a class may access memory outside of Java objects, or its constants may say what is
     * there} Only its constants are read.
     *
     * @param source the name of the file in messages
     * @param bytes its content
     * @throws InputException when it is not a valid class file
     */
    public static boolean hasMemory(String source, byte[] bytes) {
        ClassFileShape.check(source, bytes);
        return new ConstantPool(bytes).hasText(MemoryCall::isSign);
    }

    private RawClass read() {
        at = pool.end();
        int access = u2();
        type.name = pool.className(u2());
        int above = u2();
        type.superName = above == 0 ? Optional.empty() : Optional.of(pool.className(above));
        List<String> interfaces = new ArrayList<>();
        for (int count = u2(); count > 0; count--) {
            interfaces.add(pool.className(u2()));
        }
        type.interfaces = interfaces;
        traits(access);
        int members = at;
        skipMembers();
        skipMembers();
        readBootstraps();
        at = members;
        for (int count = u2(); count > 0; count--) {
            readField();
        }
        for (int count = u2(); count > 0; count--) {
            readMethod();
        }
        initialisers.locateFields();
        return type;
    }

    private void traits(int access) {
        add(type.traits, CodeClass.Trait.PUBLIC, access, PUBLIC);
        add(type.traits, CodeClass.Trait.FINAL, access, FINAL);
        add(type.traits, CodeClass.Trait.ABSTRACT, access, ABSTRACT);
        add(type.traits, CodeClass.Trait.INTERFACE, access, INTERFACE);
    }

    private static <T> void add(Set<T> traits, T trait, int access, int flag) {
        if ((access & flag) != 0) {
            traits.add(trait);
        }
    }

    private int u2() {
        at += 2;
        return u2(at - 2);
    }

    private int u2(int offset) {
        return (bytes[offset] & 0xFF) << 8 | bytes[offset + 1] & 0xFF;
    }

    private int s4(int offset) {
        return u2(offset) << 16 | u2(offset + 2);
    }

    private void skipMembers() {
        for (int count = u2(); count > 0; count--) {
            at += 6;
            for (int attributes = u2(); attributes > 0; attributes--) {
                at += 6 + s4(at + 2);
            }
        }
    }

    private void readBootstraps() {
        for (int attributes = u2(); attributes > 0; attributes--) {
            int end = at + 6 + s4(at + 2);
            if (pool.utf8(u2(at)).equals("BootstrapMethods")) {
                bootstraps = BootstrapTable.read(bytes, at + 6, end, pool);
            }
            at = end;
        }
    }

    private void readField() {
        int access = u2();
        String name = pool.utf8(u2());
        String descriptor = pool.utf8(u2());
        if (!ClassNames.isDescriptor(descriptor)) {
            throw new IllegalArgumentException("declares a field without a legal type");
        }
        Set<DeclaredField.Trait> traits = EnumSet.noneOf(DeclaredField.Trait.class);
        add(traits, DeclaredField.Trait.PUBLIC, access, PUBLIC);
        add(traits, DeclaredField.Trait.PRIVATE, access, PRIVATE);
        add(traits, DeclaredField.Trait.PROTECTED, access, PROTECTED);
        add(traits, DeclaredField.Trait.STATIC, access, STATIC);
        add(traits, DeclaredField.Trait.FINAL, access, FINAL);
        add(traits, DeclaredField.Trait.VOLATILE, access, VOLATILE);
        add(traits, DeclaredField.Trait.TRANSIENT, access, TRANSIENT);
        add(traits, DeclaredField.Trait.SYNTHETIC, access, SYNTHETIC);
        for (int attributes = u2(); attributes > 0; attributes--) {
            String attribute = pool.utf8(u2(at));
            if (attribute.startsWith("Runtime") && attribute.endsWith("Annotations")) {
                traits.add(DeclaredField.Trait.ANNOTATED);
            }
            at += 6 + s4(at + 2);
        }
        type.fields.add(new DeclaredField(name, descriptor, traits));
    }

    private void readMethod() {
        int access = u2();
        String name = pool.utf8(u2());
        String descriptor = pool.utf8(u2());
        Set<CodeMethod.Trait> traits = EnumSet.noneOf(CodeMethod.Trait.class);
        add(traits, CodeMethod.Trait.PUBLIC, access, PUBLIC);
        add(traits, CodeMethod.Trait.PRIVATE, access, PRIVATE);
        add(traits, CodeMethod.Trait.PROTECTED, access, PROTECTED);
        add(traits, CodeMethod.Trait.STATIC, access, STATIC);
        add(traits, CodeMethod.Trait.ABSTRACT, access, ABSTRACT);
        add(traits, CodeMethod.Trait.SYNCHRONIZED, access, SYNCHRONIZED);
        add(traits, CodeMethod.Trait.SYNTHETIC, access, SYNTHETIC);
        add(traits, CodeMethod.Trait.NATIVE, access, NATIVE);
        if ((access & SYNCHRONIZED) != 0 && (access & STATIC) == 0) {
            traits.add(CodeMethod.Trait.LOCKS_SELF);
        }
        add(type.traits, CodeClass.Trait.HAS_NATIVE, access, NATIVE);
        RawClass.Method method = new RawClass.Method(name, descriptor, traits);
        type.methods.add(method);
        for (int attributes = u2(); attributes > 0; attributes--) {
            int end = at + 6 + s4(at + 2);
            String attribute = pool.utf8(u2(at));
            if (attribute.equals("Code")) {
                readCode(method, at + 6, end);
            }
            if (attribute.equals("RuntimeVisibleAnnotations") && isGrouped(at + 6, end)) {
                traits.add(CodeMethod.Trait.GROUPED);
            }
            type.hasAnnotatedMethods |= attribute.startsWith("RuntimeVisible") && attribute.endsWith("Annotations");
            at = end;
        }
    }

    private boolean isGrouped(int start, int end) {
        return AnnotationTypes.of(bytes, start, end).stream()
                .anyMatch(one -> pool.utf8(one).equals("Lorg/openjdk/jmh/annotations/Group;"));
    }

    private void readCode(RawClass.Method method, int start, int end) {
        String place = "the code of " + method.name + " ";
        if (start + 8 > end || s4(start + 4) < 0 || s4(start + 4) > end - start - 12) {
            throw new IllegalArgumentException(place + "is longer than its attribute");
        }
        int length = s4(start + 4);
        try {
            CodeShape shape = new CodeShape(bytes, start + 8, length);
            int table = start + 8 + length;
            Map<Integer, List<Catch>> catches = catches(table, end, length);
            method.lines = lines(table + 2 + 8 * u2(table), end);
            EffectRecorder recorder = new EffectRecorder(type, method, shape);
            CallInterpreter calls = new CallInterpreter(type, pool, bootstraps, signatures, method, recorder);
            new MethodInterpreter(pool, shape, entry(method, start), catches, calls, recorder).run();
            recorder.findPolls();
            if (method.name.equals("<init>")) {
                initialisers.add(method, shape);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + "cannot be read: " + e.getMessage(), e);
        }
    }

    private Frame entry(RawClass.Method method, int start) {
        Frame frame = new Frame(u2(start + 2), u2(start));
        int local = 0;
        if (!method.traits.contains(CodeMethod.Trait.STATIC)) {
            frame.store(local++, Value.THIS);
        }
        List<String> parameters =
                signatures.computeIfAbsent(method.descriptor, Signature::of).parameters();
        for (int i = 0; i < parameters.size(); i++) {
            frame.store(local, Value.parameter(i));
            local += Signature.isWide(parameters.get(i)) ? 2 : 1;
        }
        return frame;
    }

    private Map<Integer, List<Catch>> catches(int table, int end, int length) {
        int count = u2(table);
        if (table + 2 + 8L * count > end) {
            throw new IllegalArgumentException("its table of exceptions is cut off");
        }
        Map<Integer, List<Catch>> catches = new HashMap<>();
        for (int entry = table + 2; entry < table + 2 + 8 * count; entry += 8) {
            Catch each = new Catch(u2(entry), u2(entry + 2), u2(entry + 4));
            if (each.at() >= length || each.to() > length || each.from() >= each.to()) {
                throw new IllegalArgumentException("a handler of exceptions is outside of it");
            }
            catches.computeIfAbsent(each.from(), any -> new ArrayList<>(1)).add(each);
        }
        return catches;
    }

    private Lines lines(int attributes, int end) {
        if (attributes + 2 > end) {
            throw new IllegalArgumentException("its attributes are cut off");
        }
        long[] lines = new long[0];
        int place = attributes + 2;
        int tables = 0;
        for (int count = u2(attributes); count > 0; count--) {
            long next = place + 6 > end ? Long.MAX_VALUE : place + 6 + (s4(place + 2) & 0xFFFFFFFFL);
            if (next > end) {
                throw new IllegalArgumentException("its attributes are cut off");
            }
            if (tables < MOST_LINE_TABLES && pool.utf8(u2(place)).equals("LineNumberTable")) {
                tables++;
                lines = concat(lines, place + 6, (int) next);
            }
            place = (int) next;
        }
        return lines.length == 0 ? Lines.NONE : Lines.of(lines);
    }

    private long[] concat(long[] lines, int start, int end) {
        int count = start + 2 > end ? 0 : Math.min(u2(start), (end - start - 2) / 4);
        long[] all = Arrays.copyOf(lines, lines.length + count);
        for (int i = 0; i < count; i++) {
            int entry = start + 2 + 4 * i;
            all[lines.length + i] = (long) u2(entry) << 32 | u2(entry + 2);
        }
        return all;
    }
}
