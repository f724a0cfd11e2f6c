package dev.faultline.source.llvm.debug;

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

    /** Where the offset of the line table is in a unit: behind its header and the code of its first entry. */
    static final int LINES_AT = 12;

    private static final int DEEPEST = 48;
    private static final int ADDRESS_BYTES = 8;
    private static final int MOST_FILES = 1 << 16;

    private static final int AT_NAME = 0x03;
    private static final int AT_BYTE_SIZE = 0x0b;
    private static final int AT_BIT_SIZE = 0x0d;
    private static final int AT_STMT_LIST = 0x10;
    private static final int AT_LANGUAGE = 0x13;
    private static final int AT_DISCR = 0x15;
    private static final int AT_DISCR_VALUE = 0x16;
    private static final int AT_COMP_DIR = 0x1b;
    private static final int AT_CONST_VALUE = 0x1c;
    private static final int AT_CONTAINING_TYPE = 0x1d;
    private static final int AT_ARTIFICIAL = 0x34;
    private static final int AT_COUNT = 0x37;
    private static final int AT_LOCATION = 0x38;
    private static final int AT_FILE = 0x3a;
    private static final int AT_LINE = 0x3b;
    private static final int AT_DECLARATION = 0x3c;
    private static final int AT_ENCODING = 0x3e;
    private static final int AT_TYPE = 0x49;
    private static final int AT_VIRTUALITY = 0x4c;
    private static final int AT_BIT_PLACE = 0x6b;
    private static final int AT_LINKAGE_NAME = 0x6e;
    private static final int AT_ALIGNMENT = 0x88;
    private static final int AT_VECTOR = 0x2107;

    private static final int FORM_TEXT = 0x08;
    private static final int FORM_U1 = 0x0b;
    private static final int FORM_U2 = 0x05;
    private static final int FORM_SDATA = 0x0d;
    private static final int FORM_UDATA = 0x0f;
    private static final int FORM_REFERENCE = 0x13;
    private static final int FORM_SECTION = 0x17;
    private static final int FORM_FLAG = 0x19;

    private static final int COMPILE_UNIT = 0x11;
    private static final int NAMESPACE = 0x39;
    private static final int SUBPROGRAM = 0x2e;
    private static final int SUBRANGE = 0x21;
    private static final int FORMAL_PARAMETER = 0x05;
    private static final int UNSPECIFIED_PARAMETERS = 0x18;
    private static final int VARIANT = 0x19;
    private static final int SUBROUTINE = 0x15;
    private static final int BASE_TYPE = 0x24;
    private static final int MEMBER = 0x0d;

    private static final Map<String, Integer> TAGS = Map.ofEntries(
            Map.entry("DW_TAG_array_type", 0x01),
            Map.entry("DW_TAG_class_type", 0x02),
            Map.entry("DW_TAG_enumeration_type", 0x04),
            Map.entry("DW_TAG_member", MEMBER),
            Map.entry("DW_TAG_pointer_type", 0x0f),
            Map.entry("DW_TAG_reference_type", 0x10),
            Map.entry("DW_TAG_structure_type", 0x13),
            Map.entry("DW_TAG_typedef", 0x16),
            Map.entry("DW_TAG_union_type", 0x17),
            Map.entry("DW_TAG_inheritance", 0x1c),
            Map.entry("DW_TAG_ptr_to_member_type", 0x1f),
            Map.entry("DW_TAG_const_type", 0x26),
            Map.entry("DW_TAG_template_type_parameter", 0x2f),
            Map.entry("DW_TAG_template_value_parameter", 0x30),
            Map.entry("DW_TAG_variant_part", 0x33),
            Map.entry("DW_TAG_volatile_type", 0x35),
            Map.entry("DW_TAG_restrict_type", 0x37),
            Map.entry("DW_TAG_unspecified_type", 0x3b),
            Map.entry("DW_TAG_rvalue_reference_type", 0x42),
            Map.entry("DW_TAG_atomic_type", 0x47));

    private static final Map<String, Integer> LANGUAGES = Map.ofEntries(
            Map.entry("DW_LANG_C89", 0x01),
            Map.entry("DW_LANG_C", 0x02),
            Map.entry("DW_LANG_C_plus_plus", 0x04),
            Map.entry("DW_LANG_C99", 0x0c),
            Map.entry("DW_LANG_D", 0x13),
            Map.entry("DW_LANG_Go", 0x16),
            Map.entry("DW_LANG_C_plus_plus_03", 0x19),
            Map.entry("DW_LANG_C_plus_plus_11", 0x1a),
            Map.entry("DW_LANG_Rust", 0x1c),
            Map.entry("DW_LANG_C11", 0x1d),
            Map.entry("DW_LANG_Swift", 0x1e),
            Map.entry("DW_LANG_C_plus_plus_14", 0x21),
            Map.entry("DW_LANG_C_plus_plus_17", 0x2a),
            Map.entry("DW_LANG_C_plus_plus_20", 0x2b),
            Map.entry("DW_LANG_C17", 0x2c),
            Map.entry("DW_LNAME_C", 0x1d),
            Map.entry("DW_LNAME_C_plus_plus", 0x21),
            Map.entry("DW_LNAME_Rust", 0x1c),
            Map.entry("DW_LANG_Zig", 0x27));

    private static final Map<String, Integer> ENCODINGS = Map.of(
            "DW_ATE_boolean", 2,
            "DW_ATE_complex_float", 3,
            "DW_ATE_float", 4,
            "DW_ATE_signed", 5,
            "DW_ATE_signed_char", 6,
            "DW_ATE_unsigned", 7,
            "DW_ATE_unsigned_char", 8,
            "DW_ATE_UTF", 16);

    /** One attribute of an entry. */
    private record Attribute(int name, int form, long number, String text) {}

    private final IrModule module;
    private final Metadata metadata;
    private final EntryBytes out;
    private final EntryBytes abbreviations;
    private final EntryBytes lines;
    private final Map<List<Integer>, Integer> codes = new HashMap<>();
    private final Map<Integer, List<Integer>> children = new HashMap<>();
    private final Set<Integer> written = new HashSet<>();
    private final Map<Integer, Integer> offsets = new HashMap<>();
    private final Map<Integer, Integer> references = new LinkedHashMap<>();
    private final Map<String, Integer> files = new LinkedHashMap<>();
    private List<Attribute> attributes = new ArrayList<>();
    private final String directory;

    private DebugUnitWriter(IrModule module, ByteOrder order) {
        this.module = module;
        this.metadata = module.metadata();
        this.out = new EntryBytes(order);
        this.abbreviations = new EntryBytes(order);
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
     */
    public static DebugUnit write(IrModule module, ByteOrder order) {
        return new DebugUnitWriter(module, order).write();
    }

    private DebugUnit write() {
        findChildren();
        mark(Metadata.NONE, 0);
        out.u4(0).u2(4).u4(0).u1(ADDRESS_BYTES);
        add(AT_STMT_LIST, FORM_SECTION, 0);
        text(AT_NAME, fileName());
        text(AT_COMP_DIR, directory);
        add(AT_LANGUAGE, FORM_U2, language(module));
        entry(COMPILE_UNIT, true);
        children(Metadata.NONE, 0);
        out.u1(0);
        references.forEach((at, node) -> out.patch(at, offsets.getOrDefault(node, 0)));
        out.patch(0, out.size() - 4L);
        abbreviations.u1(0);
        writeLines();
        return new DebugUnit(out.toArray(), abbreviations.toArray(), lines.toArray());
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
            if (written.contains(child) && !offsets.containsKey(child)) {
                node(child, depth);
            }
        }
    }

    private void node(int id, int depth) {
        offsets.put(id, out.size());
        switch (metadata.kind(id)) {
            case "DINamespace", "DIModule" -> scope(id, NAMESPACE, depth);
            case "DISubprogram" -> {
                text(AT_LINKAGE_NAME, metadata.text(id, "linkageName"));
                scope(id, SUBPROGRAM, depth);
            }
            case "DIBasicType" -> basic(id);
            case "DISubroutineType" -> subroutine(id);
            case "DICompositeType" -> composite(id, depth);
            default -> derived(id);
        }
    }

    private void scope(int id, int tag, int depth) {
        text(AT_NAME, metadata.text(id, "name"));
        entry(tag, true);
        children(id, depth + 1);
        out.u1(0);
    }

    private void basic(int id) {
        text(AT_NAME, metadata.text(id, "name"));
        size(id);
        String encoding = metadata.raw(id, "encoding");
        if (ENCODINGS.containsKey(encoding)) {
            add(AT_ENCODING, FORM_U1, ENCODINGS.get(encoding));
        }
        entry(metadata.tag(id).equals("DW_TAG_unspecified_type") ? tag(id) : BASE_TYPE, false);
    }

    private void subroutine(int id) {
        List<String> types = metadata.parts(metadata.reference(id, "types"));
        if (!types.isEmpty()) {
            reference(AT_TYPE, Metadata.reference(types.get(0)));
        }
        entry(SUBROUTINE, true);
        for (int i = 1; i < types.size(); i++) {
            int type = Metadata.reference(types.get(i));
            if (type != Metadata.NONE) {
                reference(AT_TYPE, type);
                entry(FORMAL_PARAMETER, false);
            } else {
                entry(UNSPECIFIED_PARAMETERS, false);
            }
        }
        out.u1(0);
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
        entry(tag, false);
    }

    private void named(int id) {
        text(AT_NAME, metadata.text(id, "name"));
        int file = metadata.reference(id, "file");
        if (file != Metadata.NONE) {
            add(AT_FILE, FORM_UDATA, file(file));
        }
        long line = metadata.number(id, "line", 0);
        if (line > 0) {
            add(AT_LINE, FORM_UDATA, line);
        }
    }

    private void size(int id) {
        long bits = metadata.number(id, "size", 0);
        if (bits > 0) {
            add(AT_BYTE_SIZE, FORM_UDATA, (bits + 7) / 8);
        }
    }

    private void alignment(int id) {
        long bits = metadata.number(id, "align", 0);
        if (bits > 0) {
            add(AT_ALIGNMENT, FORM_UDATA, bits / 8);
        }
    }

    private void composite(int id, int depth) {
        int tag = tag(id);
        named(id);
        boolean isArray = metadata.tag(id).equals("DW_TAG_array_type");
        boolean isDeclared = metadata.hasFlag(id, "DIFlagFwdDecl");
        if (isDeclared) {
            add(AT_DECLARATION, FORM_FLAG, 1);
        } else if (!isArray) {
            add(AT_BYTE_SIZE, FORM_UDATA, Math.max(0, metadata.number(id, "size", 0)) / 8);
        }
        if (metadata.hasFlag(id, "DIFlagVector")) {
            add(AT_VECTOR, FORM_FLAG, 1);
            size(id);
        }
        if (isArray || metadata.tag(id).equals("DW_TAG_enumeration_type")) {
            reference(AT_TYPE, metadata.reference(id, "baseType"));
        }
        alignment(id);
        entry(tag, true);
        if (isArray) {
            dimensions(id);
        } else if (!metadata.tag(id).equals("DW_TAG_enumeration_type")) {
            metadata.list(id, "templateParams").forEach(this::templateParameter);
            elements(id, depth);
        }
        children(id, depth + 1);
        out.u1(0);
    }

    private void dimensions(int id) {
        for (int range : metadata.list(id, "elements")) {
            long count = metadata.number(range, "count", -1);
            if (count < 0) {
                long upper = metadata.number(range, "upperBound", Long.MIN_VALUE);
                count = upper == Long.MIN_VALUE ? -1 : upper - metadata.number(range, "lowerBound", 0) + 1;
            }
            if (count >= 0) {
                add(AT_COUNT, FORM_UDATA, count);
            }
            entry(SUBRANGE, false);
        }
    }

    private void templateParameter(int id) {
        boolean isValue = metadata.is(id, "DITemplateValueParameter");
        if (!isValue && !metadata.is(id, "DITemplateTypeParameter")) {
            return;
        }
        text(AT_NAME, metadata.text(id, "name"));
        reference(AT_TYPE, metadata.reference(id, "type"));
        if (isValue) {
            String value = metadata.raw(id, "value");
            if (value.matches("i\\d+ -?\\d+")) {
                add(AT_CONST_VALUE, FORM_SDATA, Metadata.number(value, 0));
            }
        }
        entry(isValue ? 0x30 : 0x2f, false);
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
            add(AT_BIT_SIZE, FORM_UDATA, Math.max(0, metadata.number(id, "size", 0)));
            add(AT_BIT_PLACE, FORM_UDATA, offset);
        } else if (metadata.hasFlag(id, "DIFlagVirtual")) {
            add(AT_VIRTUALITY, FORM_U1, 1);
        } else {
            add(AT_LOCATION, FORM_UDATA, offset / 8);
        }
        if (metadata.hasFlag(id, "DIFlagArtificial")) {
            add(AT_ARTIFICIAL, FORM_FLAG, 1);
        }
        alignment(id);
        entry(tag(id), false);
    }

    private void variants(int id, int depth) {
        int discriminator = metadata.reference(id, "discriminator");
        boolean has = metadata.is(discriminator, "DIDerivedType");
        if (has) {
            attributes.add(new Attribute(AT_DISCR, FORM_REFERENCE, discriminator, ""));
        }
        entry(0x33, true);
        if (has) {
            offsets.put(discriminator, out.size());
            member(discriminator);
        }
        for (int element : metadata.list(id, "elements")) {
            if (!metadata.is(element, "DIDerivedType")) {
                continue;
            }
            String value = metadata.raw(element, "extraData");
            if (value.matches("i\\d+ -?\\d+")) {
                add(AT_DISCR_VALUE, FORM_SDATA, Metadata.number(value, 0));
            }
            entry(VARIANT, true);
            member(element);
            out.u1(0);
        }
        out.u1(0);
    }

    private void add(int name, int form, long number) {
        attributes.add(new Attribute(name, form, number, ""));
    }

    private void text(int name, String text) {
        if (!text.isEmpty()) {
            attributes.add(new Attribute(name, FORM_TEXT, 0, text));
        }
    }

    /** Adds a reference to a node that is written; to another one, nothing. */
    private void reference(int name, int node) {
        if (written.contains(node)) {
            attributes.add(new Attribute(name, FORM_REFERENCE, node, ""));
        }
    }

    /** Writes an entry with the attributes that were added. */
    private void entry(int tag, boolean hasChildren) {
        List<Integer> key = new ArrayList<>(2 + 2 * attributes.size());
        key.add(tag);
        key.add(hasChildren ? 1 : 0);
        for (Attribute one : attributes) {
            key.add(one.name());
            key.add(one.form());
        }
        Integer code = codes.get(key);
        if (code == null) {
            code = codes.size() + 1;
            codes.put(key, code);
            abbreviations.uleb(code).uleb(tag).u1(hasChildren ? 1 : 0);
            for (Attribute one : attributes) {
                abbreviations.uleb(one.name()).uleb(one.form());
            }
            abbreviations.u1(0).u1(0);
        }
        out.uleb(code);
        for (Attribute one : attributes) {
            write(one);
        }
        attributes = new ArrayList<>();
    }

    private void write(Attribute one) {
        switch (one.form()) {
            case FORM_TEXT -> out.text(one.text());
            case FORM_U1 -> out.u1((int) one.number());
            case FORM_U2 -> out.u2((int) one.number());
            case FORM_UDATA -> out.uleb(one.number());
            case FORM_SDATA -> sleb(one.number());
            case FORM_REFERENCE -> {
                references.put(out.size(), (int) one.number());
                out.u4(0);
            }
            case FORM_SECTION -> out.u4(one.number());
            default -> {}
        }
    }

    private void sleb(long value) {
        long left = value;
        while (true) {
            int low = (int) (left & 0x7f);
            left >>= 7;
            boolean isLast = left == 0 && (low & 0x40) == 0 || left == -1 && (low & 0x40) != 0;
            out.u1(isLast ? low : low | 0x80);
            if (isLast) {
                return;
            }
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
