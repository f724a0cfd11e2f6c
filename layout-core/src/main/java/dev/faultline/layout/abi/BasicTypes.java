package dev.faultline.layout.abi;

import dev.faultline.layout.FieldType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The types that a declaration may use without declaring them: C's own, those of {@code <stdint.h>}, the kernel's short
 * names.
 */
public final class BasicTypes {

    private static final Map<String, Integer> BYTE_SIZES = new HashMap<>();

    static {
        put(1, "char", "bool", "_Bool", "u8", "s8", "__u8", "__s8", "int8_t", "uint8_t", "atomic_bool", "atomic_char");
        put(1, "atomic_flag", "atomic_uchar", "atomic_schar");
        put(2, "u16", "s16", "__u16", "__s16", "__be16", "__le16", "int16_t", "uint16_t", "__sum16", "umode_t");
        put(4, "u32", "s32", "__u32", "__s32", "__be32", "__le32", "int32_t", "uint32_t", "float", "__wsum", "gfp_t");
        put(4, "atomic_t", "refcount_t", "rcuref_t", "spinlock_t", "raw_spinlock_t", "atomic_int", "atomic_uint");
        put(4, "seqcount_t", "pid_t", "uid_t", "gid_t", "wchar_t");
        put(8, "u64", "s64", "__u64", "__s64", "__be64", "__le64", "int64_t", "uint64_t", "double", "size_t");
        put(8, "ssize_t", "uintptr_t", "intptr_t", "ptrdiff_t", "atomic64_t", "atomic_long_t", "atomic_long");
        put(
                8,
                "atomic_ulong",
                "atomic_llong",
                "atomic_ullong",
                "atomic_size_t",
                "time_t",
                "off_t",
                "loff_t",
                "ktime_t");
        put(16, "__int128", "long double", "__int128_t", "__uint128_t");
    }

    private BasicTypes() {}

    private static void put(int byteSize, String... names) {
        for (String name : names) {
            BYTE_SIZES.put(name, byteSize);
        }
    }

    /**
     * Finds a type by its spelling.
     *
     * @param spelling the words of the type, with qualifiers, in any order that C allows: {@code "unsigned long int"}
     * @return the type with that spelling; empty when it is unknown
     */
    public static Optional<FieldType> of(String spelling) {
        return byteSize(Arrays.asList(unqualified(spelling).split(" ")))
                .map(size -> new FieldType.Scalar(spelling, size, Math.min(16, size)));
    }

    /** {@return the spelling without leading {@code const} and {@code volatile}} */
    public static String bare(String spelling) {
        int start = 0;
        while (true) {
            if (spelling.startsWith("const ", start)) {
                start += "const ".length();
            } else if (spelling.startsWith("volatile ", start)) {
                start += "volatile ".length();
            } else {
                return spelling.substring(start);
            }
        }
    }

    private static String unqualified(String spelling) {
        String text =
                spelling.replace("_Atomic(", "_Atomic (").replace("(", " ").replace(")", " ");
        return text.replaceAll("\\b(const|volatile|_Atomic|register|restrict)\\b", " ")
                .strip()
                .replaceAll("\\s+", " ");
    }

    private static Optional<Integer> byteSize(List<String> words) {
        Integer known = BYTE_SIZES.get(String.join(" ", words));
        if (known != null) {
            return Optional.of(known);
        }
        if (words.get(0).equals("enum") && words.size() <= 2) {
            return Optional.of(4);
        }
        int longs = 0;
        boolean number = false;
        int size = 4;
        for (String word : words) {
            switch (word) {
                case "long" -> longs++;
                case "short" -> size = 2;
                case "char" -> size = 1;
                case "__int128" -> size = 16;
                case "int", "signed", "unsigned" -> number = true;
                case "double" -> size = 16;
                default -> {
                    return Optional.empty();
                }
            }
        }
        boolean plain = number || longs > 0 || words.equals(List.of("short"));
        return plain || words.contains("short") ? Optional.of(longs > 0 && size == 4 ? 8 : size) : Optional.empty();
    }
}
