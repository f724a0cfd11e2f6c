package dev.faultline.source.llvm.debug;

import dev.faultline.source.llvm.text.IrGlobal;
import dev.faultline.source.llvm.text.Metadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The types in the debug metadata of a module. */
public final class DebugTypes {

    private static final int DEEPEST = 64;
    private static final int MOST_SCOPES = 64;
    private static final int LONGEST_NAME = 4096;

    private final Metadata metadata;
    private final boolean isC;
    private final Map<Integer, DebugType> known = new HashMap<>();
    /** Names of typedefs of structs without a name. */
    private final Map<Integer, String> typedefs = new HashMap<>();
    /** The nodes that define the structs of a name, and by the name of the linker in C++. */
    private final Map<String, Integer> definitions = new HashMap<>();

    /**
     * Finds the structs of a module.
     *
     * @param metadata its metadata
     * @param isC whether it is C, where scopes are no part of names
     */
    public DebugTypes(Metadata metadata, boolean isC) {
        this.metadata = metadata;
        this.isC = isC;
        for (int id : metadata.described()) {
            if (metadata.is(id, "DIDerivedType") && metadata.tag(id).equals("DW_TAG_typedef")) {
                int base = unqualified(metadata.reference(id, "baseType"));
                if (isAggregate(base) && metadata.raw(base, "name").isEmpty()) {
                    typedefs.putIfAbsent(base, scoped(id, metadata.text(id, "name")));
                }
            }
        }
        for (int id : metadata.described()) {
            if (isAggregate(id) && !metadata.hasFlag(id, "DIFlagFwdDecl")) {
                String name = name(id);
                if (!name.isEmpty()) {
                    definitions.putIfAbsent(name, id);
                    String identifier = metadata.text(id, "identifier");
                    if (!identifier.isEmpty()) {
                        definitions.putIfAbsent(identifier, id);
                    }
                }
            }
        }
    }

    private boolean isAggregate(int id) {
        if (!metadata.is(id, "DICompositeType")) {
            return false;
        }
        return switch (metadata.tag(id)) {
            case "DW_TAG_structure_type", "DW_TAG_class_type", "DW_TAG_union_type" -> true;
            default -> false;
        };
    }

    /** {@return the node behind qualifiers} */
    private int unqualified(int id) {
        int one = id;
        for (int depth = 0; depth < DEEPEST && metadata.is(one, "DIDerivedType"); depth++) {
            switch (metadata.tag(one)) {
                case "DW_TAG_const_type", "DW_TAG_volatile_type", "DW_TAG_atomic_type", "DW_TAG_restrict_type" ->
                    one = metadata.reference(one, "baseType");
                default -> {
                    return one;
                }
            }
        }
        return one;
    }

    private String name(int id) {
        String own = metadata.text(id, "name");
        return own.isEmpty() ? typedefs.getOrDefault(id, "") : scoped(id, own);
    }

    /** {@return a name with its scopes, as the layouts of DWARF have it} */
    private String scoped(int id, String name) {
        if (isC || name.isEmpty()) {
            return name;
        }
        StringBuilder full = new StringBuilder(name);
        int scope = metadata.reference(id, "scope");
        for (int depth = 0; depth < MOST_SCOPES && full.length() < LONGEST_NAME; depth++) {
            String kind = metadata.kind(scope);
            String outer = metadata.text(scope, "name");
            switch (kind) {
                case "DINamespace" -> full.insert(0, (outer.isEmpty() ? "(anonymous namespace)" : outer) + "::");
                case "DICompositeType", "DIModule" -> full.insert(0, (outer.isEmpty() ? "(anonymous)" : outer) + "::");
                case "DISubprogram" -> full.insert(0, outer + "()::");
                case "DILexicalBlock", "DILexicalBlockFile" -> {}
                default -> {
                    return full.toString();
                }
            }
            scope = metadata.reference(scope, "scope");
        }
        return full.toString();
    }

    /** {@return for the name of each struct, the names of those that have it as a member} */
    public Map<String, Set<String>> containers() {
        Map<String, Set<String>> containers = new HashMap<>();
        for (int id : new HashSet<>(definitions.values())) {
            DebugType outer = of(id);
            for (DebugMember member : outer.members()) {
                DebugType inner = of(member.type());
                for (int depth = 0; depth < DEEPEST && inner.kind() == DebugType.Kind.ARRAY; depth++) {
                    inner = of(inner.target());
                }
                if (inner.isStruct() && !inner.name().isEmpty()) {
                    containers
                            .computeIfAbsent(inner.name(), any -> new HashSet<>())
                            .add(outer.name());
                }
            }
        }
        return containers;
    }

