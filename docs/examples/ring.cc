#include <atomic>

namespace spsc {

/* One thread puts elements in, another takes them out. */
template <class T>
struct Ring {
    std::atomic<unsigned> head;
    std::atomic<unsigned> tail;
    unsigned mask;
    T *slots;
};

}

spsc::Ring<long> ring;
