package dev.faultline.access;

import dev.faultline.api.Internal;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths that name a byte of a struct by its offset, {@code +72} or {@code +0x48}, as profilers print them. */
@Internal
public final class ByteOffset {

    private static final Pattern OFFSET = Pattern.compile("\\+(?:0x([0-9a-fA-F]{1,15})|([0-9]{1,18}))");
    private static final int HEX = 16;
    private static final int DEEPEST = 64;

    private ByteOffset() {}

    /** {@return the path that names a byte} */
    public static String path(long byteOffset) {
        return "+" + byteOffset;
    }

    /** {@return the offset that a path names; empty when it names a field} */
    public static Optional<Long> in(String path) {
        if (path.isEmpty() || path.charAt(0) != '+') {
            return Optional.empty();
        }
        Matcher offset = OFFSET.matcher(path);
        if (!offset.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                offset.group(1) == null ? Long.parseLong(offset.group(2)) : Long.parseLong(offset.group(1), HEX));
    }

    /**
     * {@return the path of the innermost field that has a byte; of several that overlap, the first; empty where no field
     * is}
     *
     * @param layout the layout
     * @param byteOffset counted from byte 0
     */
    public static Optional<String> fieldAt(StructLayout layout, long byteOffset) {
        return fieldAt(layout, byteOffset, "", 0);
    }

    private static Optional<String> fieldAt(StructLayout layout, long byteOffset, String prefix, int depth) {
        for (Slot.Field field : layout.fields()) {
            if (field.bytes().start() <= byteOffset && byteOffset < field.bytes().end() && depth < DEEPEST) {
                return Optional.of(within(field, byteOffset - field.byteOffset(), prefix, depth));
            }
        }
        return Optional.empty();
    }

    /** {@return the element of an array, and the field of that, as far as the type tells} */
    private static String within(Slot.Field field, long byteOffset, String prefix, int depth) {
        String path = prefix + field.path();
        long rest = byteOffset;
        FieldType type = field.type();
        while (type instanceof FieldType.Array array && array.element().byteSize() > 0) {
            long index = rest / array.element().byteSize();
            if (index >= array.count()) {
                return path;
            }
            path += "[" + index + "]";
            rest %= array.element().byteSize();
            type = array.element();
        }
        boolean isElement = !(field.type() == type) && type instanceof FieldType.Aggregate;
        return isElement
                ? fieldAt(((FieldType.Aggregate) type).layout(), rest, path + ".", depth + 1).orElse(path)
                : path;
    }

    /** {@return why no field has a byte} */
    static String problem(StructLayout layout, long byteOffset) {
        return layout.spelling() + " has no field at byte " + byteOffset
                + (byteOffset < layout.byteSize() ? ", a hole" : "; its size is " + layout.byteSize() + " bytes");
    }
}
