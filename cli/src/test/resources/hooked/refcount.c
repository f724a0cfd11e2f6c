/* A reference count beside pointers that others read; padded_object has it on a line of its own. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#ifndef TURNS
#define TURNS 20000
#endif
struct ops {
    long (*size)(void);
};
struct object {
    const struct ops *volatile ops;
    void *volatile data;
    atomic_int refs;
};
struct padded_object {
    const struct ops *volatile ops;
    void *volatile data;
    _Alignas(128) atomic_int refs;
};

static long size(void) {
    return 8;
}

static const struct ops of_all = {size};
struct object *near;
struct padded_object *far;

static struct object *object_new(void) {
    struct object *made = malloc(sizeof *made);
    made->ops = &of_all;
    made->data = 0;
    atomic_init(&made->refs, 1);
    return made;
}

static struct padded_object *padded_object_new(void) {
    struct padded_object *made = aligned_alloc(128, sizeof *made);
    made->ops = &of_all;
    made->data = 0;
    atomic_init(&made->refs, 1);
    return made;
}

static void *getter(void *any) {
    pthread_setname_np(pthread_self(), any ? "get-1" : "get-2");
    for (int i = 0; i < TURNS; i++) {
        atomic_fetch_add(&near->refs, 1);
        atomic_fetch_sub(&near->refs, 1);
        atomic_fetch_add(&far->refs, 1);
        atomic_fetch_sub(&far->refs, 1);
    }
    return 0;
}

static void *reader(void *any) {
    long sum = 0;
    for (int i = 0; i < TURNS; i++) {
        sum += near->ops->size() + (near->data != 0);
        sum += far->ops->size() + (far->data != 0);
    }
    return sum == 16L * TURNS ? any : (void *) 1;
}

int main(void) {
    pthread_t a, b, c;
    void *status;
    near = object_new();
    far = padded_object_new();
    pthread_create(&a, 0, getter, 0);
    pthread_create(&b, 0, getter, near);
    pthread_create(&c, 0, reader, 0);
    pthread_join(a, 0);
    pthread_join(b, 0);
    pthread_join(c, &status);
    return status != 0;
}
