package dev.faultline.source.llvm.debug;

import static dev.faultline.source.llvm.debug.DwarfCodes.AT_ALIGNMENT;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_ARTIFICIAL;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_BIT_PLACE;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_BIT_SIZE;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_BYTE_SIZE;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_COMP_DIR;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_CONST_VALUE;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_CONTAINING_TYPE;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_COUNT;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_DECLARATION;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_DISCR;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_DISCR_VALUE;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_ENCODING;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_FILE;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_LANGUAGE;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_LINE;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_LINKAGE_NAME;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_LOCATION;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_NAME;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_STMT_LIST;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_TYPE;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_VECTOR;
import static dev.faultline.source.llvm.debug.DwarfCodes.AT_VIRTUALITY;
import static dev.faultline.source.llvm.debug.DwarfCodes.BASE_TYPE;
import static dev.faultline.source.llvm.debug.DwarfCodes.COMPILE_UNIT;
import static dev.faultline.source.llvm.debug.DwarfCodes.ENCODINGS;
import static dev.faultline.source.llvm.debug.DwarfCodes.FORMAL_PARAMETER;
import static dev.faultline.source.llvm.debug.DwarfCodes.FORM_FLAG;
import static dev.faultline.source.llvm.debug.DwarfCodes.FORM_SDATA;
import static dev.faultline.source.llvm.debug.DwarfCodes.FORM_SECTION;
import static dev.faultline.source.llvm.debug.DwarfCodes.FORM_U1;
import static dev.faultline.source.llvm.debug.DwarfCodes.FORM_U2;
import static dev.faultline.source.llvm.debug.DwarfCodes.FORM_UDATA;
import static dev.faultline.source.llvm.debug.DwarfCodes.LANGUAGES;
import static dev.faultline.source.llvm.debug.DwarfCodes.MEMBER;
import static dev.faultline.source.llvm.debug.DwarfCodes.NAMESPACE;
import static dev.faultline.source.llvm.debug.DwarfCodes.STRUCTURE;
import static dev.faultline.source.llvm.debug.DwarfCodes.SUBPROGRAM;
import static dev.faultline.source.llvm.debug.DwarfCodes.SUBRANGE;
import static dev.faultline.source.llvm.debug.DwarfCodes.SUBROUTINE;
import static dev.faultline.source.llvm.debug.DwarfCodes.TAGS;
import static dev.faultline.source.llvm.debug.DwarfCodes.UNSPECIFIED_PARAMETERS;
import static dev.faultline.source.llvm.debug.DwarfCodes.VARIANT;

import dev.faultline.source.llvm.text.IrGlobal;
import dev.faultline.source.llvm.text.IrModule;
import dev.faultline.source.llvm.text.Metadata;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the types in the debug metadata of a module as a unit of DWARF 4: nodes become entries, one to one, as in the
 * compiler's own back end.
 */
public final class DebugUnitWriter {

    private static final int DEEPEST = 48;
    private static final int MOST_FILES = 1 << 16;

    private final IrModule module;
    private final Metadata metadata;
    private final EntryWriter entries;
    private final EntryBytes lines;
    private final Map<Integer, List<Integer>> children = new HashMap<>();
    private final Set<Integer> written = new HashSet<>();
    private final Map<String, Integer> files = new LinkedHashMap<>();
    private final String directory;

    private DebugUnitWriter(IrModule module, ByteOrder order) {
        this.module = module;
        this.metadata = module.metadata();
        this.entries = new EntryWriter(order);
        this.lines = new EntryBytes(order);
        this.directory = metadata.text(metadata.reference(unit(module), "file"), "directory");
    }

    private static int unit(IrModule module) {
        return module.units().isEmpty() ? Metadata.NONE : module.units().get(0);
    }

    /** {@return whether a module is C, where scopes are no part of names} */
    public static boolean isC(IrModule module) {
        return switch (language(module)) {
            case 0x01, 0x02, 0x0c, 0x1d, 0x2c -> true;
            default -> false;
        };
    }

    private static int language(IrModule module) {
        String language = module.metadata().raw(unit(module), "language");
        String name = language.isEmpty() ? module.metadata().raw(unit(module), "sourceLanguageName") : language;
        return LANGUAGES.getOrDefault(name, 0x02);
    }

    /**
     * {@return the types of a module}
     *
     * @param module the module
     * @param order of the numbers
     * @param arrays the global variables that are written as structs, with the array as the only member
     */
    public static DebugUnit write(IrModule module, ByteOrder order, Set<String> arrays) {
        return new DebugUnitWriter(module, order).write(arrays);
    }

