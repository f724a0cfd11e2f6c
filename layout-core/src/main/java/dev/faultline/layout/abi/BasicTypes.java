package dev.faultline.layout.abi;

import dev.faultline.layout.FieldType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The types that a declaration may use without declaring them, with their sizes on x86-64 Linux: C's own, those of the
 * standard headers and of POSIX as glibc defines them, the kernel's short names. {@link DeclaredSyncType} has the
 * types of synchronisation.
 */
public final class BasicTypes {

    /** Size and alignment in bytes, and the types that have them. */
    private static final String TABLE = """
            1 1: char, bool, _Bool, u8, s8, __u8, __s8, int8_t, uint8_t, u_int8_t, u_char, unchar, char8_t, std::byte
            1 1: uint_least8_t, int_least8_t, int_fast8_t, uint_fast8_t, atomic_flag
            2 2: u16, s16, __u16, __s16, __be16, __le16, int16_t, uint16_t, u_int16_t, u_short, ushort, char16_t
            2 2: uint_least16_t, int_least16_t, __sum16, umode_t, sa_family_t, in_port_t, _Float16, __bf16
            4 4: u32, s32, __u32, __s32, __be32, __le32, int32_t, uint32_t, u_int32_t, u_int, uint, float, char32_t
            4 4: uint_least32_t, int_least32_t, __wsum, gfp_t, pid_t, uid_t, gid_t, id_t, wchar_t, wint_t, mode_t
            4 4: socklen_t, in_addr_t, useconds_t, key_t, clockid_t, sig_atomic_t, _Float32, struct in_addr
            4 4: pthread_key_t, struct sched_param
            8 8: u64, s64, __u64, __s64, __be64, __le64, int64_t, uint64_t, u_int64_t, u_long, ulong, double, size_t
            8 8: ssize_t, uintptr_t, intptr_t, ptrdiff_t, intmax_t, uintmax_t, uint_least64_t, int_least64_t
            8 8: int_fast16_t, int_fast32_t, int_fast64_t, uint_fast16_t, uint_fast32_t, uint_fast64_t
            8 8: time_t, off_t, off64_t, loff_t, ktime_t, dev_t, ino_t, ino64_t, nlink_t, blksize_t, blkcnt_t
            8 8: fsblkcnt_t, fsfilcnt_t, rlim_t, clock_t, suseconds_t, timer_t, pthread_t, _Float64, _Float32x
            8 8: nullptr_t, std::nullptr_t, epoll_data_t, union sigval, sector_t, dma_addr_t, phys_addr_t
            8 8: resource_size_t
            8 2: struct winsize
            8 4: div_t, mbstate_t, fsid_t, struct linger, struct pollfd, struct timezone
            12 1: struct epoll_event
            16 16: __int128, __int128_t, __uint128_t, __float128, _Float128, _Float64x
            16 2: struct sockaddr
            16 4: struct sockaddr_in, struct in6_addr
            16 8: ldiv_t, lldiv_t, imaxdiv_t, fpos_t, struct timespec, struct timeval, struct iovec, struct rlimit
            16 8: struct cmsghdr
            24 8: va_list, __builtin_va_list, __gnuc_va_list, stack_t
            28 4: struct sockaddr_in6
            32 16: max_align_t, std::max_align_t
            32 8: struct flock, struct itimerval, struct itimerspec
            48 8: struct addrinfo
            56 8: struct tm, struct msghdr, pthread_attr_t
            60 4: struct termios
            64 8: struct mmsghdr, struct sigevent
            110 2: struct sockaddr_un
            112 8: struct statvfs
            128 8: sigset_t, fd_set, cpu_set_t, siginfo_t, struct sockaddr_storage
            144 8: struct stat, struct rusage
            152 8: struct sigaction
            200 8: jmp_buf, sigjmp_buf
            216 8: FILE
            280 8: struct dirent
            390 1: struct utsname
            968 8: ucontext_t
            """;

    private static final Map<String, FieldType> BY_NAME = new HashMap<>();
    private static final Set<String> QUALIFIERS = Set.of(
            "const",
            "volatile",
            "_Atomic",
            "register",
            "restrict",
            "__restrict",
            "static",
            "extern",
            "mutable",
            "__extension__",
            "typename",
            "auto",
            "inline",
            "__const",
            "__volatile__",
            "_Thread_local");
    private static final Pattern BIT_INT = Pattern.compile("(?:(?:un)?signed )?_(?:Bit|Ext)Int\\((\\d{1,5})\\)");

