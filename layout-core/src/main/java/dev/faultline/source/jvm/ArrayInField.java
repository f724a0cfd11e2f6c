package dev.faultline.source.jvm;

import dev.faultline.access.Access;
import dev.faultline.access.Operation;
import dev.faultline.access.StructProfile;
import dev.faultline.api.Internal;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array that a recording saw in a field of a class: {@code com.acme.Counters.slots (long[])}. Its elements are
 * fields such as {@code [3]}; those beyond a limit are together {@code [any]}. The recording does not tell its length.
 *
 * @param name the whole name
 * @param className the class that has the field
 * @param elementType the type of the elements
 */
@Internal
public record ArrayInField(String name, String className, String elementType) {

    /** The length of an array of which more elements were touched than a recording tells apart. */
    static final int LONG = 128;

    private static final Pattern NAME = Pattern.compile("([^\\s()]+)\\.[^\\s().]+ \\(([^\\s()]+)\\[]\\)");
    private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,9})]");

    /** {@return the array of that name; empty of any other name} */
    public static Optional<ArrayInField> of(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new ArrayInField(name, matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    /**
     * {@return a name by which a source of classes finds an array that is as long as is known: {@code long[4]}}
     *
     * @param profile what a run did to it
     */
    public String spelling(StructProfile profile) {
        int length = 1;
        for (Operation operation : profile.operations()) {
            for (Access access : operation.accesses()) {
                Matcher index = INDEX.matcher(access.field());
                length = Math.max(length, index.matches() ? Integer.parseInt(index.group(1)) + 1 : LONG);
            }
        }
        return spelling(length);
    }

    /**
     * {@return a name by which a source of classes finds an array of that length: {@code long[4]}}
     *
     * @param length the number of elements
     */
    String spelling(int length) {
        return elementType.endsWith("[]")
                ? elementType.replaceFirst("\\[]", "[" + length + "][]")
                : elementType + "[" + length + "]";
    }

    /** {@return an array under this name} */
    public Subject named(Subject array) {
        StructLayout layout = array.layout();
        return array.withLayout(StructLayout.of(
                name, layout.kind(), layout.byteSize(), layout.byteAlignment(), layout.members(), layout.provenance()));
    }
}
