/* Locks of which each thread takes its own; they share lines, those of padded_stripe do not. */
#include <pthread.h>
#include <stdatomic.h>
#ifndef TURNS
#define TURNS 20000
#endif
#define THREADS 4
struct stripe {
    atomic_int lock;
    volatile int held;
};
struct padded_stripe {
    _Alignas(128) atomic_int lock;
    volatile int held;
};
struct stripe near[THREADS];
struct padded_stripe far[THREADS];

static void *worker(void *of) {
    int own = (int) (long) of;
    for (int i = 0; i < TURNS; i++) {
        atomic_exchange(&near[own].lock, 1);
        near[own].held = i;
        atomic_store_explicit(&near[own].lock, 0, memory_order_release);
        atomic_exchange(&far[own].lock, 1);
        far[own].held = i;
        atomic_store_explicit(&far[own].lock, 0, memory_order_release);
    }
    return 0;
}

int main(void) {
    pthread_t threads[THREADS];
    for (long i = 0; i < THREADS; i++) {
        pthread_create(&threads[i], 0, worker, (void *) i);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], 0);
    }
    return 0;
}
