package dev.faultline.source.jvm;

import dev.faultline.access.code.CodeField;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.FieldOrigins;
import dev.faultline.source.jvm.classfile.ClassFile;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The layout of a class made from the offsets of its fields: header, inherited fields, own fields.
 *
 * @param layout the layout
 * @param paths for each field its path in the layout
 * @param origins which class declares which field, and what it silences
 */
record ObjectLayout(StructLayout layout, Map<CodeField, String> paths, FieldOrigins origins) {

    /** Path of the mark word and class pointer; the parentheses mark fields that no source declares. */
    static final String HEADER = "(header)";

    static ObjectLayout of(Hierarchy hierarchy, VmMode mode, String source) {
        FieldModel model = FieldModel.of(hierarchy, mode);
        List<Member> members = new ArrayList<>();
        members.add(Member.of(HEADER, new FieldType.Scalar("header", mode.headerBytes(), 8), 0));
        List<String> names = names(model.fields());
        Map<CodeField, String> paths = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            FieldModel.Placed field = model.fields().get(i);
            members.add(Member.of(names.get(i), type(field), field.byteOffset()));
            String owner = ClassNames.external(field.owner().name());
            paths.putIfAbsent(new CodeField(owner, field.field().name()), names.get(i));
        }
        StructLayout layout = StructLayout.of(
                        ClassNames.external(hierarchy.leaf().name()),
                        AggregateKind.CLASS,
                        model.instanceBytes(),
                        mode.objectByteAlignment(),
                        members,
                        new Provenance(
                                Provenance.Origin.VM_MODEL,
                                source,
                                "VM mode " + mode.name()
                                        + mode.reserve()
                                                .map(words -> " (" + words + ")")
                                                .orElse("")
                                        + borrowed(hierarchy, mode),
                                OptionalInt.empty()))
                .withReserved(model.contendedPadding(), "@Contended");
        return new ObjectLayout(layout, paths, origins(hierarchy, model.fields(), names));
    }

    /** A class that silences a rule does so for its own fields in subclasses too, and for all of itself. */
    private static FieldOrigins origins(Hierarchy hierarchy, List<FieldModel.Placed> fields, List<String> paths) {
        Map<String, String> owners = new HashMap<>();
        Map<String, Set<String>> silenced = new HashMap<>();
        for (int i = 0; i < paths.size(); i++) {
            ClassFile owner = fields.get(i).owner();
            owners.put(paths.get(i), ClassNames.external(owner.name()));
            Set<String> ofField = owner.silenced().get(fields.get(i).field().name());
            Set<String> ofClass = owner.silenced().get("");
            if (ofField != null || ofClass != null) {
                silenced.put(paths.get(i), both(ofField, ofClass));
            }
        }
        Set<String> ofLeaf = hierarchy.leaf().silenced().get("");
        if (ofLeaf != null) {
            silenced.put("", ofLeaf);
        }
        List<String> classes = hierarchy.levels().stream()
                .map(level -> ClassNames.external(level.file().name()))
                .toList();
        return new FieldOrigins(classes, owners, silenced);
    }

    /** {@return the rules of both; of two annotations, the one that names no rule silences all} */
    private static Set<String> both(Set<String> one, Set<String> other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        Set<String> rules = new HashSet<>(one);
        rules.addAll(other);
        return one.isEmpty() || other.isEmpty() ? Set.of() : rules;
    }

    /** {@return a note when fields are of another JDK version than the mode's} */
    private static String borrowed(Hierarchy hierarchy, VmMode mode) {
        return hierarchy
                .borrowed(mode)
                .map(file -> ", " + ClassNames.external(file.name()) + " as in JDK "
                        + Runtime.version().feature())
                .orElse("");
    }

    private static FieldType type(FieldModel.Placed placed) {
        String spelling = ClassNames.spelling(placed.field().descriptor());
        return FieldType.Scalar.natural(
                placed.field().isVolatile() ? "volatile " + spelling : spelling, placed.byteSize());
    }

    /**
     * {@return a path for each field} A field has its plain name in the class nearest to the leaf; a field of a
     * superclass with the same name is prefixed with its class name, and if that is still ambiguous with the package or
     * the type as well.
     */
    private static List<String> names(List<FieldModel.Placed> fields) {
        Set<String> taken = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (int i = fields.size() - 1; i >= 0; i--) {
            String name = fields.get(i).field().name();
            String owner = fields.get(i).owner().name();
            String type = ClassNames.spelling(fields.get(i).field().descriptor());
            List<String> choices = List.of(
                    name,
                    ClassNames.simple(owner) + "." + name,
                    ClassNames.external(owner) + "." + name,
                    ClassNames.external(owner) + "." + name + ":" + type);
            String free = choices.stream()
                    .filter(choice -> !taken.contains(choice))
                    .findFirst()
                    .orElse(choices.get(3) + ":" + i);
            taken.add(free);
            names.add(free);
        }
        Collections.reverse(names);
        return names;
    }
}