    /** {@return the struct of a name, or of a name of the linker} */
    public Optional<DebugType> named(String name) {
        Integer id = definitions.get(name);
        return id == null ? Optional.empty() : Optional.of(of(id));
    }

    /**
     * {@return the type of a global variable; an array of numbers is the only member of a struct with the name of the
     * variable, so that accesses to it are attributed as those to other arrays are}
     */
    public DebugType ofVariable(IrGlobal global) {
        if (global.variables().isEmpty()) {
            return DebugType.UNKNOWN;
        }
        int variable = metadata.reference(global.variables().get(0), "var");
        int type = metadata.reference(variable, "type");
        DebugType found = of(type);
        if (!isArrayOfNumbers(global)) {
            return found;
        }
        String name = metadata.text(variable, "name");
        DebugMember only = new DebugMember(name, 0, 8 * found.byteSize(), type, false);
        return new DebugType(DebugType.Kind.STRUCT, name, found.byteSize(), Metadata.NONE, List.of(only), false);
    }

    /** {@return whether a global variable that is no constant is an array of numbers, and no struct has its name} */
    public boolean isArrayOfNumbers(IrGlobal global) {
        if (global == null || global.isConstant() || global.variables().isEmpty()) {
            return false;
        }
        int variable = metadata.reference(global.variables().get(0), "var");
        String name = metadata.text(variable, "name");
        DebugType type = of(metadata.reference(variable, "type"));
        return type.kind() == DebugType.Kind.ARRAY
                && of(type.target()).kind() == DebugType.Kind.OTHER
                && of(type.target()).byteSize() > 0
                && !name.isEmpty()
                && !definitions.containsKey(name);
    }

    /** {@return the type of a node, without typedefs and qualifiers} */
    public DebugType of(int id) {
        int one = id;
        for (int depth = 0; depth < DEEPEST; depth++) {
            if (!metadata.is(one, "DIDerivedType")) {
                break;
            }
            String tag = metadata.tag(one);
            boolean isName = switch (tag) {
                case "DW_TAG_const_type",
                        "DW_TAG_volatile_type",
                        "DW_TAG_atomic_type",
                        "DW_TAG_restrict_type",
                        "DW_TAG_typedef",
                        "DW_TAG_template_alias",
                        "DW_TAG_member" -> true;
                default -> false;
            };
            if (!isName) {
                break;
            }
            one = metadata.reference(one, "baseType");
        }
        DebugType found = known.get(one);
        if (found == null) {
            found = make(one);
            known.put(one, found);
        }
        return found;
    }

    private DebugType make(int id) {
        long bytes = metadata.number(id, "size", 0) / 8;
        String tag = metadata.tag(id);
        switch (tag) {
            case "DW_TAG_pointer_type", "DW_TAG_reference_type", "DW_TAG_rvalue_reference_type":
                return new DebugType(
                        DebugType.Kind.POINTER, "", bytes, metadata.reference(id, "baseType"), List.of(), false);
            case "DW_TAG_array_type":
                return new DebugType(
                        DebugType.Kind.ARRAY, "", bytes, metadata.reference(id, "baseType"), List.of(), false);
            case "DW_TAG_structure_type", "DW_TAG_class_type", "DW_TAG_union_type":
                return struct(id, bytes, tag.equals("DW_TAG_union_type"));
            default:
                return new DebugType(DebugType.Kind.OTHER, "", bytes, Metadata.NONE, List.of(), false);
        }
    }

    private DebugType struct(int id, long bytes, boolean isUnion) {
        String name = name(id);
        if (metadata.hasFlag(id, "DIFlagFwdDecl")) {
            String identifier = metadata.text(id, "identifier");
            Integer defined = definitions.get(identifier.isEmpty() ? name : identifier);
            if (defined != null && defined != id) {
                return of(defined);
            }
        }
        return new DebugType(DebugType.Kind.STRUCT, name, bytes, Metadata.NONE, members(id, 0), isUnion);
    }

    private List<DebugMember> members(int id, int depth) {
        List<DebugMember> members = new ArrayList<>();
        for (int element : metadata.list(id, "elements")) {
            if (metadata.is(element, "DICompositeType")
                    && metadata.tag(element).equals("DW_TAG_variant_part")
                    && depth < DEEPEST) {
                members.addAll(members(element, depth + 1));
            } else if (metadata.is(element, "DIDerivedType") && !metadata.hasFlag(element, "DIFlagStaticMember")) {
                String tag = metadata.tag(element);
                if (tag.equals("DW_TAG_member")
                        || tag.equals("DW_TAG_inheritance") && !metadata.hasFlag(element, "DIFlagVirtual")) {
                    members.add(member(element, tag));
                }
            }
        }
        return List.copyOf(members);
    }

