// Types of C++ for layouts.
#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace app {

struct Empty {};

struct Shape {
    virtual ~Shape() {}
    virtual int area() = 0;
    int id;
};

struct Square : Shape {
    char side;
    int area() override;
};

struct Named : Empty, Square {
    static int count;
    std::string name;
    std::vector<long> values;
    enum class Color : char { RED, GREEN } color;
    int Named::*member;
    int (Named::*method)(int);
    int &reference;
    Named(int &r) : reference(r) {}
};

template <class T, int N = 4> class Queue {
    alignas(64) std::atomic<unsigned long> head;
    alignas(64) std::atomic<unsigned long> tail;
    T items[N];

  public:
    struct Inner {
        T value;
        bool full;
    } inner;
    unsigned long size() { return head - tail; }
};

struct Left : virtual Shape {
    int left;
};

int Square::area() {
    return side * side + id;
}

Queue<long> longs;
Queue<char, 8> chars;
std::unique_ptr<Square> square;

unsigned long sizes(Named *named, Left *left) {
    struct Local {
        int a;
        long b;
    } local = {1, 2};
    return longs.size() + chars.size() + named->values.size() + left->left + local.a;
}

} // namespace app
