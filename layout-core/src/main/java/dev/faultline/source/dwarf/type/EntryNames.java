package dev.faultline.source.dwarf.type;

import dev.faultline.layout.ctype.CType;
import dev.faultline.source.dwarf.entry.DwarfAttribute;
import dev.faultline.source.dwarf.entry.DwarfTag;
import dev.faultline.source.dwarf.entry.EntryReader;
import dev.faultline.source.dwarf.entry.Unit;
import dev.faultline.source.dwarf.record.SignedNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names of a unit's entries as people write them: {@code ns::Ring<int>}, {@code struct sk_buff *}. */
final class EntryNames {

    private static final int DEEPEST = 32;
    private static final int LONGEST = 16_384;
    private static final int MOST_PARAMETERS = 256;
    /** The longest spelling of a type that is made of several: types made of such types may double with each. */
    private static final int LONGEST_BRANCHED = 4_096;

    private static final int COMPLEX_FLOAT = 0x03;
    private static final int MOST_SCOPES = 1024;
    private static final String TYPEDEF = "typedef ";
    private static final String ANONYMOUS_NAMESPACE = "(anonymous namespace)";

    private final UnitTypes types;
    private final Unit unit;
    private final UnitLookup lookup;
    private final TemplateNames templates;

    /** The types of functions and pointers to members, which are made of several others. */
    private final Map<Integer, CType> branched = new HashMap<>();

    EntryNames(UnitTypes types, UnitLookup lookup) {
        this.types = types;
        this.templates = new TemplateNames(types, lookup);
        this.unit = types.unit();
        this.lookup = lookup;
    }

    /** {@return the name of an entry without its scope; empty when it has none} */
    String simple(int position) {
        EntryReader reader = new EntryReader(unit);
        int at = position;
        for (int i = 0; i < 8 && at >= 0 && reader.read(at); i++) {
            long text = reader.text(DwarfAttribute.NAME);
            if (text >= 0) {
                return withoutTypedef(unit.text(text));
            }
            at = UnitEntries.origin(reader);
        }
        return "";
    }

    /** {@return the name of a type; g++ names an unnamed one in a function {@code typedef f(int)::name name}} */
    private static String withoutTypedef(String name) {
        return name.startsWith(TYPEDEF) ? name.substring(name.lastIndexOf(' ') + 1) : name;
    }

    /** {@return the name of a type with its scopes; empty for a type without a name} */
    String qualified(int position) {
        return qualified(position, 0);
    }

    private String qualified(int position, int depth) {
        String name = simple(position);
        if (name.isEmpty() || types.isC() || types.isGo()) {
            return name;
        }
        int index = types.entries().find(position);
        String full = index < 0 ? name : name + arguments(position, name, depth);
        return within(full, index < 0 ? UnitEntries.TOP : types.entries().outer(index), depth);
    }

    /** {@return a name with the scopes from the outermost to one of these entries before it} */
    String within(String name, int scope) {
        return within(name, scope, 0);
    }

    private String within(String name, int scope, int depth) {
        StringBuilder qualified = new StringBuilder(name);
        int outer = scope;
        for (int i = 0; outer >= 0 && i < MOST_SCOPES && qualified.length() < LONGEST; i++) {
            Optional<String> whole = signedScope(outer);
            if (whole.isPresent()) {
                return whole.get() + "::" + qualified;
            }
            qualified.insert(0, scope(outer, depth) + "::");
            outer = outer(outer);
        }
        return qualified.toString();
    }

    /** {@return what stands for the qualified name of a class around an entry, when another type unit names it} */
    private Optional<String> signedScope(int index) {
        EntryReader reader = new EntryReader(unit);
        return DwarfTag.isAggregate(types.entries().tag(index))
                        && reader.read(types.entries().position(index))
                        && reader.text(DwarfAttribute.NAME) < 0
                        && TypeDecoder.isInTypeUnit(reader)
                ? Optional.of(SignedNames.mark(reader.signature(DwarfAttribute.SIGNATURE)))
                : Optional.empty();
    }

    /** {@return the arguments of a template whose name has none; empty for most} */
    String arguments(int position, String name, int depth) {
        return depth > DEEPEST ? "" : templates.arguments(position, name, depth + 1);
    }

