/* Thousands of blocks of one place, allocated by a wrapper of malloc: a use count beside the key that others read. */
#include <pthread.h>
#include <stdlib.h>
#ifndef NODES
#define NODES 3000
#endif
struct node {
    struct node *next;
    volatile long key;
    volatile long uses;
};
struct padded_node {
    struct padded_node *next;
    volatile long key;
    _Alignas(128) volatile long uses;
    char rest[120];
};
struct node *first;
struct padded_node *far_first;

static void *xmalloc(size_t bytes) {
    void *made = malloc(bytes);
    if (!made) {
        abort();
    }
    return made;
}

static void *xaligned(size_t bytes) {
    void *made = 0;
    if (posix_memalign(&made, 128, bytes)) {
        abort();
    }
    return made;
}

static void add(long key) {
    struct node *n = xmalloc(sizeof *n);
    n->next = first;
    n->key = key;
    n->uses = 0;
    first = n;
}

static void far_add(long key) {
    struct padded_node *n = xaligned(sizeof *n);
    n->next = far_first;
    n->key = key;
    n->uses = 0;
    far_first = n;
}

static void *user(void *any) {
    for (struct node *n = first; n; n = n->next) {
        n->uses++;
    }
    for (struct padded_node *n = far_first; n; n = n->next) {
        n->uses++;
    }
    return any;
}

static void *finder(void *any) {
    long sum = 0;
    for (struct node *n = first; n; n = n->next) {
        sum += n->key;
    }
    for (struct padded_node *n = far_first; n; n = n->next) {
        sum += n->key;
    }
    return sum ? any : (void *) 1;
}

int main(void) {
    pthread_t a, b;
    for (long i = 0; i < NODES; i++) {
        add(i);
        far_add(i);
    }
    pthread_create(&a, 0, user, 0);
    pthread_create(&b, 0, finder, 0);
    pthread_join(a, 0);
    pthread_join(b, 0);
    return 0;
}
