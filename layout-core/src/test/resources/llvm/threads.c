// Threads, locks, and what is set up before they run.
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct work {
    long produced;
    long consumed;
    long limit;
};

struct guarded {
    pthread_mutex_t lock;
    long produced;
    long consumed;
};

struct apart {
    long produced __attribute__((aligned(64)));
    long consumed __attribute__((aligned(64)));
};

struct once {
    long produced;
    long consumed;
};

long next(void);

static void *produce(void *argument) {
    struct work *w = argument;
    while (next())
        w->produced += next();
    return 0;
}

static void *consume(void *argument) {
    struct work *w = argument;
    while (next())
        w->consumed += next();
    return 0;
}

static void take(struct guarded *g) {
    pthread_mutex_lock(&g->lock);
}

static void *produce_guarded(void *argument) {
    struct guarded *g = argument;
    while (next()) {
        take(g);
        g->produced += next();
        pthread_mutex_unlock(&g->lock);
    }
    return 0;
}

static void *consume_guarded(void *argument) {
    struct guarded *g = argument;
    while (next()) {
        pthread_mutex_lock(&g->lock);
        g->consumed += next();
        pthread_mutex_unlock(&g->lock);
    }
    return 0;
}

static void *produce_apart(void *argument) {
    struct apart *a = argument;
    while (next())
        a->produced += next();
    return 0;
}

static void *consume_apart(void *argument) {
    struct apart *a = argument;
    while (next())
        a->consumed += next();
    return 0;
}

static void both(struct once *o) {
    while (next()) {
        o->produced += next();
        o->consumed += next();
    }
}

static void *alone(void *argument) {
    both(argument);
    return 0;
}

static void start(void *(*body)(void *), void *argument) {
    pthread_t thread;
    pthread_create(&thread, 0, body, argument);
}

int main(void) {
    struct work *w = malloc(sizeof *w);
    w->produced = w->consumed = 0;
    w->limit = 100;
    pthread_t thread[7];
    pthread_create(&thread[0], 0, produce, w);
    pthread_create(&thread[1], 0, consume, w);
    struct guarded *g = malloc(sizeof *g);
    pthread_create(&thread[2], 0, produce_guarded, g);
    pthread_create(&thread[3], 0, consume_guarded, g);
    struct apart *a = aligned_alloc(64, sizeof *a);
    pthread_create(&thread[4], 0, produce_apart, a);
    pthread_create(&thread[5], 0, consume_apart, a);
    struct once *o = malloc(sizeof *o);
    pthread_create(&thread[6], 0, alone, o);
    return 0;
}
