package dev.faultline.layout;

import dev.faultline.api.Internal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a type's name tells about its use by several threads. A field of such a type is one slot: a profile names {@code
 * dst.__refcnt}, not {@code dst.__refcnt.counter}. The names are those of {@link SyncTable}.
 */
@Internal
public enum SyncType {
    /** A word changed by atomic operations: {@code atomic_t}, {@code _Atomic int}, {@code std::atomic<int>}. */
    ATOMIC,
    /** A count of references: {@code refcount_t}, {@code rcuref_t}, {@code struct kref}. */
    REFERENCE_COUNT,
    /** A count that threads change and wait for: {@code sem_t}, {@code std::latch}, {@code sync.WaitGroup}. */
    SEMAPHORE,
    /** A lock: {@code spinlock_t}, {@code struct mutex}, {@code pthread_mutex_t}. */
    LOCK,
    /** A counter that writers increment and readers compare: {@code seqcount_t}, {@code seqlock_t}. */
    SEQUENCE_COUNTER,
    /** Waiting threads, changed with a lock held: {@code pthread_cond_t}, {@code wait_queue_head_t}. */
    WAIT_QUEUE,
    /** Written once, or pointers to what threads write: {@code pthread_once_t}, {@code sync.Pool}. */
    READ_MOSTLY,
    /** Read and written by several threads without a lock: {@code volatile}. */
    VOLATILE;

    /** The most types that wrap one another: {@code CachePadded<CachePadded<AtomicU64>>} has two. */
    private static final int DEEPEST = 8;

    /** The most spellings that are remembered: a kernel has about 10,000. */
    private static final int MOST_REMEMBERED = 1 << 16;

    /** What was found out about spellings, which come again and again. */
    private static final Map<String, Spelled> REMEMBERED = new ConcurrentHashMap<>();

    /**
     * What a spelling tells.
     *
     * @param kind the kind of the type; empty for an ordinary type
     * @param isShown whether it synchronises threads and has members that are shown where they are known
     * @param isWrapper whether it is of the kind of its first argument
     */
    private record Spelled(Optional<SyncType> kind, boolean isShown, boolean isWrapper) {

        static final Spelled POINTER = new Spelled(Optional.empty(), false, false);

        static Spelled of(String spelling) {
            if (spelling.endsWith("*")) {
                return POINTER;
            }
            Spelled known = REMEMBERED.get(spelling);
            if (known == null) {
                known = read(SyncTypeName.of(spelling));
                if (REMEMBERED.size() < MOST_REMEMBERED) {
                    REMEMBERED.put(spelling, known);
                }
            }
            return known;
        }

        private static Spelled read(SyncTypeName name) {
            Optional<SyncTable.Entry> entry = SyncTable.find(name);
            return new Spelled(
                    SyncType.of(name, DEEPEST),
                    entry.filter(SyncTable.Entry::isShown).isPresent(),
                    entry.filter(SyncTable.Entry::isWrapper).isPresent());
        }
    }

    /** {@return the kind of a type; empty for an array or an ordinary type} */
    public static Optional<SyncType> of(FieldType type) {
        return type instanceof FieldType.Array ? Optional.empty() : ofSpelling(type.spelling());
    }

    /** {@return the kind of a type by its spelling; empty for an ordinary type} */
    public static Optional<SyncType> ofSpelling(String spelling) {
        return Spelled.of(spelling).kind();
    }

    private static Optional<SyncType> of(SyncTypeName spelling, int depth) {
        if (spelling.isAtomic()) {
            return Optional.of(ATOMIC);
        }
        Optional<SyncTable.Entry> entry = SyncTable.find(spelling);
        Optional<SyncType> kind = entry.isPresent() && entry.get().isWrapper()
                ? spelling.argument().filter(inner -> depth > 0).flatMap(inner -> of(SyncTypeName.of(inner), depth - 1))
                : entry.flatMap(SyncTable.Entry::kind);
        return kind.isEmpty() && spelling.isVolatile() ? Optional.of(VOLATILE) : kind;
    }

    /**
     * {@return whether a field of this type is one slot: it synchronises threads, and its members are not known or not
     * to be told apart}
     */
    public static boolean isOneSlot(FieldType type) {
        return of(type).isPresent()
                && !(type instanceof FieldType.Aggregate
                        && Spelled.of(type.spelling()).isShown());
    }

    /** {@return the names of the members with the data that a lock of this type guards; empty for other types} */
    public static Set<String> guardedMembers(String spelling) {
        return SyncTable.find(spelling).map(SyncTable.Entry::guarded).orElse(Set.of());
    }

    /** {@return the first template or type argument of a type: {@code "long"} of {@code std::atomic<long>}} */
    public static Optional<String> argument(String spelling) {
        return SyncTypeName.of(spelling).argument();
    }

    /** {@return whether a type only adds padding to its first argument, so that it has lines of its own} */
    public static boolean isPadded(String spelling) {
        boolean hasArguments = spelling.indexOf('<') >= 0 || spelling.indexOf('[') >= 0;
        return hasArguments && Spelled.of(spelling).isWrapper();
    }

    /** {@return whether threads change it by atomic read-modify-writes} */
    public boolean isUpdatedAtomically() {
        return this != SEQUENCE_COUNTER && this != READ_MOSTLY && this != VOLATILE;
    }

    /** {@return whether it usually stands beside data that is used only with a lock held} */
    public boolean isBesideItsData() {
        return this == LOCK || this == SEQUENCE_COUNTER || this == WAIT_QUEUE;
    }

    /** {@return the kind in words: {@code "reference count"}} */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
