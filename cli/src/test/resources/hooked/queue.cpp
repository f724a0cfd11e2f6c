// A queue of C++: two std::atomic, made by new; PaddedQueue keeps them apart.
#include <atomic>
#include <pthread.h>
#ifndef TURNS
#define TURNS 20000
#endif

namespace app {
constexpr int turns = TURNS;

class Queue {
public:
    void push() { head.fetch_add(1); }
    void pop() { tail.fetch_add(1); }
    long limit() const { return most; }

private:
    std::atomic<long> head{0};
    std::atomic<long> tail{0};
    long most = 100;
};

class PaddedQueue {
public:
    void push() { head.fetch_add(1); }
    void pop() { tail.fetch_add(1); }

private:
    alignas(128) std::atomic<long> head{0};
    alignas(128) std::atomic<long> tail{0};
};

Queue *near;
PaddedQueue *far;

void *producer(void *any) {
    for (int i = 0; i < turns; i++) {
        near->push();
        far->push();
    }
    return any;
}

void *consumer(void *any) {
    for (int i = 0; i < turns; i++) {
        near->pop();
        far->pop();
    }
    return any;
}
}  // namespace app

int main() {
    pthread_t a, b;
    app::near = new app::Queue;
    app::far = new app::PaddedQueue;
    pthread_create(&a, nullptr, app::producer, nullptr);
    pthread_create(&b, nullptr, app::consumer, nullptr);
    pthread_join(a, nullptr);
    pthread_join(b, nullptr);
    return 0;
}