    private DebugMember member(int element, String tag) {
        int type = metadata.reference(element, "baseType");
        long bits = metadata.number(element, "size", 0);
        return new DebugMember(
                tag.equals("DW_TAG_member") ? metadata.text(element, "name") : "",
                metadata.number(element, "offset", 0),
                bits > 0 ? bits : 8 * sizeOf(type),
                type,
                metadata.hasFlag(element, "DIFlagBitField"));
    }

    /** {@return the size of a type, which is not looked into} */
    private long sizeOf(int id) {
        int one = id;
        for (int depth = 0; depth < DEEPEST && metadata.has(one); depth++) {
            long bits = metadata.number(one, "size", 0);
            if (bits > 0) {
                return bits / 8;
            }
            one = metadata.reference(one, "baseType");
        }
        return 0;
    }

    /**
     * {@return the places of the named structs that hold some bytes of a struct, the outermost first; of the arms of a
     * union, the first that is a struct}
     */
    public List<StructPlace> places(DebugType struct, long byteOffset, long byteSize) {
        List<StructPlace> places = new ArrayList<>();
        DebugType type = struct;
        long offset = byteOffset;
        for (int depth = 0; depth < DEEPEST; depth++) {
            if (type.kind() == DebugType.Kind.ARRAY) {
                DebugType element = of(type.target());
                if (element.byteSize() <= 0) {
                    break;
                }
                offset = Math.floorMod(offset, element.byteSize());
                type = element;
                continue;
            }
            if (!type.isStruct()) {
                break;
            }
            if (!type.name().isEmpty()) {
                places.add(new StructPlace(type.name(), type.byteSize(), offset));
            }
            DebugMember inner = holder(type, offset, byteSize);
            if (inner == null) {
                break;
            }
            offset -= inner.bitOffset() / 8;
            type = of(inner.type());
        }
        return places;
    }

    /** {@return the struct or array that holds some bytes of a struct; null when none does} */
    private DebugMember holder(DebugType struct, long offset, long size) {
        for (DebugMember member : struct.members()) {
            if (!member.isBitField() && member.holds(offset, size)) {
                DebugType type = of(member.type());
                if (type.isStruct() || type.kind() == DebugType.Kind.ARRAY) {
                    return member;
                }
            }
        }
        return null;
    }

    /** {@return whether a struct has another one, by its name, at an offset} */
    public boolean has(DebugType struct, long byteOffset, DebugType inner) {
        if (!struct.isStruct()) {
            return false;
        }
        for (StructPlace place : places(struct, byteOffset, Math.max(1, inner.byteSize()))) {
            if (place.byteOffset() == 0 && place.struct().equals(inner.name())) {
                return true;
            }
        }
        return false;
    }

    /**
     * A type with a place in it.
     *
     * @param type the type
     * @param byteOffset bytes from its start
     */
    private record Place(DebugType type, long byteOffset) {}

    /** {@return the element or member that holds some bytes, a struct before a number; null when none does} */
    private Place inside(Place outer, long byteSize) {
        DebugType type = outer.type();
        if (type.kind() == DebugType.Kind.ARRAY) {
            DebugType element = of(type.target());
            return element.byteSize() <= 0
                    ? null
                    : new Place(element, Math.floorMod(outer.byteOffset(), element.byteSize()));
        }
        DebugMember found = null;
        for (DebugMember member : type.members()) {
            boolean isIt = member.holds(outer.byteOffset(), byteSize);
            if (isIt && (found == null || of(member.type()).kind() != DebugType.Kind.OTHER)) {
                found = member;
            }
        }
        return found == null ? null : new Place(of(found.type()), outer.byteOffset() - found.bitOffset() / 8);
    }

    /** {@return the type of what is at an offset, as far in as bytes of a size reach} */
    public DebugType at(DebugType outer, long byteOffset, long byteSize) {
        Place place = new Place(outer, byteOffset);
        for (int depth = 0; depth < DEEPEST; depth++) {
            Place inner = inside(place, byteSize);
            if (inner == null) {
                return place.type().kind() == DebugType.Kind.ARRAY ? DebugType.UNKNOWN : place.type();
            }
            place = inner;
        }
        return place.type();
    }

    /**
     * {@return the offset of the innermost array that holds a byte, and the size of its elements; null when none does}
     */
    public long[] arrayAround(DebugType outer, long byteOffset) {
        long[] found = null;
        Place place = new Place(outer, byteOffset);
        for (int depth = 0; depth < DEEPEST; depth++) {
            Place inner = inside(place, 1);
            if (inner == null) {
                return found;
            }
            if (place.type().kind() == DebugType.Kind.ARRAY) {
                found = new long[] {
                    byteOffset - place.byteOffset(), inner.type().byteSize()
                };
            }
            place = inner;
        }
        return found;
    }
}
