package dev.faultline.source.jvm.code.call;

import dev.faultline.access.AccessKind;
import dev.faultline.access.code.MemoryOrder;
import dev.faultline.api.Internal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A call that reads or writes memory at an offset: of a buffer, a segment, Chronicle's bytes or Unsafe.
 *
 * @param access what it does
 * @param letter its type as a descriptor spells it: {@code J} for a long
 * @param offsetArgument which argument is the offset
 */
@Internal
public record MemoryCall(AccessCall access, char letter, int offsetArgument) {

    private static final String SEGMENT = "java/lang/foreign/MemorySegment";
    private static final String CHRONICLE_VALUES = "net/openhft/chronicle/values/";
    private static final String BYTE_ORDER = "Ljava/nio/ByteOrder;";
    private static final String LAYOUT_ARGUMENT = "Ljava/lang/foreign/ValueLayout$Of";
    private static final String ORDERS = "Volatile|Ordered|Release|Acquire|Opaque|Plain";

    private static final Pattern NAME = Pattern.compile("(weakC|c)?(ompareAnd(?:Set|Swap|Exchange)|getAndAdd|getAndSet"
            + "|addAndGet|testAndSet|get|set|put|read|write|add)(" + ORDERS + ")?"
            + "(Byte|Short|Char|Int|Long|Float|Double)?(" + ORDERS + ")?");

    private static final Map<String, Character> TYPES =
            Map.of("Byte", 'B', "Short", 'S', "Char", 'C', "Int", 'I', "Long", 'J', "Float", 'F', "Double", 'D');

    private static final Map<String, Character> LAYOUTS = Map.of(
            "Boolean", 'Z', "Byte", 'B', "Short", 'S', "Char", 'C', "Int", 'I', "Long", 'J', "Float", 'F', "Double",
            'D');

    /**
     * {@return what a call does to memory; empty when it is no such call}
     *
     * @param owner internal name of the class of the method
     * @param name name of the method
     * @param parameters types of its parameters, as descriptors spell them
     */
    public static Optional<MemoryCall> of(String owner, String name, List<String> parameters) {
        if (owner.equals(SEGMENT)) {
            return ofSegment(name, parameters);
        }
        return isMemory(owner) ? ofBuffer(owner, name, parameters) : Optional.empty();
    }

    private static boolean isMemory(String owner) {
        return owner.endsWith("Buffer")
                || owner.endsWith("Bytes")
                || owner.endsWith("BytesStore")
                || owner.endsWith("ByteBuf")
                || owner.startsWith("net/openhft/chronicle/bytes/")
                || isUnsafe(owner);
    }

    /** {@return whether a class that has this name or text may access memory, or declare what is there} */
    public static boolean isSign(String text) {
        return text.contains("java/lang/foreign/")
                || text.equals("java/lang/invoke/VarHandle")
                || text.endsWith("_OFFSET")
                || text.endsWith("Offset")
                || ViewCall.isSign(text)
                || text.contains(CHRONICLE_VALUES)
                || isMemory(text) && !text.equals("java/lang/StringBuffer");
    }

    /** {@return whether a class is Unsafe, by its internal name} */
    public static boolean isUnsafe(String owner) {
        return owner.endsWith("/Unsafe") || owner.endsWith("/UnsafeApi");
    }

    private static Optional<MemoryCall> ofSegment(String name, List<String> parameters) {
        boolean isRead = name.equals("get") && parameters.size() == 2;
        boolean isWrite = name.equals("set") && parameters.size() == 3;
        if (!isRead && !isWrite || !parameters.get(0).startsWith(LAYOUT_ARGUMENT)) {
            return Optional.empty();
        }
        String layout = parameters.get(0);
        Character letter = LAYOUTS.get(layout.substring(LAYOUT_ARGUMENT.length(), layout.length() - 1));
        return letter == null || !parameters.get(1).equals("J")
                ? Optional.empty()
                : Optional.of(new MemoryCall(isRead ? AccessCall.READ : AccessCall.WRITE, letter, 1));
    }

    private static Optional<MemoryCall> ofBuffer(String owner, String called, List<String> parameters) {
        int all = parameters.size();
        boolean hasOrder = all > 1 && parameters.get(all - 1).equals(BYTE_ORDER);
        int count = hasOrder ? all - 1 : all;
        int offset = count > 1 && parameters.get(0).equals("Ljava/lang/Object;") ? 1 : 0;
        if (count <= offset || !isNumber(parameters.get(offset))) {
            return Optional.empty();
        }
        Matcher name = NAME.matcher(called);
        if (!name.matches()) {
            return Optional.empty();
        }
        boolean isPlainByte = name.group(4) == null && owner.startsWith("java/nio/ByteBuffer");
        if (name.group(4) == null && !isPlainByte) {
            return Optional.empty();
        }
        char letter = isPlainByte ? 'B' : TYPES.get(name.group(4));
        return access(name, called)
                .filter(access -> count - offset - 1 == access.values())
                .map(access -> new MemoryCall(access, letter, offset));
    }

    private static boolean isNumber(String descriptor) {
        return descriptor.equals("I") || descriptor.equals("J");
    }

    /** {@return what the parts of a name say, in the words of {@link AccessCall}} */
    private static Optional<AccessCall> access(Matcher name, String whole) {
        String verb = name.group(2);
        String order = Stream.of(ORDERS.split("\\|"))
                .filter(whole::contains)
                .findFirst()
                .orElse("");
        if (verb.equals("add")) {
            return Optional.of(new AccessCall(AccessKind.WRITE, MemoryOrder.ORDERED, false, true, false, 1));
        }
        if (verb.equals("testAndSet")) {
            return Optional.of(new AccessCall(AccessKind.RMW, MemoryOrder.VOLATILE, true, false, false, 2));
        }
        String plain = verb.startsWith("ompare")
                ? "c" + verb
                : verb.equals("read") ? "get" : verb.equals("write") ? "put" : verb;
        return AccessCall.of(plain + order, MemoryOrder.PLAIN);
    }
}
