// Calls through a table of functions, and threads that a function of the program starts.
#include <pthread.h>
#include <stdlib.h>
struct q { long head, tail, limit; };
struct ops { void (*put)(struct q *, long); long (*get)(struct q *); };
struct dev { const struct ops *ops; struct q *q; };
long next(void);
static void q_add(struct q *q, long v) { q->tail += v; }
static long q_sub(struct q *q) { return q->head++; }
static const struct ops plain = { q_add, q_sub };
static void *producer(void *a) { struct dev *d = a; while (next()) d->ops->put(d->q, next()); return 0; }
static void *consumer(void *a) { struct dev *d = a; while (next()) d->ops->get(d->q); return 0; }
static void spawn(void *(*f)(void *), void *a) { pthread_t t; pthread_create(&t, 0, f, a); }
int main(void) {
    struct dev *d = malloc(sizeof *d);
    d->ops = &plain; d->q = malloc(sizeof *d->q);
    spawn(producer, d); spawn(consumer, d);
    return 0;
}
