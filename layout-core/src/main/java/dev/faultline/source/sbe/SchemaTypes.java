package dev.faultline.source.sbe;

import dev.faultline.input.InputException;
import dev.faultline.input.Nearest;
import dev.faultline.layout.FieldType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The types that a schema declares, laid out when they are asked for. */
final class SchemaTypes {

    /** Bytes of the primitive types. */
    private static final Map<String, Integer> PRIMITIVES = Map.ofEntries(
            Map.entry("char", 1),
            Map.entry("int8", 1),
            Map.entry("int16", 2),
            Map.entry("int32", 4),
            Map.entry("int64", 8),
            Map.entry("uint8", 1),
            Map.entry("uint16", 2),
            Map.entry("uint32", 4),
            Map.entry("uint64", 8),
            Map.entry("float", 4),
            Map.entry("double", 8));

    private static final Set<String> TAGS = Set.of("type", "composite", "enum", "set");
    private static final int DEEPEST = 64;

    private final String detail;
    private final Map<String, SchemaElement> declared = new LinkedHashMap<>();
    private final Map<String, SchemaElement> again = new HashMap<>();
    private final Map<String, EncodedType> known = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    /**
     * The types of a schema.
     *
     * @param schema the root of the schema
     * @param detail what composites are: the schema and its byte order
     */
    SchemaTypes(SchemaElement schema, String detail) {
        this.detail = detail;
        for (SchemaElement types : schema.children()) {
            if (types.tag().equals("types")) {
                types.children().stream()
                        .filter(type -> TAGS.contains(type.tag()))
                        .forEach(this::declare);
            }
        }
    }

    private void declare(SchemaElement type) {
        String name = type.value("name", "");
        SchemaElement first = declared.putIfAbsent(name, type);
        if (first != null) {
            again.putIfAbsent(name, type);
        }
    }

    /** {@return the composites, in the order of the schema} */
    List<SchemaElement> composites() {
        return declared.values().stream()
                .filter(type -> type.tag().equals("composite"))
                .toList();
    }

    boolean has(String name) {
        return declared.containsKey(name);
    }

    /**
     * {@return a type by its name, a primitive one included}
     *
     * @param user the element that names it, for messages
     * @param name the name
     * @throws InputException when there is none, or it cannot be laid out
     */
    EncodedType named(SchemaElement user, String name) {
        return !declared.containsKey(name) && PRIMITIVES.containsKey(name)
                ? EncodedType.of(primitive(name))
                : referred(user, name);
    }

    /** {@return a type that {@code <types>} declares} */
    private EncodedType referred(SchemaElement user, String name) {
        EncodedType found = known.get(name);
        if (found != null) {
            return found;
        }
        SchemaElement type = declared.get(name);
        if (type == null) {
            throw user.problem("the schema declares no type " + SchemaElement.shown(name)
                    + Nearest.hint(name, List.copyOf(declared.keySet())));
        }
        if (again.containsKey(name)) {
            throw type.problem("type " + SchemaElement.shown(name) + " is declared twice, also on "
                    + again.get(name).place());
        }
        if (!open.add(name)) {
            throw user.problem("type " + name + " contains itself");
        }
        try {
            if (open.size() > DEEPEST) {
                throw user.problem("composites that refer to composites more than " + DEEPEST + " deep");
            }
            EncodedType encoded = encoded(type);
            known.put(name, encoded);
            return encoded;
        } finally {
            open.remove(name);
        }
    }

    private static FieldType primitive(String name) {
        return FieldType.Scalar.natural(name, PRIMITIVES.get(name));
    }

    private EncodedType encoded(SchemaElement type) {
        return switch (type.tag()) {
            case "type" -> value(type);
            case "enum" ->
                type.isConstant() ? EncodedType.constant() : EncodedType.of(choice(type, "enum " + type.name()));
            case "set" -> EncodedType.of(choice(type, "set " + type.name()));
            case "composite" -> composite(type);
            default ->
                throw type.problem("<" + SchemaElement.shown(type.tag())
                        + "> in a composite: expected type, composite, enum, set or ref");
        };
    }

    private EncodedType value(SchemaElement type) {
        FieldType element = primitiveOf(type, type.required("primitiveType"));
        if (type.isConstant()) {
            return EncodedType.constant();
        }
        int length = type.number("length").orElse(1);
        if (length == 0 || type.value("variableLength", "false").equals("true")) {
            return EncodedType.variable(element);
        }
        try {
            return EncodedType.of(length == 1 ? element : new FieldType.Array(element, length));
        } catch (IllegalArgumentException tooLong) {
            throw type.problem(tooLong.getMessage());
        }
    }

    private static FieldType primitiveOf(SchemaElement user, String name) {
        if (!PRIMITIVES.containsKey(name)) {
            throw user.problem("no primitive type " + SchemaElement.shown(name)
                    + Nearest.hint(name, List.copyOf(PRIMITIVES.keySet())));
        }
        return primitive(name);
    }

    /** {@return the number that an enum or a set is} */
    private FieldType choice(SchemaElement type, String spelling) {
        String encoding = type.required("encodingType");
        SchemaElement declaration = declared.get(encoding);
        boolean isDeclared = declaration != null && declaration.tag().equals("type");
        if (isDeclared && declaration.number("length").orElse(1) != 1) {
            throw type.problem(
                    "encodingType=\"" + SchemaElement.shown(encoding) + "\" is an array; expected one number");
        }
        FieldType number = primitiveOf(type, isDeclared ? declaration.required("primitiveType") : encoding);
        return FieldType.Scalar.natural(spelling, number.byteSize());
    }

    private EncodedType composite(SchemaElement composite) {
        BlockBuilder block = new BlockBuilder(composite);
        boolean isVariable = false;
        for (SchemaElement member : members(composite)) {
            boolean isReference = member.tag().equals("ref");
            EncodedType type = isReference ? referred(member, member.required("type")) : encoded(member);
            if (isVariable) {
                throw member.problem(member.name() + " follows data of any length; expected that at the end");
            }
            isVariable = type.isVariable();
            SchemaElement placed =
                    isReference && member.number("offset").isEmpty() ? declared.get(member.required("type")) : member;
            block.add(member, type, type.isConstant(), placed.number("offset"));
        }
        return EncodedType.of(
                block.build(composite.name(), block.end(), "composite of " + detail),
                isVariable,
                composite.isConstant());
    }

    private static List<SchemaElement> members(SchemaElement composite) {
        List<SchemaElement> members = new ArrayList<>();
        for (SchemaElement child : composite.children()) {
            if (!child.tag().equals("annotation") && !child.tag().equals("documentation")) {
                members.add(child);
            }
        }
        return members;
    }
}
