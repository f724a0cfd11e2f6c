// Types of C for layouts.
#include <stdatomic.h>
#include <stdint.h>

typedef struct {
    int x, y;
} point_t;

enum kind { ONE, TWO };

struct __attribute__((packed)) packed {
    char c;
    long l;
    short s;
};

struct aligned {
    char c;
    long far __attribute__((aligned(64)));
};

struct bits {
    unsigned a : 3, : 5, b : 9;
    long long c : 40;
    _Bool d : 1;
    short tail;
};

union both {
    struct {
        int low, high;
    };
    long whole;
    char text[20];
};

struct flexible {
    int count;
    point_t points[];
};

struct all {
    point_t point;
    enum kind kind;
    struct packed packed;
    struct aligned *aligned;
    struct bits bits[3];
    union both both;
    int (*call)(struct all *, const char *);
    volatile int matrix[2][3];
    _Atomic long counter;
    const char *const names[4];
    long double wide;
    float _Complex complex;
    struct all *next;
};

struct all all;
struct aligned aligned;
struct flexible *flexible;
struct packed packed;
point_t point;

long touch(struct all *a, struct flexible *f, union both *b, struct bits *bits) {
    return a->kind + f->count + b->low + bits->b;
}
