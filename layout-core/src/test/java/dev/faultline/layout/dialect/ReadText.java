package dev.faultline.layout.dialect;

import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.TextLayouts;
import java.util.List;

/** What a dialect read, in words that tests compare. */
final class ReadText {

    private ReadText() {}

    static TextLayouts all(TextDialect dialect, String text) {
        return dialect.read("text", text).orElseThrow();
    }

    static StructLayout one(TextDialect dialect, String text, String name) {
        List<StructLayout> found = all(dialect, text).layouts().stream()
                .filter(layout -> layout.name().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " layouts are named " + name);
        }
        return found.get(0);
    }

    /** {@return every slot with its first byte or bit and its size: {@code "int hits 8+4"}, {@code "hole 12+4"}} */
    static List<String> slots(StructLayout layout) {
        return layout.slots().stream().map(ReadText::words).toList();
    }

    private static String words(Slot slot) {
        String what = slot instanceof Slot.Field field
                ? field.type().spelling() + " " + field.path()
                : slot instanceof Slot.Hole ? "hole" : slot instanceof Slot.Padding ? "padding" : "not shown";
        return slot.bits()
                .map(bits -> what + " " + (slot.byteOffset() * 8 + bits.bitOffset()) + "." + bits.bitSize())
                .orElseGet(() -> what + " " + slot.byteOffset() + "+" + slot.byteSize());
    }
}