    private DebugUnit write(Set<String> arrays) {
        findChildren();
        mark(Metadata.NONE, 0);
        entries.add(AT_STMT_LIST, FORM_SECTION, 0);
        entries.text(AT_NAME, fileName());
        entries.text(AT_COMP_DIR, directory);
        entries.add(AT_LANGUAGE, FORM_U2, language(module));
        entries.entry(COMPILE_UNIT, true);
        children(Metadata.NONE, 0);
        if (!arrays.isEmpty()) {
            DebugTypes types = new DebugTypes(metadata, isC(module));
            arrays.stream().sorted().forEach(variable -> array(variable, types));
        }
        entries.end();
        writeLines();
        return entries.unit(lines);
    }

    private String fileName() {
        String file = metadata.text(metadata.reference(unit(module), "file"), "filename");
        return file.isEmpty() ? module.source() : file.replaceFirst("/@/.*", "");
    }

    private void findChildren() {
        Set<Integer> scopes = new HashSet<>();
        for (int id : metadata.described()) {
            if (isType(id)) {
                int scope = scope(id);
                children.computeIfAbsent(scope, any -> new ArrayList<>()).add(id);
                for (int depth = 0; depth < DEEPEST && scope != Metadata.NONE && scopes.add(scope); depth++) {
                    int outer = scope(scope);
                    if (!isType(scope)) {
                        children.computeIfAbsent(outer, any -> new ArrayList<>())
                                .add(scope);
                    }
                    scope = outer;
                }
            }
        }
    }

    /** {@return the namespace, struct or function around a node; {@link Metadata#NONE} for the unit} */
    private int scope(int id) {
        int scope = metadata.reference(id, "scope");
        for (int depth = 0; depth < DEEPEST; depth++) {
            String kind = metadata.kind(scope);
            switch (kind) {
                case "DINamespace", "DIModule", "DISubprogram" -> {
                    return scope;
                }
                case "DICompositeType" -> {
                    return isType(scope) ? scope : Metadata.NONE;
                }
                case "DILexicalBlock", "DILexicalBlockFile" -> scope = metadata.reference(scope, "scope");
                default -> {
                    return Metadata.NONE;
                }
            }
        }
        return Metadata.NONE;
    }

    private boolean isType(int id) {
        return switch (metadata.kind(id)) {
            case "DICompositeType" -> !metadata.tag(id).equals("DW_TAG_variant_part") && tag(id) != 0;
            case "DIDerivedType" ->
                switch (metadata.tag(id)) {
                    case "DW_TAG_member", "DW_TAG_inheritance", "DW_TAG_variable" -> false;
                    default -> tag(id) != 0;
                };
            case "DIBasicType", "DISubroutineType" -> true;
            default -> false;
        };
    }

    private int tag(int id) {
        return TAGS.getOrDefault(metadata.tag(id), 0);
    }

    /** Notes which nodes are written: those that can be reached from the unit. */
    private void mark(int parent, int depth) {
        for (int child : children.getOrDefault(parent, List.of())) {
            if (depth < DEEPEST && written.add(child)) {
                mark(child, depth + 1);
            }
        }
    }

    private void children(int parent, int depth) {
        for (int child : children.getOrDefault(parent, List.of())) {
            if (written.contains(child) && !entries.has(child)) {
                node(child, depth);
            }
        }
    }

    private void node(int id, int depth) {
        entries.start(id);
        switch (metadata.kind(id)) {
            case "DINamespace", "DIModule" -> scope(id, NAMESPACE, depth);
            case "DISubprogram" -> {
                entries.text(AT_LINKAGE_NAME, metadata.text(id, "linkageName"));
                scope(id, SUBPROGRAM, depth);
            }
            case "DIBasicType" -> basic(id);
            case "DISubroutineType" -> subroutine(id);
            case "DICompositeType" -> composite(id, depth);
            default -> derived(id);
        }
    }

    private void scope(int id, int tag, int depth) {
        entries.text(AT_NAME, metadata.text(id, "name"));
        entries.entry(tag, true);
        children(id, depth + 1);
        entries.end();
    }

