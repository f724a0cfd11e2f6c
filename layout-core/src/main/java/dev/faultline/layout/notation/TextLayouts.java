package dev.faultline.layout.notation;

import dev.faultline.layout.StructLayout;
import java.util.List;

/**
 * What a text declares.
 *
 * @param layouts the layouts that could be read, in order
 * @param skipped the declarations that could not, in order
 * @param notes what users should know about the text, a line each: that offsets come from a rule, that a tool printed no
 *     sizes
 */
public record TextLayouts(List<StructLayout> layouts, List<SkippedDeclaration> skipped, List<String> notes) {

    public TextLayouts {
        layouts = List.copyOf(layouts);
        skipped = List.copyOf(skipped);
        notes = List.copyOf(notes);
    }

    /** {@return what a text declares, without notes} */
    public static TextLayouts of(List<StructLayout> layouts, List<SkippedDeclaration> skipped) {
        return new TextLayouts(layouts, skipped, List.of());
    }
}
