/* What compilers hide: see NativeRecordLimitsTest. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#define TURNS 1000
struct hidden {
    long summed;        /* kept in a register by a loop that nothing interrupts */
    volatile long seen; /* each access is one of the compiled code */
    int cleared[2];     /* cleared by a memset that gcc turns into one store, which has no hook */
    long foreign;       /* written by code that has no hooks */
    char copied[64];    /* copied by a call of memcpy, which is seen as one access */
};
struct hidden hidden;
extern void write_foreign(struct hidden *to);
static char text[64];
volatile size_t length = 48;
__thread long own;

static void *work(void *any) {
    (void) any;
    for (int i = 0; i < TURNS; i++) {
        hidden.summed += i;
    }
    for (int i = 0; i < TURNS; i++) {
        hidden.seen += i;
    }
    memset(hidden.cleared, 0, sizeof hidden.cleared);
    write_foreign(&hidden);
    memcpy(hidden.copied, text, length);
    for (int i = 0; i < TURNS; i++) {
        own++;
        __asm__ volatile("" ::: "memory");
    }
    return 0;
}

int main(int count, char **words) {
    pthread_t thread;
    (void) words;
    pthread_create(&thread, 0, work, count > 100 ? &hidden : 0);
    pthread_join(thread, 0);
    return 0;
}
