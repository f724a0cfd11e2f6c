package dev.faultline.source.jvm.code;

import dev.faultline.api.Internal;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * The constants of a class file whose structure was checked. An index that names no constant of the kind that is asked
 * for is an {@link IllegalArgumentException}.
 */
@Internal
public final class ConstantPool {

    /**
     * A field or method as code names it.
     *
     * @param owner internal name of the class in front of the dot; of a method of arrays, the array type
     * @param name its name
     * @param descriptor its types
     */
    public record Member(String owner, String name, String descriptor) {}

    /**
     * A method handle constant.
     *
     * @param kind 1 to 9, JVMS table 5.4.3.5-A
     * @param member the field or method
     */
    public record Handle(int kind, Member member) {}

    public static final int UTF8 = 1;
    public static final int INTEGER = 3;
    public static final int FLOAT = 4;
    public static final int LONG = 5;
    public static final int DOUBLE = 6;
    public static final int CLASS = 7;
    public static final int STRING = 8;
    private static final int FIRST_MEMBER = 9;
    private static final int LAST_MEMBER = 11;
    private static final int NAME_AND_TYPE = 12;
    static final int METHOD_HANDLE = 15;
    private static final int DYNAMIC = 17;
    static final int INVOKE_DYNAMIC = 18;

    private final byte[] bytes;
    private final int[] starts;
    private final Object[] known;
    private final int end;

    /** The constants of a class file, whose structure was checked. */
    public ConstantPool(byte[] bytes) {
        this.bytes = bytes;
        starts = new int[u2(8)];
        known = new Object[starts.length];
        int at = 10;
        for (int entry = 1; entry < starts.length; entry++) {
            starts[entry] = at;
            switch (bytes[at]) {
                case UTF8 -> at += 3 + u2(at + 1);
                case CLASS, STRING, 16, 19, 20 -> at += 3;
                case METHOD_HANDLE -> at += 4;
                case LONG, DOUBLE -> {
                    at += 9;
                    entry++;
                }
                default -> at += 5;
            }
        }
        end = at;
    }

    /** {@return the offset of the byte behind the constants} */
    public int end() {
        return end;
    }

    /** {@return whether a name or text is one of some; what is not ASCII in it is not decoded} */
    public boolean hasText(Predicate<String> wanted) {
        for (int index = 1; index < starts.length; index++) {
            int at = starts[index];
            boolean isText = at > 0 && bytes[at] == UTF8;
            if (isText && wanted.test(new String(bytes, at + 3, u2(at + 1), StandardCharsets.ISO_8859_1))) {
                return true;
            }
        }
        return false;
    }

    private int u2(int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    private int s4(int at) {
        return u2(at) << 16 | u2(at + 2);
    }

    /** {@return the tag of a constant} */
    public int tag(int index) {
        if (index <= 0 || index >= starts.length || starts[index] == 0) {
            throw new IllegalArgumentException("there is no constant " + index);
        }
        return bytes[starts[index]];
    }

    private int start(int index, int tag) {
        if (tag(index) != tag) {
            throw new IllegalArgumentException("constant " + index + " has the tag " + tag(index) + ", not " + tag);
        }
        return starts[index] + 1;
    }

    /** {@return a name} */
    public String utf8(int index) {
        int at = start(index, UTF8);
        if (known[index] instanceof String text) {
            return text;
        }
        String text = decoded(at + 2, u2(at));
        known[index] = text;
        return text;
    }

    private String decoded(int at, int length) {
        for (int i = at; i < at + length; i++) {
            if (bytes[i] <= 0) {
                return modified(at - 2, length + 2);
            }
        }
        return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    }

    private String modified(int at, int length) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes, at, length))) {
            return in.readUTF();
        } catch (IOException e) {
            throw new IllegalArgumentException("a name is not in modified UTF-8", e);
        }
    }

    /** {@return the internal name of a class} */
    public String className(int index) {
        return utf8(u2(start(index, CLASS)));
    }

    /** {@return a string constant} */
    public String string(int index) {
        return utf8(u2(start(index, STRING)));
    }

    /** {@return the number of an integer or long, as text; of a floating-point number, its bits} */
    public String number(int index) {
        int at = starts[index] + 1;
        return switch (tag(index)) {
            case INTEGER -> Integer.toString(s4(at));
            case FLOAT -> Float.toString(Float.intBitsToFloat(s4(at)));
            case LONG -> Long.toString((long) s4(at) << 32 | s4(at + 4) & 0xFFFFFFFFL);
            default -> Double.toString(Double.longBitsToDouble((long) s4(at) << 32 | s4(at + 4) & 0xFFFFFFFFL));
        };
    }

    /** {@return a field, a method, or a method of an interface} */
    public Member member(int index) {
        int tag = tag(index);
        if (tag < FIRST_MEMBER || tag > LAST_MEMBER) {
            throw new IllegalArgumentException("constant " + index + " is neither a field nor a method");
        }
        if (known[index] instanceof Member member) {
            return member;
        }
        int at = starts[index] + 1;
        int type = start(u2(at + 2), NAME_AND_TYPE);
        Member member = new Member(className(u2(at)), utf8(u2(type)), utf8(u2(type + 2)));
        known[index] = member;
        return member;
    }

    /** {@return a method handle} */
    Handle handle(int index) {
        int at = start(index, METHOD_HANDLE);
        return new Handle(bytes[at], member(u2(at + 1)));
    }

    /** {@return the descriptor of a call or constant that is linked when it is first used} */
    public String dynamicDescriptor(int index) {
        return utf8(u2(start(u2(dynamicStart(index) + 2), NAME_AND_TYPE) + 2));
    }

    /** {@return its entry in the table of bootstrap methods} */
    int bootstrap(int index) {
        return u2(dynamicStart(index));
    }

    private int dynamicStart(int index) {
        return start(index, tag(index) == DYNAMIC ? DYNAMIC : INVOKE_DYNAMIC);
    }
}
