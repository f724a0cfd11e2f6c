package dev.faultline.recorder.code;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Type;

/** Calls of the JDK that read, write, allocate or free memory off the heap. */
final class MemoryCalls {

    private static final String NIO = "java/nio/";
    private static final String FOREIGN = "java/lang/foreign/";
    private static final Map<String, Integer> WIDTHS = new HashMap<>();
    private static final Set<String> ACCESSES_OF_SEGMENTS =
            new HashSet<>(Arrays.asList("get", "set", "getAtIndex", "setAtIndex"));

    static {
        WIDTHS.put("Byte", Byte.BYTES);
        WIDTHS.put("Boolean", Byte.BYTES);
        WIDTHS.put("Char", Character.BYTES);
        WIDTHS.put("Short", Short.BYTES);
        WIDTHS.put("Int", Integer.BYTES);
        WIDTHS.put("Float", Float.BYTES);
        WIDTHS.put("Long", Long.BYTES);
        WIDTHS.put("Double", Double.BYTES);
        WIDTHS.put("Address", Long.BYTES);
        WIDTHS.put("MappedByte", Byte.BYTES);
    }

    private MemoryCalls() {}

    /** {@return what a call of {@code Unsafe} is} */
    static FieldCalls ofUnsafe(String name, String descriptor) {
        switch (name) {
            case "allocateMemory":
            case "reallocateMemory":
                return FieldCalls.ALLOCATES;
            case "freeMemory":
                return FieldCalls.FREES;
            case "setMemory":
            case "copyMemory":
                return FieldCalls.COPIES;
            default:
                boolean isAccess = !FieldCalls.kind(name).isEmpty() && !name.endsWith("MemoryAccess");
                if (isAccess && descriptor.startsWith("(Ljava/lang/Object;J")) {
                    return FieldCalls.UNSAFE;
                }
                return isAccess
                                && (descriptor.startsWith("(J)")
                                        || descriptor.startsWith("(JJ)V")
                                        || isStore(descriptor))
                        ? FieldCalls.MEMORY
                        : FieldCalls.NONE;
        }
    }

    /** {@return whether it is one of {@code putInt(long, int)} and the like} */
    private static boolean isStore(String descriptor) {
        Type[] arguments = Type.getArgumentTypes(descriptor);
        return arguments.length == 2
                && arguments[0] == Type.LONG_TYPE
                && arguments[1].getSort() < Type.ARRAY
                && descriptor.endsWith(")V");
    }

    /** {@return what a call of another class is} */
    static FieldCalls of(String owner, String name, String descriptor) {
        if (owner.startsWith(NIO)) {
            return ofBuffer(owner, name, descriptor);
        }
        if (owner.startsWith(FOREIGN)) {
            return ofForeign(owner, name, descriptor);
        }
        if (owner.equals("java/lang/invoke/MethodHandles") && name.equals("insertCoordinates")) {
            return FieldCalls.BINDS_HANDLE;
        }
        boolean allocates = owner.equals("org/agrona/BufferUtil") && name.equals("allocateDirectAligned");
        return allocates ? FieldCalls.ALLOCATES : FieldCalls.NONE;
    }

    private static FieldCalls ofBuffer(String owner, String name, String descriptor) {
        if (name.equals("allocateDirect")
                || name.equals("alignedSlice")
                || owner.equals(NIO + "channels/FileChannel") && name.equals("map")) {
            return FieldCalls.ALLOCATES;
        }
        boolean isBuffer = owner.endsWith("Buffer") && owner.indexOf('/', NIO.length()) < 0;
        boolean isAccess = isBuffer && (name.startsWith("get") || name.startsWith("put")) && step(owner, name) > 0;
        if (!isAccess) {
            return FieldCalls.NONE;
        }
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            if (argument.getSort() >= Type.ARRAY) {
                return argument.getSort() == Type.OBJECT
                                && !argument.getInternalName().startsWith(NIO)
                        ? FieldCalls.NONE
                        : FieldCalls.BUFFER_RANGE;
            }
        }
        return FieldCalls.BUFFER;
    }

    private static FieldCalls ofForeign(String owner, String name, String descriptor) {
        if (owner.equals(FOREIGN + "MemorySegment")) {
            return ACCESSES_OF_SEGMENTS.contains(name) && width(descriptor) > 0 ? FieldCalls.SEGMENT : FieldCalls.NONE;
        }
        if (owner.equals(FOREIGN + "Arena") || owner.equals(FOREIGN + "SegmentAllocator")) {
            return name.startsWith("allocate") && descriptor.endsWith("MemorySegment;")
                    ? FieldCalls.ALLOCATES
                    : name.equals("close") ? FieldCalls.FREES : FieldCalls.NONE;
        }
        boolean makes = name.equals("varHandle") || name.equals("arrayElementVarHandle");
        boolean ofPath = descriptor.startsWith("()") || descriptor.startsWith("([L" + FOREIGN + "MemoryLayout$");
        return makes && ofPath ? FieldCalls.MAKES_LAYOUT_HANDLE : FieldCalls.NONE;
    }

    /** {@return how many bytes a call of {@code Unsafe} reads or writes} */
    static int bytes(String name) {
        for (Map.Entry<String, Integer> one : WIDTHS.entrySet()) {
            if (name.contains(one.getKey())) {
                return one.getValue();
            }
        }
        return Long.BYTES;
    }

    /** {@return how many bytes the index of a buffer counts} */
    static int step(String owner, String name) {
        String kind = owner.substring(NIO.length(), owner.length() - "Buffer".length());
        boolean isView = !kind.endsWith("Byte");
        boolean hasOwnName = name.equals("get") || name.equals("put");
        return isView && !hasOwnName ? 0 : isView ? WIDTHS.getOrDefault(kind, 0) : 1;
    }

    /** {@return how many bytes a call of a buffer reads or writes} */
    static int bytes(String owner, String name) {
        return name.length() > "get".length() ? bytes(name.substring("get".length())) : step(owner, name);
    }

    /** {@return how many bytes a value of the layout has that a call of a segment is given first; 0 for no layout} */
    static int width(String descriptor) {
        String prefix = "(L" + FOREIGN + "ValueLayout$Of";
        if (descriptor.startsWith("(L" + FOREIGN + "AddressLayout;J")) {
            return Long.BYTES;
        }
        int end = descriptor.indexOf(';');
        return descriptor.startsWith(prefix) && descriptor.startsWith("J", end + 1)
                ? WIDTHS.getOrDefault(descriptor.substring(prefix.length(), end), 0)
                : 0;
    }
}
