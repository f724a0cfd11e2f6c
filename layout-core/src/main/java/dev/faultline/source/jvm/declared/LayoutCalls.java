package dev.faultline.source.jvm.declared;

import dev.faultline.source.jvm.declared.StaticValue.Handle;
import dev.faultline.source.jvm.declared.StaticValue.Items;
import dev.faultline.source.jvm.declared.StaticValue.Layout;
import dev.faultline.source.jvm.declared.StaticValue.Order;
import dev.faultline.source.jvm.declared.StaticValue.Step;
import dev.faultline.source.jvm.declared.StaticValue.Text;
import dev.faultline.source.jvm.declared.StaticValue.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the constants and methods of {@code java.lang.foreign} give that make layouts and the handles for them. */
final class LayoutCalls {

    private static final String FOREIGN = "java/lang/foreign/";
    private static final String ALIGN = "(Ljava/lang/foreign/MemoryLayout;J)Ljava/lang/foreign/MemoryLayout;";

    /** Most layouts of which one consists. */
    private static final int MOST_LAYOUTS = 10_000;

    /** Most characters of the name of a layout. */
    private static final int MOST_NAME = 1000;

    private static final String UNALIGNED = "_UNALIGNED";

    private static final Map<String, MemoryLayoutValue> VALUES = Map.of(
            "JAVA_BOOLEAN", MemoryLayoutValue.value('z', 1),
            "JAVA_BYTE", MemoryLayoutValue.value('b', 1),
            "JAVA_CHAR", MemoryLayoutValue.value('c', 2),
            "JAVA_SHORT", MemoryLayoutValue.value('s', 2),
            "JAVA_INT", MemoryLayoutValue.value('i', 4),
            "JAVA_LONG", MemoryLayoutValue.value('j', 8),
            "JAVA_FLOAT", MemoryLayoutValue.value('f', 4),
            "JAVA_DOUBLE", MemoryLayoutValue.value('d', 8),
            "ADDRESS", MemoryLayoutValue.value('a', 8));

    /** The types of C as the linker of 64-bit Linux and macOS has them. */
    private static final Map<String, String> CANONICAL = Map.ofEntries(
            Map.entry("bool", "JAVA_BOOLEAN"),
            Map.entry("char", "JAVA_BYTE"),
            Map.entry("short", "JAVA_SHORT"),
            Map.entry("int", "JAVA_INT"),
            Map.entry("long", "JAVA_LONG"),
            Map.entry("long long", "JAVA_LONG"),
            Map.entry("float", "JAVA_FLOAT"),
            Map.entry("double", "JAVA_DOUBLE"),
            Map.entry("size_t", "JAVA_LONG"),
            Map.entry("void*", "ADDRESS"),
            Map.entry("int8_t", "JAVA_BYTE"),
            Map.entry("int16_t", "JAVA_SHORT"),
            Map.entry("int32_t", "JAVA_INT"),
            Map.entry("int64_t", "JAVA_LONG"));

    private LayoutCalls() {}

    /** {@return a constant of {@code ValueLayout} or {@code ByteOrder}; unknown when it is none} */
    static StaticValue constant(String owner, String name) {
        if (owner.equals("java/nio/ByteOrder")) {
            return name.equals("BIG_ENDIAN")
                    ? new Order(true)
                    : name.equals("LITTLE_ENDIAN") ? new Order(false) : StaticValue.UNKNOWN;
        }
        boolean isUnaligned = name.endsWith(UNALIGNED);
        String plain = isUnaligned ? name.substring(0, name.length() - UNALIGNED.length()) : name;
        if (!owner.startsWith(FOREIGN) || !VALUES.containsKey(plain)) {
            return StaticValue.UNKNOWN;
        }
        MemoryLayoutValue value = VALUES.get(plain);
        return new Layout(isUnaligned ? value.aligned(1) : value);
    }

    /**
     * {@return what a method gives; empty when it is none that makes layouts or handles, or an argument is not known}
     *
     * @param call the method
     * @param given the object, for a method of objects, and the arguments
     */
    static Optional<StaticValue> result(StaticCall call, List<StaticValue> given) {
        if (call.descriptor().equals(ALIGN) && call.name().equals("align")) {
            return given.get(0) instanceof Layout layout && given.get(1) instanceof Whole bytes
                    ? Optional.of(new Layout(layout.value().packed(bytes.number())))
                    : Optional.empty();
        }
        if (call.owner().equals("java/lang/invoke/MethodHandles") && call.name().equals("insertCoordinates")
                || call.owner().equals("java/lang/invoke/VarHandle")
                        && call.name().startsWith("withInvoke")) {
            return Optional.of(given.get(0)).filter(Handle.class::isInstance);
        }
        if (call.owner().equals("java/util/Map") && call.name().equals("get")) {
            return given.get(0) instanceof StaticValue.CanonicalLayouts
                            && given.get(1) instanceof Text type
                            && CANONICAL.containsKey(type.text())
                    ? Optional.of(new Layout(VALUES.get(CANONICAL.get(type.text()))))
                    : Optional.empty();
        }
        if (call.owner().equals("java/nio/ByteOrder") && call.name().equals("nativeOrder")) {
            return Optional.of(new Order(false));
        }
        if (!call.owner().startsWith(FOREIGN)) {
            return Optional.empty();
        }
        if (call.owner().equals(FOREIGN + "Linker") && call.name().equals("canonicalLayouts")) {
            return Optional.of(new StaticValue.CanonicalLayouts());
        }
        if (call.owner().endsWith("PathElement")) {
            return step(call.name(), given);
        }
        return call.isStatic() ? made(call.name(), given) : ofLayout(call.name(), given);
    }

