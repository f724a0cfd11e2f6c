package dev.faultline.source.jvm.classfile;

import dev.faultline.api.Internal;
import java.util.Optional;

/** Names and types as class files (JVMS 4.2 and 4.3.2) and Java source spell them. */
@Internal
public final class ClassNames {

    private ClassNames() {}

    /** {@return whether this is an internal class name: {@code com/acme/Ring}} */
    public static boolean isClass(String name) {
        for (String part : name.split("/", -1)) {
            if (!isField(part)) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether this is a valid field name; the VM allows many characters that Java source does not} */
    public static boolean isField(String name) {
        return !name.isEmpty() && name.chars().noneMatch(c -> ".;[/".indexOf(c) >= 0);
    }

    /** {@return whether this is the descriptor of a field: {@code J}, {@code [[Ljava/lang/String;}} */
    public static boolean isDescriptor(String descriptor) {
        String element = element(descriptor);
        if (element.length() == 1) {
            return "BCDFIJSZ".contains(element);
        }
        return element.startsWith("L") && element.endsWith(";") && isClass(element.substring(1, element.length() - 1));
    }

    /** {@return {@code com.acme.Ring} for {@code com/acme/Ring}} */
    public static String external(String internalName) {
        return internalName.replace('/', '.');
    }

    /** {@return {@code Ring} for {@code com/acme/Ring}; a nested class keeps its outer one, {@code Ring$Cell}} */
    public static String simple(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1);
    }

    /** {@return the package of a class, as {@code com/acme}; empty for the unnamed one} */
    public static String packageOf(String internalName) {
        return internalName.substring(0, Math.max(0, internalName.lastIndexOf('/')));
    }

    /**
     * {@return the class in a resource: {@code com/acme/Ring} for {@code com/acme/Ring.class}; empty for other
     * resources}
     */
    public static Optional<String> ofResource(String resourceName) {
        if (!resourceName.endsWith(".class") || resourceName.startsWith("META-INF/")) {
            return Optional.empty();
        }
        String name = resourceName.substring(0, resourceName.length() - ".class".length());
        String simple = simple(name);
        boolean descriptor = simple.equals("module-info") || simple.equals("package-info");
        return descriptor || !isClass(name) ? Optional.empty() : Optional.of(name);
    }

    /** {@return the type as Java source spells it, without packages: {@code long}, {@code String[]}} */
    public static String spelling(String descriptor) {
        String element = element(descriptor);
        String spelling = element.length() > 1
                ? simple(element.substring(1, element.length() - 1))
                : switch (element.charAt(0)) {
                    case 'B' -> "byte";
                    case 'C' -> "char";
                    case 'D' -> "double";
                    case 'F' -> "float";
                    case 'I' -> "int";
                    case 'J' -> "long";
                    case 'S' -> "short";
                    default -> "boolean";
                };
        return spelling + "[]".repeat(descriptor.length() - element.length());
    }

    /** {@return whether a field with that descriptor is a reference} */
    public static boolean isReference(String descriptor) {
        return descriptor.charAt(0) == '[' || descriptor.charAt(0) == 'L';
    }

    /** {@return the size in bytes of a primitive with that descriptor} */
    public static int primitiveBytes(String descriptor) {
        return switch (descriptor.charAt(0)) {
            case 'D', 'J' -> 8;
            case 'F', 'I' -> 4;
            case 'C', 'S' -> 2;
            default -> 1;
        };
    }

    private static String element(String descriptor) {
        int dimensions = 0;
        while (dimensions < descriptor.length() && descriptor.charAt(dimensions) == '[') {
            dimensions++;
        }
        return descriptor.substring(dimensions);
    }
}
