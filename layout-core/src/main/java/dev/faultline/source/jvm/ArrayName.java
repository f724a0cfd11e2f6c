package dev.faultline.source.jvm;

import dev.faultline.source.jvm.classfile.ClassNames;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an array of a certain length: {@code long[8]}, {@code com.acme.Cell[16]}, {@code long[4][]}, {@code [J},
 * or {@code AtomicLongArray(8)}, the array inside an object of that class.
 *
 * @param element descriptor of a primitive, or the name of the element class as typed
 * @param length number of elements, when the name states it
 * @param inner number of further dimensions: the elements are then references to arrays
 * @param holder the class whose objects hold the array, {@code AtomicLongArray}; empty for a plain array
 */
record ArrayName(String element, OptionalLong length, int inner, Optional<String> holder) {

    /** The length of an array whose name states none. */
    static final int ASSUMED_LENGTH = 16;

    private static final Map<String, String> DESCRIPTORS = Map.of(
            "boolean", "Z", "byte", "B", "char", "C", "short", "S", "int", "I", "long", "J", "float", "F", "double",
            "D");

    private static final String ATOMIC = "java.util.concurrent.atomic.";
    private static final Map<String, String> HELD =
            Map.of("AtomicLongArray", "J", "AtomicIntegerArray", "I", "AtomicReferenceArray", "java.lang.Object");

    private static final Pattern PLAIN = Pattern.compile("([^\\[\\](){}]+)\\[(\\d{0,10})]((?:\\[\\d{0,10}])*)");
    private static final Pattern DESCRIPTOR = Pattern.compile("(\\[+)(?:([BCDFIJSZ])|L([^;\\[\\]]+);)");
    private static final Pattern IN_OBJECT = Pattern.compile("([\\w.]+)\\((\\d{0,10})\\)");

    /** {@return the array that a name means; empty for the name of something else} */
    static Optional<ArrayName> parse(String name) {
        Matcher plain = PLAIN.matcher(name);
        if (plain.matches()) {
            String element = plain.group(1).strip();
            int inner = (int) plain.group(3).chars().filter(c -> c == '[').count();
            return Optional.of(new ArrayName(
                    DESCRIPTORS.getOrDefault(element, element), number(plain.group(2)), inner, Optional.empty()));
        }
        Matcher descriptor = DESCRIPTOR.matcher(name);
        if (descriptor.matches()) {
            String element = descriptor.group(2) == null ? descriptor.group(3) : descriptor.group(2);
            int inner = descriptor.group(1).length() - 1;
            return Optional.of(new ArrayName(element, OptionalLong.empty(), inner, Optional.empty()));
        }
        Matcher held = IN_OBJECT.matcher(name);
        String holder = held.matches() ? held.group(1).replace(ATOMIC, "") : "";
        return HELD.containsKey(holder)
                ? Optional.of(new ArrayName(HELD.get(holder), number(held.group(2)), 0, Optional.of(ATOMIC + holder)))
                : Optional.empty();
    }

    private static OptionalLong number(String digits) {
        return digits.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
    }

    /** {@return whether the elements are of a primitive type} */
    boolean isPrimitive() {
        return inner == 0 && DESCRIPTORS.containsValue(element);
    }

    /** {@return whether the innermost elements are objects, so that {@link #element} is the name of a class} */
    boolean isOfClass() {
        return !DESCRIPTORS.containsValue(element);
    }

    long lengthOrAssumed() {
        return length.orElse(ASSUMED_LENGTH);
    }

    /** {@return the type of the elements as Java source spells it, with the package: {@code long}, {@code long[]}} */
    String elementSpelling() {
        String innermost = isOfClass() ? element : ClassNames.spelling(element);
        return innermost + "[]".repeat(inner);
    }

    /** {@return the array of elements of that class, found by the name typed} */
    ArrayName of(String className) {
        return new ArrayName(className, length, inner, holder);
    }

    /** {@return the name with its length: {@code long[8]}} */
    String spelling() {
        String innermost = isOfClass() ? element : ClassNames.spelling(element);
        return innermost + "[" + lengthOrAssumed() + "]" + "[]".repeat(inner);
    }
}
