package dev.faultline.layout;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.notation.NotationReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncTypeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            struct atomic<long int>                                                       | ATOMIC
            struct atomic<longint>                                                        | ATOMIC
            class atomic<P>                                                               | ATOMIC
            struct std::atomic<int>                                                       | ATOMIC
            std::__1::atomic<int>                                                         | ATOMIC
            std::atomic<std::shared_ptr<int> >                                            | ATOMIC
            std::atomic<void (*)(int)>                                                    | ATOMIC
            std::atomic<int> [with _Tp = int] : public std::__atomic_base<_Tp>            | ATOMIC
            volatile struct atomic<int>                                                   | ATOMIC
            struct __atomic_base<int>                                                     | ATOMIC
            struct atomic_flag                                                            | ATOMIC
            ::atomic_int                                                                  | ATOMIC
            _Atomic int                                                                   | ATOMIC
            _Atomic(int)                                                                  | ATOMIC
            _Atomic(struct node *)                                                        | ATOMIC
            int * _Atomic                                                                 | ATOMIC
            int *_Atomic                                                                  | ATOMIC
            volatile _Atomic int                                                          | ATOMIC
            const _Atomic int                                                             | ATOMIC
            unsigned long _Atomic                                                         | ATOMIC
            _Atomic struct                                                                | ATOMIC
            RTE_ATOMIC(uint32_t)                                                          | ATOMIC
            uint32_t __rte_atomic                                                         | ATOMIC
            struct AtomicIsize                                                            | ATOMIC
            AtomicU64                                                                     | ATOMIC
            core::sync::atomic::AtomicBool                                                | ATOMIC
            struct AtomicPtr<u8>                                                          | ATOMIC
            core::sync::atomic::Atomic<u64>                                               | ATOMIC
            crossbeam_utils::atomic::atomic_cell::AtomicCell<u64>                         | ATOMIC
            struct CachePadded<core::sync::atomic::AtomicU64>                             | ATOMIC
            folly::cacheline_aligned<std::atomic<long> >                                  | ATOMIC
            sync/atomic.Int64                                                             | ATOMIC
            struct sync/atomic.Pointer[main.Node]                                         | ATOMIC
            sync/atomic.Pointer[example.org/a/b.Node]                                     | ATOMIC
            internal/runtime/atomic.Uint32                                                | ATOMIC
            atomic.Value                                                                  | ATOMIC
            rte_atomic32_t                                                                | ATOMIC
            pg_atomic_uint32                                                              | ATOMIC
            ngx_atomic_t                                                                  | ATOMIC
            struct kref                                                                   | REFERENCE_COUNT
            struct ArcInner<u64>                                                          | REFERENCE_COUNT
            class mutex                                                                   | LOCK
            struct mutex                                                                  | LOCK
            std::recursive_mutex                                                          | LOCK
            class shared_timed_mutex                                                      | LOCK
            std::__mutex_base                                                             | LOCK
            pthread_mutex_t                                                               | LOCK
            union pthread_mutex_t                                                         | LOCK
            struct __pthread_mutex_s                                                      | LOCK
            const volatile pthread_spinlock_t                                             | LOCK
            std::sync::poison::mutex::Mutex<u64>                                          | LOCK
            std::sync::mutex::Mutex<alloc::vec::Vec<u8, alloc::alloc::Global>>            | LOCK
            struct Mutex<u64>                                                             | LOCK
            std::sys::sync::mutex::futex::Mutex                                           | LOCK
            lock_api::mutex::Mutex<parking_lot::raw_mutex::RawMutex, u64>                 | LOCK
            parking_lot::raw_rwlock::RawRwLock                                            | LOCK
            tokio::sync::mutex::Mutex<u64>                                                | LOCK
            spin::mutex::spin::SpinMutex<u64, spin::relax::Spin>                          | LOCK
            struct CachePadded<std::sync::poison::mutex::Mutex<u32>>                      | LOCK
            sync.Mutex                                                                    | LOCK
            struct sync.RWMutex                                                           | LOCK
            runtime.mutex                                                                 | LOCK
            struct rw_semaphore                                                           | LOCK
            rte_spinlock_t                                                                | LOCK
            union LWLockPadded                                                            | LOCK
            ngx_shmtx_sh_t                                                                | LOCK
            absl::lts_20230802::Mutex                                                     | LOCK
            class Mutex                                                                   | LOCK
            folly::MicroSpinLock                                                          | LOCK
            folly::SharedMutexImpl<false, void, std::atomic, folly::SharedMutexPolicyDefault> | LOCK
            boost::detail::spinlock                                                       | LOCK
            tbb::detail::d1::spin_mutex                                                   | LOCK
            app::util::SpinLock                                                           | LOCK
            CRITICAL_SECTION                                                              | LOCK
            union _GMutex                                                                 | LOCK
            seqcount_spinlock_t                                                           | SEQUENCE_COUNTER
            rte_seqlock_t                                                                 | SEQUENCE_COUNTER
            class condition_variable                                                      | WAIT_QUEUE
            std::_V2::condition_variable_any                                              | WAIT_QUEUE
            struct Condvar                                                                | WAIT_QUEUE
            wait_queue_head_t                                                             | WAIT_QUEUE
            sem_t                                                                         | SEMAPHORE
            class counting_semaphore<10>                                                  | SEMAPHORE
            binary_semaphore                                                              | SEMAPHORE
            class latch                                                                   | SEMAPHORE
            class barrier<std::__empty_completion>                                        | SEMAPHORE
            struct Barrier                                                                | SEMAPHORE
            sync.WaitGroup                                                                | SEMAPHORE
            folly::Baton<true, std::atomic>                                               | SEMAPHORE
            struct once_flag                                                              | READ_MOSTLY
            struct LazyLock<u32, fn() -> u32>                                             | READ_MOSTLY
            std::sync::poison::Flag                                                       | READ_MOSTLY
            sync.Pool                                                                     | READ_MOSTLY
            volatile int                                                                  | VOLATILE
            int *volatile                                                                 | VOLATILE
            volatile struct CachePadded<u64>                                              | VOLATILE
            """)
    void a_type_is_recognised_however_a_tool_spells_it(String spelling, SyncType kind) {
        assertThat(SyncType.ofSpelling(spelling)).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "int",
                "unsigned long",
                "enum atomic_t",
                "std::mutex *",
                "class mutex &",
                "std::mutex &&",
                "pthread_mutex_t *const",
                "volatile int *",
                "struct atomic<int> *",
                "_Atomic long *",
                "atomic_int *const *",
                "void (*)(pthread_mutex_t *)",
                "pthread_mutex_t (*)[2]",
                "pthread_mutex_t[4]",
                "sync.Mutex[4]",
                "&std::sync::poison::mutex::Mutex<u8>",
                "*const core::sync::atomic::AtomicU64",
                "struct Arc<std::sync::poison::mutex::Mutex<u32>, alloc::alloc::Global>",
                "struct Option<std::sync::poison::mutex::MutexGuard<u32>>",
                "std::unique_lock<std::mutex>",
                "std::lock_guard<std::mutex>",
                "std::unique_ptr<std::mutex>",
                "std::atomic_ref<int>",
                "std::vector<std::atomic<int> >",
                "struct MutexGuard<u32>",
                "struct CachePadded<u64>",
                "pthread_mutexattr_t",
                "pthread_t",
                "struct atomic",
                "struct mutex_operations",
                "struct mutex<",
                "mutex>",
                "Mutex",
                "Semaphore",
                "Barrier",
                "Latch",
                "AtomicInteger",
                "AtomicLong",
                "poison::Flag",
                "struct Flag",
                "main.Mutex",
                "sync.Locker",
                "app::Once"
            })
    void an_ordinary_type_is_none(String spelling) {
        assertThat(SyncType.ofSpelling(spelling)).isEmpty();
    }

    @Test
    void wrappers_of_wrappers_end_somewhere() {
        String deep = "CachePadded<".repeat(5000) + "AtomicU64" + ">".repeat(5000);

        assertThat(SyncType.ofSpelling("CachePadded<CachePadded<AtomicU64>>")).contains(SyncType.ATOMIC);
        assertThat(SyncType.ofSpelling(deep)).isEmpty();
    }

    @Test
    void any_text_is_a_type_or_none() {
        Random random = new Random(20_261_129L);
        String[] parts = {
            "std",
            "::",
            "atomic",
            "<",
            ">",
            "int",
            "*",
            "&",
            " ",
            "_Atomic",
            "(",
            ")",
            "[",
            "]",
            ",",
            "struct",
            "volatile",
            "Mutex",
            "/",
            ".",
            "->",
            "{",
            "}",
            "4",
            ""
        };
        for (int i = 0; i < 20_000; i++) {
            StringBuilder spelling = new StringBuilder();
            for (int length = random.nextInt(12); length >= 0; length--) {
                spelling.append(parts[random.nextInt(parts.length)]);
            }
            String text = spelling.toString();

            assertThat(SyncType.ofSpelling("volatile " + text).isPresent()
                            || SyncType.ofSpelling(text).isEmpty())
                    .as(text)
                    .isTrue();
        }
    }

    @Test
    void every_entry_of_the_page_is_found_by_its_own_name() {
        assertThat(SyncTable.entries()).hasSizeGreaterThan(400).allSatisfy(entry -> {
            SyncTable.Name name = entry.name();
            String scope = name.root().isEmpty() ? "" : name.root().replace("*", "any") + "::";
            String parent = name.parent().isEmpty() ? "" : name.parent() + "::";
            String spelling = scope + parent + name.simple() + (name.hasArguments() ? "<int>" : "");
            assertThat(SyncTable.find(spelling).flatMap(SyncTable.Entry::kind)).isEqualTo(entry.kind());
        });
    }

    @Test
    void names_that_tools_print_without_scope_mean_the_same_in_all_libraries() {
        Map<String, Set<Optional<SyncType>>> kinds = SyncTable.entries().stream()
                .filter(entry -> entry.name().parent().isEmpty())
                .collect(groupingBy(
                        entry -> entry.name().simple() + entry.name().hasArguments(),
                        mapping(SyncTable.Entry::kind, toSet())));

        kinds.values().removeIf(all -> all.size() == 1);

        assertThat(kinds).isEmpty();
    }

    @Test
    void the_members_of_a_type_that_holds_lock_and_data_are_shown_and_those_of_a_lock_are_not() {
        StructLayout layout = read("""
                struct Mutex {
                        struct AtomicU32           futex;            /*     0     4 */

                        /* size: 4, cachelines: 1, members: 1 */
                };
                struct Held {
                        struct Mutex               inner;            /*     0     4 */
                        int                        poison;           /*     4     4 */
                        long                       data;             /*     8     8 */

                        /* size: 16, cachelines: 1, members: 3 */
                };
                struct wait_queue_head {
                        spinlock_t                 lock;             /*     0     4 */

                        /* XXX 4 bytes hole, try to pack */

                        void *                     head;             /*     8     8 */

                        /* size: 16, cachelines: 1, members: 2 */
                };
                struct s {
                        struct Held                held;             /*     0    16 */
                        struct wait_queue_head     wait;             /*    16    16 */
                        struct mutex               kernel;           /*    32    32 */

                        /* size: 64, cachelines: 1, members: 3 */
                };
                """);

        assertThat(layout.fields())
                .extracting(field -> field.path() + " " + field.bytes())
                .containsExactly(
                        "held.inner [0, 4)",
                        "held.poison [4, 8)",
                        "held.data [8, 16)",
                        "wait.lock [16, 20)",
                        "wait.head [24, 32)",
                        "kernel [32, 64)");
    }

    @Test
    void the_padding_of_a_padded_type_is_there_on_purpose() {
        StructLayout padded = StructLayout.of(
                "CachePadded<u64>",
                AggregateKind.STRUCT,
                128,
                128,
                List.of(Member.of("value", FieldType.Scalar.natural("u64", 8), 0)),
                Provenance.of(Provenance.Origin.ABI_MODEL, "test"));
        StructLayout layout = StructLayout.of(
                "Queue",
                AggregateKind.STRUCT,
                256,
                128,
                List.of(
                        Member.of("head", new FieldType.Aggregate("struct CachePadded<u64>", padded), 0),
                        Member.of("tail", new FieldType.Aggregate("struct CachePadded<u64>", padded), 128)),
                Provenance.of(Provenance.Origin.ABI_MODEL, "test"));

        assertThat(layout.slots())
                .filteredOn(Slot.Padding.class::isInstance)
                .extracting(slot -> slot.bytes() + " " + ((Slot.Padding) slot).purpose())
                .containsExactly("[8, 128) struct CachePadded<u64>", "[136, 256) struct CachePadded<u64>");
    }

    private static StructLayout read(String text) {
        List<StructLayout> layouts = NotationReader.read("sync.txt", text);
        return layouts.get(layouts.size() - 1);
    }
}
