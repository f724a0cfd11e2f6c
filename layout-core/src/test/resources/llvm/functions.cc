// Functions whose accesses are written down: //= FUNCTION: STRUCT.FIELD KIND [loop], ...
#include <atomic>
#include <mutex>

template <class T, int N> struct Ring {
    std::atomic<long> head;
    char pad[56];
    std::atomic<long> tail;
    T slots[N];

    //= ring_push: Ring<long, 8>.head read, Ring<long, 8>.tail read, Ring<long, 8>.slots write, Ring<long, 8>.head write
    bool push(T value) {
        long h = head.load(std::memory_order_relaxed);
        if (h - tail.load(std::memory_order_acquire) >= N)
            return false;
        slots[h % N] = value;
        head.store(h + 1, std::memory_order_release);
        return true;
    }
};

bool ring_push(Ring<long, 8> &ring, long value) {
    return ring.push(value);
}

//= ring_wait: Ring<int, 4>.tail read loop
void ring_wait(Ring<int, 4> *ring) {
    while (ring->tail.load(std::memory_order_acquire) == 0) {
    }
}

struct Base {
    long id;
    std::atomic<int> refs;
};

struct Derived : Base {
    long extra;
    void touch();
};

//= touch: Derived.Base.id read, Derived.extra write, Base.id read
void Derived::touch() {
    extra = id;
}

//= base_ref: Base.refs rmw, Derived.Base.refs rmw
void base_ref(Base *base) {
    base->refs.fetch_add(1);
}

namespace ns {
struct Guarded {
    std::mutex lock;
    long count;
    void add();
};

//= add: ns::Guarded.count read, ns::Guarded.count write
void Guarded::add() {
    std::lock_guard<std::mutex> hold(lock);
    count++;
}
} // namespace ns

struct Node {
    std::atomic<Node *> next;
    long value;
};

struct Stack {
    std::atomic<Node *> top;

    void stack_push(Node *node);
};

//= stack_push: Stack.top read, Node.next write loop, Stack.top cas-loop loop
void Stack::stack_push(Node *node) {
    Node *old = top.load(std::memory_order_relaxed);
    do {
        node->next.store(old, std::memory_order_relaxed);
    } while (!top.compare_exchange_weak(old, node));
}
