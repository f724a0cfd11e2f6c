/* What compilers change, and what records of blocks do not tell: see NativeRecordLimitsTest. */
#include <pthread.h>
#include <stdlib.h>
#define TURNS 1000
struct pair {
    volatile long one;
    volatile long other;
};
struct bits {
    volatile unsigned low : 4;
    volatile unsigned high : 4;
};
struct slot {
    volatile long hits;
};
static struct pair *only; /* clang makes a variable of the block: no other is ever assigned */
struct bits bits;
struct slot *slots;

static void *work(void *of) {
    int own = (int) (long) of;
    for (int i = 0; i < TURNS; i++) {
        slots[own].hits++;
        only->other++;
    }
    bits.high = 1;
    return 0;
}

int main(void) {
    pthread_t a, b;
    only = calloc(1, sizeof *only);
    slots = calloc(2, sizeof *slots);
    pthread_create(&a, 0, work, (void *) 0L);
    pthread_create(&b, 0, work, (void *) 1L);
    pthread_join(a, 0);
    pthread_join(b, 0);
    return 0;
}
