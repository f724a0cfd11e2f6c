package dev.faultline.source.jvm.declared;

import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeField;
import dev.faultline.access.code.DeclaredField;
import dev.faultline.api.Internal;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.emit.DeclarationForm;
import dev.faultline.layout.emit.OffsetConstantsForm;
import dev.faultline.source.jvm.classfile.ClassNames;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A struct outside of Java objects that a class declares.
 *
 * @param owner internal name of the class
 * @param layout its layout; its name is that of the class, a dot and what declares it: {@code "off.Ring.LAYOUT"}
 * @param byteAlignment what its address is a multiple of, as far as that is known
 * @param alignmentReason what tells that
 * @param form how it is declared
 */
@Internal
public record DeclaredStruct(
        String owner, StructLayout layout, long byteAlignment, String alignmentReason, DeclarationForm form) {
    public DeclaredStruct {
        Objects.requireNonNull(owner);
        Objects.requireNonNull(layout);
        Objects.requireNonNull(alignmentReason);
        Objects.requireNonNull(form);
    }

    /** {@return the struct that Chronicle Values makes of an interface} */
    static DeclaredStruct ofValue(String owner, StructLayout layout) {
        return new DeclaredStruct(
                owner,
                layout,
                layout.byteAlignment(),
                "the alignment its fields ask for; where the program puts it was not seen",
                OffsetConstantsForm.of(
                        layout,
                        List.of("Chronicle Values computes the offsets: give each field a group, @Group(1) and so on,"
                                + " in this order, and @Align(offset = 64) where a line begins")));
    }

    /** {@return a layout whose gaps of a number of bytes or more are said to be declared, not left by alignment} */
    static StructLayout withGaps(StructLayout layout, int fewestBytes) {
        List<ByteRange> gaps = layout.slots().stream()
                .filter(slot ->
                        !(slot instanceof Slot.Field) && slot.bits().isEmpty() && slot.byteSize() >= fewestBytes)
                .map(Slot::bytes)
                .toList();
        return layout.withReserved(gaps, "declared");
    }

    /** {@return modifiers and type of a field, as its declaration begins: {@code "public static final int"}} */
    static String head(DeclaredField field) {
        StringBuilder head = new StringBuilder();
        for (DeclaredField.Trait trait : List.of(
                DeclaredField.Trait.PUBLIC,
                DeclaredField.Trait.PROTECTED,
                DeclaredField.Trait.PRIVATE,
                DeclaredField.Trait.STATIC,
                DeclaredField.Trait.FINAL)) {
            head.append(field.is(trait) ? trait.name().toLowerCase(Locale.ROOT) + " " : "");
        }
        String type = ClassNames.spelling(field.descriptor());
        return head + type.substring(type.lastIndexOf('.') + 1);
    }

    /** {@return its name} */
    public String name() {
        return layout.name();
    }

    /** {@return for each field its path, as the code that touches it names the field} */
    public Map<CodeField, String> paths() {
        Map<CodeField, String> paths = new HashMap<>();
        for (Slot.Field field : layout.fields()) {
            paths.put(field(field.path()), field.path());
        }
        return paths;
    }

    CodeField field(String path) {
        return new CodeField(name(), path);
    }

    /** {@return the field that starts at an offset and is at least as wide as an access} */
    Optional<CodeField> fieldAt(long byteOffset, long byteSize) {
        return layout.fields().stream()
                .filter(field -> field.byteOffset() == byteOffset && field.byteSize() >= byteSize)
                .findFirst()
                .map(field -> field(field.path()));
    }

    /** {@return the field at a path, or the array or struct around it that is one field} */
    Optional<CodeField> fieldAt(String path) {
        Set<String> known =
                Set.copyOf(layout.fields().stream().map(Slot.Field::path).toList());
        String part = path;
        while (!part.isEmpty() && !known.contains(part)) {
            part = part.substring(0, Math.max(0, Math.max(part.lastIndexOf('.'), part.lastIndexOf('['))));
        }
        return part.isEmpty() ? Optional.empty() : Optional.of(field(part));
    }

    /** {@return the struct as a class without code, whose fields the code of others touches} */
    CodeClass asClass() {
        List<DeclaredField> fields = layout.fields().stream()
                .map(field -> new DeclaredField(field.path(), "J", Set.of()))
                .toList();
        return new CodeClass(name(), Optional.empty(), List.of(), Set.of(), fields, List.of());
    }
}