    /** {@return the names of templates} */
    TemplateNames templates() {
        return templates;
    }

    private String scope(int index, int depth) {
        int position = types.entries().position(index);
        String name = simple(position);
        return switch (types.entries().tag(index)) {
            case DwarfTag.NAMESPACE -> name.isEmpty() ? ANONYMOUS_NAMESPACE : name;
            case DwarfTag.SUBPROGRAM ->
                types.isRust() || types.isC() ? name : name + templates.arguments(position, name, depth + 1) + "()";
            default -> name.isEmpty() ? "(anonymous)" : name + arguments(position, name, depth);
        };
    }

    /** {@return the index of what is around a scope; of a function that a class declares, the class} */
    private int outer(int index) {
        UnitEntries entries = types.entries();
        if (entries.tag(index) != DwarfTag.SUBPROGRAM) {
            return entries.outer(index);
        }
        EntryReader reader = new EntryReader(unit);
        int at = entries.position(index);
        for (int i = 0; i < 8 && reader.read(at); i++) {
            int origin = UnitEntries.origin(reader);
            if (origin < 0) {
                break;
            }
            at = origin;
        }
        return at == entries.position(index) ? entries.outer(index) : around(at);
    }

    /** {@return the index of the innermost entry around a position} */
    private int around(int position) {
        UnitEntries entries = types.entries();
        int index = entries.find(position);
        index = index >= 0 ? entries.outer(index) : -index - 2;
        EntryReader reader = new EntryReader(unit);
        while (index >= 0) {
            reader.read(entries.position(index));
            if (Children.behind(reader) > position) {
                return index;
            }
            index = entries.outer(index);
        }
        return UnitEntries.TOP;
    }

    /** {@return the spelling of a type} */
    String spelling(int position) {
        String spelling = type(position, 0).spelling();
        return spelling.length() <= LONGEST ? spelling : spelling.substring(0, LONGEST) + "...";
    }

    /** {@return the type that the entry a reader stands on refers to; {@code void} when it refers to none} */
    CType target(EntryReader reader, int depth) {
        if (reader.isSignature(DwarfAttribute.TYPE)) {
            return CType.named(SignedNames.mark(reader.signature(DwarfAttribute.TYPE)));
        }
        Optional<EntryPlace> target = types.target(reader, DwarfAttribute.TYPE, lookup);
        return target.isEmpty()
                ? CType.named("void")
                : target.get().types().names().type(target.get().position(), depth + 1);
    }

    private CType type(int position, int depth) {
        EntryReader reader = new EntryReader(unit);
        if (depth > DEEPEST || !reader.read(position)) {
            return CType.named("...");
        }
        int tag = reader.tag();
        return switch (tag) {
            case DwarfTag.STRUCTURE_TYPE, DwarfTag.INTERFACE_TYPE -> tagged("struct", reader, depth);
            case DwarfTag.CLASS_TYPE -> tagged("class", reader, depth);
            case DwarfTag.UNION_TYPE -> tagged("union", reader, depth);
            case DwarfTag.ENUMERATION_TYPE -> tagged("enum", reader, depth);
            case DwarfTag.POINTER_TYPE -> pointer(reader, position, depth);
            case DwarfTag.REFERENCE_TYPE -> new CType.Reference(target(reader, depth), "&");
            case DwarfTag.RVALUE_REFERENCE_TYPE -> new CType.Reference(target(reader, depth), "&&");
            case DwarfTag.CONST_TYPE -> target(reader, depth).qualified("const");
            case DwarfTag.VOLATILE_TYPE -> target(reader, depth).qualified("volatile");
            case DwarfTag.RESTRICT_TYPE -> target(reader, depth).qualified("restrict");
            case DwarfTag.ATOMIC_TYPE -> target(reader, depth).qualified("_Atomic");
            case DwarfTag.IMMUTABLE_TYPE, DwarfTag.SHARED_TYPE -> target(reader, depth);
            case DwarfTag.ARRAY_TYPE -> array(reader, depth);
            case DwarfTag.SUBROUTINE_TYPE -> branched(reader, position, depth);
            case DwarfTag.PTR_TO_MEMBER_TYPE -> branched(reader, position, depth);
            case DwarfTag.BASE_TYPE -> CType.named(base(reader, position));
            default -> CType.named(orPlaceholder(qualified(position, depth)));
        };
    }

