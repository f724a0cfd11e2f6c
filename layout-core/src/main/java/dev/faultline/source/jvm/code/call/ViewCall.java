package dev.faultline.source.jvm.code.call;

import dev.faultline.access.code.MemoryOrder;
import dev.faultline.api.Internal;
import java.util.Optional;
import java.util.Set;

/** The methods of {@code offheap-structs} that view memory as a struct, and read and write its fields. */
@Internal
public final class ViewCall {

    /** The type of layouts, as a descriptor spells it. */
    public static final String LAYOUT = "Ldev/faultline/layout/StructLayout;";

    private static final String MEMORY = "dev/faultline/offheap/memory/";
    private static final Set<String> VIEWS = Set.of("StructView", "StructArray");
    private static final Set<String> WORDS =
            Set.of("IntWord", "LongWord", "IntWords", "LongWords", "NumberField", "BytesField");
    private static final Set<String> PARTS = Set.of("int32", "int64", "number", "bytes", "int32s", "int64s");

    private ViewCall() {}

    private static boolean isOf(Set<String> types, String owner) {
        return owner.startsWith(MEMORY) && types.contains(owner.substring(MEMORY.length()));
    }

    /** {@return whether a class that has this name or text may declare structs, or view memory as one} */
    static boolean isSign(String text) {
        return text.contains("dev/faultline/offheap/declare/") || text.contains(MEMORY);
    }

    /** {@return whether a type, as a descriptor spells it, is a view of a struct or an accessor of its fields} */
    public static boolean isPart(String descriptor) {
        if (!descriptor.startsWith(MEMORY, 1)) {
            return false;
        }
        String owner = descriptor.substring(1, descriptor.length() - 1);
        return isOf(VIEWS, owner) || isOf(WORDS, owner);
    }

    /** {@return whether a static method binds a layout, its first argument, to memory} */
    public static boolean binds(String owner, String name) {
        return isOf(VIEWS, owner) && name.equals("bind");
    }

    /** {@return whether a method of a view gives the accessor of the field whose path is its first argument} */
    public static boolean givesPart(String owner, String name) {
        return isOf(VIEWS, owner) && PARTS.contains(name);
    }

    /** {@return whether a method gives one of several structs} */
    public static boolean givesElement(String owner, String name) {
        return isOf(VIEWS, owner) && name.equals("at");
    }

    /** {@return what a method of an accessor does to its field; empty when it does nothing to it} */
    public static Optional<AccessCall> access(String owner, String name) {
        return isOf(WORDS, owner) && !name.equals("getClass")
                ? AccessCall.of(name, MemoryOrder.PLAIN)
                : Optional.empty();
    }
}
