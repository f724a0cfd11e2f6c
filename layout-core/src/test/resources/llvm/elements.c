/* Threads that are given an element of an array each, and threads that are given structs of their own. */
#include <pthread.h>
#include <stdlib.h>

struct slot {
    int id;
    volatile long count;
};
struct task {
    long from;
    long to;
    volatile long done;
};
struct single {
    long limit;
    volatile long count;
};
struct apart {
    long limit;
    volatile long count;
};

static struct slot slots[4];
static struct single first, second;
static struct {
    struct apart one;
    long gap[16];
    struct apart other;
} both;

static volatile long totals[64];
static volatile long ring[64];
static const long table[4] = {1, 2, 3, 4};

static void *count(void *given) {
    struct slot *slot = given;
    for (int i = 0; i < 1000; i++) {
        slot->count++;
        totals[slot->id] += table[i & 3];
        ring[i & 63]++;
    }
    return 0;
}

static void step(struct task *task) {
    task->done++;
}

static void *run(void *given) {
    struct task *task = given;
    for (long i = task->from; i < task->to; i++) {
        step(task);
    }
    return 0;
}

static void *alone(void *given) {
    struct single *single = given;
    for (int i = 0; i < 1000; i++) {
        single->count++;
    }
    return 0;
}

static void *spread(void *given) {
    struct apart *apart = given;
    for (int i = 0; i < 1000; i++) {
        apart->count++;
    }
    return 0;
}

int main(int argc, char **argv) {
    int n = argc + 3;
    struct task *tasks = calloc(n, sizeof *tasks);
    pthread_t *threads = calloc(n + 8, sizeof *threads);
    for (int i = 0; i < n; i++) {
        tasks[i].to = 1000;
        pthread_create(&threads[i], 0, run, &tasks[i]);
    }
    for (int i = 0; i < 4; i++) {
        pthread_create(&threads[n + i], 0, count, &slots[i]);
    }
    pthread_create(&threads[n + 4], 0, alone, &first);
    pthread_create(&threads[n + 5], 0, alone, &second);
    pthread_create(&threads[n + 6], 0, spread, &both.one);
    pthread_create(&threads[n + 7], 0, spread, &both.other);
    for (int i = 0; i < n + 8; i++) {
        pthread_join(threads[i], 0);
    }
    return (int) (tasks[0].done + slots[0].count + both.gap[0] + totals[0]);
}
