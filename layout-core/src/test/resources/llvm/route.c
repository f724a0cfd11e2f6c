// A route and the destination that it begins with, at the offsets of Linux 6.1; with AFTER, at those of 6.4.
#include <stdatomic.h>
#include <stdint.h>

struct device;
struct operations;
struct tunnel {
    int kind;
};

struct head {
    struct head *next;
    void (*func)(struct head *);
};

typedef struct {
    _Atomic int counter;
} atomic_t;

struct dst_entry {
    struct device *dev;
    struct operations *ops;
    unsigned long _metrics;
    unsigned long expires;
    void *xfrm;
    int (*input)(void *);
    int (*output)(void *);
    unsigned short flags;
    short obsolete;
    unsigned short header_len;
    unsigned short trailer_len;
    atomic_t __refcnt;
    int __use;
    unsigned long lastuse;
#ifndef AFTER
    struct tunnel *lwtstate;
#endif
    struct head rcu_head;
    short error;
    short __pad;
    unsigned tclassid;
#ifdef AFTER
    struct head rt_uncached;
    void *rt_uncached_list;
    struct tunnel *lwtstate;
#endif
};

struct rtable {
    struct dst_entry dst;
    int rt_genid;
    unsigned rt_flags;
    unsigned short rt_type;
    unsigned char rt_is_input;
    unsigned char rt_uses_gateway;
    int rt_iif;
    unsigned char rt_gw_family;
    unsigned rt_gw4;
};

void sent(int kind);

void dst_hold(struct dst_entry *dst) {
    atomic_fetch_add_explicit(&dst->__refcnt.counter, 1, memory_order_relaxed);
}

void dst_release(struct dst_entry *dst) {
    atomic_fetch_sub_explicit(&dst->__refcnt.counter, 1, memory_order_release);
}

struct rtable *route_get(struct rtable *rt) {
    dst_hold(&rt->dst);
    return rt;
}

int route_use(struct rtable *rt, int genid) {
    if (rt->rt_genid != genid)
        return -1;
    return rt->dst.lwtstate ? rt->dst.lwtstate->kind : 0;
}

void route_put(struct rtable *rt) {
    dst_release(&rt->dst);
}

void packet_send(struct rtable *rt, int genid) {
    route_get(rt);
    sent(route_use(rt, genid));
    route_put(rt);
}
