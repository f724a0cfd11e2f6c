// Functions whose accesses are written down: //= FUNCTION: STRUCT.FIELD KIND [loop], ...
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

void use(long value);

struct item {
    int key;
    struct item *next;
};

struct ring {
    _Atomic long head;
    long cached_tail;
    _Atomic long tail;
    long cached_head;
    long mask;
    struct item *slots[16];
};

//= ring_push: ring.head read, ring.cached_tail read, ring.cached_tail write, ring.tail read, ring.slots write
//= ring_push: ring.mask read, ring.head write
int ring_push(struct ring *r, struct item *it) {
    long h = atomic_load_explicit(&r->head, memory_order_relaxed);
    if (h - r->cached_tail >= 16) {
        r->cached_tail = atomic_load_explicit(&r->tail, memory_order_acquire);
        if (h - r->cached_tail >= 16)
            return 0;
    }
    r->slots[h & r->mask] = it;
    atomic_store_explicit(&r->head, h + 1, memory_order_release);
    return 1;
}

//= ring_pop: ring.tail read, ring.cached_head read, ring.cached_head write, ring.head read, ring.slots read
//= ring_pop: ring.mask read, ring.tail write
struct item *ring_pop(struct ring *r) {
    long t = atomic_load_explicit(&r->tail, memory_order_relaxed);
    if (t == r->cached_head) {
        r->cached_head = atomic_load_explicit(&r->head, memory_order_acquire);
        if (t == r->cached_head)
            return 0;
    }
    struct item *it = r->slots[t & r->mask];
    atomic_store_explicit(&r->tail, t + 1, memory_order_release);
    return it;
}

struct obj {
    _Atomic int refs;
    int dead;
    long data;
    char name[24];
};

//= ref_get: obj.refs rmw
void ref_get(struct obj *o) {
    atomic_fetch_add_explicit(&o->refs, 1, memory_order_relaxed);
}

//= ref_put: obj.refs rmw, obj.dead write
void ref_put(struct obj *o) {
    if (atomic_fetch_sub(&o->refs, 1) == 1)
        o->dead = 1;
}

//= ref_try_get: obj.refs read, obj.refs cas-loop loop
int ref_try_get(struct obj *o) {
    int old = atomic_load_explicit(&o->refs, memory_order_relaxed);
    do {
        if (old == 0)
            return 0;
    } while (!atomic_compare_exchange_weak(&o->refs, &old, old + 1));
    return 1;
}

//= obj_read: obj.data read, obj.name read
long obj_read(struct obj *o) {
    return o->data + o->name[3];
}

//= asm_get: obj.refs rmw
void asm_get(struct obj *o) {
    __asm__ volatile("lock; incl %0" : "+m"(o->refs) : : "memory");
}

//= asm_mark: obj.dead write
void asm_mark(struct obj *o) {
    __asm__ volatile("incl %0" : "+m"(o->dead));
}

//= obj_new:
struct obj *obj_new(void) {
    struct obj *o = malloc(sizeof *o);
    memset(o, 0, sizeof *o);
    o->data = 7;
    return o;
}

struct cell {
    _Atomic long count;
    char pad[56];
};

struct stripes {
    struct cell cells[8];
};

//= striped_add: stripes.cells rmw, cell.count rmw
void striped_add(struct stripes *s, unsigned cpu) {
    atomic_fetch_add_explicit(&s->cells[cpu & 7].count, 1, memory_order_relaxed);
}

//= striped_sum: stripes.cells read loop, cell.count read loop
long striped_sum(struct stripes *s, int n) {
    long sum = 0;
    for (int i = 0; i < n; i++)
        sum += atomic_load_explicit(&s->cells[i].count, memory_order_acquire);
    return sum;
}

struct seq {
    _Atomic unsigned seq;
    volatile long x, y;
};

//= seq_set: seq.seq read, seq.seq write, seq.x write, seq.y write
void seq_set(struct seq *s, long x, long y) {
    unsigned now = atomic_load_explicit(&s->seq, memory_order_relaxed);
    atomic_store_explicit(&s->seq, now + 1, memory_order_release);
    s->x = x;
    s->y = y;
    atomic_store_explicit(&s->seq, now + 2, memory_order_release);
}

//= seq_sum: seq.seq read loop, seq.x read loop, seq.y read loop
long seq_sum(struct seq *s) {
    unsigned before;
    long sum;
    do {
        before = atomic_load_explicit(&s->seq, memory_order_acquire);
        sum = s->x + s->y;
    } while ((before & 1) || before != atomic_load_explicit(&s->seq, memory_order_acquire));
    return sum;
}

struct slot {
    long ticks;
    long spare;
};

struct slots {
    int count;
    struct slot slot[32];
};

//= slots_tick: slots.slot read, slots.slot write, slot.ticks read, slot.ticks write
void slots_tick(struct slots *s, int id) {
    s->slot[id].ticks++;
}

struct flags {
    unsigned ready : 1;
    unsigned mode : 3;
    unsigned level : 12;
    unsigned rest : 16;
    long after;
};

//= flags_mode: flags.mode write
void flags_mode(struct flags *f, unsigned mode) {
    f->mode = mode;
}

//= flags_level: flags.level read, flags.after read
long flags_level(struct flags *f) {
    return f->level + f->after;
}

struct packet {
    int kind;
    union {
        long whole;
        int halves[2];
    } u;
};

//= packet_clear: packet.kind read, packet.u.whole write
void packet_clear(struct packet *p) {
    if (p->kind)
        p->u.whole = 0;
}

struct pair {
    long a, b;
};

//= pair_copy: pair.a read, pair.b read, pair.a write, pair.b write
void pair_copy(struct pair *to, struct pair *from) {
    *to = *from;
}

//= pair_either: pair.a write
void pair_either(struct pair *one, struct pair *other, int first) {
    struct pair *p = first ? one : other;
    p->a = 1;
}

struct counter {
    pthread_mutex_t lock;
    long n;
};

//= counter_add: counter.n read, counter.n write
void counter_add(struct counter *c) {
    pthread_mutex_lock(&c->lock);
    c->n++;
    pthread_mutex_unlock(&c->lock);
}

struct node {
    struct node *next, *prev;
};

struct owner {
    long id;
    struct node node;
    long hits;
};

//= owner_hit: owner.hits read, owner.hits write
void owner_hit(struct node *n) {
    struct owner *o = (struct owner *) ((char *) n - offsetof(struct owner, node));
    o->hits++;
}

struct stats {
    long ticks, others;
} stats;

//= stats_tick: stats.ticks read, stats.ticks write
void stats_tick(void) {
    stats.ticks++;
}

struct box {
    long value;
    _Atomic int ready;
};

//= box_wait: box.ready read loop, box.value read
long box_wait(struct box *b) {
    while (!atomic_load_explicit(&b->ready, memory_order_acquire))
        use(0);
    return b->value;
}

//= list_use: item.key read loop, item.next read loop
void list_use(struct item *first) {
    for (struct item *it = first; it; it = it->next)
        use(it->key);
}

static void box_fill(struct box *b, long value) {
    b->value = value;
    atomic_store_explicit(&b->ready, 1, memory_order_release);
}

//= box_put: box.value write, box.ready write
void box_put(struct box *b, long value) {
    box_fill(b, value);
}