    static {
        TABLE.lines().forEach(line -> {
            String[] parts = line.split(": ", 2);
            int blank = parts[0].indexOf(' ');
            int byteSize = Integer.parseInt(parts[0].substring(0, blank));
            int byteAlignment = Integer.parseInt(parts[0].substring(blank + 1));
            for (String name : parts[1].split(", ")) {
                BY_NAME.put(name, type(name, byteSize, byteAlignment));
            }
        });
    }

    private BasicTypes() {}

    /** {@return all types with a name of their own, by name} */
    public static Map<String, FieldType> all() {
        return Map.copyOf(BY_NAME);
    }

    static FieldType type(String spelling, long byteSize, long byteAlignment) {
        boolean number = byteSize == byteAlignment && byteSize <= 16 && !spelling.contains("struct ");
        return number
                ? new FieldType.Scalar(spelling, byteSize, byteAlignment)
                : new FieldType.Opaque(spelling, byteSize, byteAlignment);
    }

    /**
     * Finds a type by its spelling.
     *
     * @param spelling the words of the type, with qualifiers, in any order that C allows: {@code "unsigned long int"}
     * @return the type with that spelling; empty when it is unknown
     */
    public static Optional<FieldType> of(String spelling) {
        String plain = unqualified(spelling);
        FieldType named = BY_NAME.get(plain);
        if (named == null && plain.startsWith("std::")) {
            named = BY_NAME.get(plain.substring("std::".length()));
        }
        if (named != null) {
            return Optional.of(type(spelling, named.byteSize(), named.byteAlignment()));
        }
        Matcher bits = BIT_INT.matcher(plain);
        if (bits.matches()) {
            return bitInt(spelling, Integer.parseInt(bits.group(1)));
        }
        return number(spelling, Arrays.asList(plain.split(" ")))
                .or(() -> DeclaredSyncType.of(spelling, BasicTypes::of));
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

    /** {@return whether a type is atomic by its qualifier: {@code _Atomic int} or {@code _Atomic(struct pair)}} */
    public static boolean isAtomic(String spelling) {
        return spelling.startsWith("_Atomic") || spelling.contains(" _Atomic");
    }

    /** {@return the spelling without the qualifiers and storage classes of C and C++, {@code _Atomic} included} */
    public static String unqualified(String spelling) {
        String text = spelling;
        if (isAtomic(spelling)) {
            text = text.replace("_Atomic(", "_Atomic ").replace(")", " ");
        }
        StringBuilder kept = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!word.isEmpty() && !QUALIFIERS.contains(word)) {
                kept.append(kept.length() == 0 ? "" : " ").append(word);
            }
        }
        return kept.toString();
    }

    private static Optional<FieldType> bitInt(String spelling, int bits) {
        if (bits == 0) {
            return Optional.empty();
        }
        int words = (bits + 63) / 64;
        int small = Math.max(8, Integer.highestOneBit(2 * bits - 1));
        return Optional.of(bits > 64 ? type(spelling, 8L * words, 8) : type(spelling, small / 8, small / 8));
    }

    private static Optional<FieldType> number(String spelling, List<String> words) {
        if (words.get(0).equals("enum") && words.size() <= 2) {
            return Optional.of(type(spelling, 4, 4));
        }
        int longs = 0;
        int parts = 1;
        int size = 0;
        boolean number = false;
        for (String word : words) {
            switch (word) {
                case "long" -> longs++;
                case "short" -> size = 2;
                case "char" -> size = 1;
                case "__int128" -> size = 16;
                case "float" -> size = 4;
                case "double" -> size = 8;
                case "_Complex", "__complex__", "complex" -> parts = 2;
                case "int", "signed", "unsigned", "__signed__", "__signed" -> number = true;
                default -> {
                    return Optional.empty();
                }
            }
        }
        boolean real = words.contains("double") || words.contains("float");
        if (words.contains("complex") && !real) {
            return Optional.empty(); // gcc's "complex float" is one; alone the word is a name
        }
        if (longs > 0) {
            size = real ? 16 : 8;
        } else if (size == 0) {
            size = number ? 4 : 8; // `_Complex` alone is one of doubles
        }
        return Optional.of(type(spelling, (long) parts * size, size));
    }
}
