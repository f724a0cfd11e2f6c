package dev.faultline.source.jvm.code;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The types of a method.
 *
 * @param parameters descriptors of its parameters
 * @param result descriptor of its result, {@code V} for none
 */
@Internal
public record Signature(List<String> parameters, String result) {
    public Signature {
        parameters = List.copyOf(parameters);
        Objects.requireNonNull(result);
    }

    /** {@return the types in a descriptor; throws {@link IllegalArgumentException} when it is not valid} */
    public static Signature of(String descriptor) {
        List<String> parameters = new ArrayList<>(4);
        int at = 1;
        if (descriptor.isEmpty() || descriptor.charAt(0) != '(') {
            throw new IllegalArgumentException("a method has no types");
        }
        while (at < descriptor.length() && descriptor.charAt(at) != ')') {
            int end = end(descriptor, at);
            parameters.add(descriptor.substring(at, end));
            at = end;
        }
        if (at + 1 >= descriptor.length()) {
            throw new IllegalArgumentException("a method has no type of a result");
        }
        return new Signature(parameters, descriptor.substring(at + 1));
    }

    private static int end(String descriptor, int from) {
        int at = from;
        while (at < descriptor.length() && descriptor.charAt(at) == '[') {
            at++;
        }
        int end = at < descriptor.length() && descriptor.charAt(at) == 'L' ? descriptor.indexOf(';', at) : at;
        if (end < 0 || end >= descriptor.length()) {
            throw new IllegalArgumentException("a parameter of a method has no type");
        }
        return end + 1;
    }

    /** {@return whether a value of a type takes two slots} */
    public static boolean isWide(String descriptor) {
        return descriptor.equals("J") || descriptor.equals("D");
    }
}
