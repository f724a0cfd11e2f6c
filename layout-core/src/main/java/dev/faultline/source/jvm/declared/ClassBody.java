package dev.faultline.source.jvm.declared;

import dev.faultline.source.jvm.classfile.ClassFileShape;
import dev.faultline.source.jvm.code.CodeShape;
import dev.faultline.source.jvm.code.ConstantPool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A class file as its static initialiser is evaluated: its constants, static fields and static methods. */
final class ClassBody {

    private static final int STATIC = 8;
    private static final int FINAL = 16;

    /**
     * A static field.
     *
     * @param name its name
     * @param descriptor its type
     * @param isFinal whether only the initialiser writes it
     * @param value its constant; unknown when it has none
     */
    record Field(String name, String descriptor, boolean isFinal, StaticValue value) {}

    /** A handler of exceptions: the first instruction it covers, the one behind the last, and its own first. */
    record Catch(int from, int to, int at) {}

    /** The code of a static method. */
    record Code(CodeShape shape, int locals, int stack, List<Catch> catches) {}

    private final byte[] bytes;
    private final ConstantPool pool;
    private final String name;
    private final Optional<String> superName;
    private final List<String> interfaces = new ArrayList<>();
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Map<String, Integer> code = new HashMap<>();
    private int at;

    private ClassBody(byte[] bytes) {
        this.bytes = bytes;
        pool = new ConstantPool(bytes);
        at = pool.end() + 2;
        name = pool.className(u2());
        int above = u2();
        superName = above == 0 ? Optional.empty() : Optional.of(pool.className(above));
        for (int count = u2(); count > 0; count--) {
            interfaces.add(pool.className(u2()));
        }
        for (int count = u2(); count > 0; count--) {
            readField();
        }
        for (int count = u2(); count > 0; count--) {
            readMethod();
        }
    }

    /**
     * Reads a class file.
     *
     * @param source the name of the file in messages
     * @param bytes its content
     * @return its static fields and methods
     * @throws dev.faultline.input.InputException when it is not a valid class file
     * @throws IllegalArgumentException when a constant is not of the kind that is needed
     */
    static ClassBody read(String source, byte[] bytes) {
        ClassFileShape.check(source, bytes);
        return new ClassBody(bytes);
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

    private void readField() {
        int access = u2();
        String field = pool.utf8(u2());
        String descriptor = pool.utf8(u2());
        StaticValue value = StaticValue.UNKNOWN;
        for (int attributes = u2(); attributes > 0; attributes--) {
            if (pool.utf8(u2(at)).equals("ConstantValue") && s4(at + 2) == 2) {
                value = StaticValue.constant(pool, u2(at + 6));
            }
            at += 6 + s4(at + 2);
        }
        if ((access & STATIC) != 0) {
            fields.putIfAbsent(field, new Field(field, descriptor, (access & FINAL) != 0, value));
        }
    }

    private void readMethod() {
        int access = u2();
        String key = pool.utf8(u2()) + pool.utf8(u2());
        for (int attributes = u2(); attributes > 0; attributes--) {
            if ((access & STATIC) != 0 && pool.utf8(u2(at)).equals("Code")) {
                code.putIfAbsent(key, at + 6);
            }
            at += 6 + s4(at + 2);
        }
    }

    ConstantPool pool() {
        return pool;
    }

    /** {@return its internal name} */
    String name() {
        return name;
    }

    Optional<String> superName() {
        return superName;
    }

    List<String> interfaces() {
        return interfaces;
    }

    /** {@return its static fields by name, in the order of the declaration} */
    Map<String, Field> fields() {
        return fields;
    }

    /**
     * {@return the code of a static method that has some}
     *
     * @param signature name and descriptor, {@code <clinit>()V}
     */
    Optional<Code> code(String signature) {
        return Optional.ofNullable(code.get(signature)).map(this::code);
    }

    private Code code(int start) {
        int length = s4(start + 4);
        if (length < 0 || start + 8L + length + 2 > bytes.length) {
            throw new IllegalArgumentException("code is longer than its class");
        }
        CodeShape shape = new CodeShape(bytes, start + 8, length);
        int table = start + 8 + length;
        int count = u2(table);
        if (table + 2 + 8L * count > bytes.length) {
            throw new IllegalArgumentException("a table of exceptions is cut off");
        }
        List<Catch> catches = new ArrayList<>();
        for (int entry = table + 2; entry < table + 2 + 8 * count; entry += 8) {
            Catch each = new Catch(u2(entry), u2(entry + 2), u2(entry + 4));
            if (each.at() < length && each.to() <= length && each.from() < each.to()) {
                catches.add(each);
            }
        }
        return new Code(shape, u2(start + 2), u2(start), catches);
    }
}
