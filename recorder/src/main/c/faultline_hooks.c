/*
 * Faultline's hooks: counts which thread reads and writes which address of a C or C++ program.
 *
 * Compile the program with -fsanitize=thread -g, and link it with this file instead of the compiler's libtsan:
 *
 *     cc -O2 -c faultline_hooks.c
 *     cc -O2 -g -fsanitize=thread -c app.c
 *     cc app.o faultline_hooks.o -o app -pthread -ldl
 *
 * or as a shared library: cc -O2 -fPIC -shared faultline_hooks.c -o libfaultline_hooks.so -pthread -ldl
 *
 * This file itself is compiled without -fsanitize=thread. GNU C11; Linux on x86-64 and AArch64, glibc or musl.
 *
 * Counts are recorded when FAULTLINE_HOOKS_FILE names a file, which `faultline record` does: the process writes
 * NAME.raw, each further process NAME.PID.raw. The file is mapped into memory and the counters are in it, so it holds
 * every count up to the last access, also after kill -9. docs/recording-native.md describes its format.
 *
 * No hook allocates by malloc, takes a lock that the program knows, or calls code that has hooks. A hook that a signal
 * handler enters while the same thread is inside of this file counts one access as lost.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
#define _GNU_SOURCE
#undef _FORTIFY_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#error "compile faultline_hooks.c without -fsanitize=thread"
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#error "compile faultline_hooks.c without -fsanitize=thread"
#endif
#if !defined(__linux__) || !(defined(__x86_64__) || defined(__aarch64__))
#error "faultline_hooks.c is for Linux on x86-64 and AArch64"
#endif

#define HOOK __attribute__((visibility("default")))
#define WEAK_HOOK __attribute__((visibility("default"), weak))
#define INLINE static inline __attribute__((always_inline))
#define SLOW static __attribute__((noinline, cold))
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define BARRIER() __asm__ volatile("" ::: "memory")
#define CALLER() ((uintptr_t) __builtin_return_address(0))

/* A section of this name tells `faultline record` that the program has the hooks, also when it is stripped. */
__attribute__((section(".note.faultline"), used, aligned(4))) static const struct {
    uint32_t name_bytes, text_bytes, type;
    char name[12];
    char text[4];
} faultline_note = {10, 4, 1, "faultline", "1"};

/* ---- the file ---------------------------------------------------------------------------------------------- */

enum { FILE_VERSION = 1, PAGE = 4096 };
enum { CHUNK_MAPS = 1, CHUNK_THREADS = 2, CHUNK_NODES = 3, CHUNK_SITES = 4, CHUNK_COUNTERS = 5 };
enum { KIND_READ = 1, KIND_WRITE = 2, KIND_RMW = 3, KIND_READ_WRITE = 4 };
enum { OF_MALLOC = 1, OF_NEW = 2, OF_MMAP = 3 };
enum { NO_SITE = 0xffffffffu, OTHERS = 0xffff, OTHERS_SHARED = 0xfffe, FOLLOWED = 64 };
#define SOMEWHERE (~(uint64_t) 0)

struct file_head {
    char magic[8]; /* "FLTHOOKS" */
    uint32_t version;
    uint32_t pid;
    uint64_t start_nanos; /* of CLOCK_MONOTONIC */
    uint64_t end_nanos;   /* when something was last added, or the process ended */
    uint32_t is_ended;    /* 1: by exit */
    uint32_t page_bytes;
    uint64_t used_bytes;  /* chunks are up to here */
    uint64_t lost;        /* accesses of threads without a record */
    uint64_t untracked;   /* blocks whose addresses are not kept, since there are too many */
};

struct chunk_head {
    uint32_t kind;
    uint32_t thread;
    uint64_t byte_size;
    uint32_t record_bytes;
    uint32_t count; /* of records that are filled */
    uint64_t reserved;
};

struct map_record {
    uint64_t start, end, offset;
    uint64_t is_code;
    char path[480];
};

struct thread_record {
    uint32_t tid;
    uint32_t lives; /* how many threads had this record one after the other */
    uint64_t start; /* the function of pthread_create; 0 when not known */
    uint64_t stack_low, stack_high;
    uint64_t own_stack; /* accesses of its own stack and thread-local variables */
    uint64_t lost;      /* accesses in signal handlers that came while this thread was in a hook */
    uint64_t is_main;
    uint64_t folded; /* counters without an offset, since there were too many */
    char name[32];
    uint64_t reserved[4];
};

struct node_record {
    uint32_t id, parent; /* of the same thread; 0 is where the thread begins */
    uint64_t call;       /* the return address of the call */
    uint64_t function;   /* an address in the function that was called */
};

struct site_record {
    uint32_t thread, node;
    uint64_t call; /* the return address of the call of malloc */
    uint64_t bytes, element_bytes;
    uint32_t how, shared; /* shared: a block that is not followed was used by two threads */
    uint64_t blocks;      /* of them were used */
    uint64_t id;          /* the number of the site */
};

struct counter_record {
    uint64_t pc;
    uint64_t place; /* an offset in the blocks of a site, or an address; SOMEWHERE when it is not kept */
    uint32_t site, node;
    uint32_t bytes;
    uint16_t kind, instance;
    uint64_t count;
};

/* ---- state ------------------------------------------------------------------------------------------------- */

enum { CACHE = 4096, CALLS = 1024, DEEPEST = 2048, SITE_CACHE = 64, MOST_CHUNKS = 1 << 16 };
enum { MOST_THREADS = 1 << 14, MOST_NODES = 1 << 16, MOST_COUNTERS = 1 << 18, MOST_SITES = 1 << 18 };
enum { MOST_BLOCKS = 1 << 24, GENERATIONS = 1 << 16, KEPT_APART = 64, BATCH = 128 };

struct cache_entry {
    uint64_t addr, tag;
    uint32_t node, generation;
    uint64_t *count;
};

struct call_entry {
    uint64_t call, function;
    uint32_t parent, node;
};

struct site_entry {
    uint64_t call, bytes, element_bytes;
    uint32_t node, how, site, is_set;
};

struct table { /* records by hash; they stay where they are */
    void **slots;
    uint64_t mask, count;
    struct chunk_head *chunk;
    uint64_t next_bytes;
};

struct thread {
    uint64_t stack_low, stack_bytes, tls_low, tls_bytes;
    struct cache_entry *cache;
    uint32_t node, depth;
    volatile uint32_t busy;
    uint32_t index;
    struct thread_record *record;
    struct table nodes, counters;
    struct node_record **node_of; /* by id */
    struct call_entry calls[CALLS];
    struct site_entry sites[SITE_CACHE];
    uint64_t frame[DEEPEST];
    uint32_t frame_node[DEEPEST];
    uint64_t site_call; /* replaces the return address in malloc that operator new calls */
    uint64_t site_frame; /* of that operator: when it throws, its frame is left */
    uint32_t free_blocks, free_count;
    char *arena, *arena_end;
    pthread_t handle;
    uint32_t has_handle, is_live;
    struct thread *next;
};

struct block {
    uint64_t start, bytes;
    uint32_t site, first_thread; /* its index + 1 */
    uint32_t next;               /* in a list of free ones */
    uint16_t instance;
    uint8_t has_instance, is_shared;
};

static __thread struct thread *self __attribute__((tls_model("initial-exec")));
static __thread int is_dead __attribute__((tls_model("initial-exec")));

static volatile int on;
static volatile int forked;
static int was_begun;
static int out = -1;
static struct file_head *head;
static struct chunk_head **chunks;
static uint64_t *chunk_offsets;
static uint32_t chunk_count;
static char file_name[PAGE];
static struct thread *threads;
static uint32_t thread_count;
static struct chunk_head *thread_chunk, *map_chunk;
static struct table sites;
static struct site_record **site_of;
static struct block *blocks;
static uint32_t block_count = 1;
static uint32_t shared_free;
static uint32_t *generation;
static uint64_t **roots;
static pthread_key_t at_thread_end;
static volatile int lock_files, lock_sites, lock_blocks, lock_threads;

