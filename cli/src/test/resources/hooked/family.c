/* A process with a child, named threads, a block of unknown type, a stack that two threads use, and a signal. */
#define _GNU_SOURCE
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#define TURNS 1000
struct shared {
    volatile long parent;
    volatile long child;
    volatile long signals;
    volatile long jumps;
};
struct item {
    volatile long first;
    volatile long second;
};
struct shared shared;
static jmp_buf back;

static void on_signal(int any) {
    (void) any;
    shared.signals++;
}

void *make_item(void) {
    return malloc(sizeof(struct item));
}

void step(volatile long *of) {
    for (int i = 0; i < TURNS; i++) {
        of[0]++;
    }
}

static void *worker(void *of) {
    pthread_setname_np(pthread_self(), *(volatile long *) of ? "io-7" : "io-12");
    step(of);
    return 0;
}

static void leave(void) {
    shared.jumps++;
    longjmp(back, 1);
}

int main(int count, char **words) {
    volatile long local = 0;
    pthread_t a, b;
    void *item = make_item();
    ((struct item *) item)->first = 1;
    (void) words;
    signal(SIGUSR1, on_signal);
    for (int i = 0; i < TURNS; i++) {
        shared.parent++;
        raise(SIGUSR1);
        if (!setjmp(back)) {
            leave();
        }
    }
    pthread_create(&a, 0, worker, item);
    pthread_join(a, 0);
    pthread_create(&b, 0, worker, (void *) &local);
    pthread_join(b, 0);
    pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < TURNS; i++) {
            shared.child++;
        }
        exit(0);
    }
    waitpid(child, 0, 0);
    free(item);
    if (count > 1) {
        kill(getpid(), SIGKILL);
    }
    return 0;
}
