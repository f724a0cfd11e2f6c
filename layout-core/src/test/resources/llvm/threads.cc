// Threads of C++.
#include <thread>

struct Work {
    long produced = 0;
    long consumed = 0;
};

long next();

void produce(Work *work) {
    while (next())
        work->produced += next();
}

void consume(Work *work) {
    while (next())
        work->consumed += next();
}

int main() {
    Work *work = new Work;
    std::thread first(produce, work);
    std::thread second(consume, work);
    std::thread third([work] { produce(work); });
    first.join();
    second.join();
    third.join();
}
