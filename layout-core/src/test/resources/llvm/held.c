// A reference that is taken and released around a helper, all of which the compiler may put into one function; and
// the same with the helper in front of it, where nothing is held.
#include <stdatomic.h>

struct entry {
    _Atomic int references;
    long key;
};

struct plain {
    _Atomic int hits;
    long key;
};

void sent(long key);

static long key_of(struct entry *e) {
    return e->key;
}

void entry_send(struct entry *e) {
    atomic_fetch_add(&e->references, 1);
    sent(key_of(e));
    atomic_fetch_sub(&e->references, 1);
}

static long plain_key(struct plain *p) {
    return p->key;
}

void plain_send(struct plain *p) {
    sent(plain_key(p));
    atomic_fetch_add(&p->hits, 1);
}