static void *(*real_malloc)(size_t);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);
static void (*real_free)(void *);
static void *(*real_memalign)(size_t, size_t);
static void *(*real_aligned_alloc)(size_t, size_t);
static int (*real_posix_memalign)(void **, size_t, size_t);
static void *(*real_memcpy)(void *, const void *, size_t);
static void *(*real_memmove)(void *, const void *, size_t);
static void *(*real_memset)(void *, int, size_t);
static int (*real_pthread_create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
static int (*real_setname)(pthread_t, const char *);

static void take(volatile int *lock) {
    while (__atomic_exchange_n(lock, 1, __ATOMIC_ACQUIRE)) {
        while (__atomic_load_n(lock, __ATOMIC_RELAXED)) {
            syscall(SYS_sched_yield);
        }
    }
}

static void give(volatile int *lock) {
    __atomic_store_n(lock, 0, __ATOMIC_RELEASE);
}

static void *pages(uint64_t bytes) {
    long at = syscall(
            SYS_mmap, 0, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0L);
    return at == -1 ? NULL : (void *) at;
}

static void copy(void *to, const void *from, uint64_t bytes) {
    char *t = to;
    const char *f = from;
    for (uint64_t i = 0; i < bytes; i++) {
        t[i] = f[i];
        BARRIER(); /* else it is compiled to a call of memcpy */
    }
}

static void clear(void *at, uint64_t bytes) {
    char *t = at;
    for (uint64_t i = 0; i < bytes; i++) {
        t[i] = 0;
        BARRIER();
    }
}

static uint64_t nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t) now.tv_sec * 1000000000u + (uint64_t) now.tv_nsec;
}

/* A full disk must be told now: a write to a hole of a mapped file would end the program. */
static int grow(int fd, uint64_t from, uint64_t bytes) {
    if (syscall(SYS_fallocate, fd, 0, (long) from, (long) bytes) == 0) {
        return 1;
    }
    static const char zeros[PAGE];
    for (uint64_t at = from; at < from + bytes; at += PAGE) {
        if (syscall(SYS_pwrite64, fd, zeros, (long) PAGE, (long) at) != PAGE) {
            return 0;
        }
    }
    return 1;
}

static void *map_file(void *at, uint64_t offset, uint64_t bytes) {
    long mapped = syscall(
            SYS_mmap, at, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | (at ? MAP_FIXED : 0), out, (long) offset);
    return mapped == -1 ? NULL : (void *) mapped;
}

static void stop(const char *why) {
    on = 0;
    static const char begin[] = "faultline: recording stopped: ";
    uint64_t length = 0;
    while (why[length]) {
        length++;
    }
    if (syscall(SYS_write, 2, begin, sizeof begin - 1) > 0 && syscall(SYS_write, 2, why, length) > 0) {
        syscall(SYS_write, 2, "\n", 1L);
    }
}

/* Adds a chunk to the file; called with lock_files. */
static struct chunk_head *add_chunk(uint32_t kind, uint32_t thread, uint32_t record_bytes, uint64_t bytes) {
    uint64_t offset = head->used_bytes;
    if (chunk_count == MOST_CHUNKS || !grow(out, offset, bytes)) {
        stop("the file cannot grow");
        return NULL;
    }
    struct chunk_head *chunk = map_file(NULL, offset, bytes);
    if (!chunk) {
        stop("the file cannot be mapped");
        return NULL;
    }
    chunk->thread = thread;
    chunk->byte_size = bytes;
    chunk->record_bytes = record_bytes;
    chunk->count = 0;
    chunk->kind = kind;
    chunks[chunk_count] = chunk;
    chunk_offsets[chunk_count++] = offset;
    head->end_nanos = nanos();
    BARRIER();
    head->used_bytes = offset + bytes;
    return chunk;
}

/* The place of the next record in a chunk, or NULL when it is full. The caller adds 1 to its count. */
static void *room(struct chunk_head *chunk) {
    uint64_t at = sizeof *chunk + (uint64_t) chunk->count * chunk->record_bytes;
    return at + chunk->record_bytes <= chunk->byte_size ? (char *) chunk + at : NULL;
}

static void *new_record(struct table *table, uint32_t kind, uint32_t thread, uint32_t record_bytes) {
    void *place = table->chunk ? room(table->chunk) : NULL;
    if (!place) {
        uint64_t bytes = table->next_bytes ? table->next_bytes : 4 * PAGE;
        take(&lock_files);
        table->chunk = add_chunk(kind, thread, record_bytes, bytes);
        give(&lock_files);
        table->next_bytes = bytes < (1 << 20) ? bytes * 2 : bytes;
        place = table->chunk ? room(table->chunk) : NULL;
    }
    return place;
}

static uint64_t mixed(uint64_t a) {
    a = (a ^ a >> 29) * 0xbf58476d1ce4e5b9u;
    return a ^ a >> 32;
}

/* Doubles the slots of a table. hash gives the hash of a record. */
static int widen(struct table *table, uint64_t (*hash)(const void *)) {
    uint64_t slots = table->slots ? (table->mask + 1) * 2 : 1024;
    void **wider = pages(slots * sizeof *wider);
    if (!wider) {
        return 0;
    }
    for (uint64_t i = 0; table->slots && i <= table->mask; i++) {
        if (table->slots[i]) {
            uint64_t at = hash(table->slots[i]) & (slots - 1);
            while (wider[at]) {
                at = (at + 1) & (slots - 1);
            }
            wider[at] = table->slots[i];
        }
    }
    if (table->slots) {
        syscall(SYS_munmap, table->slots, (table->mask + 1) * sizeof *wider);
    }
    table->slots = wider;
    table->mask = slots - 1;
    return 1;
}

/* ---- fork -------------------------------------------------------------------------------------------------- */

static char *digits(char *to, uint64_t number) {
    char reversed[24];
    int count = 0;
    do {
        reversed[count++] = (char) ('0' + number % 10);
        number /= 10;
    } while (number);
    while (count) {
        *to++ = reversed[--count];
    }
    return to;
}

