package dev.faultline.layout.dialect.clang;

import dev.faultline.layout.abi.BasicTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The sizes, in bytes, of the basic types on a platform.
 *
 * @param longBytes of {@code long}
 * @param pointerBytes of a pointer
 * @param longDoubleBytes of {@code long double}
 * @param wideBytes of {@code wchar_t}
 */
record DataModel(int longBytes, int pointerBytes, int longDoubleBytes, int wideBytes) {

    /** The models of platforms, those of 64 bits first: System V, Apple's Arm, Windows; then those of 32 bits. */
    static final List<DataModel> ALL = List.of(
            new DataModel(8, 8, 16, 4),
            new DataModel(8, 8, 8, 4),
            new DataModel(4, 8, 8, 2),
            new DataModel(4, 8, 16, 2),
            new DataModel(4, 4, 12, 4),
            new DataModel(4, 4, 16, 4),
            new DataModel(4, 4, 8, 4),
            new DataModel(4, 4, 8, 2));

    private static final Set<String> WORDS =
            Set.of("char", "short", "int", "long", "signed", "unsigned", "float", "double", "bool", "_Bool");
    private static final Set<String> POINTERS = Set.of(
            "size_t", "ssize_t", "uintptr_t", "intptr_t", "ptrdiff_t", "nullptr_t", "id", "Class", "SEL", "va_list *");
    private static final Map<String, Integer> OTHERS = Map.of(
            "char8_t",
            1,
            "char16_t",
            2,
            "char32_t",
            4,
            "_Float16",
            2,
            "__fp16",
            2,
            "__bf16",
            2,
            "__float128",
            16,
            "_Float128",
            16);

    /** {@return whether the spelling is made of words of the language, so that no program can define it otherwise} */
    static boolean isKeyword(String bare) {
        return OTHERS.containsKey(bare)
                || bare.equals("wchar_t")
                || bare.contains("__int128")
                || Arrays.stream(bare.split(" ")).allMatch(WORDS::contains);
    }

    /**
     * {@return the size of a basic type in bytes; empty when it is none that this knows}
     *
     * @param bare its spelling without qualifiers
     */
    OptionalLong byteSize(String bare) {
        String name = bare.startsWith("std::") ? bare.substring("std::".length()) : bare;
        if (POINTERS.contains(name)) {
            return OptionalLong.of(pointerBytes);
        }
        if (OTHERS.containsKey(name)) {
            return OptionalLong.of(OTHERS.get(name));
        }
        if (name.equals("wchar_t")) {
            return OptionalLong.of(wideBytes);
        }
        if (isKeyword(name) && name.contains("long") && !name.contains("long long")) {
            return OptionalLong.of(name.contains("double") ? longDoubleBytes : longBytes);
        }
        OptionalLong size = standard(name);
        boolean isPlatforms = size.isEmpty() && name.startsWith("__"); // __uint32_t, __time_t
        return isPlatforms ? standard(name.substring(2)) : size;
    }

    /** {@return the size of a type that is the same everywhere, or that is {@code long} where that has 8 bytes} */
    private OptionalLong standard(String name) {
        if (name.startsWith("enum") || name.isEmpty()) {
            return OptionalLong.empty(); // C++ and -fshort-enums choose their sizes
        }
        OptionalLong size =
                BasicTypes.of(name).stream().mapToLong(type -> type.byteSize()).findAny();
        boolean isFixed = isKeyword(name) || name.matches("(?:__)?[us](?:8|16|32|64)|u?int(?:8|16|32|64)_t");
        return isFixed || longBytes == 8 && pointerBytes == 8 ? size : OptionalLong.empty();
    }

    /** {@return the alignment of a basic type of that size, in bytes} */
    static long alignment(long byteSize) {
        return Math.min(16, Long.lowestOneBit(byteSize));
    }
}