    private void basic(int id) {
        entries.text(AT_NAME, metadata.text(id, "name"));
        size(id);
        String encoding = metadata.raw(id, "encoding");
        if (ENCODINGS.containsKey(encoding)) {
            entries.add(AT_ENCODING, FORM_U1, ENCODINGS.get(encoding));
        }
        entries.entry(metadata.tag(id).equals("DW_TAG_unspecified_type") ? tag(id) : BASE_TYPE, false);
    }

    private void subroutine(int id) {
        List<String> types = metadata.parts(metadata.reference(id, "types"));
        if (!types.isEmpty()) {
            reference(AT_TYPE, Metadata.reference(types.get(0)));
        }
        entries.entry(SUBROUTINE, true);
        for (int i = 1; i < types.size(); i++) {
            int type = Metadata.reference(types.get(i));
            if (type != Metadata.NONE) {
                reference(AT_TYPE, type);
                entries.entry(FORMAL_PARAMETER, false);
            } else {
                entries.entry(UNSPECIFIED_PARAMETERS, false);
            }
        }
        entries.end();
    }

    private void derived(int id) {
        named(id);
        int tag = tag(id);
        if (tag == 0x0f || tag == 0x10 || tag == 0x42) {
            size(id);
        }
        reference(AT_TYPE, metadata.reference(id, "baseType"));
        if (metadata.tag(id).equals("DW_TAG_ptr_to_member_type")) {
            reference(AT_CONTAINING_TYPE, metadata.reference(id, "extraData"));
        }
        alignment(id);
        entries.entry(tag, false);
    }

    private void named(int id) {
        entries.text(AT_NAME, metadata.text(id, "name"));
        int file = metadata.reference(id, "file");
        if (file != Metadata.NONE) {
            entries.add(AT_FILE, FORM_UDATA, file(file));
        }
        long line = metadata.number(id, "line", 0);
        if (line > 0) {
            entries.add(AT_LINE, FORM_UDATA, line);
        }
    }

    private void size(int id) {
        long bits = metadata.number(id, "size", 0);
        if (bits > 0) {
            entries.add(AT_BYTE_SIZE, FORM_UDATA, (bits + 7) / 8);
        }
    }

    private void alignment(int id) {
        long bits = metadata.number(id, "align", 0);
        if (bits > 0) {
            entries.add(AT_ALIGNMENT, FORM_UDATA, bits / 8);
        }
    }

    private void composite(int id, int depth) {
        int tag = tag(id);
        named(id);
        boolean isArray = metadata.tag(id).equals("DW_TAG_array_type");
        boolean isDeclared = metadata.hasFlag(id, "DIFlagFwdDecl");
        if (isDeclared) {
            entries.add(AT_DECLARATION, FORM_FLAG, 1);
        } else if (!isArray) {
            entries.add(AT_BYTE_SIZE, FORM_UDATA, Math.max(0, metadata.number(id, "size", 0)) / 8);
        }
        if (metadata.hasFlag(id, "DIFlagVector")) {
            entries.add(AT_VECTOR, FORM_FLAG, 1);
            size(id);
        }
        if (isArray || metadata.tag(id).equals("DW_TAG_enumeration_type")) {
            reference(AT_TYPE, metadata.reference(id, "baseType"));
        }
        alignment(id);
        entries.entry(tag, true);
        if (isArray) {
            dimensions(id);
        } else if (!metadata.tag(id).equals("DW_TAG_enumeration_type")) {
            metadata.list(id, "templateParams").forEach(this::templateParameter);
            elements(id, depth);
        }
        children(id, depth + 1);
        entries.end();
    }

    private void array(String variable, DebugTypes types) {
        IrGlobal global = module.globals().get(variable);
        int node = global == null || global.variables().isEmpty()
                ? Metadata.NONE
                : metadata.reference(global.variables().get(0), "var");
        int type = metadata.reference(node, "type");
        if (!written.contains(type)) {
            return;
        }
        named(node);
        entries.add(AT_BYTE_SIZE, FORM_UDATA, types.ofVariable(global).byteSize());
        entries.entry(STRUCTURE, true);
        entries.text(AT_NAME, metadata.text(node, "name"));
        reference(AT_TYPE, type);
        entries.add(AT_LOCATION, FORM_UDATA, 0);
        entries.entry(MEMBER, false);
        entries.end();
    }

    private void dimensions(int id) {
        for (int range : metadata.list(id, "elements")) {
            long count = metadata.number(range, "count", -1);
            if (count < 0) {
                long upper = metadata.number(range, "upperBound", Long.MIN_VALUE);
                count = upper == Long.MIN_VALUE ? -1 : upper - metadata.number(range, "lowerBound", 0) + 1;
            }
            if (count >= 0) {
                entries.add(AT_COUNT, FORM_UDATA, count);
            }
            entries.entry(SUBRANGE, false);
        }
    }

