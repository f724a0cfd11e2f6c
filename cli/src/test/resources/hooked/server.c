/* A stop flag and settings beside a counter, in a struct that a field of another points to. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#ifndef TURNS
#define TURNS 20000
#endif
struct settings {
    volatile int stop;
    volatile int timeout;
    char name[24];
    volatile long served;
};
struct padded_settings {
    volatile int stop;
    volatile int timeout;
    char name[24];
    _Alignas(128) volatile long served;
};
struct app {
    struct settings *near;
    struct padded_settings *far;
};
struct app app;

static void *serve(void *any) {
    for (int i = 0; i < TURNS; i++) {
        app.near->served++;
        app.far->served++;
    }
    return any;
}

static void *poll_settings(void *any) {
    long sum = 0;
    for (int i = 0; i < TURNS && !app.near->stop && !app.far->stop; i++) {
        sum += app.near->timeout + app.far->timeout;
    }
    return sum == 20L * TURNS ? any : (void *) 1;
}

int main(int count, char **words) {
    pthread_t a, b;
    void *status;
    app.near = malloc(sizeof(struct settings));
    app.far = aligned_alloc(128, sizeof(struct padded_settings));
    memset(app.near, 0, sizeof *app.near);
    memset(app.far, 0, sizeof *app.far);
    strncpy(app.near->name, words[count - 1], sizeof app.near->name - 1);
    app.near->timeout = app.far->timeout = 10;
    pthread_create(&a, 0, serve, 0);
    pthread_create(&b, 0, poll_settings, 0);
    pthread_join(a, 0);
    pthread_join(b, &status);
    return status != 0;
}
