// Structs of which a person wrote down beforehand what collides: behind //! the rule and two fields, or nothing.
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
long next(void);
//! spsc: WritersShareLine head tail
// A ring between one producer and one consumer.
struct spsc { _Atomic uint32_t head; _Atomic uint32_t tail; uint32_t mask; long slots[64]; };
int spsc_push(struct spsc *r, long v) { uint32_t t = atomic_load_explicit(&r->tail, memory_order_relaxed);
  if (t - atomic_load_explicit(&r->head, memory_order_acquire) > r->mask) return 0;
  r->slots[t & r->mask] = v; atomic_store_explicit(&r->tail, t + 1, memory_order_release); return 1; }
int spsc_pop(struct spsc *r, long *v) { uint32_t h = atomic_load_explicit(&r->head, memory_order_relaxed);
  if (h == atomic_load_explicit(&r->tail, memory_order_acquire)) return 0;
  *v = r->slots[h & r->mask]; atomic_store_explicit(&r->head, h + 1, memory_order_release); return 1; }
//! spsc2:
// The same with a line for each end.
struct spsc2 { _Alignas(64) _Atomic uint32_t head; _Alignas(64) _Atomic uint32_t tail; _Alignas(64) uint32_t mask; long slots[64]; };
int spsc2_push(struct spsc2 *r, long v) { uint32_t t = atomic_load_explicit(&r->tail, memory_order_relaxed);
  if (t - atomic_load_explicit(&r->head, memory_order_acquire) > r->mask) return 0;
  r->slots[t & r->mask] = v; atomic_store_explicit(&r->tail, t + 1, memory_order_release); return 1; }
int spsc2_pop(struct spsc2 *r, long *v) { uint32_t h = atomic_load_explicit(&r->head, memory_order_relaxed);
  if (h == atomic_load_explicit(&r->tail, memory_order_acquire)) return 0;
  *v = r->slots[h & r->mask]; atomic_store_explicit(&r->head, h + 1, memory_order_release); return 1; }
//! obj: WriterBesideReaders refs key
// A count beside what is read while it is held.
struct obj { _Atomic int refs; int flags; void (*fn)(void *); long key; };
void obj_get(struct obj *o) { atomic_fetch_add(&o->refs, 1); }
int obj_put(struct obj *o) { return atomic_fetch_sub(&o->refs, 1) == 1; }
static long obj_use(struct obj *o) { return o->key + o->flags; }
long obj_visit(struct obj *o) { obj_get(o); long r = obj_use(o); obj_put(o); return r; }
//! seq:
// A sequence lock: readers touch its count anyway.
struct seq { _Atomic unsigned seq; long a, b; long limit; };
void seq_write(struct seq *s, long a, long b) { atomic_fetch_add(&s->seq, 1); s->a = a; s->b = b; atomic_fetch_add(&s->seq, 1); }
long seq_read(struct seq *s) { unsigned v; long r; do { while ((v = atomic_load(&s->seq)) & 1) ; r = s->a + s->b; } while (v != atomic_load(&s->seq)); return r; }
long seq_limit(struct seq *s) { unsigned v; do { v = atomic_load(&s->seq); } while (v & 1); return s->limit; }
//! bank:
// All under one mutex.
struct bank { pthread_mutex_t m; long balance, ops; };
void bank_add(struct bank *b, long v) { pthread_mutex_lock(&b->m); b->balance += v; b->ops++; pthread_mutex_unlock(&b->m); }
//! bits: WritersShareLine count hot
// A bit-field that one thread writes beside a number of another one.
struct bits { unsigned busy : 1, mode : 3, count : 28; long hot; };
static void *bits_a(void *p) { struct bits *b = p; while (next()) b->count += next(); return 0; }
static void *bits_b(void *p) { struct bits *b = p; while (next()) b->hot += b->mode; return 0; }
//! u: WritersShareLine ends.put ends.got
// In an arm of a union.
union u { struct { long put, got; } ends; char raw[16]; };
static void *u_a(void *p) { union u *u = p; while (next()) u->ends.put++; return 0; }
static void *u_b(void *p) { union u *u = p; while (next()) u->ends.got++; return 0; }
//! msg: WritersShareLine body sent
// memcpy into one member.
struct msg { char body[40]; long sent; };
static void *msg_a(void *p) { struct msg *m = p; char buf[40]; while (next()) { memset(buf, next(), 40); memcpy(m->body, buf, 40); } return 0; }
static void *msg_b(void *p) { struct msg *m = p; while (next()) m->sent++; return 0; }
//! as:
// Inline assembly, in one function with what is read: the line is needed at the same time.
struct as { int hits; int limit; };
void as_hit(struct as *a) { __asm__ volatile("lock incl %0" : "+m"(a->hits)); }
static int as_limit(struct as *a) { return a->limit; }
int as_do(struct as *a) { as_hit(a); return as_limit(a); }
//! pair:
// One thread that writes one of two members.
struct pair { long left, right; };
static void *pair_a(void *p) { struct pair *s = p; while (next()) { long *q = next() ? &s->left : &s->right; (*q)++; } return 0; }
//! mp: WritersShareLine head tail
// Two counters, each in a loop of compare-and-set.
struct mp { _Atomic long head; _Atomic long tail; };
long mp_enqueue(struct mp *m) { long h = atomic_load(&m->tail); while (!atomic_compare_exchange_weak(&m->tail, &h, h + 1)) ; return h; }
long mp_dequeue(struct mp *m) { long h = atomic_load(&m->head); while (!atomic_compare_exchange_weak(&m->head, &h, h + 1)) ; return h; }
//! striped: ArrayNeighbours s[*].lock
// Locks in the elements of an array, 16 bytes apart.
struct stripe { pthread_spinlock_t lock; long n; };
struct striped { struct stripe s[16]; };
void striped_add(struct striped *t, unsigned long key) { struct stripe *s = &t->s[key & 15]; pthread_spin_lock(&s->lock); s->n++; pthread_spin_unlock(&s->lock); }
//! job:
// A flag that is set once.
struct job { volatile int stop; long progress; };
static void *job_run(void *p) { struct job *j = p; while (!j->stop) j->progress++; return 0; }
void job_stop(struct job *j) { j->stop = 1; }
int main(void) { static struct bits b; static union u u; static struct msg m; static struct pair pr; static struct job j; pthread_t t;
  pthread_create(&t, 0, bits_a, &b); pthread_create(&t, 0, bits_b, &b); pthread_create(&t, 0, u_a, &u); pthread_create(&t, 0, u_b, &u);
  pthread_create(&t, 0, msg_a, &m); pthread_create(&t, 0, msg_b, &m); pthread_create(&t, 0, pair_a, &pr); pthread_create(&t, 0, job_run, &j); return 0; }
