package dev.faultline.access.hooks;

import dev.faultline.access.ElementPath;
import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of a struct that an access touches. */
final class StructFields {

    private static final int WIDEST_WORD = 16;
    private static final int MOST_FIELDS = 4096;

    private StructFields() {}

    /**
     * A field.
     *
     * @param path its path; of an array the element, where one was touched
     * @param byteOffset the first byte that was touched
     * @param elements how many elements it has, when it is an array; else 1
     */
    record Touched(String path, long byteOffset, long elements) {}

    /**
     * {@return the fields that bytes are in, in order of offset; of fields that overlap one, of the size of the access
     * when there is one}
     */
    static List<Touched> of(StructLayout layout, long byteOffset, long byteSize) {
        List<Touched> touched = new ArrayList<>();
        long end = Math.min(byteOffset + byteSize, layout.byteSize());
        long at = byteOffset;
        while (at < end && touched.size() < MOST_FIELDS) {
            Optional<Slot.Field> found = fieldAt(layout, at, at == byteOffset ? byteSize : 0);
            if (found.isEmpty()) {
                long from = at;
                at = layout.fields().stream()
                        .mapToLong(field -> field.bytes().start())
                        .filter(start -> start > from)
                        .min()
                        .orElse(end);
                continue;
            }
            ByteRange bytes = found.get().bytes();
            long elements = found.get().type() instanceof FieldType.Array array ? array.count() : 1;
            touched.add(new Touched(path(layout, found.get(), at, end), at, elements));
            at = bytes.end();
        }
        return touched;
    }

    private static String path(StructLayout layout, Slot.Field field, long at, long end) {
        boolean isWord = end - at <= WIDEST_WORD;
        String inner = isWord ? ElementPath.ByteOffset.fieldAt(layout, at).orElse("") : "";
        return inner.startsWith(field.path() + "[") ? inner : field.path();
    }

    private static Optional<Slot.Field> fieldAt(StructLayout layout, long at, long byteSize) {
        List<Slot.Field> there = layout.fields().stream()
                .filter(field ->
                        field.bytes().start() <= at && at < field.bytes().end())
                .toList();
        return there.stream()
                .filter(field -> field.bytes().start() == at && field.bytes().end() - at == byteSize)
                .findFirst()
                .or(() -> there.stream().findFirst());
    }

    /** {@return whether an access can be one of a field of a struct: a word that is in one, or a copy of several} */
    static boolean fits(StructLayout layout, long byteOffset, long byteSize) {
        if (byteOffset + byteSize > layout.byteSize()) {
            return false;
        }
        boolean isWord = byteSize <= Long.BYTES && Long.bitCount(byteSize) == 1;
        return !isWord
                || fieldAt(layout, byteOffset, byteSize)
                        .filter(field -> field.bytes().end() >= byteOffset + byteSize)
                        .isPresent();
    }
}
