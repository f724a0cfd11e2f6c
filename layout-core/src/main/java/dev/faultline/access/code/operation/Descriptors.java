package dev.faultline.access.code.operation;

import java.util.ArrayList;
import java.util.List;

/** Reads the types of parameters in the form of class files: {@code (ILjava/lang/String;)V}. */
final class Descriptors {

    private Descriptors() {}

    /** {@return the parameter types with their simple names: {@code "(int, String)"}; as it is when malformed} */
    static String parameters(String descriptor) {
        int end = descriptor.indexOf(')');
        if (!descriptor.startsWith("(") || end < 0) {
            return descriptor;
        }
        List<String> words = new ArrayList<>();
        int at = 1;
        while (at < end) {
            int arrays = 0;
            while (at < end && descriptor.charAt(at) == '[') {
                arrays++;
                at++;
            }
            int semicolon = descriptor.indexOf(';', at);
            boolean isClass = descriptor.charAt(at) == 'L' && semicolon > 0;
            String type = isClass ? descriptor.substring(at + 1, semicolon) : primitive(descriptor.charAt(at));
            words.add(type.substring(type.lastIndexOf('/') + 1) + "[]".repeat(arrays));
            at = isClass ? semicolon + 1 : at + 1;
        }
        return "(" + String.join(", ", words) + ")";
    }

    private static String primitive(char letter) {
        return switch (letter) {
            case 'Z' -> "boolean";
            case 'B' -> "byte";
            case 'C' -> "char";
            case 'S' -> "short";
            case 'I' -> "int";
            case 'J' -> "long";
            case 'F' -> "float";
            case 'D' -> "double";
            default -> String.valueOf(letter);
        };
    }
}