static int open_raw(int with_pid) {
    char name[PAGE + 40];
    uint64_t length = strlen(file_name);
    copy(name, file_name, length);
    char *end = name + length;
    if (with_pid) {
        *end++ = '.';
        end = digits(end, (uint64_t) syscall(SYS_getpid));
    }
    copy(end, ".raw", 5);
    return (int) syscall(SYS_openat, AT_FDCWD, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
}

/*
 * The first use of the hooks in a child: the chunks move to a file of its own, with counts of 0. No other thread of
 * the child exists that has used hooks since the fork: each comes here first.
 */
SLOW void move_to_own_file(void) {
    take(&lock_files);
    if (!forked) {
        give(&lock_files);
        return;
    }
    int parent = out;
    out = open_raw(1);
    uint64_t bytes = head->used_bytes;
    if (out < 0 || !grow(out, 0, bytes)) {
        stop("a file for a child process cannot be written");
    }
    char *old = pages(1 << 20);
    uint64_t from = 0;
    for (uint32_t i = 0; on && old && i <= chunk_count; i++) { /* the head, then each chunk, in pieces */
        char *at = i == 0 ? (char *) head : (char *) chunks[i - 1];
        uint64_t size = i == 0 ? PAGE : chunks[i - 1]->byte_size;
        from = i == 0 ? 0 : chunk_offsets[i - 1];
        for (uint64_t done = 0; done < size; done += 1 << 20) {
            uint64_t some = size - done < (1 << 20) ? size - done : 1 << 20;
            copy(old, at + done, some);
            if (!map_file(at + done, from + done, some)) {
                stop("a file for a child process cannot be mapped");
                break;
            }
            copy(at + done, old, some);
        }
    }
    if (on) {
        head->pid = (uint32_t) syscall(SYS_getpid);
        head->start_nanos = head->end_nanos = nanos();
        head->lost = head->is_ended = 0;
        for (uint32_t i = 0; i < chunk_count; i++) {
            char *records = (char *) (chunks[i] + 1);
            for (uint32_t r = 0; r < chunks[i]->count; r++) {
                if (chunks[i]->kind == CHUNK_COUNTERS) {
                    ((struct counter_record *) records)[r].count = 0;
                } else if (chunks[i]->kind == CHUNK_THREADS) {
                    struct thread_record *one = (struct thread_record *) records + r;
                    one->own_stack = one->lost = one->folded = 0;
                    one->lives = self && r == self->index ? 1 : 0;
                } else if (chunks[i]->kind == CHUNK_SITES) {
                    ((struct site_record *) records)[r].blocks = 0;
                }
            }
        }
        for (struct thread *one = threads; one; one = one->next) {
            one->is_live = one == self;
        }
    }
    if (old) {
        syscall(SYS_munmap, old, 1 << 20);
    }
    syscall(SYS_close, parent);
    forked = 0;
    give(&lock_files);
}

static void before_fork(void) {
    if (self) {
        self->busy++;
    }
    take(&lock_threads);
    take(&lock_sites);
    take(&lock_blocks);
    take(&lock_files);
}

static void after_fork(void) {
    give(&lock_files);
    give(&lock_blocks);
    give(&lock_sites);
    give(&lock_threads);
    if (self) {
        self->busy--;
    }
}

static void after_fork_in_child(void) {
    forked = on;
    if (self) { /* nothing is counted before the file is the child's */
        syscall(SYS_madvise, self->cache, CACHE * sizeof *self->cache, MADV_DONTNEED);
    }
    after_fork();
}

/* ---- threads ----------------------------------------------------------------------------------------------- */

/* Calls a function for each line of /proc/self/maps; uses no allocator. */
static void each_map(void (*tell)(void *to, uint64_t start, uint64_t end, char mode, uint64_t offset, const char *path),
                     void *to) {
    int fd = (int) syscall(SYS_openat, AT_FDCWD, "/proc/self/maps", O_RDONLY | O_CLOEXEC, 0);
    if (fd < 0) {
        return;
    }
    char buffer[2048];
    uint64_t have = 0;
    for (;;) {
        long got = syscall(SYS_read, fd, buffer + have, sizeof buffer - 1 - have);
        if (got <= 0) {
            break;
        }
        have += (uint64_t) got;
        uint64_t begin = 0;
        for (uint64_t i = 0; i < have; i++) {
            if (buffer[i] != '\n') {
                continue;
            }
            buffer[i] = 0;
            char *at = buffer + begin;
            uint64_t numbers[3] = {0, 0, 0};
            char mode[5] = "    ";
            for (int n = 0; n < 3; n++) {
                while ((*at >= '0' && *at <= '9') || (*at >= 'a' && *at <= 'f')) {
                    numbers[n] = numbers[n] * 16 + (uint64_t) (*at <= '9' ? *at - '0' : *at - 'a' + 10);
                    at++;
                }
                at += *at != 0;
                if (n == 1) {
                    for (int m = 0; m < 4 && *at; m++) {
                        mode[m] = *at++;
                    }
                    at += *at != 0;
                }
            }
            for (int words = 0; words < 2 && *at; words++) { /* device, inode */
                while (*at && *at != ' ') {
                    at++;
                }
                while (*at == ' ') {
                    at++;
                }
            }
            tell(to, numbers[0], numbers[1], mode[2] == 'x' ? 'x' : mode[1], numbers[2], at);
            begin = i + 1;
        }
        copy(buffer, buffer + begin, have - begin);
        have -= begin;
        if (have == sizeof buffer - 1) {
            have = 0; /* a line longer than any path */
        }
    }
    syscall(SYS_close, fd);
}

struct stack_search {
    uint64_t stack, tls, stack_low, stack_high, tls_low, tls_high;
};

static void look_for_stack(void *to, uint64_t start, uint64_t end, char mode, uint64_t offset, const char *path) {
    struct stack_search *search = to;
    (void) offset;
    if (mode == '-' || (*path && *path != '[')) {
        return;
    }
    if (search->stack >= start && search->stack < end) {
        search->stack_low = start;
        search->stack_high = end;
    }
    if (search->tls >= start && search->tls < end) {
        search->tls_low = start;
        search->tls_high = end;
    }
}

static uint32_t block_at(uint64_t addr);

static void find_own_memory(struct thread *t, int is_main) {
    enum { TLS = 1 << 16 };
    struct stack_search search = {
        (uint64_t) __builtin_frame_address(0), (uint64_t) __builtin_thread_pointer(), 0, 0, 0, 0};
    uint32_t block = block_at(search.stack);
    if (block) {
        search.stack_low = blocks[block].start;
        search.stack_high = blocks[block].start + blocks[block].bytes;
        search.tls = 0;
    } else {
        each_map(look_for_stack, &search);
    }
    if (is_main && search.stack_high) {
        struct rlimit limit;
        uint64_t most = 8 << 20;
        if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) {
            most = limit.rlim_cur;
        }
        uint64_t low = search.stack_high > most ? search.stack_high - most : 0;
        search.stack_low = low < search.stack_low ? low : search.stack_low;
    }
    if (search.tls_low + TLS < search.tls) {
        search.tls_low = search.tls - TLS;
    }
    if (search.tls_high > search.tls + PAGE) {
        search.tls_high = search.tls + PAGE;
    }
    t->stack_low = search.stack_low;
    t->stack_bytes = search.stack_high - search.stack_low;
    t->tls_low = search.tls_low;
    t->tls_bytes = search.tls_high - search.tls_low;
    t->record->stack_low = search.stack_low;
    t->record->stack_high = search.stack_high;
}

/* Makes a thread, or takes one whose thread has ended and had the same function; called with lock_threads. */
static struct thread *make_thread(uint64_t start) {
    if (thread_count >= KEPT_APART) {
        for (struct thread *one = threads; one; one = one->next) {
            if (!one->is_live && one->record->start == start && !one->record->is_main && !one->record->name[0]) {
                one->is_live = 1;
                one->has_handle = 0;
                one->record->lives++;
                return one;
            }
        }
    }
    if (thread_count == MOST_THREADS) {
        return NULL;
    }
    struct thread *t = pages(sizeof *t);
    struct cache_entry *cache = pages(CACHE * sizeof *cache);
    struct node_record **nodes = pages(MOST_NODES * sizeof *nodes);
    if (!t || !cache || !nodes) {
        return NULL;
    }
    take(&lock_files);
    struct thread_record *record = thread_chunk ? room(thread_chunk) : NULL;
    if (!record) {
        thread_chunk = add_chunk(CHUNK_THREADS, 0, sizeof *record, 4 * PAGE);
        record = thread_chunk ? room(thread_chunk) : NULL;
    }
    if (record) {
        record->start = start;
        record->lives = 1;
        thread_chunk->count++;
    }
    give(&lock_files);
    if (!record) {
        return NULL;
    }
    t->record = record;
    t->cache = cache;
    t->node_of = nodes;
    t->index = thread_count++;
    t->is_live = 1;
    t->next = threads;
    threads = t;
    return t;
}

static void begin_thread(struct thread *t, int is_main) {
    t->depth = t->node = t->site_call = 0;
    t->record->tid = (uint32_t) syscall(SYS_gettid);
    t->record->is_main = (uint64_t) is_main;
    find_own_memory(t, is_main);
    t->handle = pthread_self();
    t->has_handle = 1;
    BARRIER();
    self = t;
    t->busy = 1; /* pthread_setspecific may allocate */
    pthread_setspecific(at_thread_end, t);
    t->busy = 0;
}

static void end_thread(void *of) {
    struct thread *t = of;
    self = NULL;
    is_dead = 1;
    if (head) {
        head->end_nanos = nanos();
    }
    BARRIER();
    t->is_live = 0;
}

/* The thread that runs, for its first hook; NULL when it is not recorded. */
SLOW struct thread *first_hook(void) {
    if (!on || is_dead) {
        if (on) {
            __atomic_fetch_add(&head->lost, 1, __ATOMIC_RELAXED);
        }
        return NULL;
    }
    int saved = errno;
    if (forked) {
        move_to_own_file();
    }
    take(&lock_threads);
    struct thread *t = make_thread(0);
    give(&lock_threads);
    if (t) {
        begin_thread(t, syscall(SYS_gettid) == syscall(SYS_getpid));
    } else {
        is_dead = 1;
    }
    errno = saved;
    return t;
}

static void name_thread(struct thread *t, const char *name) {
    for (uint32_t i = 0; i < sizeof t->record->name - 1; i++) {
        t->record->name[i] = name[i];
        if (!name[i]) {
            break;
        }
    }
}

/* ---- blocks ------------------------------------------------------------------------------------------------ */

/*
 * For each page of 4096 bytes one word: 0, or the number of the block that has all of it with the lowest bit set, or
 * the address of numbers of blocks, one for 16 bytes.
 */
enum { GRAIN_SHIFT = 4, PAGE_SHIFT = 12, ROOT_SHIFT = 30, ROOTS = 1 << 17, GRAINS = PAGE >> GRAIN_SHIFT };
enum { PER_ROOT = 1 << (ROOT_SHIFT - PAGE_SHIFT) };