    /** {@return the name of a number; clang calls all complex ones alike} */
    private String base(EntryReader reader, int position) {
        String name = simple(position);
        if (!name.equals("complex")) {
            return orPlaceholder(name);
        }
        long size = reader.number(DwarfAttribute.BYTE_SIZE, 0);
        boolean isFloat = reader.number(DwarfAttribute.ENCODING, 0) == COMPLEX_FLOAT;
        return isFloat ? size == 8 ? "complex float" : size == 16 ? "complex double" : "complex long double" : name;
    }

    private static String orPlaceholder(String name) {
        return name.isEmpty() ? "?" : name;
    }

    private CType tagged(String keyword, EntryReader reader, int depth) {
        if (TypeDecoder.isInTypeUnit(reader)) {
            return CType.named(SignedNames.mark(reader.signature(DwarfAttribute.SIGNATURE)));
        }
        String name = qualified(reader.position(), depth);
        if (name.isEmpty()) {
            return CType.named(keyword);
        }
        return CType.named(types.isC() ? keyword + " " + name : name);
    }

    private CType pointer(EntryReader reader, int position, int depth) {
        String own = types.isC() ? "" : simple(position); // Rust and Go name their pointers
        return own.isEmpty() ? target(reader, depth).pointer() : CType.named(own);
    }

    private CType memberPointer(EntryReader reader, int depth) {
        if (reader.isSignature(DwarfAttribute.CONTAINING_TYPE)) {
            String mark = SignedNames.mark(reader.signature(DwarfAttribute.CONTAINING_TYPE));
            return new CType.MemberPointer(target(reader, depth), mark);
        }
        String owner = types.target(reader, DwarfAttribute.CONTAINING_TYPE, lookup)
                .map(place -> place.types().names().type(place.position(), depth + 1))
                .map(CType::spelling)
                .orElse("?");
        CType target = target(reader, depth);
        if (target instanceof CType.Function function && !function.parameters().isEmpty()) {
            List<CType> all = function.parameters(); // the first is the object
            target = new CType.Function(function.result(), all.subList(1, all.size()));
        }
        return new CType.MemberPointer(target, orPlaceholder(owner));
    }

    private CType array(EntryReader reader, int depth) {
        List<Long> counts = new ArrayList<>();
        CType element = target(reader, depth);
        if (reader.hasChildren()) {
            ArrayBounds bounds = new ArrayBounds(types, lookup);
            counts.addAll(bounds.counts(reader.next()));
        }
        for (int i = counts.size() - 1; i >= 0; i--) {
            element = element.array(Math.max(0, counts.get(i)));
        }
        return element;
    }

    /** {@return a type made of several others, once, so that types which repeat others take no time again} */
    private CType branched(EntryReader reader, int position, int depth) {
        CType known = branched.get(position);
        if (known == null) {
            CType made =
                    reader.tag() == DwarfTag.SUBROUTINE_TYPE ? function(reader, depth) : memberPointer(reader, depth);
            known = made.spelling().length() <= LONGEST_BRANCHED ? made : CType.named("...");
            branched.put(position, known);
        }
        return known;
    }

    private CType function(EntryReader reader, int depth) {
        CType result = target(reader, depth);
        List<CType> parameters = new ArrayList<>();
        int length = 0;
        for (int part : types.entries().parts().of(reader.position())) {
            EntryReader parameter = new EntryReader(unit);
            parameter.read(part);
            if (parameter.tag() == DwarfTag.FORMAL_PARAMETER) {
                parameters.add(target(parameter, depth));
            } else if (parameter.tag() == DwarfTag.UNSPECIFIED_PARAMETERS) {
                parameters.add(CType.named("..."));
            }
            length += parameters.isEmpty()
                    ? 0
                    : parameters.get(parameters.size() - 1).spelling().length();
            if (parameters.size() > MOST_PARAMETERS || length > LONGEST_BRANCHED) {
                return CType.named("...");
            }
        }
        return result.function(parameters);
    }
}
