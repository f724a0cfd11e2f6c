package dev.faultline.layout.emit;

import dev.faultline.input.InputException;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.abi.BasicTypes;
import dev.faultline.layout.ctype.ParsedType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The types that a declaration uses: those C has, those to be declared before it, and how each is called. Unknown types
 * get a stand-in of the same size and alignment.
 */
final class CTypes {

    /** Types of {@code <stddef.h>} and {@code <stdbool.h>}. */
    private static final Set<String> OF_HEADERS = Set.of("size_t", "ptrdiff_t", "wchar_t", "bool");

    private static final Map<String, String> OF_COMPILER = Map.of(
            "int8_t", "__INT8_TYPE__",
            "int16_t", "__INT16_TYPE__",
            "int32_t", "__INT32_TYPE__",
            "int64_t", "__INT64_TYPE__",
            "uint8_t", "__UINT8_TYPE__",
            "uint16_t", "__UINT16_TYPE__",
            "uint32_t", "__UINT32_TYPE__",
            "uint64_t", "__UINT64_TYPE__",
            "intptr_t", "__INTPTR_TYPE__",
            "uintptr_t", "__UINTPTR_TYPE__");

    private final StructLayout root;
    private final boolean narrow;
    private final CNames names;
    private final Set<String> notes = new LinkedHashSet<>();

    /** Sizes of enums in bytes; 0 for those only pointed to. */
    private final Map<String, Long> enums = new LinkedHashMap<>();

    private final Map<String, String> typedefs = new LinkedHashMap<>();
    private final Map<String, FieldType> typedefTypes = new LinkedHashMap<>();
    private final Set<String> pointedTypedefs = new LinkedHashSet<>();
    private final Set<String> forwards = new LinkedHashSet<>();
    private final List<String> opaques = new ArrayList<>();
    private final Map<String, StructLayout> tagged = new LinkedHashMap<>();

    CTypes(StructLayout root, CNames names) {
        this.root = root;
        this.names = names;
        this.narrow = root.fields().stream()
                .anyMatch(field -> field.type() instanceof FieldType.Scalar scalar
                        && scalar.isPointer()
                        && scalar.byteSize() == 4);
    }

    /** {@return whether its pointers have 4 bytes} */
    boolean narrow() {
        return narrow;
    }

    Set<String> notes() {
        return notes;
    }

    /** {@return the alignment in bytes that the compiler gives a member of this type, as declared here} */
    long natural(FieldType type) {
        FieldType element = type.innermost();
        if (element instanceof FieldType.Scalar scalar) {
            return scalarAlignment(scalar);
        }
        return CPlan.possibleAlignment(element.byteAlignment(), element.byteSize());
    }

    private long scalarAlignment(FieldType.Scalar scalar) {
        boolean ours = Long.bitCount(scalar.byteSize()) != 1 || scalar.byteSize() > 16;
        if (ours) {
            return CPlan.possibleAlignment(scalar.byteAlignment(), scalar.byteSize());
        }
        return narrow ? Math.min(4, scalar.byteSize()) : scalar.byteSize();
    }

    /**
     * Declares a member of a type that is not an aggregate declared in place.
     *
     * @param type its type without dimensions
     * @param declarator its name with dimensions or width
     * @return the declaration without semicolon
     */
    String declare(FieldType type, String declarator) {
        if (type instanceof FieldType.Aggregate aggregate) {
            return aggregateName(aggregate) + " " + declarator;
        }
        String spelling = type.spelling().replaceAll("\\b_Atomic\\(([^()]*)\\)", "_Atomic $1");
        Optional<ParsedType> known = ParsedType.of(spelling);
        if (type instanceof FieldType.Scalar scalar
                && (scalar.isPointer() || known.map(ParsedType::isDerived).orElse(false))) {
            return pointer(scalar, known, declarator);
        }
        if (known.isPresent() && known.get().isBasic()) {
            boolean fits = BasicTypes.of(spelling)
                    .map(basic -> basic.byteSize() == type.byteSize() || narrow && spelling.contains("long"))
                    .orElse(false);
            return fits ? known.get().type().declare(declarator) : standIn(type, declarator);
        }
        if (known.isEmpty() || known.get().isDerived()) {
            return standIn(type, declarator);
        }
        for (String tag : known.get().tags()) {
            if (tag.startsWith("enum ")) {
                enums.merge(tag, type.byteSize(), Math::max);
            } else if (isNew(tag, type)) {
                opaques.add(tag + " {\n\tunsigned char bytes[" + type.byteSize() + "];\n}" + aligned(type) + ";\n");
            }
        }
        for (String name : known.get().typedefs()) {
            define(name, type);
        }
        return known.get().type().declare(declarator);
    }

    /**
     * {@return a declaration with a stand-in of the same size for a type that C cannot name; the name is in a comment}
     */
    private String standIn(FieldType type, String declarator) {
        String base = number(type.byteSize());
        String comment = CNames.comment(type.spelling());
        notes.add("C cannot name " + type.spelling() + "; a type of the same size replaces it");
        if (base.isEmpty() || type instanceof FieldType.Opaque) {
            return "struct { unsigned char bytes[" + type.byteSize() + "]; }" + aligned(type) + " " + declarator
                    + " /* " + comment + " */";
        }
        return base + " " + declarator + " /* " + comment + " */";
    }

