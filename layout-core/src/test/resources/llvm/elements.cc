// Templates and base classes: elements of threads of C++, and a count in a base class.
#include <atomic>
#include <thread>
#include <vector>
long next();
template <class T, int N> struct Per { T slots[N]; };
struct Base { std::atomic<long> refs; };
struct Derived : Base { long key; long kind; };
struct alignas(64) Line { std::atomic<long> n; };
static void work(Per<long, 16> *p, int id) { while (next()) p->slots[id] += next(); }
static void lines(Per<Line, 16> *p, int id) { while (next()) p->slots[id].n++; }
long use(Derived *d) { return d->key + d->kind; }
void hold(Base *b) { b->refs.fetch_add(1); }
void drop(Base *b) { b->refs.fetch_sub(1); }
long visit(Derived *d) { hold(d); long r = use(d); drop(d); return r; }
int main() { static Per<long, 16> p; static Per<Line, 16> q; std::vector<std::thread> v;
  for (int i = 0; i < 16; i++) { v.emplace_back(work, &p, i); v.emplace_back([i] { lines(&q, i); }); } for (auto &t : v) t.join(); }
