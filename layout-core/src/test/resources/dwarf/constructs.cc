// Every construct of C++ that a reader of DWARF meets. It includes no header: targets without a library compile it.

typedef decltype(nullptr) null_pointer;
typedef decltype(sizeof 0) size_type;

enum class Shade : short { DARK, LIGHT };
enum Plain { PLAIN_A, PLAIN_B };
enum class Wide : unsigned long long { ALL = ~0ull };

struct Any;

class Point {
    char c;
    long x;

  protected:
    short y;

  public:
    char z;
};

struct Base {
    long number;
    char last;
};

struct TailReuse : Base { // Base is plain old data: its tail is not reused
    char after;
};

class NotPod {
  public:
    NotPod() {}
    long number;
    char last;
};

class InTail : public NotPod { // placed into the tail of NotPod
    char after;
    short later;
};

class DeepTail : private InTail {
    char deepest;
};

struct HoldsTail {
    char before;
    InTail in;
    char behind;
};

struct Empty {};
struct Empty2 {};
struct EmptyBase : Empty {
    int i;
};
struct TwoEmpty : Empty, Empty2 {
    int i;
};
struct EmptyTwice : Empty { // two objects of one type have two addresses
    Empty first;
    int i;
};
struct EmptyChain : EmptyBase, Empty2 {
    char c;
};
struct OnlyEmpty : Empty, Empty2 {};
struct OverlappingEmpty : EmptyBase, TwoEmpty {
    short s;
};

struct NoUnique {
    [[no_unique_address]] Empty nothing;
    int i;
    [[no_unique_address]] NotPod tail;
    char in_tail;
    [[no_unique_address]] Empty2 end;
};

struct NoUniqueTwice {
    [[no_unique_address]] Empty a;
    [[no_unique_address]] Empty b;
    long l;
};

class Polymorphic {
  public:
    virtual ~Polymorphic() {}
    virtual int value() const { return number; }
    int number;
    char last;
};

class Derived : public Polymorphic {
  public:
    int value() const override { return 2; }
    char in_tail;
    double d;
};

struct Plainer {
    short s;
    char c;
};

class MultiplyDerived : public Plainer, public Derived {
  public:
    virtual void more() {}
    char mine;
};

struct LatePolymorphic : Base {
    virtual void first() {}
    char c;
};

struct VirtualRoot {
    long root;
    char root_last;
};
struct Left : virtual VirtualRoot {
    int left;
};
struct Right : virtual VirtualRoot {
    virtual void right_function() {}
    char right;
};
struct Diamond : Left, Right {
    short diamond;
};
struct VirtualOnly : virtual Empty, virtual NotPod {
    char c;
};

struct Statics {
    static int counter;
    static const int CONSTANT = 7;
    static constexpr double PI = 3.14;
    static inline long inlined = 3;
    char c;
    int i;
    static Statics *instance;
    void method();
    typedef long number;
    number n;
};
__attribute__((weak)) int Statics::counter; // weak, as two units of a program have this text
__attribute__((weak)) Statics *Statics::instance;
__attribute__((weak)) void Statics::method() { counter++; }

template <class T, int N> struct Box {
    char c;
    T values[N];
    Box *next;
};

template <class T> struct Pair {
    T first;
    char between;
    T second;
};

template <class T> class Wrapper : public Pair<T> {
    short extra;
};

template <class... T> struct Packed {
    char c;
    int i;
};

template <template <class> class T, class U> struct HigherKinded {
    char c;
    T<U> held;
};

template <bool B, char C, Shade S, Plain P, unsigned U> struct Values {
    char c;
    long l;
};

template <class T> struct Special {
    T value;
    char generic;
};
template <> struct Special<char> {
    long specialised;
    char c;
};
template <class T> struct Special<T *> {
    char pointer;
    T *to;
};

template <class T, class U = int> struct Defaulted {
    T t;
    U u;
    struct Inner {
        char c;
        T held;
    };
    Inner inner;
};

