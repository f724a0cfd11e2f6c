package dev.faultline.source.llvm.code;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Functions whose effect is known by their names. */
final class KnownFunctions {

    private static final Pattern ALLOCATES = Pattern.compile(
            "(?:__)?(?:[a-z]{1,4}_?)?(?:malloc|calloc|zalloc|kmalloc|kzalloc|memalign|aligned_alloc)(?:_\\w+|array)?"
                    + "|kmem_cache_alloc\\w*|__kmalloc\\w*|k[mz]alloc\\w*|_Zn[wa][jm]\\w*|__rust_alloc(?:_zeroed)?"
                    + "|_R\\w*___rust_alloc(?:_zeroed)?|\\w*exchange_malloc\\w*|zmalloc\\w*|zcalloc\\w*");

    private static final Pattern TAKES = Pattern.compile(
            "pthread_(?:mutex|spin)_(?:lock|trylock|timedlock)|pthread_rwlock_(?:try|timed)?wrlock|mtx_(?:try|timed)?lock"
                    + "|_?_?(?:raw_)?(?:spin|write)_(?:try)?lock(?:_irqsave|_irq|_bh|_nested)?"
                    + "|mutex_(?:try)?lock(?:_\\w+)?|down(?:_write)?(?:_\\w+)?|EnterCriticalSection"
                    + "|_ZNSt(?:5mutex|15recursive_mutex|12shared_mutex)(?:8try_)?4?(?:lock|_lock)Ev");

    private static final Pattern RELEASES = Pattern.compile("pthread_(?:mutex|spin|rwlock)_unlock|mtx_unlock"
            + "|_?_?(?:raw_)?(?:spin|write)_unlock(?:_irqrestore|_irq|_bh)?|mutex_unlock|up(?:_write)?"
            + "|LeaveCriticalSection|_ZNSt(?:5mutex|15recursive_mutex|12shared_mutex)6unlockEv");

    private static final Pattern RUST_LOCK =
            Pattern.compile(".*(?:Mutex|RwLock)\\$LT\\$.*\\$GT\\$(?:4lock|5write)17h.*");
    private static final Pattern RUST_RELEASE =
            Pattern.compile(".*drop_in_place\\$LT\\$.*(?:Mutex|RwLockWrite)Guard.*");

    /** For each creator of threads, the argument that is the function. */
    private static final Set<String> CREATORS = Set.of(
            "pthread_create",
            "thrd_create",
            "kthread_create_on_node",
            "kthread_run",
            "kthread_create_on_cpu",
            "uv_thread_create",
            "uv_thread_create_ex",
            "CreateThread",
            "_beginthreadex",
            "g_thread_new",
            "SDL_CreateThread");

    private static final Pattern CXX_THREAD = Pattern.compile("_ZNSt6thread(?:C[12]I|15_M_start_thread).*");

    private KnownFunctions() {}

    /** What a memory function does to its arguments. */
    enum Memory {
        COPY,
        SET
    }

    static boolean allocates(String name) {
        return ALLOCATES.matcher(name).matches();
    }

    static boolean takesLock(String name) {
        return TAKES.matcher(name).matches() || RUST_LOCK.matcher(name).matches();
    }

    static boolean releasesLock(String name) {
        return RELEASES.matcher(name).matches() || RUST_RELEASE.matcher(name).matches();
    }

    static boolean createsThread(String name) {
        return CREATORS.contains(name) || CXX_THREAD.matcher(name).matches();
    }

    /** {@return whether a thread runs a function, by its name} */
    static boolean isThreadBody(String linkName) {
        return linkName.startsWith("_ZNSt6thread11_State_impl") && linkName.contains("6_M_runEv")
                || linkName.contains("__rust_begin_short_backtrace") && linkName.startsWith("_");
    }

    static Optional<Memory> memory(String name) {
        if (name.startsWith("llvm.memcpy.")
                || name.startsWith("llvm.memmove.")
                || name.equals("memcpy")
                || name.equals("memmove")
                || name.equals("__memcpy_chk")
                || name.equals("__memmove_chk")) {
            return Optional.of(Memory.COPY);
        }
        return name.startsWith("llvm.memset.") || name.equals("memset") || name.equals("__memset_chk")
                ? Optional.of(Memory.SET)
                : Optional.empty();
    }

    /** {@return whether a call neither touches memory of the program nor calls others} */
    static boolean isNothing(String name) {
        return name.startsWith("llvm.");
    }
}
