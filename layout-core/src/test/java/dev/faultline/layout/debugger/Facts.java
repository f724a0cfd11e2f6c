package dev.faultline.layout.debugger;

import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.layout.notation.TextLayouts;
import java.util.ArrayList;
import java.util.List;

/** What was read from a text, a line each. */
final class Facts {

    private Facts() {}

    /**
     * {@return a line for each struct with its size, for each member with offset, size and type, and for what was
     * skipped}
     */
    static List<String> of(String text) {
        TextLayouts read = NotationReader.readAll("text", text);
        List<String> facts = new ArrayList<>();
        for (StructLayout layout : read.layouts()) {
            facts.add(layout.spelling() + ": " + layout.byteSize());
            members(layout, "  ", facts);
        }
        read.skipped().forEach(one -> facts.add("skipped " + one.reason().getMessage()));
        read.notes().forEach(note -> facts.add("note " + note));
        return facts;
    }

    private static void members(StructLayout layout, String indent, List<String> facts) {
        for (Member member : layout.members()) {
            String bits = member.bits()
                    .map(found -> " bits " + found.bitOffset() + " to " + (found.bitOffset() + found.bitSize() - 1))
                    .orElse("");
            String role = switch (member.role()) {
                case FIELD -> "";
                case BASE_CLASS -> " base class";
                case VTABLE_POINTER -> " vtable pointer";
                case NOT_SHOWN -> " not shown";
            };
            facts.add(indent + member.byteOffset() + " " + member.type().byteSize() + bits + " "
                    + member.type().spelling() + " " + member.name() + role);
            if (member.type().innermost() instanceof FieldType.Aggregate inner && inner.isInline()) {
                members(inner.layout(), indent + "  ", facts);
            }
        }
    }
}