    private String pointer(FieldType.Scalar scalar, Optional<ParsedType> known, String declarator) {
        boolean arrays = scalar.spelling().contains("[");
        if (known.isEmpty() || arrays && known.get().typedefs().stream().anyMatch(this::isUnknown)) {
            return "void *" + declarator + " /* " + CNames.comment(scalar.spelling()) + " */";
        }
        known.get().tags().forEach(tag -> {
            if (tag.startsWith("enum ")) {
                enums.putIfAbsent(tag, 0L);
            } else {
                forwards.add(tag);
            }
        });
        pointedTypedefs.addAll(known.get().typedefs()); // a member may tell their size
        return known.get().type().declare(declarator);
    }

    private boolean isUnknown(String name) {
        return BasicTypes.of(name).isEmpty();
    }

    private boolean isNew(String name, FieldType type) {
        FieldType before = typedefTypes.putIfAbsent(name, type);
        if (before != null && before.byteSize() != type.byteSize()) {
            throw refused(name + " has " + before.byteSize() + " bytes and " + type.byteSize() + " bytes");
        }
        return before == null;
    }

    private void define(String name, FieldType type) {
        if (!isNew(name, type) || OF_HEADERS.contains(name)) {
            return;
        }
        String base = OF_COMPILER.getOrDefault(name, number(type.byteSize()));
        typedefs.put(
                name,
                base.isEmpty() || type instanceof FieldType.Opaque
                        ? "typedef struct {\n\tunsigned char bytes[" + type.byteSize() + "];\n}" + aligned(type) + " "
                                + name + ";\n"
                        : "typedef " + base + " " + name + ";\n");
    }

    private static String aligned(FieldType type) {
        long alignment = CPlan.possibleAlignment(type.byteAlignment(), type.byteSize());
        return alignment > 1 ? " __attribute__((aligned(" + alignment + ")))" : "";
    }

    private static String number(long byteSize) {
        return switch ((int) Math.min(byteSize, 32)) {
            case 1 -> "unsigned char";
            case 2 -> "unsigned short";
            case 4 -> "unsigned int";
            case 8 -> "unsigned long long";
            case 16 -> "unsigned __int128";
            default -> "";
        };
    }

    /** {@return the name of an aggregate declared elsewhere: keyword and tag, or a typedef} */
    private String aggregateName(FieldType.Aggregate type) {
        String bare = BasicTypes.bare(type.spelling());
        String qualifiers = type.spelling().substring(0, type.spelling().length() - bare.length());
        String tag = tag(type);
        if (isTag(bare)) {
            return qualifiers + tag;
        }
        String name = names.of(bare);
        String text = "typedef " + tag + " " + name + ";\n";
        String other = typedefs.putIfAbsent(name, text);
        if (other != null && !other.equals(text)) {
            throw refused(name + " is two different types");
        }
        return qualifiers + name;
    }

    /** {@return the keyword and tag of an aggregate declared before; a nameless one with a typedef is given a tag} */
    String tag(FieldType.Aggregate type) {
        String keyword = keyword(type.layout());
        String bare = BasicTypes.bare(type.spelling());
        String plain = isTag(bare) ? bare.substring(bare.indexOf(' ') + 1) : bare;
        String name = type.layout().name().isEmpty() ? plain : type.layout().name();
        String tag = keyword + " " + names.of(name);
        StructLayout before = tagged.putIfAbsent(tag, type.layout());
        if (before != null && !before.members().equals(type.layout().members())) {
            throw refused(tag + " is two different structs in it; give one of them another name");
        }
        return tag;
    }

    static String keyword(StructLayout layout) {
        return layout.kind() == dev.faultline.layout.AggregateKind.UNION ? "union" : "struct";
    }

    private static boolean isTag(String bare) {
        return bare.startsWith("struct ") || bare.startsWith("union ") || bare.startsWith("class ");
    }

    InputException refused(String problem) {
        return new InputException(root.spelling(), "", "cannot be declared in C: " + problem);
    }

    /** {@return all declarations but those of aggregates, each before it is needed} */
    String declarations() {
        definePointed();
        StringBuilder text = new StringBuilder();
        enums.forEach((tag, byteSize) -> text.append(enumeration(tag, byteSize)));
        forwards.stream()
                .filter(tag -> !opaqueTag(tag))
                .forEach(tag -> text.append(tag).append(";\n"));
        for (String tag : tagged.keySet()) { // a typedef of it may be used before it is declared
            String used = "typedef " + tag + " ";
            if (!forwards.contains(tag) && typedefs.values().stream().anyMatch(one -> one.startsWith(used))) {
                text.append(tag).append(";\n");
            }
        }
        typedefs.values().forEach(text::append);
        opaques.forEach(text::append);
        return text.toString();
    }

    /** Defines the types that are only pointed to and whose size no member tells. */
    private void definePointed() {
        for (String name : pointedTypedefs) {
            if (!typedefs.containsKey(name)) {
                BasicTypes.of(name)
                        .ifPresentOrElse(
                                basic -> define(name, basic),
                                () -> typedefs.put(name, "typedef struct faultline_" + name + " " + name + ";\n"));
            }
        }
    }

    private boolean opaqueTag(String tag) {
        return typedefTypes.containsKey(tag);
    }

    private static String enumeration(String tag, long byteSize) {
        String name = tag.substring(tag.indexOf(' ') + 1).toUpperCase(java.util.Locale.ROOT);
        String value = byteSize == 8 ? " = 1ull << 40" : "";
        String packed = byteSize == 1 || byteSize == 2 ? " __attribute__((packed))" : "";
        String wide = byteSize == 2 ? " = 1 << 12" : value;
        return tag + " { FAULTLINE_" + name + wide + " }" + packed + ";\n";
    }
}