    private static Optional<StaticValue> step(String name, List<StaticValue> given) {
        if (name.equals("groupElement") && given.get(0) instanceof Text member) {
            return Optional.of(new Step(member.text(), 0));
        }
        if (name.equals("sequenceElement") && given.size() != 1) {
            return Optional.of(new Step("", Step.OPEN));
        }
        boolean isIndex = name.equals("groupElement") || name.equals("sequenceElement");
        return isIndex && given.get(0) instanceof Whole index && index.number() >= 0
                ? Optional.of(new Step("", index.number()))
                : Optional.empty();
    }

    private static Optional<StaticValue> made(String name, List<StaticValue> given) {
        switch (name) {
            case "structLayout", "unionLayout" -> {
                return layouts(given.get(0))
                        .map(members -> name.equals("structLayout")
                                ? MemoryLayoutValue.struct(members)
                                : MemoryLayoutValue.union(members))
                        .filter(made -> made.size(MOST_LAYOUTS) < MOST_LAYOUTS)
                        .map(Layout::new);
            }
            case "paddingLayout" -> {
                return given.get(0) instanceof Whole bytes
                        ? Optional.of(new Layout(MemoryLayoutValue.padding(bytes.number())))
                        : Optional.empty();
            }
            case "sequenceLayout" -> {
                return given.size() == 2
                                && given.get(0) instanceof Whole count
                                && given.get(1) instanceof Layout element
                        ? Optional.of(new Layout(MemoryLayoutValue.sequence(count.number(), element.value())))
                        : Optional.empty();
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private static Optional<List<MemoryLayoutValue>> layouts(StaticValue array) {
        if (!(array instanceof Items items)) {
            return Optional.empty();
        }
        List<MemoryLayoutValue> layouts = new ArrayList<>();
        for (StaticValue item : items.list()) {
            if (!(item instanceof Layout layout)) {
                return Optional.empty();
            }
            layouts.add(layout.value());
        }
        return Optional.of(layouts);
    }

    private static Optional<StaticValue> ofLayout(String name, List<StaticValue> given) {
        if (!(given.get(0) instanceof Layout layout)) {
            return Optional.empty();
        }
        MemoryLayoutValue value = layout.value();
        StaticValue argument = given.size() > 1 ? given.get(1) : StaticValue.UNKNOWN;
        return switch (name) {
            case "withName" ->
                argument instanceof Text text && text.text().length() <= MOST_NAME
                        ? layout(value.named(text.text()))
                        : Optional.empty();
            case "withoutName" -> layout(value.named(""));
            case "withByteAlignment" ->
                argument instanceof Whole bytes ? layout(value.aligned(bytes.number())) : Optional.empty();
            case "withOrder" ->
                argument instanceof Order order ? layout(value.ordered(order.isBig())) : Optional.empty();
            case "withTargetLayout", "withoutTargetLayout" -> Optional.of(layout);
            case "byteSize" -> given.size() == 1 ? Optional.of(new Whole(value.byteSize())) : Optional.empty();
            case "byteAlignment" -> Optional.of(new Whole(value.byteAlignment()));
            case "elementCount" -> Optional.of(new Whole(value.count()));
            case "elementLayout" ->
                value.kind() == MemoryLayoutValue.Kind.SEQUENCE
                        ? layout(value.members().get(0))
                        : Optional.empty();
            case "byteOffset", "select", "varHandle" -> path(argument).flatMap(steps -> part(name, value, steps));
            default -> Optional.empty();
        };
    }

    private static Optional<StaticValue> layout(MemoryLayoutValue value) {
        return Optional.of(new Layout(value));
    }

    private static Optional<StaticValue> part(String name, MemoryLayoutValue root, List<Step> steps) {
        MemoryLayoutValue.Part part = root.part(steps);
        return switch (name) {
            case "select" -> layout(part.layout());
            case "varHandle" -> Optional.of(new Handle(root, steps));
            default ->
                part.byteOffset().isPresent()
                        ? Optional.of(new Whole(part.byteOffset().getAsLong()))
                        : Optional.empty();
        };
    }

    private static Optional<List<Step>> path(StaticValue array) {
        if (!(array instanceof Items items)) {
            return Optional.empty();
        }
        List<Step> steps = new ArrayList<>();
        for (StaticValue item : items.list()) {
            if (!(item instanceof Step step)) {
                return Optional.empty();
            }
            steps.add(step);
        }
        return Optional.of(steps);
    }
}
