// A thread of C that calls a function of C++.
#include <pthread.h>

struct shared {
    long put;
    long taken;
};

long next(void);
void shared_put(struct shared *s, long value);

static void *produce(void *argument) {
    while (next())
        shared_put(argument, next());
    return 0;
}

int main(void) {
    static struct shared shared;
    pthread_t thread;
    return pthread_create(&thread, 0, produce, &shared);
}
