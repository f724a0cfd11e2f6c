/* Two threads count in one struct; padded_counters keeps them apart. */
#include <pthread.h>
#ifndef TURNS
#define TURNS 20000
#endif
struct counters {
    volatile long hits;
    volatile long misses;
};
struct padded_counters {
    _Alignas(128) volatile long hits;
    _Alignas(128) volatile long misses;
};
struct counters near;
struct padded_counters far;

static void *hitter(void *any) {
    for (int i = 0; i < TURNS; i++) {
        near.hits++;
        far.hits++;
    }
    return any;
}

static void *misser(void *any) {
    for (int i = 0; i < TURNS; i++) {
        near.misses++;
        far.misses++;
    }
    return any;
}

/* No run does this. */
long reset(struct counters *any) {
    return __atomic_exchange_n(&any->misses, 0, __ATOMIC_SEQ_CST);
}

int main(void) {
    pthread_t a, b;
    pthread_create(&a, 0, hitter, 0);
    pthread_create(&b, 0, misser, 0);
    pthread_join(a, 0);
    pthread_join(b, 0);
    return 0;
}
