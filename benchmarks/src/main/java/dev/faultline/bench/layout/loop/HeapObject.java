package dev.faultline.bench.layout.loop;

import dev.faultline.access.AccessKind;
import dev.faultline.source.jvm.ObjectShape;
import dev.faultline.source.jvm.ObjectShape.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * An object on the heap that a script is played on instead of a block.
 *
 * @param base offset in the script of the object's byte 0; its remainder by the line size is where it stands on a line
 * @param lineBytes size of a line
 * @param shape what its classes declare
 */
public record HeapObject(long base, int lineBytes, ObjectShape shape) {

    /** {@return where byte 0 stands on its line} */
    long residue() {
        return base % lineBytes;
    }

    /** {@return whether a byte of the object belongs to a reference} */
    boolean isReference(long byteOffset) {
        return shape.classes().stream()
                .flatMap(List::stream)
                .filter(Field::isReference)
                .anyMatch(field ->
                        field.byteOffset().isPresent() && field.byteOffset().getAsLong() == byteOffset);
    }

    /** {@return whether an access cannot damage the object: it reads, or is to a field} */
    boolean allows(ScriptedAccess access) {
        long from = access.byteOffset() - base;
        return access.kind() == AccessKind.READ
                || shape.classes().stream()
                        .flatMap(List::stream)
                        .filter(field -> field.byteOffset().isPresent())
                        .mapToLong(field -> field.byteOffset().getAsLong())
                        .anyMatch(offset -> offset >= from && offset < from + access.byteSize());
    }

    /** {@return the object as words of a script: {@code "264 64 J@16,I@24/B*64/I@92"}} */
    String text() {
        return base + " " + lineBytes + " "
                + shape.classes().stream().map(HeapObject::text).collect(Collectors.joining("/"));
    }

    private static String text(List<Field> fields) {
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < fields.size()) {
            Field field = fields.get(i);
            int alike = i + 1;
            while (alike < fields.size() && fields.get(alike).equals(field)) {
                alike++;
            }
            int count = alike - i;
            words.add(field.type()
                    + (field.byteOffset().isPresent()
                            ? "@" + field.byteOffset().getAsLong()
                            : count == 1 ? "" : "*" + count));
            i = alike;
        }
        return words.isEmpty() ? "-" : String.join(",", words);
    }

    /** {@return the object that words of a script say} */
    static HeapObject parse(List<String> words) {
        if (words.size() != 3) {
            throw new IllegalArgumentException("no object: " + String.join(" ", words));
        }
        List<List<Field>> classes =
                Arrays.stream(words.get(2).split("/")).map(HeapObject::fields).toList();
        return new HeapObject(Long.parseLong(words.get(0)), Integer.parseInt(words.get(1)), new ObjectShape(classes));
    }

    private static List<Field> fields(String text) {
        List<Field> fields = new ArrayList<>();
        for (String word : text.equals("-") ? new String[0] : text.split(",")) {
            String rest = word.substring(1);
            OptionalLong offset =
                    rest.startsWith("@") ? OptionalLong.of(Long.parseLong(rest.substring(1))) : OptionalLong.empty();
            int count = rest.startsWith("*") ? Integer.parseInt(rest.substring(1)) : 1;
            for (int i = 0; i < count; i++) {
                fields.add(new Field(word.charAt(0), offset));
            }
        }
        return fields;
    }
}
