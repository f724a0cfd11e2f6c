package dev.faultline.contract.promise;

import dev.faultline.layout.ByteRange;
import dev.faultline.layout.FieldRef;
import java.util.List;

/** Texts shared by promises and violations. */
public final class PromiseTexts {

    private PromiseTexts() {}

    /** {@return {@code "bytes 4..7"}, {@code "byte 4"}} */
    static String bytes(long start, long end) {
        return end - start == 1 ? "byte " + start : "bytes " + start + ".." + (end - 1);
    }

    public static String bytes(ByteRange range) {
        return bytes(range.start(), range.end());
    }

    /** {@return {@code "head (bytes 4..7)"}} */
    static String field(FieldRef field) {
        return field.path() + " (" + bytes(field.bytes()) + ")";
    }

    /** {@return a single name as it is, several as a YAML list} */
    static String names(List<String> names) {
        return names.size() == 1 ? names.get(0) : "[" + String.join(", ", names) + "]";
    }

    /** {@return {@code "a, b and c"}} */
    public static String and(List<String> items) {
        int last = items.size() - 1;
        return last < 1
                ? String.join("", items)
                : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
    }

    /** Copies the names; rejects fewer than {@code least}, blank and repeated ones. */
    static List<String> distinct(List<String> names, int least) {
        if (names.size() < least) {
            throw new IllegalArgumentException(
                    least == 1 ? "expected a field, found none" : "expected two fields or more, found " + names.size());
        }
        for (String name : names) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("expected the name of a field, found nothing");
            }
        }
        if (names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException("a field is listed twice: " + String.join(", ", names));
        }
        return List.copyOf(names);
    }
}
