package dev.faultline.source.jvm.declared;

import dev.faultline.access.code.DeclaredField;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.emit.DeclarationClassForm;
import dev.faultline.source.jvm.classfile.ClassNames;
import dev.faultline.source.jvm.code.ClassCode;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The structs that static final fields hold as layouts which {@code Declaration} made. */
final class DeclarationLayouts {

    private static final String LAYOUT = "Ldev/faultline/layout/StructLayout;";
    private static final String DECLARATION = "L" + DeclarationCalls.DECLARATION + ";";

    /** Holes of at least this many bytes keep fields apart: alignment alone needs less. */
    private static final int WIDER_THAN_ALIGNMENT = 16;

    /** Most characters of the notes on a class that a further one is added to. */
    private static final int MOST_NOTE = 1000;

    private final String source;
    private final StaticEvaluator evaluator;
    private final Map<StructLayout, DeclaredStruct> structs = new IdentityHashMap<>();
    private final Map<String, String> notes = new HashMap<>();

    DeclarationLayouts(String source, StaticEvaluator evaluator) {
        this.source = source;
        this.evaluator = evaluator;
    }

    private static boolean isStatic(DeclaredField field, String descriptor) {
        return field.is(DeclaredField.Trait.STATIC) && field.descriptor().equals(descriptor);
    }

    /** {@return whether a class keeps a layout or a declaration in a static field} */
    static boolean isHolder(ClassCode type) {
        return type.fields().stream().anyMatch(field -> isStatic(field, LAYOUT) || isStatic(field, DECLARATION));
    }

    /** Adds the structs of a class to a list. */
    void addTo(List<DeclaredStruct> found, ClassCode type) {
        Map<String, StaticValue> values = evaluator.values(type.name());
        for (DeclaredField field : type.fields()) {
            if (isStatic(field, LAYOUT)) {
                add(found, type, field, values.get(field.name()));
            } else if (isStatic(field, DECLARATION)) {
                note(type, field.name() + " is a Declaration, not a layout: ofSize or upTo makes one of it");
            }
        }
    }

    private void add(List<DeclaredStruct> found, ClassCode type, DeclaredField field, StaticValue value) {
        if (!field.is(DeclaredField.Trait.FINAL)) {
            note(type, field.name() + " is not final, so that its layout may change");
        } else if (!(value instanceof StaticValue.Struct struct)) {
            String note = evaluator.note(type.name());
            note(
                    type,
                    field.name() + " is not known from its static initialiser"
                            + (note.isEmpty() ? "" : " (" + note + ")"));
        } else if (!structs.containsKey(struct.layout())) {
            DeclaredStruct declared = struct(type, field, struct.layout());
            structs.put(struct.layout(), declared);
            found.add(declared);
        }
    }

    private void note(ClassCode type, String note) {
        notes.merge(type.name(), note, (before, other) -> before.length() < MOST_NOTE ? before + "; " + other : before);
    }

    private DeclaredStruct struct(ClassCode type, DeclaredField field, StructLayout made) {
        String how = made.provenance().source(); // "declared in Java, its first 64 bytes, in part"
        int part = how.indexOf(", ");
        StructLayout layout = StructLayout.of(
                ClassNames.external(type.name()) + "." + field.name(),
                made.kind(),
                made.byteSize(),
                made.byteAlignment(),
                made.members(),
                new Provenance(
                        Provenance.Origin.DECLARED,
                        source,
                        "Declaration, from the static initialiser" + (part < 0 ? "" : how.substring(part)),
                        OptionalInt.empty()));
        return new DeclaredStruct(
                type.name(),
                DeclaredStruct.withGaps(layout, WIDER_THAN_ALIGNMENT),
                layout.byteAlignment(),
                "alignment of the declaration, which a view checks",
                new DeclarationClassForm(DeclaredStruct.head(field), field.name(), made.name()));
    }

    /** {@return the struct that a layout is declared as} */
    Optional<DeclaredStruct> of(StructLayout layout) {
        return Optional.ofNullable(structs.get(layout));
    }

    /** {@return for classes some layout of which is not known, by internal name, why} */
    Map<String, String> notes() {
        return notes;
    }
}
