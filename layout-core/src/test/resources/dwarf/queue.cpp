// Every kind of type of C++ that DWARF describes in its own way.
namespace app {
struct Empty {};
struct Base { long x; char c; };
struct Derived : Base { char d; };
struct Virtual : virtual Base { int v; };
template <class T, int N> class Queue : Empty, public Base {
  public:
    virtual ~Queue() {}
    struct Node { T value; Node *next; };
    static int count;
    enum class Mode : unsigned char { ONE, MANY } mode;
    alignas(64) T head;
    alignas(64) T tail;
    Node nodes[N];
    int Base::*member;
    void (Base::*method)(int);
    T &reference;
    T &&moved;
    decltype(nullptr) none;
    [[no_unique_address]] Empty empty;
    explicit Queue(T &t) : reference(t), moved(static_cast<T &&>(t)) {}
};
template <class T, int N> int Queue<T, N>::count;
}
namespace { struct Hidden { int h; } hidden; }
long value;
app::Queue<long, 4> queue(value);
app::Derived derived;
app::Virtual virtual_;
int local() { struct Local { int l; } l{hidden.h}; return l.l; }
