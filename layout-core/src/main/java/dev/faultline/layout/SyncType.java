package dev.faultline.layout;

import dev.faultline.api.Internal;
import java.util.Optional;
import java.util.Set;

/**
 * What a type's name tells about its use by several CPUs. A field of such a type is one slot: a profile names {@code
 * dst.__refcnt}, not {@code dst.__refcnt.counter}.
 *
 * <p>The names are those of the Linux kernel, C11, C++ and POSIX; typedefs and the structs behind them are both
 * recognised.
 */
@Internal
public enum SyncType {
    /** A word changed by atomic operations: {@code atomic_t}, {@code _Atomic int}, {@code std::atomic<int>}. */
    ATOMIC,
    /** A count of references: {@code refcount_t}, {@code rcuref_t}, {@code struct kref}. */
    REFERENCE_COUNT,
    /** A lock: {@code spinlock_t}, {@code struct mutex}, {@code pthread_mutex_t}. */
    LOCK,
    /** A counter that writers increment and readers compare: {@code seqcount_t}, {@code seqlock_t}. */
    SEQUENCE_COUNTER,
    /** Read and written by several threads without a lock: {@code volatile}. */
    VOLATILE;

    private static final Set<String> ATOMICS = Set.of(
            "atomic_t",
            "atomic64_t",
            "atomic_long_t",
            "local_t",
            "local64_t",
            "atomic_bool",
            "atomic_char",
            "atomic_schar",
            "atomic_uchar",
            "atomic_short",
            "atomic_ushort",
            "atomic_int",
            "atomic_uint",
            "atomic_long",
            "atomic_ulong",
            "atomic_llong",
            "atomic_ullong",
            "atomic_size_t",
            "atomic_uintptr_t",
            "atomic_intptr_t",
            "atomic_flag",
            "atomic_uint_fast32_t",
            "atomic_uint_fast64_t");
    private static final Set<String> COUNTS = Set.of(
            "refcount_t", "rcuref_t", "file_ref_t", "refcount_struct", "kref", "struct refcount_struct", "struct kref");
    private static final Set<String> LOCKS = Set.of(
            "spinlock_t",
            "raw_spinlock_t",
            "arch_spinlock_t",
            "arch_rwlock_t",
            "rwlock_t",
            "local_lock_t",
            "struct spinlock",
            "struct raw_spinlock",
            "struct qspinlock",
            "struct qrwlock",
            "struct mutex",
            "struct rw_semaphore",
            "struct semaphore",
            "struct rt_mutex",
            "struct rt_mutex_base",
            "struct ww_mutex",
            "struct lockref",
            "pthread_mutex_t",
            "pthread_rwlock_t",
            "pthread_spinlock_t",
            "mtx_t",
            "std::mutex",
            "std::shared_mutex");
    private static final Set<String> SEQUENCES = Set.of("seqlock_t", "struct seqcount", "seqcount_t");

    /** {@return the kind of a type; empty for an array or an ordinary type} */
    public static Optional<SyncType> of(FieldType type) {
        return type instanceof FieldType.Array ? Optional.empty() : ofSpelling(type.spelling());
    }

    /** {@return the kind of a type by its spelling; empty for an ordinary type} */
    public static Optional<SyncType> ofSpelling(String spelling) {
        if (spelling.endsWith("*") || spelling.contains("(*")) {
            return Optional.empty();
        }
        if (spelling.startsWith("volatile ")) {
            Optional<SyncType> inner = ofSpelling(spelling.substring("volatile ".length()));
            return inner.isPresent() ? inner : Optional.of(VOLATILE);
        }
        if (ATOMICS.contains(spelling) || spelling.startsWith("_Atomic") || spelling.startsWith("std::atomic")) {
            return Optional.of(ATOMIC);
        }
        if (COUNTS.contains(spelling)) {
            return Optional.of(REFERENCE_COUNT);
        }
        if (LOCKS.contains(spelling)) {
            return Optional.of(LOCK);
        }
        return SEQUENCES.contains(spelling) || spelling.startsWith("seqcount_")
                ? Optional.of(SEQUENCE_COUNTER)
                : Optional.empty();
    }

    /** {@return the kind in words: {@code "reference count"}} */
    public String words() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
