package dev.faultline.suggest.struct;

import dev.faultline.access.FieldUse;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.SyncType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A struct whose members may move: the requested struct, or an opened struct embedded at byte 0 of it. All of them
 * start at byte 0, each inside the one before.
 *
 * @param path path of the struct; empty for the requested one
 * @param spelling type name used where it is embedded
 * @param layout its layout today
 */
record OpenedStruct(String path, String spelling, StructLayout layout) {

    /** {@return the path of one of its members} */
    String pathOf(String member) {
        return path.isEmpty() ? member : path + "." + member;
    }

    /** {@return the struct with nothing opened} */
    static List<OpenedStruct> whole(StructLayout layout) {
        return List.of(new OpenedStruct("", layout.spelling(), layout));
    }

    /**
     * {@return the struct and the structs embedded at byte 0, as deep as roles touch members inside; a struct that is
     * touched as a whole, a union, a lock or a base class is not opened}
     */
    static List<OpenedStruct> opened(StructLayout layout, List<FieldUse> uses) {
        List<OpenedStruct> openedStructs = new ArrayList<>(whole(layout));
        Optional<OpenedStruct> next = next(openedStructs.get(0), uses);
        while (next.isPresent()) {
            openedStructs.add(next.get());
            next = next(next.get(), uses);
        }
        return openedStructs;
    }

    private static Optional<OpenedStruct> next(OpenedStruct outer, List<FieldUse> uses) {
        for (Member member : outer.layout.members()) {
            if (member.bytes().isEmpty()) {
                continue;
            }
            boolean packed = member.type().byteAlignment() > outer.layout.byteAlignment();
            if (member.byteOffset() != 0 || packed || !isOpenable(member)) {
                return Optional.empty();
            }
            FieldType.Aggregate type = (FieldType.Aggregate) member.type();
            OpenedStruct inner = new OpenedStruct(outer.pathOf(member.name()), type.spelling(), type.layout());
            boolean isUsedInside =
                    uses.stream().anyMatch(use -> use.field().path().startsWith(inner.path + "."));
            boolean isUsedWhole =
                    uses.stream().anyMatch(use -> use.field().path().equals(inner.path));
            return isUsedInside && !isUsedWhole ? Optional.of(inner) : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isOpenable(Member member) {
        return !member.role().isPinned() // a base class has its own declaration, which other classes share
                && !member.isAnonymous()
                && member.type() instanceof FieldType.Aggregate type
                && type.layout().kind().isStruct()
                && SyncType.of(type).isEmpty()
                && !type.layout().name().isEmpty()
                && type.layout().members().stream()
                                .filter(inner -> inner.bytes().isPresent())
                                .count()
                        > 1;
    }
}
