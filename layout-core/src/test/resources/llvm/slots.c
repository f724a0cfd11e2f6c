// Elements of arrays that belong to one thread each.
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
enum { N = 16 };
struct worker { int id; struct pool *pool; };
struct hits { long count; long bytes; };
struct pool { long limit; struct hits slots[N]; };
struct percpu { unsigned long packets[N]; int mode; };
struct apart { struct { long n; } __attribute__((aligned(64))) slots[N]; };
struct ring { unsigned long head, mask; long slots[64]; };
static struct hits table[N];
static __thread int self;
long next(void);

static void *work(void *arg) {
    struct worker *w = arg;
    struct pool *p = w->pool;
    while (next())
        p->slots[w->id].count += next();
    return 0;
}
static void *work_table(void *arg) {
    long id = (long) arg;
    while (next()) {
        table[id].count++;
        table[id].bytes += next();
    }
    return 0;
}
void percpu_count(struct percpu *c) { c->packets[sched_getcpu()]++; }
void apart_count(struct apart *a) { a->slots[self].n++; }
static void *fill(void *arg) {
    struct ring *r = arg;
    while (next())
        r->slots[r->head++ & r->mask] = next();
    return 0;
}
int main(void) {
    static struct pool pool; static struct ring ring;
    pthread_t t[40];
    for (long i = 0; i < N; i++) {
        struct worker *w = malloc(sizeof *w);
        w->id = i; w->pool = &pool;
        pthread_create(&t[i], 0, work, w);
        pthread_create(&t[i], 0, work_table, (void *) i);
    }
    pthread_create(&t[39], 0, fill, &ring);
    return 0;
}
