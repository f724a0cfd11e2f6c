/* A ring between two threads, whose indexes share a line; padded_ring keeps them apart. */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#ifndef TURNS
#define TURNS 20000
#endif
#define SLOTS 64
struct ring {
    _Atomic unsigned long head;
    _Atomic unsigned long tail;
    long slots[SLOTS];
};
struct padded_ring {
    _Alignas(128) _Atomic unsigned long head;
    _Alignas(128) _Atomic unsigned long tail;
    _Alignas(128) long slots[SLOTS];
};
struct ring *near;
struct padded_ring *far;
static sem_t items, room;

static void put(struct ring *r, long item) {
    unsigned long at = atomic_load_explicit(&r->head, memory_order_relaxed);
    r->slots[at % SLOTS] = item;
    atomic_store_explicit(&r->head, at + 1, memory_order_release);
}

static void padded_put(struct padded_ring *r, long item) {
    unsigned long at = atomic_load_explicit(&r->head, memory_order_relaxed);
    r->slots[at % SLOTS] = item;
    atomic_store_explicit(&r->head, at + 1, memory_order_release);
}

static long take(struct ring *r) {
    unsigned long at = atomic_load_explicit(&r->tail, memory_order_relaxed);
    long item = r->slots[at % SLOTS];
    atomic_store_explicit(&r->tail, at + 1, memory_order_release);
    return item;
}

static long padded_take(struct padded_ring *r) {
    unsigned long at = atomic_load_explicit(&r->tail, memory_order_relaxed);
    long item = r->slots[at % SLOTS];
    atomic_store_explicit(&r->tail, at + 1, memory_order_release);
    return item;
}

static void *producer(void *any) {
    for (long i = 0; i < TURNS; i++) {
        sem_wait(&room);
        put(near, i);
        padded_put(far, i);
        sem_post(&items);
    }
    return any;
}

static void *consumer(void *any) {
    long sum = 0;
    for (long i = 0; i < TURNS; i++) {
        sem_wait(&items);
        sum += take(near) + padded_take(far);
        sem_post(&room);
    }
    return sum == (long) TURNS * (TURNS - 1) ? any : (void *) 1;
}

int main(void) {
    pthread_t a, b;
    void *status;
    near = calloc(1, sizeof *near);
    far = aligned_alloc(128, sizeof *far);
    atomic_init(&far->head, 0);
    atomic_init(&far->tail, 0);
    sem_init(&items, 0, 0);
    sem_init(&room, 0, SLOTS);
    pthread_create(&a, 0, producer, 0);
    pthread_create(&b, 0, consumer, 0);
    pthread_join(a, 0);
    pthread_join(b, &status);
    return status != 0;
}
