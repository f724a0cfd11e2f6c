package dev.faultline.source.jvm.values;

import dev.faultline.api.Internal;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.jvm.classfile.ClassFileShape;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.objectweb.asm.Type;

/** The layouts that the library Chronicle Values gives to interfaces in native memory. */
@Internal
public final class ValueLayouts {

    private static final Set<String> NO_FIELDS = Set.of(
            "java/io/Serializable",
            "java/io/Externalizable",
            "net/openhft/chronicle/bytes/BytesMarshallable",
            "net/openhft/chronicle/bytes/Byteable",
            "net/openhft/chronicle/core/values/Copyable",
            "net/openhft/chronicle/values/Copyable");

    private static final Set<String> TEXTS =
            Set.of("Ljava/lang/CharSequence;", "Ljava/lang/String;", "Ljava/lang/StringBuilder;");

    private static final Set<String> ATOMIC =
            Set.of("getVolatile", "setVolatile", "setOrdered", "addAtomic", "compareAndSwap");

    private static final int MOST_METHODS = 4096;
    private static final int MOST_LENGTH = 1 << 24;
    private static final long MOST_BYTES = 1 << 27;

    private final String source;
    private final Function<String, Optional<byte[]>> files;
    private final Map<String, Optional<ValueType>> types = new HashMap<>();
    private final Map<String, StructLayout> known = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    /**
     * Layouts of a source.
     *
     * @param source its name
     * @param files reads a class file by its internal name; empty when it is not at hand
     */
    public ValueLayouts(String source, Function<String, Optional<byte[]>> files) {
        this.source = source;
        this.files = files;
    }

    /**
     * A layout, or why there is none.
     *
     * @param layout the layout; empty when it is not known
     * @param note why it is not known
     */
    public record Result(Optional<StructLayout> layout, String note) {}

