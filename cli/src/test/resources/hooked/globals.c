/* A counter beside a limit that others read, both global; far_requests and far_limit are on lines of their own. */
#include <pthread.h>
#ifndef TURNS
#define TURNS 20000
#endif
struct alone {
    _Alignas(128) volatile long value;
};
struct alone before = {1};
volatile long requests = 1;
volatile long limit = 100;
struct alone far_requests = {1};
struct alone far_limit = {100};

static void *server(void *any) {
    for (int i = 0; i < TURNS; i++) {
        requests++;
        far_requests.value++;
    }
    return any;
}

static void *checker(void *any) {
    long sum = 0;
    for (int i = 0; i < TURNS; i++) {
        sum += limit + far_limit.value;
    }
    return sum ? any : (void *) 1;
}

int main(void) {
    pthread_t a, b;
    pthread_create(&a, 0, server, 0);
    pthread_create(&b, 0, checker, 0);
    pthread_join(a, 0);
    pthread_join(b, 0);
    return 0;
}
