// Statistics of C++ behind a std::unique_ptr, used by a std::thread that has no name.
#include <atomic>
#include <memory>
#include <thread>
#ifndef TURNS
#define TURNS 20000
#endif

template <int Bytes>
struct Stats {
    alignas(Bytes) std::atomic<long> reads{0};
    alignas(Bytes) std::atomic<long> writes{0};
};

constexpr int turns = TURNS;
std::unique_ptr<Stats<8>> near;
std::unique_ptr<Stats<128>> far;

void count_reads() {
    for (int i = 0; i < turns; i++) {
        near->reads.fetch_add(1, std::memory_order_relaxed);
        far->reads.fetch_add(1, std::memory_order_relaxed);
    }
}

void count_writes() {
    for (int i = 0; i < turns; i++) {
        near->writes.fetch_add(1, std::memory_order_relaxed);
        far->writes.fetch_add(1, std::memory_order_relaxed);
    }
}

int main() {
    near = std::make_unique<Stats<8>>();
    far = std::make_unique<Stats<128>>();
    std::thread a(count_reads);
    std::thread b(count_writes);
    a.join();
    b.join();
    return 0;
}
