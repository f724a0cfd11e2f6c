package dev.faultline.access.code.operation;

import dev.faultline.access.code.CodeClass;
import dev.faultline.access.code.CodeField;
import dev.faultline.access.code.CodeIndex;
import dev.faultline.access.code.DeclaredField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The fields of a class behind which lies memory that no class describes: buffers, segments and raw addresses. */
final class OutsideMemory {

    private static final Pattern BUFFERS = Pattern.compile("Ljava/nio/(\\w*Buffer);"
            + "|Ljava/lang/foreign/MemorySegment;"
            + "|Lorg/agrona/(concurrent/)?\\w*Buffer;"
            + "|Ldev/faultline/offheap/memory/(Block|Struct(View|Array)|(Int|Long)Words?|(Number|Bytes)Field);"
            + "|Lio/netty/buffer/\\w*ByteBuf;"
            + "|Lnet/openhft/chronicle/(bytes|core/values|values)/[\\w/$]+;");
    private static final Pattern UNSAFE = Pattern.compile("L(sun/misc|jdk/internal/misc)/Unsafe;");
    private static final Pattern ADDRESS = Pattern.compile("(?i).*(address|addr|pointer|ptr)_?");

    private OutsideMemory() {}

    /**
     * Finds them.
     *
     * @param index the code that was read
     * @param paths for each field its path in the layout
     * @return them in the order of their paths, with types: {@code "at (MemorySegment)"}
     */
    static List<String> of(CodeIndex index, Map<CodeField, String> paths) {
        List<String> found = new ArrayList<>();
        Map<String, Map<String, List<DeclaredField>>> byName = new HashMap<>();
        paths.forEach((field, path) -> index.of(field.type())
                .ifPresent(type -> byName
                        .computeIfAbsent(
                                field.type(),
                                any -> type.fields().stream().collect(Collectors.groupingBy(DeclaredField::name)))
                        .getOrDefault(field.name(), List.of())
                        .stream()
                        .filter(declared ->
                                BUFFERS.matcher(declared.descriptor()).matches() || isAddress(type, declared))
                        .forEach(declared -> found.add(path + " (" + simple(declared) + ")"))));
        return found.stream().sorted().toList();
    }

    /** A number is an address where its class has Unsafe at hand and its name says so. */
    private static boolean isAddress(CodeClass type, DeclaredField field) {
        return field.descriptor().equals("J")
                && ADDRESS.matcher(field.name()).matches()
                && type.fields().stream()
                        .anyMatch(other -> UNSAFE.matcher(other.descriptor()).matches());
    }

    private static String simple(DeclaredField field) {
        String descriptor = field.descriptor();
        return descriptor.equals("J")
                ? "long"
                : descriptor.substring(descriptor.lastIndexOf('/') + 1, descriptor.length() - 1);
    }
}