namespace outer {
struct Scoped {
    char c;
    int i;
};
namespace inner {
class Scoped { // of the same name as the one outside
    long l;
    char c;
    double d;
};
template <class T> struct Held {
    char c;
    T t;
};
} // namespace inner
inline namespace versioned {
struct Inlined {
    char c;
    short s;
};
} // namespace versioned
namespace {
struct Hidden {
    char c;
    double d;
};
} // namespace
struct HoldsHidden {
    char c;
    Hidden h;
    inner::Held<Scoped> held;
};
} // namespace outer

namespace {
struct Hidden { // of the same name as the one in a namespace
    short s;
    int i;
};
} // namespace

struct HoldsOwnHidden { // clang describes what is used
    char c;
    Hidden h;
};

class Nesting {
  public:
    struct Public {
        char c;
        long l;
    };

  private:
    class Private {
        short s;
        char c;

      public:
        struct Deeper {
            char a;
            int b;
        } deeper;
    };
    union Choice {
        char c;
        double d;
    };
    enum class Kind : char { A, B };
    Public p;
    Private q;
    Choice r;
    Kind k;
    Private::Deeper s;

  public:
    struct Declared;
    Declared *declared;
};
struct Nesting::Declared {
    char c;
    Nesting *up;
};

struct MemberPointers {
    char c;
    int Point::*data;
    char d;
    void (Statics::*function)();
    long Any::*unknown;
    char e;
};

struct Scalars {
    char c;
    Shade shade;
    Plain plain;
    Wide wide;
    bool truth;
    wchar_t w;
    char16_t c16;
    char32_t c32;
    null_pointer null;
    char d;
    long double ld;
    signed char sc;
    unsigned long long ull;
    double _Complex z;
    mutable int changing;
    const volatile short cv = 0;
};

__attribute__((weak)) Point some_point;

struct References {
    char c;
    int &reference;
    char d;
    const Point &&moved;
    Base (&array)[3];
    int (&function)(char);
    References();
};
__attribute__((weak)) int some_int;
__attribute__((weak)) Base some_bases[3];
inline int some_function(char) { return 1; }
inline References::References()
    : reference(some_int), moved(static_cast<Point &&>(some_point)), array(some_bases), function(some_function) {}

struct Functions {
    char c;
    int (*plain)(char, Base &);
    void (*array[2])(Functions *);
    char d;
};

struct Bits {
    unsigned a : 3;
    Shade shade : 10;
    bool b : 1;
    long long wide : 50;
    char c;
    Plain plain : 1;
    unsigned : 0;
    unsigned d : 17;
    char e : 5;
};

class BitsInTail : public NotPod {
  public:
    unsigned low : 4;
    unsigned high : 9;
    char c;
    long long l : 33;
};

struct Anonymous {
    char c;
    union {
        int i;
        struct {
            char x;
            long y;
        };
        double d;
    };
    struct {
        short s;
        char t;
    } named[2];
    union {
        char u;
        Base b;
    } choice;
};

struct alignas(32) Aligned {
    char c;
    alignas(16) char d;
    int i;
    alignas(long) char e;
};

struct HoldsAligned : Plainer {
    char c;
    Aligned a;
    char d;
};

struct __attribute__((packed)) PackedClass {
    char c;
    long l;
    Base b;
    short s;
};

typedef struct {
    char c;
    long l;
} Unnamed;

typedef int Vector __attribute__((vector_size(16)));
struct Arrays {
    char c;
    int rows[2][3];
    Vector v;
    Point points[2];
    Box<char, 3> boxes[1][2];
    char last[];
};

union Union {
    char c;
    Base b;
    Point *p;
    long double ld;
};

struct Final final {
    char c;
    Union u;
    Unnamed n;
    Special<char> special;
    Special<int *> pointer;
};

inline long uses_local(int n) {
    struct Local {
        char c;
        long l;
        int i;
    } local = {1, n, 2};
    struct {
        char c;
        short s;
    } nameless = {1, 2};
    auto closure = [n, &local, nameless](int m) { return n + local.l + m + nameless.s; };
    return closure(3);
}
