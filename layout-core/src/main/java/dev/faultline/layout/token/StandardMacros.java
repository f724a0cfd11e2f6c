package dev.faultline.layout.token;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Macros that sources use without defining them, as their projects define them for x86-64 Linux: those of the Linux
 * kernel, DPDK, PostgreSQL and QEMU; and the constants of the compiler.
 */
final class StandardMacros {

    private static final String MACROS = """
            __packed __attribute__((packed))
            __aligned(n) __attribute__((aligned(n)))
            __aligned_largest __attribute__((aligned))
            __aligned_u64 __u64 __attribute__((aligned(8)))
            __aligned_s64 __s64 __attribute__((aligned(8)))
            __aligned_be64 __be64 __attribute__((aligned(8)))
            __aligned_le64 __le64 __attribute__((aligned(8)))
            ____cacheline_aligned __attribute__((aligned(SMP_CACHE_BYTES)))
            ____cacheline_aligned_in_smp __attribute__((aligned(SMP_CACHE_BYTES)))
            __cacheline_aligned __attribute__((aligned(SMP_CACHE_BYTES)))
            __cacheline_aligned_in_smp __attribute__((aligned(SMP_CACHE_BYTES)))
            ____cacheline_internodealigned_in_smp __attribute__((aligned(INTERNODE_CACHE_BYTES)))
            CACHELINE_PADDING(n) struct { char x[0]; } __attribute__((aligned(INTERNODE_CACHE_BYTES))) n
            ZONE_PADDING(n) struct { char x[0]; } __attribute__((aligned(INTERNODE_CACHE_BYTES))) n
            BITS_TO_LONGS(n) (((n) + 63) / 64)
            DECLARE_BITMAP(x, n) unsigned long x[((n) + 63) / 64]
            DECLARE_FLEX_ARRAY(t, x) struct { struct { } __empty_ ## x; t x[]; }
            struct_group(x, ...) union { struct { __VA_ARGS__ }; struct { __VA_ARGS__ } x; }
            struct_group_attr(x, a, ...) union { struct { __VA_ARGS__ } a; struct { __VA_ARGS__ } a x; }
            struct_group_tagged(t, x, ...) union { struct { __VA_ARGS__ }; struct t { __VA_ARGS__ } x; }
            __struct_group(t, x, a, ...) union { struct { __VA_ARGS__ } a; struct t { __VA_ARGS__ } a x; }
            __cacheline_group_begin(x) unsigned char __cacheline_group_begin__ ## x [0]
            __cacheline_group_end(x) unsigned char __cacheline_group_end__ ## x [0]
            __rte_packed __attribute__((packed))
            __rte_packed_begin
            __rte_packed_end __attribute__((packed))
            __rte_aligned(n) __attribute__((aligned(n)))
            __rte_cache_aligned __attribute__((aligned(RTE_CACHE_LINE_SIZE)))
            __rte_cache_min_aligned __attribute__((aligned(RTE_CACHE_LINE_MIN_SIZE)))
            __attribute_aligned__(n) __attribute__((aligned(n)))
            pg_attribute_aligned(n) __attribute__((aligned(n)))
            pg_attribute_packed() __attribute__((packed))
            QEMU_PACKED __attribute__((packed))
            QEMU_ALIGNED(n) __attribute__((aligned(n)))
            BOOST_ALIGNMENT(n) alignas(n)
            """;

    /** What the compiler defines; no assumption. */
    private static final Map<String, Long> OF_COMPILER = Map.ofEntries(
            Map.entry("__x86_64__", 1L),
            Map.entry("__x86_64", 1L),
            Map.entry("__amd64__", 1L),
            Map.entry("__LP64__", 1L),
            Map.entry("_LP64", 1L),
            Map.entry("__linux__", 1L),
            Map.entry("__unix__", 1L),
            Map.entry("__GNUC__", 12L),
            Map.entry("__CHAR_BIT__", 8L),
            Map.entry("CHAR_BIT", 8L),
            Map.entry("__SIZEOF_INT__", 4L),
            Map.entry("__SIZEOF_LONG__", 8L),
            Map.entry("__SIZEOF_POINTER__", 8L),
            Map.entry("__WORDSIZE", 64L),
            Map.entry("BITS_PER_LONG", 64L),
            Map.entry("__BITS_PER_LONG", 64L),
            Map.entry("__BIGGEST_ALIGNMENT__", 16L),
            Map.entry("__BYTE_ORDER__", 1234L),
            Map.entry("__ORDER_LITTLE_ENDIAN__", 1234L),
            Map.entry("__ORDER_BIG_ENDIAN__", 4321L),
            Map.entry("__LITTLE_ENDIAN_BITFIELD", 1L));

    /** Constants that depend on how a program was configured, with the value that is usual on x86-64. */
    private static final Map<String, Long> ASSUMED = Map.of(
            "SMP_CACHE_BYTES", 64L,
            "L1_CACHE_BYTES", 64L,
            "INTERNODE_CACHE_BYTES", 64L,
            "RTE_CACHE_LINE_SIZE", 64L,
            "RTE_CACHE_LINE_MIN_SIZE", 64L,
            "PAGE_SIZE", 4096L,
            "std::hardware_destructive_interference_size", 64L,
            "std::hardware_constructive_interference_size", 64L,
            "hardware_destructive_interference_size", 64L);

    /** What a compiler for x86-64 Linux does not define. */
    private static final Set<String> UNDEFINED = Set.of(
            "_WIN32",
            "_WIN64",
            "_MSC_VER",
            "__MINGW32__",
            "__CYGWIN__",
            "__APPLE__",
            "__ILP32__",
            "__i386__",
            "__i386",
            "__arm__",
            "__aarch64__",
            "__powerpc__",
            "__powerpc64__",
            "__s390__",
            "__s390x__",
            "__sparc__",
            "__mips__",
            "__riscv",
            "__CHECKER__",
            "__BIG_ENDIAN_BITFIELD");

    private static final Map<String, Macro> BY_NAME = new HashMap<>();

    static {
        MACROS.lines().forEach(line -> {
            Lexer lexer = new Lexer("", line);
            List<Token> tokens = new ArrayList<>();
            for (Token token = lexer.next(); !token.isEnd(); token = lexer.next()) {
                tokens.add(token);
            }
            Macro macro = Macro.of(tokens, true).orElseThrow();
            BY_NAME.put(macro.name(), macro);
        });
    }

    private StandardMacros() {}

    /** {@return the well-known macro of this name} */
    static Optional<Macro> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** {@return 1 for a name that is defined on x86-64 Linux, 0 for one that is not; null for any other} */
    static Long defined(String name) {
        boolean defined = OF_COMPILER.containsKey(name) || BY_NAME.containsKey(name);
        return defined ? Long.valueOf(1) : UNDEFINED.contains(name) ? Long.valueOf(0) : null;
    }

    /** {@return the value of a constant that does not depend on the configuration; null for any other} */
    static Long value(String name) {
        return UNDEFINED.contains(name) ? Long.valueOf(0) : OF_COMPILER.get(name);
    }

    /** {@return the usual value of a constant that depends on the configuration; null for any other} */
    static Long assumed(String name) {
        return ASSUMED.get(name);
    }
}