static uint64_t *page_word(uint64_t addr, int is_made) {
    if (addr >> 47) {
        return NULL;
    }
    uint64_t **root = &roots[addr >> ROOT_SHIFT];
    uint64_t *words = __atomic_load_n(root, __ATOMIC_ACQUIRE);
    if (!words) {
        if (!is_made) {
            return NULL;
        }
        uint64_t *made = pages(PER_ROOT * sizeof *made);
        if (!made) {
            return NULL;
        }
        if (__atomic_compare_exchange_n(root, &words, made, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
            words = made;
        } else {
            syscall(SYS_munmap, made, PER_ROOT * sizeof *made);
        }
    }
    return &words[addr >> PAGE_SHIFT & (PER_ROOT - 1)];
}

static uint32_t block_at(uint64_t addr) {
    uint64_t *word = roots ? page_word(addr, 0) : NULL;
    uint64_t value = word ? __atomic_load_n(word, __ATOMIC_ACQUIRE) : 0;
    if (!value) {
        return 0;
    }
    return value & 1 ? (uint32_t) (value >> 1)
                     : __atomic_load_n(&((uint32_t *) value)[addr >> GRAIN_SHIFT & (GRAINS - 1)], __ATOMIC_ACQUIRE);
}

static uint32_t *grains(struct thread *t, uint64_t *word) {
    uint64_t value = __atomic_load_n(word, __ATOMIC_ACQUIRE);
    while (!value || value & 1) {
        if (t->arena == t->arena_end) {
            t->arena = pages(1 << 16);
            if (!t->arena) {
                t->arena_end = NULL;
                return NULL;
            }
            t->arena_end = t->arena + (1 << 16);
        }
        uint32_t *made = (uint32_t *) t->arena;
        for (uint32_t i = 0; i < GRAINS; i++) {
            made[i] = (uint32_t) (value >> 1);
        }
        if (__atomic_compare_exchange_n(word, &value, (uint64_t) made, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
            t->arena += GRAINS * sizeof *made;
            return made;
        }
    }
    return (uint32_t *) value;
}

static void paint(struct thread *t, uint64_t start, uint64_t bytes, uint32_t id) {
    uint64_t end = start + (bytes ? bytes : 1);
    uint64_t at = start;
    while (at < end) {
        uint64_t page_end = (at | (PAGE - 1)) + 1;
        uint64_t *word = page_word(at, 1);
        if (!word) {
            return;
        }
        uint64_t value = __atomic_load_n(word, __ATOMIC_ACQUIRE);
        int is_whole = (at & (PAGE - 1)) == 0 && page_end <= end;
        if (is_whole && (!value || value & 1)) {
            __atomic_store_n(word, id ? (uint64_t) id << 1 | 1 : 0, __ATOMIC_RELEASE);
        } else {
            uint32_t *of_page = grains(t, word);
            if (!of_page) {
                return;
            }
            uint64_t last = ((page_end < end ? page_end : end) - 1) >> GRAIN_SHIFT & (GRAINS - 1);
            for (uint64_t grain = at >> GRAIN_SHIFT & (GRAINS - 1); grain <= last; grain++) {
                __atomic_store_n(&of_page[grain], id, __ATOMIC_RELEASE);
            }
        }
        at = page_end;
    }
}

/* Makes what caches know about pages invalid. */
static void outdate(uint64_t start, uint64_t bytes) {
    uint64_t first = start >> PAGE_SHIFT;
    uint64_t count = ((start + (bytes ? bytes : 1) - 1) >> PAGE_SHIFT) - first + 1;
    if (count > GENERATIONS) {
        count = GENERATIONS;
    }
    for (uint64_t i = 0; i < count; i++) {
        __atomic_fetch_add(&generation[(first + i) & (GENERATIONS - 1)], 1, __ATOMIC_RELEASE);
    }
}

static uint32_t new_block(struct thread *t) {
    if (!t->free_blocks) {
        take(&lock_blocks);
        for (int i = 0; i < BATCH; i++) {
            uint32_t id = shared_free;
            if (id) {
                shared_free = blocks[id].next;
            } else if (block_count < MOST_BLOCKS) {
                id = block_count++;
            } else {
                break;
            }
            blocks[id].next = t->free_blocks;
            t->free_blocks = id;
            t->free_count++;
        }
        give(&lock_blocks);
    }
    uint32_t id = t->free_blocks;
    if (id) {
        t->free_blocks = blocks[id].next;
        t->free_count--;
    }
    return id;
}

static void free_block(struct thread *t, uint32_t id) {
    blocks[id].next = t->free_blocks;
    t->free_blocks = id;
    if (++t->free_count > 4 * BATCH) {
        take(&lock_blocks);
        for (int i = 0; i < 2 * BATCH; i++) {
            uint32_t one = t->free_blocks;
            t->free_blocks = blocks[one].next;
            blocks[one].next = shared_free;
            shared_free = one;
        }
        give(&lock_blocks);
        t->free_count -= 2 * BATCH;
    }
}

static uint64_t hash_of_site(const void *of) {
    const struct site_record *s = of;
    return mixed(s->call * 31 + s->node * 7919 + s->thread * 104729 + s->bytes * 131 + s->element_bytes + s->how);
}

static uint32_t site(struct thread *t, uint64_t call, uint64_t bytes, uint64_t element_bytes, uint32_t how) {
    struct site_entry *kept = &t->sites[mixed(call + bytes * 31 + t->node) & (SITE_CACHE - 1)];
    if (kept->is_set && kept->call == call && kept->bytes == bytes && kept->node == t->node
            && kept->element_bytes == element_bytes && kept->how == how) {
        return kept->site;
    }
    take(&lock_sites);
    struct site_record wanted = {t->index, t->node, call, bytes, element_bytes, how, 0, 0, sites.count};
    uint32_t found = NO_SITE;
    if (!sites.slots || sites.count * 2 > sites.mask) {
        if (sites.count >= MOST_SITES || !widen(&sites, hash_of_site)) {
            give(&lock_sites);
            return NO_SITE;
        }
    }
    uint64_t at = hash_of_site(&wanted) & sites.mask;
    for (; sites.slots[at]; at = (at + 1) & sites.mask) {
        struct site_record *one = sites.slots[at];
        if (one->call == call && one->node == wanted.node && one->thread == wanted.thread && one->bytes == bytes
                && one->element_bytes == element_bytes && one->how == how) {
            break;
        }
    }
    struct site_record *record = sites.slots[at];
    if (!record && (record = new_record(&sites, CHUNK_SITES, 0, sizeof *record))) {
        *record = wanted;
        sites.slots[at] = record;
        site_of[sites.count++] = record;
        BARRIER();
        sites.chunk->count++;
    }
    found = record ? (uint32_t) record->id : NO_SITE;
    give(&lock_sites);
    kept->call = call;
    kept->bytes = bytes;
    kept->element_bytes = element_bytes;
    kept->node = t->node;
    kept->how = how;
    kept->site = found;
    kept->is_set = found != NO_SITE;
    return found;
}

static struct thread *thread_for_blocks(void) {
    if (!on) {
        return NULL;
    }
    struct thread *t = self ? self : first_hook();
    if (!t || t->busy) {
        return NULL;
    }
    if (UNLIKELY(forked)) {
        move_to_own_file();
    }
    return t;
}

static void *made_block(void *start, uint64_t bytes, uint64_t element_bytes, uint64_t call, uint32_t how) {
    struct thread *t = start ? thread_for_blocks() : NULL;
    if (!t) {
        return start;
    }
    int saved = errno;
    t->busy = 1;
    if (t->site_call && how == OF_MALLOC) {
        enum { FRAMES = 1024 };
        if (t->site_frame - (uint64_t) __builtin_frame_address(0) < FRAMES) {
            call = t->site_call;
            how = OF_NEW;
        }
        t->site_call = 0;
    }
    uint32_t id = new_block(t);
    uint32_t from = id ? site(t, call, bytes, element_bytes, how) : NO_SITE;
    if (from == NO_SITE) {
        __atomic_fetch_add(&head->untracked, 1, __ATOMIC_RELAXED);
        if (id) {
            free_block(t, id);
        }
    } else {
        struct block *block = &blocks[id];
        block->start = (uint64_t) start;
        block->bytes = bytes;
        block->site = from;
        block->first_thread = 0;
        block->has_instance = block->is_shared = 0;
        paint(t, (uint64_t) start, bytes, id);
    }
    t->busy = 0;
    errno = saved;
    return start;
}

/* Before a block is given back: another thread may get its address at once. */
static void ended_block(void *start) {
    struct thread *t = start && roots ? thread_for_blocks() : NULL;
    if (!t) {
        return;
    }
    t->busy = 1;
    uint32_t id = block_at((uint64_t) start);
    if (id && blocks[id].start == (uint64_t) start) {
        uint64_t bytes = blocks[id].bytes;
        paint(t, (uint64_t) start, bytes, 0);
        outdate((uint64_t) start, bytes);
        free_block(t, id);
    } else {
        outdate((uint64_t) start, 1);
    }
    t->busy = 0;
}

/* ---- counting ---------------------------------------------------------------------------------------------- */

static uint64_t hash_of_counter(const void *of) {
    const struct counter_record *c = of;
    return mixed(c->pc * 31 + c->place * 0x9e3779b97f4a7c15u + c->site * 7919u + c->node * 104729u
            + c->bytes * 131u + c->instance * 524287u);
}

static struct counter_record *counter(struct thread *t, const struct counter_record *wanted) {
    struct table *table = &t->counters;
    if (!table->slots || table->count * 2 > table->mask) {
        if (!widen(table, hash_of_counter)) {
            return NULL;
        }
    }
    uint64_t at = hash_of_counter(wanted) & table->mask;
    for (; table->slots[at]; at = (at + 1) & table->mask) {
        struct counter_record *one = table->slots[at];
        if (one->pc == wanted->pc && one->place == wanted->place && one->site == wanted->site
                && one->node == wanted->node && one->bytes == wanted->bytes && one->instance == wanted->instance) {
            return one;
        }
    }
    if (table->count >= MOST_COUNTERS && wanted->place != SOMEWHERE) {
        struct counter_record anywhere = *wanted;
        anywhere.place = SOMEWHERE;
        anywhere.instance = wanted->site == NO_SITE ? 0 : OTHERS_SHARED;
        if (t->record->folded++ == 0) {
            head->end_nanos = nanos();
        }
        return counter(t, &anywhere);
    }
    struct counter_record *record = new_record(table, CHUNK_COUNTERS, t->index, sizeof *record);
    if (record) {
        *record = *wanted;
        table->slots[at] = record;
        table->count++;
        BARRIER();
        table->chunk->count++;
    }
    return record;
}

static uint64_t hash_of_map(uint64_t addr) {
    return mixed(addr >> PAGE_SHIFT);
}

static void add_map(void *to, uint64_t start, uint64_t end, char mode, uint64_t offset, const char *path) {
    static struct map_record last;
    uint64_t *added = to;
    int is_tail = !*path && start == last.end && mode == 'w' && last.path[0];
    if (*path != '/' && !is_tail) {
        last.path[0] = 0;
        return;
    }
    if (!is_tail) {
        clear(&last, sizeof last);
        for (uint32_t i = 0; i < sizeof last.path - 1 && path[i]; i++) {
            last.path[i] = path[i];
        }
    }
    last.offset = is_tail ? last.offset + (last.end - last.start) : offset;
    last.start = start;
    last.end = end;
    last.is_code = mode == 'x';
    for (uint32_t i = 0; i < chunk_count; i++) { /* once only */
        if (chunks[i]->kind == CHUNK_MAPS) {
            struct map_record *known = (struct map_record *) (chunks[i] + 1);
            for (uint32_t r = 0; r < chunks[i]->count; r++) {
                if (known[r].start == start && known[r].end == end && known[r].offset == last.offset) {
                    return;
                }
            }
        }
    }
    struct map_record *record = map_chunk ? room(map_chunk) : NULL;
    if (!record) {
        map_chunk = add_chunk(CHUNK_MAPS, 0, sizeof *record, 8 * PAGE);
        record = map_chunk ? room(map_chunk) : NULL;
    }
    if (record) {
        *record = last;
        BARRIER();
        map_chunk->count++;
        *added += 1;
    }
}

/* Reads which files are mapped where. Libraries that are loaded later are found when code in them is first seen. */
static void read_maps(void) {
    uint64_t added = 0;
    take(&lock_files);
    each_map(add_map, &added);
    give(&lock_files);
}

static int is_mapped(uint64_t addr) {
    for (uint32_t i = 0; i < chunk_count; i++) {
        if (chunks[i]->kind == CHUNK_MAPS) {
            struct map_record *known = (struct map_record *) (chunks[i] + 1);
            for (uint32_t r = 0; r < chunks[i]->count; r++) {
                if (addr >= known[r].start && addr < known[r].end) {
                    return 1;
                }
            }
        }
    }
    return 0;
}

static void know_code(uint64_t pc) {
    static uint32_t known[1024]; /* pages of code that were looked for */
    uint32_t page = (uint32_t) (pc >> PAGE_SHIFT);
    uint32_t *slot = &known[hash_of_map(pc) & 1023];
    if (*slot != page) {
        if (!is_mapped(pc)) {
            read_maps();
        }
        *slot = page;
    }
}

SLOW void count_new(struct thread *t, uint64_t addr, uint64_t bytes, uint32_t kind, uint64_t pc) {
    if (!on) {
        return;
    }
    if (t->busy) {
        t->record->lost++;
        return;
    }
    int saved = errno;
    t->busy = 1;
    if (forked) {
        move_to_own_file();
    }
    know_code(pc);
    uint32_t valid = __atomic_load_n(&generation[addr >> PAGE_SHIFT & (GENERATIONS - 1)], __ATOMIC_ACQUIRE);
    struct counter_record wanted = {pc, addr, NO_SITE, t->node, (uint32_t) bytes, (uint16_t) kind, 0, 0};
    uint32_t id = block_at(addr);
    if (id) {
        struct block *block = &blocks[id];
        struct site_record *from = site_of[block->site];
        uint32_t none = 0;
        if (!__atomic_compare_exchange_n(
                    &block->first_thread, &none, t->index + 1, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)
                && none != t->index + 1) {
            block->is_shared = 1;
        }
        uint8_t had = 0;
        if (__atomic_compare_exchange_n(&block->has_instance, &had, 1, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
            uint64_t number = __atomic_fetch_add(&from->blocks, 1, __ATOMIC_RELAXED);
            __atomic_store_n(&block->instance, number < FOLLOWED ? (uint16_t) number : (uint16_t) OTHERS,
                             __ATOMIC_RELEASE);
            __atomic_store_n(&block->has_instance, 2, __ATOMIC_RELEASE);
        }
        while (__atomic_load_n(&block->has_instance, __ATOMIC_ACQUIRE) == 1) {
        }
        wanted.site = block->site;
        wanted.place = addr - block->start;
        wanted.instance = block->instance;
        if (wanted.instance == OTHERS && block->is_shared) {
            wanted.instance = OTHERS_SHARED;
            from->shared = 1;
        }
    }
    struct counter_record *found = counter(t, &wanted);
    if (!found) {
        t->record->lost++;
    } else {
        found->count++;
        if (bytes < 1 << 16) {
            struct cache_entry *entry = &t->cache[mixed(addr ^ pc << 7) & (CACHE - 1)];
            entry->addr = 0;
            BARRIER();
            entry->tag = pc ^ bytes << 48;
            entry->node = t->node;
            entry->generation = valid;
            entry->count = &found->count;
            BARRIER();
            entry->addr = addr;
        }
    }
    t->busy = 0;
    errno = saved;
}

INLINE void touch(const volatile void *at, uint64_t bytes, uint32_t kind, uint64_t pc) {
    uint64_t addr = (uint64_t) at;
    struct thread *t = self;
    if (UNLIKELY(!t)) {
        t = on ? first_hook() : NULL;
        if (!t) {
            return;
        }
    }
    if (addr - t->stack_low < t->stack_bytes || addr - t->tls_low < t->tls_bytes) {
        t->record->own_stack++;
        return;
    }
    struct cache_entry *entry = &t->cache[mixed(addr ^ pc << 7) & (CACHE - 1)];
    if (LIKELY(entry->addr == addr && entry->tag == (pc ^ bytes << 48) && entry->node == t->node
                && entry->generation == generation[addr >> PAGE_SHIFT & (GENERATIONS - 1)])) {
        ++*entry->count;
        return;
    }
    count_new(t, addr, bytes, kind, pc);
}

/* ---- calls ------------------------------------------------------------------------------------------------- */

static uint64_t hash_of_node(const void *of) {
    const struct node_record *n = of;
    return mixed(n->call * 31 + n->function * 127 + n->parent * 7919u);
}

/* The node of a call that is new; recursion comes back to the node it began at. */
static uint32_t node(struct thread *t, uint32_t parent, uint64_t call, uint64_t function) {
    enum { MOST_BACK = 16 };
    uint32_t back = parent;
    for (int i = 0; i < MOST_BACK && back; i++) {
        struct node_record *one = t->node_of[back];
        if (one->function == function && (one->call == call || i > 0)) {
            return back;
        }
        back = one->parent;
    }
    struct table *table = &t->nodes;
    if (!table->slots || table->count * 2 > table->mask) {
        if (table->count + 1 >= MOST_NODES || !widen(table, hash_of_node)) {
            return parent;
        }
    }
    struct node_record wanted = {(uint32_t) table->count + 1, parent, call, function};
    uint64_t at = hash_of_node(&wanted) & table->mask;
    for (; table->slots[at]; at = (at + 1) & table->mask) {
        struct node_record *one = table->slots[at];
        if (one->call == call && one->function == function && one->parent == parent) {
            return one->id;
        }
    }
    struct node_record *record = table->count + 1 < MOST_NODES
            ? new_record(table, CHUNK_NODES, t->index, sizeof *record) : NULL;
    if (!record) {
        return parent;
    }
    *record = wanted;
    table->slots[at] = record;
    t->node_of[wanted.id] = record;
    table->count++;
    BARRIER();
    table->chunk->count++;
    return wanted.id;
}

SLOW uint32_t new_call(struct thread *t, uint64_t call, uint64_t function, struct call_entry *entry) {
    if (!on || t->busy) {
        return t->node;
    }
    int saved = errno;
    t->busy = 1;
    if (forked) {
        move_to_own_file();
    }
    uint32_t found = node(t, t->node, call, function);
    entry->function = 0;
    BARRIER();
    entry->parent = t->node;
    entry->call = call;
    entry->node = found;
    BARRIER();
    entry->function = function;
    t->busy = 0;
    errno = saved;
    return found;
}

HOOK void __tsan_func_entry(void *call) {
    struct thread *t = self;
    if (UNLIKELY(!t)) {
        t = on ? first_hook() : NULL;
        if (!t) {
            return;
        }
    }
    uint64_t frame = (uint64_t) __builtin_frame_address(0);
    uint64_t function = CALLER();
    uint32_t depth = t->depth;
    if (frame - t->stack_low < t->stack_bytes) { /* functions that longjmp has left */
        while (depth > 0 && depth <= DEEPEST && t->frame[depth - 1] <= frame
                && t->frame[depth - 1] - t->stack_low < t->stack_bytes) {
            depth--;
        }
        if (depth != t->depth) {
            t->node = depth ? t->frame_node[depth - 1] : 0;
        }
    }
    struct call_entry *entry = &t->calls[mixed((uint64_t) call ^ function << 5 ^ (uint64_t) t->node << 17)
            & (CALLS - 1)];
    uint32_t found = LIKELY(entry->function == function && entry->call == (uint64_t) call
                            && entry->parent == t->node && !forked)
            ? entry->node
            : new_call(t, (uint64_t) call, function, entry);
    if (depth < DEEPEST) {
        t->frame[depth] = frame;
        t->frame_node[depth] = found;
        t->node = found;
    }
    t->depth = depth + 1;
}

HOOK void __tsan_func_exit(void) {
    struct thread *t = self;
    if (UNLIKELY(!t) || t->depth == 0) {
        return;
    }
    uint32_t depth = --t->depth;
    if (depth <= DEEPEST) {
        t->node = depth ? t->frame_node[depth - 1] : 0;
    }
}

/* ---- hooks of plain accesses ------------------------------------------------------------------------------- */

#define ACCESS(name, bytes, kind) \
    HOOK void name(void *at) { touch(at, bytes, kind, CALLER()); }
#define ACCESSES(bytes) \
    ACCESS(__tsan_read##bytes, bytes, KIND_READ) \
    ACCESS(__tsan_write##bytes, bytes, KIND_WRITE) \
    ACCESS(__tsan_read_write##bytes, bytes, KIND_READ_WRITE) \
    ACCESS(__tsan_unaligned_read##bytes, bytes, KIND_READ) \
    ACCESS(__tsan_unaligned_write##bytes, bytes, KIND_WRITE) \
    ACCESS(__tsan_unaligned_read_write##bytes, bytes, KIND_READ_WRITE) \
    ACCESS(__tsan_volatile_read##bytes, bytes, KIND_READ) \
    ACCESS(__tsan_volatile_write##bytes, bytes, KIND_WRITE) \
    ACCESS(__tsan_unaligned_volatile_read##bytes, bytes, KIND_READ) \
    ACCESS(__tsan_unaligned_volatile_write##bytes, bytes, KIND_WRITE)
ACCESSES(1)
ACCESSES(2)
ACCESSES(4)
ACCESSES(8)
ACCESSES(16)

HOOK void __tsan_vptr_update(void **at, void *to) {
    (void) to;
    touch(at, sizeof *at, KIND_WRITE, CALLER());
}

HOOK void __tsan_vptr_read(void **at) {
    touch(at, sizeof *at, KIND_READ, CALLER());
}

INLINE void touch_range(const void *at, uint64_t bytes, uint32_t kind, uint64_t pc) {
    if (bytes && on) {
        touch(at, bytes > UINT32_MAX ? UINT32_MAX : bytes, kind, pc);
    }
}

HOOK void __tsan_read_range(void *at, unsigned long bytes) {
    touch_range(at, bytes, KIND_READ, CALLER());
}

HOOK void __tsan_write_range(void *at, unsigned long bytes) {
    touch_range(at, bytes, KIND_WRITE, CALLER());
}

/* ---- hooks of atomic accesses, which do them --------------------------------------------------------------- */

/* Stores keep their order, since a stronger one costs much; all else is sequentially consistent. */
#define ATOMICS(bits, type) \
    HOOK type __tsan_atomic##bits##_load(const volatile type *at, int order) { \
        (void) order; \
        touch(at, sizeof *at, KIND_READ, CALLER()); \
        return __atomic_load_n(at, __ATOMIC_SEQ_CST); \
    } \
    HOOK void __tsan_atomic##bits##_store(volatile type *at, type value, int order) { \
        touch(at, sizeof *at, KIND_WRITE, CALLER()); \
        if (order == __ATOMIC_RELAXED || order == __ATOMIC_RELEASE) { \
            __atomic_store_n(at, value, __ATOMIC_RELEASE); \
        } else { \
            __atomic_store_n(at, value, __ATOMIC_SEQ_CST); \
        } \
    } \
    HOOK type __tsan_atomic##bits##_exchange(volatile type *at, type value, int order) { \
        (void) order; \
        touch(at, sizeof *at, KIND_RMW, CALLER()); \
        return __atomic_exchange_n(at, value, __ATOMIC_SEQ_CST); \
    } \
    FETCH(bits, type, add) \
    FETCH(bits, type, sub) \
    FETCH(bits, type, and) \
    FETCH(bits, type, or) \
    FETCH(bits, type, xor) \
    FETCH(bits, type, nand) \
    HOOK int __tsan_atomic##bits##_compare_exchange_strong( \
            volatile type *at, type *expected, type value, int order, int other) { \
        (void) order; \
        (void) other; \
        touch(at, sizeof *at, KIND_RMW, CALLER()); \
        return __atomic_compare_exchange_n(at, expected, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
    } \
    HOOK int __tsan_atomic##bits##_compare_exchange_weak( \
            volatile type *at, type *expected, type value, int order, int other) { \
        (void) order; \
        (void) other; \
        touch(at, sizeof *at, KIND_RMW, CALLER()); \
        return __atomic_compare_exchange_n(at, expected, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
    } \
    HOOK type __tsan_atomic##bits##_compare_exchange_val( \
            volatile type *at, type expected, type value, int order, int other) { \
        (void) order; \
        (void) other; \
        touch(at, sizeof *at, KIND_RMW, CALLER()); \
        __atomic_compare_exchange_n(at, &expected, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
        return expected; \
    }
#define FETCH(bits, type, what) \
    HOOK type __tsan_atomic##bits##_fetch_##what(volatile type *at, type value, int order) { \
        (void) order; \
        touch(at, sizeof *at, KIND_RMW, CALLER()); \
        return __atomic_fetch_##what(at, value, __ATOMIC_SEQ_CST); \
    }
ATOMICS(8, uint8_t)
ATOMICS(16, uint16_t)
ATOMICS(32, uint32_t)
ATOMICS(64, uint64_t)

/* Of 16 bytes by one instruction, so that no library of the compiler is needed and libatomic's accesses agree. */
typedef unsigned __int128 wide;

static int wide_swap(volatile wide *at, wide *expected, wide value) {
#if defined(__x86_64__)
    uint64_t low = (uint64_t) *expected, high = (uint64_t) (*expected >> 64);
    unsigned char is_done;
    __asm__ volatile("lock cmpxchg16b %1\n\tsete %0"
                     : "=q"(is_done), "+m"(*at), "+a"(low), "+d"(high)
                     : "b"((uint64_t) value), "c"((uint64_t) (value >> 64))
                     : "cc", "memory");
    *expected = (wide) high << 64 | low;
    return is_done;
#else
    uint64_t low, high;
    uint32_t failed;
    do {
        __asm__ volatile("ldaxp %0, %1, %2" : "=&r"(low), "=&r"(high) : "Q"(*at) : "memory");
        wide seen = (wide) high << 64 | low;
        int is_equal = seen == *expected;
        wide put = is_equal ? value : seen; /* a load of 16 bytes is whole only when its store succeeds */
        __asm__ volatile("stlxp %w0, %2, %3, %1"
                         : "=&r"(failed), "=Q"(*at)
                         : "r"((uint64_t) put), "r"((uint64_t) (put >> 64))
                         : "memory");
        if (!failed) {
            *expected = seen;
            return is_equal;
        }
    } while (1);
#endif
}

#define WIDE_UPDATE(name, expression) \
    HOOK wide __tsan_atomic128_##name(volatile wide *at, wide value, int order) { \
        (void) order; \
        touch(at, sizeof *at, KIND_RMW, CALLER()); \
        wide old = 0; \
        while (!wide_swap(at, &old, (expression))) { \
        } \
        return old; \
    }
WIDE_UPDATE(exchange, value)
WIDE_UPDATE(fetch_add, old + value)
WIDE_UPDATE(fetch_sub, old - value)
WIDE_UPDATE(fetch_and, old & value)
WIDE_UPDATE(fetch_or, old | value)
WIDE_UPDATE(fetch_xor, old ^ value)
WIDE_UPDATE(fetch_nand, ~(old & value))

HOOK wide __tsan_atomic128_load(const volatile wide *at, int order) {
    (void) order;
    touch(at, sizeof *at, KIND_READ, CALLER());
    wide old = 0;
    wide_swap((volatile wide *) (uintptr_t) at, &old, 0);
    return old;
}

HOOK void __tsan_atomic128_store(volatile wide *at, wide value, int order) {
    (void) order;
    touch(at, sizeof *at, KIND_WRITE, CALLER());
    wide old = 0;
    while (!wide_swap(at, &old, value)) {
    }
}

HOOK int __tsan_atomic128_compare_exchange_strong(volatile wide *at, wide *expected, wide value, int order, int other) {
    (void) order;
    (void) other;
    touch(at, sizeof *at, KIND_RMW, CALLER());
    return wide_swap(at, expected, value);
}

HOOK int __tsan_atomic128_compare_exchange_weak(volatile wide *at, wide *expected, wide value, int order, int other) {
    (void) order;
    (void) other;
    touch(at, sizeof *at, KIND_RMW, CALLER());
    return wide_swap(at, expected, value);
}

HOOK wide __tsan_atomic128_compare_exchange_val(volatile wide *at, wide expected, wide value, int order, int other) {
    (void) order;
    (void) other;
    touch(at, sizeof *at, KIND_RMW, CALLER());
    wide_swap(at, &expected, value);
    return expected;
}

HOOK void __tsan_atomic_thread_fence(int order) {
    (void) order;
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

HOOK void __tsan_atomic_signal_fence(int order) {
    (void) order;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
}

/* ---- what programs may call of the sanitizer's interface ---------------------------------------------------- */

WEAK_HOOK void __tsan_ignore_thread_begin(void) {}
WEAK_HOOK void __tsan_ignore_thread_end(void) {}
WEAK_HOOK void __tsan_acquire(void *at) { (void) at; }
WEAK_HOOK void __tsan_release(void *at) { (void) at; }
WEAK_HOOK void __tsan_mutex_create(void *at, unsigned flags) { (void) at; (void) flags; }
WEAK_HOOK void __tsan_mutex_destroy(void *at, unsigned flags) { (void) at; (void) flags; }
WEAK_HOOK void __tsan_mutex_pre_lock(void *at, unsigned flags) { (void) at; (void) flags; }
WEAK_HOOK void __tsan_mutex_post_lock(void *at, unsigned flags, int count) { (void) at; (void) flags; (void) count; }
WEAK_HOOK int __tsan_mutex_pre_unlock(void *at, unsigned flags) { (void) at; (void) flags; return 0; }
WEAK_HOOK void __tsan_mutex_post_unlock(void *at, unsigned flags) { (void) at; (void) flags; }
WEAK_HOOK void *__tsan_get_current_fiber(void) { return NULL; }
WEAK_HOOK void *__tsan_create_fiber(unsigned flags) { (void) flags; return NULL; }
WEAK_HOOK void __tsan_destroy_fiber(void *fiber) { (void) fiber; }
WEAK_HOOK void __tsan_switch_to_fiber(void *fiber, unsigned flags) { (void) fiber; (void) flags; }
WEAK_HOOK void __tsan_set_fiber_name(void *fiber, const char *name) { (void) fiber; (void) name; }

/* ---- what is called instead of the C library ---------------------------------------------------------------- */

static void *next(const char *name) {
    return dlsym(RTLD_NEXT, name);
}

/* dlsym itself may allocate before the real allocator is known. Such blocks are never given back. */
static char early[1 << 16] __attribute__((aligned(16)));
static uint64_t early_used;
static volatile int is_looking;

static void *early_block(uint64_t bytes) {
    uint64_t whole = (bytes + 31) & ~(uint64_t) 15; /* its size stands before it */
    uint64_t at = __atomic_fetch_add(&early_used, whole, __ATOMIC_RELAXED);
    if (whole < bytes || at + whole > sizeof early) {
        return NULL;
    }
    *(uint64_t *) (early + at) = bytes;
    return early + at + 16;
}

static int is_early(const void *at) {
    return (uint64_t) at - (uint64_t) early < sizeof early;
}

static void find_real(void) {
    if (real_free || is_looking) {
        return;
    }
    is_looking = 1;
    real_malloc = next("malloc");
    real_calloc = next("calloc");
    real_realloc = next("realloc");
    real_memalign = next("memalign");
    real_aligned_alloc = next("aligned_alloc");
    real_posix_memalign = next("posix_memalign");
    real_free = next("free");
    is_looking = 0;
}

static int has_real(void) {
    if (UNLIKELY(!real_free)) {
        find_real();
    }
    return real_free != NULL;
}

WEAK_HOOK void *malloc(size_t bytes) {
    return has_real() ? made_block(real_malloc(bytes), bytes, 0, CALLER(), OF_MALLOC) : early_block(bytes);
}

WEAK_HOOK void *calloc(size_t count, size_t bytes) {
    if (!has_real()) {
        return bytes && count > sizeof early / bytes ? NULL : early_block(count * bytes);
    }
    void *made = real_calloc(count, bytes);
    return made_block(made, made ? count * bytes : 0, count > 1 ? bytes : 0, CALLER(), OF_MALLOC);
}

WEAK_HOOK void free(void *at) {
    if (at && !is_early(at) && has_real()) {
        int saved = errno;
        ended_block(at);
        errno = saved;
        real_free(at);
    }
}

WEAK_HOOK void *realloc(void *at, size_t bytes) {
    if (at && is_early(at)) {
        void *moved = malloc(bytes);
        uint64_t had = ((uint64_t *) at)[-2];
        if (moved) {
            copy(moved, at, had < bytes ? had : bytes);
        }
        return moved;
    }
    if (!has_real()) {
        return early_block(bytes);
    }
    uint32_t id = at && roots && on ? block_at((uint64_t) at) : 0;
    struct block before = {0, 0, 0, 0, 0, 0, 0, 0};
    if (id) {
        before = blocks[id];
    }
    ended_block(at);
    void *made = real_realloc(at, bytes);
    if (!made && bytes && before.start == (uint64_t) at) {
        made_block(at, before.bytes, 0, CALLER(), OF_MALLOC); /* it failed, so the old block stays */
        return NULL;
    }
    return made_block(made, bytes, 0, CALLER(), OF_MALLOC);
}

WEAK_HOOK void *reallocarray(void *at, size_t count, size_t bytes) {
    if (bytes && count > SIZE_MAX / bytes) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(at, count * bytes);
}

WEAK_HOOK void *memalign(size_t alignment, size_t bytes) {
    return has_real() ? made_block(real_memalign(alignment, bytes), bytes, 0, CALLER(), OF_MALLOC) : NULL;
}

WEAK_HOOK void *aligned_alloc(size_t alignment, size_t bytes) {
    return has_real() ? made_block(real_aligned_alloc(alignment, bytes), bytes, 0, CALLER(), OF_MALLOC) : NULL;
}

WEAK_HOOK int posix_memalign(void **to, size_t alignment, size_t bytes) {
    int status = has_real() ? real_posix_memalign(to, alignment, bytes) : ENOMEM;
    if (status == 0) {
        made_block(*to, bytes, 0, CALLER(), OF_MALLOC);
    }
    return status;
}

/* C++: the operator of the library allocates and throws; what it gets from malloc has the place of the expression. */
#define NEW(name, parameters, arguments) \
    WEAK_HOOK void *name parameters { \
        static void *(*real) parameters; \
        if (!real && !(real = next(#name))) { \
            abort(); \
        } \
        struct thread *t = on ? self : NULL; \
        if (!t) { \
            return real arguments; \
        } \
        t->site_call = CALLER(); \
        t->site_frame = (uint64_t) __builtin_frame_address(0); \
        void *made = real arguments; \
        t->site_call = 0; \
        return made; \
    }
NEW(_Znwm, (size_t bytes), (bytes))
NEW(_Znam, (size_t bytes), (bytes))
NEW(_ZnwmRKSt9nothrow_t, (size_t bytes, const void *how), (bytes, how))
NEW(_ZnamRKSt9nothrow_t, (size_t bytes, const void *how), (bytes, how))
NEW(_ZnwmSt11align_val_t, (size_t bytes, size_t alignment), (bytes, alignment))
NEW(_ZnamSt11align_val_t, (size_t bytes, size_t alignment), (bytes, alignment))
NEW(_ZnwmSt11align_val_tRKSt9nothrow_t, (size_t bytes, size_t alignment, const void *how), (bytes, alignment, how))
NEW(_ZnamSt11align_val_tRKSt9nothrow_t, (size_t bytes, size_t alignment, const void *how), (bytes, alignment, how))

static void *mapped(void *at, uint64_t bytes, int protection, int flags, uint64_t call) {
    int is_data = (protection & PROT_WRITE) && !(flags & MAP_STACK);
    return at != MAP_FAILED && is_data && !(flags & MAP_FIXED) ? made_block(at, bytes, 0, call, OF_MMAP) : at;
}

WEAK_HOOK void *mmap(void *at, size_t bytes, int protection, int flags, int fd, off_t offset) {
    long made = syscall(SYS_mmap, at, bytes, protection, flags, fd, offset);
    return mapped((void *) made, bytes, protection, flags, CALLER());
}

WEAK_HOOK void *mmap64(void *at, size_t bytes, int protection, int flags, int fd, off_t offset) {
    long made = syscall(SYS_mmap, at, bytes, protection, flags, fd, offset);
    return mapped((void *) made, bytes, protection, flags, CALLER());
}

WEAK_HOOK int munmap(void *at, size_t bytes) {
    if (on && block_at((uint64_t) at)) {
        ended_block(at);
    }
    return (int) syscall(SYS_munmap, at, bytes);
}

/* Before the real functions are known, as when the loader resolves symbols. */
static void *copied(void *to, const void *from, size_t bytes) {
    if ((uint64_t) to - (uint64_t) from < bytes) {
        for (size_t i = bytes; i > 0; i--) {
            ((char *) to)[i - 1] = ((const char *) from)[i - 1];
            BARRIER();
        }
    } else {
        copy(to, from, bytes);
    }
    return to;
}

#define COPY(name, real) \
    HOOK void *name(void *to, const void *from, size_t bytes) { \
        if (on && bytes) { \
            touch_range(from, bytes, KIND_READ, CALLER()); \
            touch_range(to, bytes, KIND_WRITE, CALLER()); \
        } \
        return LIKELY(real != NULL) ? real(to, from, bytes) : copied(to, from, bytes); \
    }
COPY(memcpy, real_memcpy)
COPY(memmove, real_memmove)
COPY(__tsan_memcpy, real_memcpy)
COPY(__tsan_memmove, real_memmove)

#define SET(name) \
    HOOK void *name(void *to, int value, size_t bytes) { \
        if (on && bytes) { \
            touch_range(to, bytes, KIND_WRITE, CALLER()); \
        } \
        if (LIKELY(real_memset != NULL)) { \
            return real_memset(to, value, bytes); \
        } \
        for (size_t i = 0; i < bytes; i++) { \
            ((char *) to)[i] = (char) value; \
            BARRIER(); \
        } \
        return to; \
    }
SET(memset)
SET(__tsan_memset)

struct start {
    void *(*function)(void *);
    void *argument;
    struct thread *thread;
};

static void *run_thread(void *of) {
    struct start start = *(struct start *) of;
    real_free(of);
    if (start.thread) {
        begin_thread(start.thread, 0);
    }
    return start.function(start.argument);
}

WEAK_HOOK int pthread_create(
        pthread_t *thread, const pthread_attr_t *attributes, void *(*function)(void *), void *argument) {
    if (!real_pthread_create) {
        real_pthread_create = next("pthread_create");
    }
    struct start *start = on && has_real() ? real_malloc(sizeof *start) : NULL;
    if (!start) {
        return real_pthread_create(thread, attributes, function, argument);
    }
    if (forked) {
        move_to_own_file();
    }
    if (self) {
        self->busy++;
    }
    take(&lock_threads);
    struct thread *t = make_thread((uint64_t) function);
    give(&lock_threads);
    if (self) {
        self->busy--;
    }
    *start = (struct start) {function, argument, t};
    int status = real_pthread_create(thread, attributes, run_thread, start);
    if (status) {
        if (t) {
            t->is_live = 0;
            t->record->lives--;
        }
        real_free(start);
    } else if (t && !t->has_handle) {
        t->handle = *thread; /* for a name that is given before the thread runs */
        t->has_handle = 1;
    }
    return status;
}

WEAK_HOOK int pthread_setname_np(pthread_t handle, const char *name) {
    if (!real_setname) {
        real_setname = next("pthread_setname_np");
    }
    int status = real_setname(handle, name);
    if (status == 0 && on) {
        if (self && pthread_equal(self->handle, handle)) {
            name_thread(self, name);
        } else {
            for (struct thread *one = threads; one; one = one->next) {
                if (one->is_live && one->has_handle && pthread_equal(one->handle, handle)) {
                    name_thread(one, name);
                }
            }
        }
    }
    return status;
}

WEAK_HOOK int prctl(int option, ...) {
    va_list list;
    va_start(list, option);
    unsigned long a = va_arg(list, unsigned long), b = va_arg(list, unsigned long);
    unsigned long c = va_arg(list, unsigned long), d = va_arg(list, unsigned long);
    va_end(list);
    if (option == PR_SET_NAME && self) {
        name_thread(self, (const char *) a);
    }
    return (int) syscall(SYS_prctl, option, a, b, c, d);
}

/* ---- begin and end ----------------------------------------------------------------------------------------- */

static void begin_file(const char *name) {
    if (strlen(name) >= sizeof file_name) {
        return;
    }
    copy(file_name, name, strlen(name) + 1);
    out = open_raw(0);
    if (out < 0) {
        out = open_raw(1); /* another process has it */
    }
    if (out < 0 || !grow(out, 0, PAGE) || !(head = map_file(NULL, 0, PAGE))) {
        stop("the file cannot be written");
        return;
    }
    chunks = pages(MOST_CHUNKS * sizeof *chunks);
    chunk_offsets = pages(MOST_CHUNKS * sizeof *chunk_offsets);
    blocks = pages(MOST_BLOCKS * sizeof *blocks);
    generation = pages(GENERATIONS * sizeof *generation);
    site_of = pages(MOST_SITES * sizeof *site_of);
    uint64_t **made = pages(ROOTS * sizeof *made);
    if (!chunks || !chunk_offsets || !blocks || !generation || !site_of || !made) {
        stop("there is no memory");
        return;
    }
    roots = made;
    head->version = FILE_VERSION;
    head->pid = (uint32_t) syscall(SYS_getpid);
    head->page_bytes = PAGE;
    head->start_nanos = head->end_nanos = nanos();
    head->used_bytes = PAGE;
    copy(head->magic, "FLTHOOKS", 8);
    read_maps();
    on = 1;
    is_dead = 0;
    self = first_hook();
}

HOOK void __tsan_init(void) {
    if (was_begun) {
        return;
    }
    was_begun = 1;
    find_real();
    real_memcpy = next("memcpy");
    real_memmove = next("memmove");
    real_memset = next("memset");
    real_pthread_create = next("pthread_create");
    real_setname = next("pthread_setname_np");
    const char *name = getenv("FAULTLINE_HOOKS_FILE");
    if (name && *name && pthread_key_create(&at_thread_end, end_thread) == 0) {
        pthread_atfork(before_fork, after_fork, after_fork_in_child);
        begin_file(name);
    }
}

__attribute__((constructor(101))) static void begin_program(void) {
    __tsan_init();
}

__attribute__((destructor(101))) static void end_program(void) {
    if (on && !forked) {
        head->end_nanos = nanos();
        head->is_ended = 1;
    }
}
