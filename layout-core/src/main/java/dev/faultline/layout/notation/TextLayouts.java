package dev.faultline.layout.notation;

import dev.faultline.layout.StructLayout;
import dev.faultline.layout.syntax.SkippedDeclaration;
import java.util.List;
import java.util.Map;

/**
 * What a text declares.
 *
 * @param layouts the layouts that could be read, in order
 * @param skipped the declarations that could not, in order
 * @param notes what users should know about the text, a line each: that offsets come from a rule, that a tool printed
 *     no sizes
 * @param otherNames other names of structs, as {@code typedef} gives them, with the spelling of each struct
 */
public record TextLayouts(
        List<StructLayout> layouts,
        List<SkippedDeclaration> skipped,
        List<String> notes,
        Map<String, String> otherNames) {

    /** What a text declares, each under one name. */
    public TextLayouts(List<StructLayout> layouts, List<SkippedDeclaration> skipped, List<String> notes) {
        this(layouts, skipped, notes, Map.of());
    }

    public TextLayouts {
        otherNames = Map.copyOf(otherNames);
        layouts = List.copyOf(layouts);
        skipped = List.copyOf(skipped);
        notes = List.copyOf(notes);
    }

    /** {@return what a text declares, without notes} */
    public static TextLayouts of(List<StructLayout> layouts, List<SkippedDeclaration> skipped) {
        return new TextLayouts(layouts, skipped, List.of());
    }
}