    /**
     * Lays out an interface.
     *
     * @param type its internal name
     * @return the layout; empty when the type is no value interface
     */
    public Optional<Result> of(String type) {
        if (type(type).filter(ValueType::isValue).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Result(Optional.of(layout(type)), ""));
        } catch (ValueRefusal refusal) {
            return Optional.of(new Result(Optional.empty(), refusal.getMessage()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException broken) {
            return Optional.of(new Result(Optional.empty(), "its class file is broken, or it is too large"));
        }
    }

    private Optional<ValueType> type(String name) {
        Optional<ValueType> found = types.get(name);
        if (found == null) {
            found = read(name);
            types.put(name, found);
        }
        return found;
    }

    private Optional<ValueType> read(String name) {
        try {
            return files.apply(name).map(bytes -> {
                ClassFileShape.check(name, bytes);
                return ValueType.read(bytes);
            });
        } catch (RuntimeException | StackOverflowError broken) {
            return Optional.empty(); // ASM does not check what it reads, and fails with exceptions of many kinds
        }
    }

    private StructLayout layout(String name) {
        StructLayout found = known.get(name);
        if (found != null) {
            return found;
        }
        if (!open.add(name) || open.size() > 64) {
            throw new ValueRefusal(ClassNames.external(name) + " contains itself");
        }
        try {
            StructLayout layout = made(name);
            known.put(name, layout);
            return layout;
        } finally {
            open.remove(name);
        }
    }

    private StructLayout made(String name) {
        Map<String, ValueType.Method> methods = new LinkedHashMap<>();
        collect(name, methods, new HashSet<>());
        List<ValueField> fields = fields(methods.values());
        if (fields.isEmpty()) {
            throw new ValueRefusal(ClassNames.external(name) + " has no accessors");
        }
        for (ValueField field : fields) {
            check(field);
        }
        ValueArrangement arrangement = new ValueArrangement(fields);
        if (arrangement.byteSize() > MOST_BYTES) {
            throw new ValueRefusal("it has more than " + MOST_BYTES + " bytes");
        }
        List<Member> members = new ArrayList<>();
        arrangement.starts().forEach((field, bit) -> members.add(member(field, bit, arrangement.byteSize())));
        int alignment = fields.stream().mapToInt(ValueField::maxAlignment).max().orElse(1);
        return StructLayout.of(
                ClassNames.external(name) + ".value",
                AggregateKind.STRUCT,
                arrangement.byteSize(),
                Math.max(1, Integer.highestOneBit(alignment)),
                members,
                new Provenance(
                        Provenance.Origin.DECLARED,
                        source,
                        "interface of Chronicle Values, by the rules of version 2",
                        OptionalInt.empty()));
    }

    /** Collects the abstract methods of an interface and of those it extends. */
    private void collect(String name, Map<String, ValueType.Method> methods, Set<String> seen) {
        if (NO_FIELDS.contains(name) || !seen.add(name)) {
            return;
        }
        ValueType type = type(name)
                .filter(ValueType::isInterface)
                .orElseThrow(() -> new ValueRefusal(
                        "interface " + ClassNames.external(name) + " is not among the classes that were read"));
        type.methods().forEach(method -> methods.putIfAbsent(method.name() + method.descriptor(), method));
        if (methods.size() > MOST_METHODS) {
            throw new ValueRefusal("it has more than " + MOST_METHODS + " methods");
        }
        type.interfaces().forEach(each -> collect(each, methods, seen));
    }

    private List<ValueField> fields(Iterable<ValueType.Method> methods) {
        Map<String, ValueField> fields = new LinkedHashMap<>();
        Map<String, Boolean> areArrays = new HashMap<>();
        for (ValueType.Method method : methods) {
            Type[] parameters = Type.getArgumentTypes(method.descriptor());
            ValueAccessor accessor = ValueAccessor.of(method.name(), parameters.length)
                    .orElseThrow(() -> new ValueRefusal("method " + method.name() + " is no accessor"));
            ValueField field = fields.computeIfAbsent(accessor.field(), ValueField::new);
            if (areArrays.computeIfAbsent(field.name, any -> accessor.isArray()) != accessor.isArray()) {
                throw new ValueRefusal("some accessors of field " + field.name + " end with At, and some do not");
            }
            field.isArray = accessor.isArray();
            field.annotate(method);
            read(field, accessor, method, parameters);
        }
        return List.copyOf(fields.values());
    }

    private void read(ValueField field, ValueAccessor accessor, ValueType.Method method, Type[] parameters) {
        int last = parameters.length - 1;
        if (!accessor.verb().equals("getUsing")) {
            Type type = accessor.isWrite() ? parameters[last] : Type.getReturnType(method.descriptor());
            if (!field.descriptor.isEmpty() && !field.descriptor.equals(type.getDescriptor())) {
                throw new ValueRefusal("accessors of field " + field.name + " have different types");
            }
            field.descriptor = type.getDescriptor();
        }
        field.isAtomic |= ATOMIC.contains(accessor.verb());
        field.isOrdered |= accessor.verb().equals("setOrdered");
        field.isVolatilePut |= accessor.verb().equals("setVolatile");
        field.isWritten |= accessor.isWrite();
        if (accessor.isWrite()) {
            method.annotation(last, "Range")
                    .ifPresent(range -> field.range = Optional.of(new long[] {
                        range.get("min") instanceof Long min ? min : Long.MIN_VALUE,
                        range.get("max") instanceof Long max ? max : Long.MAX_VALUE
                    }));
            method.annotation(last, "MaxUtf8Length")
                    .ifPresent(most -> field.maxUtf8Length = most.get("value") instanceof Integer value ? value : 0);
            field.isNotNull |= method.parameters().getOrDefault(last, Map.of()).keySet().stream()
                    .anyMatch(ValueLayouts::isNotNull);
        }
        boolean isPointer = method.parameters().values().stream()
                .anyMatch(each -> each.containsKey(ValueType.PACKAGE + "Pointer;"));
        field.kind = isPointer ? ValueField.Kind.POINTER : field.kind;
    }

    private static boolean isNotNull(String annotation) {
        String name = annotation.substring(annotation.lastIndexOf('/') + 1);
        name = name.substring(name.lastIndexOf('$') + 1);
        return name.equalsIgnoreCase("NotNull;") || name.equalsIgnoreCase("Nonnull;");
    }

    /** Finds the kind of a field, and checks what the library checks of it. */
    private void check(ValueField field) {
        if (!field.isWritten) {
            throw new ValueRefusal("field " + field.name + " has no accessor that writes it");
        }
        if (field.isArray && (field.length <= 1 || field.length > MOST_LENGTH)) {
            throw new ValueRefusal("field " + field.name + " needs @Array with a length from 2 on");
        }
        if (field.kind != ValueField.Kind.POINTER) {
            field.kind = kind(field);
        }
        if (!field.isPossible()) {
            throw new ValueRefusal("field " + field.name + " has a range or an alignment that the library refuses");
        }
        boolean isNumber = field.kind == ValueField.Kind.INTEGER || field.kind == ValueField.Kind.ENUM;
        if (field.isArray && isNumber && field.elementExtent() % Byte.SIZE != 0) {
            throw new ValueRefusal("field " + field.name + ": the library has no arrays of numbers of "
                    + field.elementBits() + " bits without elementOffsetAlignment = 1");
        }
        if (field.kind == ValueField.Kind.INTEGER && field.isOrdered && "BSC".contains(field.descriptor)) {
            throw new ValueRefusal("field " + field.name + ": the library makes no class for setOrdered of a "
                    + ClassNames.spelling(field.descriptor));
        }
        boolean isTooLong = field.maxUtf8Length < 0 || field.maxUtf8Length > MOST_LENGTH;
        if (field.kind == ValueField.Kind.TEXT && (field.maxUtf8Length == 0 || isTooLong)) {
            throw new ValueRefusal("field " + field.name + " needs @MaxUtf8Length");
        }
        if (field.bits() > Integer.MAX_VALUE) {
            throw new ValueRefusal("field " + field.name + " is too long");
        }
        int offset = field.offsetBytes();
        int cross = field.crossBytes();
        if (offset < 0 || cross < 0 || offset > 0 && cross % offset != 0 || cross > 0 && cross * 8L < field.bits()) {
            throw new ValueRefusal("field " + field.name + " has alignments that the library refuses");
        }
    }

    private ValueField.Kind kind(ValueField field) {
        if (field.descriptor.length() == 1) {
            return switch (field.descriptor) {
                case "Z" -> ValueField.Kind.BOOLEAN;
                case "F", "D" -> ValueField.Kind.FLOATING;
                case "V" -> throw new ValueRefusal("field " + field.name + " has no type");
                default -> ValueField.Kind.INTEGER;
            };
        }
        if (TEXTS.contains(field.descriptor)) {
            return ValueField.Kind.TEXT;
        }
        if (field.descriptor.equals("Ljava/util/Date;")) {
            return ValueField.Kind.DATE;
        }
        String name = field.descriptor.startsWith("L")
                ? field.descriptor.substring(1, field.descriptor.length() - 1)
                : field.descriptor;
        ValueType type = type(name)
                .orElseThrow(() -> new ValueRefusal("the type of field " + field.name + ", "
                        + ClassNames.spelling(field.descriptor) + ", is not among the classes that were read"));
        if (type.constants() > 0) {
            field.constants = type.constants();
            return ValueField.Kind.ENUM;
        }
        if (!type.isInterface()) {
            throw new ValueRefusal("the type of field " + field.name + " is neither an enum nor an interface");
        }
        field.value = Optional.of(layout(name));
        field.valueAlignment = (int) field.value.get().byteAlignment();
        return ValueField.Kind.VALUE;
    }

    private static Member member(ValueField field, long bit, long byteSize) {
        long bits = field.bits();
        boolean isWhole = bit % Byte.SIZE == 0 && bits % Byte.SIZE == 0;
        if (isWhole) {
            return Member.of(field.name, type(field), bit / Byte.SIZE);
        }
        if (field.isArray && bit % Byte.SIZE == 0) {
            return Member.of(field.name, bytes(field, (bits + Byte.SIZE - 1) / Byte.SIZE), bit / Byte.SIZE);
        }
        boolean isNumber = field.kind == ValueField.Kind.INTEGER
                || field.kind == ValueField.Kind.BOOLEAN
                || field.kind == ValueField.Kind.ENUM;
        long start = bit / Byte.SIZE;
        long span = (bit % Byte.SIZE + bits + Byte.SIZE - 1) / Byte.SIZE;
        long unit = span == 1 ? 1 : Long.highestOneBit(span - 1) * 2;
        if (!isNumber || field.isArray || unit > Long.BYTES) {
            throw new ValueRefusal("field " + field.name + " would begin at bit " + bit
                    + ", where the library cannot put it: give it @Align(offset = 1) or a group (@Group)");
        }
        long shifted = Math.max(0, Math.min(start, byteSize - unit));
        return Member.bits(
                field.name,
                new FieldType.Scalar(spelling(field, unit), unit, 1),
                shifted,
                (int) (bit - shifted * Byte.SIZE),
                (int) bits);
    }

    private static String spelling(ValueField field, long bytes) {
        return switch (field.kind) {
            case BOOLEAN -> "boolean";
            case ENUM -> "enum " + ClassNames.spelling(field.descriptor);
            case DATE -> "Date";
            case POINTER -> "address";
            case FLOATING -> ClassNames.spelling(field.descriptor);
            default -> {
                boolean isNarrow = !(field.descriptor.equals("C") && bytes == 2);
                yield isNarrow ? bytes == 1 ? "byte" : bytes == 2 ? "short" : bytes == 4 ? "int" : "long" : "char";
            }
        };
    }

    private static FieldType type(ValueField field) {
        long elementBits = field.elementBits();
        boolean isEven = elementBits % Byte.SIZE == 0 && field.elementExtent() == elementBits && !field.isBlocked();
        if (field.isArray && !isEven) {
            return bytes(field, field.bits() / Byte.SIZE);
        }
        FieldType element = element(field, elementBits / Byte.SIZE);
        return field.isArray ? new FieldType.Array(element, field.length) : element;
    }

    private static FieldType element(ValueField field, long bytes) {
        return switch (field.kind) {
            case VALUE -> {
                StructLayout layout = field.value.orElseThrow();
                yield new FieldType.Aggregate("struct " + layout.name(), layout);
            }
            case TEXT -> new FieldType.Array(new FieldType.Scalar("byte", 1, 1), bytes);
            default ->
                Long.bitCount(bytes) == 1
                        ? new FieldType.Scalar(spelling(field, bytes), bytes, 1)
                        : new FieldType.Opaque(bytes + " bytes", bytes, 1);
        };
    }

    /** {@return an array whose elements are not whole bytes, or have gaps between them} */
    private static FieldType bytes(ValueField field, long bytes) {
        return new FieldType.Opaque(
                field.length + " elements of " + field.elementBits() + " bits, " + field.elementExtent() + " apart",
                bytes,
                1);
    }
}
