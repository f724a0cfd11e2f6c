// A lock beside what is read without it; PaddedTable has it on a line of its own.
#include <atomic>
#include <pthread.h>
#ifndef TURNS
#define TURNS 20000
#endif

constexpr int turns = TURNS;

class SpinLock {
public:
    void lock() {
        word.exchange(1, std::memory_order_acquire);  // only one thread takes it here
    }
    void unlock() { word.store(0, std::memory_order_release); }

private:
    std::atomic<int> word{0};
};

struct Table {
    volatile long *buckets;
    volatile long mask;
    SpinLock guard;
};

struct PaddedTable {
    volatile long *buckets;
    volatile long mask;
    alignas(128) SpinLock guard;
};

static Table near;
static PaddedTable far;

static void *writer(void *any) {
    for (int i = 0; i < turns; i++) {
        near.guard.lock();
        near.guard.unlock();
        far.guard.lock();
        far.guard.unlock();
    }
    return any;
}

static void *lookup(void *any) {
    long sum = 0;
    for (int i = 0; i < turns; i++) {
        sum += near.mask + far.mask;
    }
    return sum == 0 ? any : &near;
}

int main() {
    pthread_t a, b;
    pthread_create(&a, nullptr, writer, nullptr);
    pthread_create(&b, nullptr, lookup, nullptr);
    pthread_join(a, nullptr);
    pthread_join(b, nullptr);
    return 0;
}
