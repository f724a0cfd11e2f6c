package dev.faultline.source.jvm.classfile;

import dev.faultline.api.Internal;
import dev.faultline.input.InputException;

/**
 * Checks that the parts of a class file are complete and end at its last byte, so that counts and lengths cannot lead a
 * reader out of the file or into a loop.
 *
 * <p>The format is that of the Java Virtual Machine Specification, chapter 4.
 */
@Internal
public final class ClassFileShape {

    private final String source;
    private final byte[] bytes;
    private int at;

    private ClassFileShape(String source, byte[] bytes) {
        this.source = source;
        this.bytes = bytes;
    }

    /** Throws an {@link InputException} that names the first byte that is not valid. */
    public static void check(String source, byte[] bytes) {
        new ClassFileShape(source, bytes).check();
    }

    private void check() {
        if (bytes.length < 4 || number(0, 4) != 0xCAFEBABE) {
            throw InputException.atByte(source, 0, "not a class file: it does not start with CA FE BA BE");
        }
        skip(8, "the version");
        constantPool();
        skip(6, "the class and its superclass");
        skip(2L * count("the interfaces"), "the interfaces");
        members("the fields");
        members("the methods");
        attributes("the class");
        if (at != bytes.length) {
            throw InputException.atByte(
                    source, at, "broken class file: " + (bytes.length - at) + " bytes after its end");
        }
    }

    private void constantPool() {
        int entries = count("the constant pool");
        for (int entry = 1; entry < entries; entry++) {
            int start = at;
            skip(1, "the constant pool");
            int tag = bytes[start];
            switch (tag) {
                case 1 -> skip(count("a name"), "a name");
                case 3, 4, 9, 10, 11, 12, 17, 18 -> skip(4, "the constant pool");
                case 5, 6 -> {
                    skip(8, "the constant pool");
                    // JVMS 4.4.5: a long or double takes two entries
                    entry++;
                }
                case 7, 8, 16, 19, 20 -> skip(2, "the constant pool");
                case 15 -> skip(3, "the constant pool");
                default ->
                    throw InputException.atByte(
                            source, start, "broken class file: constant " + entry + " has the unknown tag " + tag);
            }
        }
    }

    private void members(String what) {
        int members = count(what);
        for (int member = 0; member < members; member++) {
            skip(6, what);
            attributes(what);
        }
    }

    private void attributes(String what) {
        int attributes = count("the attributes of " + what);
        for (int attribute = 0; attribute < attributes; attribute++) {
            skip(2, "an attribute");
            int start = at;
            skip(4, "an attribute");
            skip(number(start, 4) & 0xFFFFFFFFL, "an attribute of " + what);
        }
    }

    private int count(String what) {
        int start = at;
        skip(2, "the number of " + what);
        return number(start, 2);
    }

    private void skip(long byteCount, String what) {
        if (byteCount > bytes.length - at) {
            throw InputException.atByte(
                    source,
                    at,
                    "broken class file: " + what + " should take " + byteCount + " bytes, " + (bytes.length - at)
                            + " are left");
        }
        at += (int) byteCount;
    }

    private int number(int byteOffset, int byteCount) {
        int value = 0;
        for (int i = byteOffset; i < byteOffset + byteCount; i++) {
            value = value << 8 | bytes[i] & 0xFF;
        }
        return value;
    }
}