    private void templateParameter(int id) {
        boolean isValue = metadata.is(id, "DITemplateValueParameter");
        if (!isValue && !metadata.is(id, "DITemplateTypeParameter")) {
            return;
        }
        entries.text(AT_NAME, metadata.text(id, "name"));
        reference(AT_TYPE, metadata.reference(id, "type"));
        if (isValue) {
            String value = metadata.raw(id, "value");
            if (value.matches("i\\d+ -?\\d+")) {
                entries.add(AT_CONST_VALUE, FORM_SDATA, Metadata.number(value, 0));
            }
        }
        entries.entry(isValue ? 0x30 : 0x2f, false);
    }

    private void elements(int id, int depth) {
        for (int element : metadata.list(id, "elements")) {
            String tag = metadata.tag(element);
            if (metadata.is(element, "DIDerivedType")
                    && (tag.equals("DW_TAG_member") || tag.equals("DW_TAG_inheritance"))
                    && !metadata.hasFlag(element, "DIFlagStaticMember")) {
                member(element);
            } else if (tag.equals("DW_TAG_variant_part") && depth < DEEPEST) {
                variants(element, depth);
            }
        }
    }

    private void member(int id) {
        if (tag(id) == MEMBER) {
            named(id);
        }
        reference(AT_TYPE, metadata.reference(id, "baseType"));
        long offset = Math.max(0, metadata.number(id, "offset", 0));
        if (metadata.hasFlag(id, "DIFlagBitField")) {
            entries.add(AT_BIT_SIZE, FORM_UDATA, Math.max(0, metadata.number(id, "size", 0)));
            entries.add(AT_BIT_PLACE, FORM_UDATA, offset);
        } else if (metadata.hasFlag(id, "DIFlagVirtual")) {
            entries.add(AT_VIRTUALITY, FORM_U1, 1);
        } else {
            entries.add(AT_LOCATION, FORM_UDATA, offset / 8);
        }
        if (metadata.hasFlag(id, "DIFlagArtificial")) {
            entries.add(AT_ARTIFICIAL, FORM_FLAG, 1);
        }
        alignment(id);
        entries.entry(tag(id), false);
    }

    private void variants(int id, int depth) {
        int discriminator = metadata.reference(id, "discriminator");
        boolean has = metadata.is(discriminator, "DIDerivedType");
        if (has) {
            entries.reference(AT_DISCR, discriminator);
        }
        entries.entry(0x33, true);
        if (has) {
            entries.start(discriminator);
            member(discriminator);
        }
        for (int element : metadata.list(id, "elements")) {
            if (!metadata.is(element, "DIDerivedType")) {
                continue;
            }
            String value = metadata.raw(element, "extraData");
            if (value.matches("i\\d+ -?\\d+")) {
                entries.add(AT_DISCR_VALUE, FORM_SDATA, Metadata.number(value, 0));
            }
            entries.entry(VARIANT, true);
            member(element);
            entries.end();
        }
        entries.end();
    }

    /** Adds a reference to a node that is written; to another one, nothing. */
    private void reference(int name, int node) {
        if (written.contains(node)) {
            entries.reference(name, node);
        }
    }

    private int file(int id) {
        String name = metadata.text(id, "filename");
        String around = metadata.text(id, "directory");
        String path = name.startsWith("/") || around.isEmpty() || around.equals(directory) ? name : around + "/" + name;
        if (files.size() >= MOST_FILES && !files.containsKey(path)) {
            return 0;
        }
        return files.computeIfAbsent(path, any -> files.size() + 1);
    }

    /** Writes the header of a line table of version 4, without lines. */
    private void writeLines() {
        EntryBytes names = new EntryBytes(ByteOrder.LITTLE_ENDIAN);
        names.u1(0); // no directories
        files.keySet()
                .forEach(file ->
                        names.text(file.isEmpty() ? "?" : file).u1(0).u1(0).u1(0));
        names.u1(0);
        int headerBytes = 6 + names.size();
        lines.u4(6L + headerBytes).u2(4).u4(headerBytes);
        lines.u1(1).u1(1).u1(1).u1(0).u1(1).u1(1);
        lines.all(names.toArray());
    }
}
