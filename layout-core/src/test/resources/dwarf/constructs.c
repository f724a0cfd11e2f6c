/* Every construct of C that a reader of DWARF meets. It includes no header: targets without a C library compile it. */

enum c_color { C_RED, C_GREEN = 70000, C_BLUE };
enum c_signed { C_NEGATIVE = -3, C_POSITIVE = 3 };
enum c_short { C_FEW } __attribute__((packed));
enum c_wide { C_HUGE = 0x123456789abcdefLL };
typedef enum { C_UNNAMED_LOW, C_UNNAMED_HIGH } c_unnamed_enum;

typedef int c_function(const char *, ...);
typedef c_function *c_callback;
typedef int c_aligned_int __attribute__((aligned(16)));
typedef c_aligned_int c_aligned_again;
typedef unsigned short c_loose_short __attribute__((aligned(1)));
typedef float c_vector __attribute__((vector_size(16)));
typedef unsigned char c_bytes[12];
typedef c_bytes c_matrix[3];
typedef struct {
    int quot;
    long rem;
} c_unnamed_struct;
typedef union {
    int i;
    float f;
} c_unnamed_union;
typedef const volatile c_unnamed_struct *c_pointer_to_unnamed;

struct c_scalars {
    char c;
    signed char sc;
    short s;
    _Bool truth;
    int i;
    unsigned char uc;
    long l;
    char pad_free;
    long long ll;
    float f;
    double d;
    char before_long_double;
    long double ld;
    char *text;
    void *untyped;
    const char *const *names;
    const volatile unsigned cv;
    int *restrict r;
};

struct c_complex {
    char c;
    float _Complex cf;
    double _Complex cd;
    char d;
    long double _Complex cld;
    int _Complex gnu;
};

#ifdef __SIZEOF_INT128__
struct c_wide_integers {
    char c;
    __int128 i128;
    char d;
    unsigned __int128 u128[2];
};
#endif

#if defined __clang__ && __clang_major__ >= 14
struct c_bit_int {
    char c;
    _BitInt(37) b37;
    unsigned _BitInt(7) b7;
    _BitInt(100) b100;
};
#elif defined __SIZEOF_FLOAT128__ && !defined __clang__
struct c_decimal {
    char c;
    _Decimal32 d32;
    char d;
    _Decimal64 d64;
    char e;
    _Decimal128 d128;
    __float128 f128;
    _Float32 f32;
};
#endif

struct c_atomics {
    char c;
    _Atomic int counter;
    _Atomic(char *) pointer;
    char d;
    _Atomic long long wide;
    volatile int flag;
    _Atomic _Bool done;
    _Atomic unsigned short slots[5];
    const volatile _Atomic int both;
};

struct c_enums {
    char c;
    enum c_color color;
    enum c_signed sign;
    enum c_short few;
    enum c_wide wide;
    c_unnamed_enum unnamed;
    enum { C_LOCAL_A, C_LOCAL_B } local;
};

struct c_bits {
    unsigned a : 1;
    unsigned b : 31;
    unsigned c : 5;
    int d : 3;
    unsigned : 4;
    unsigned e : 9;
    char plain;
    unsigned f : 2;
    unsigned : 0;
    unsigned g : 7;
    unsigned long long h : 40;
    unsigned long long i : 33;
    _Bool j : 1;
    enum c_color k : 20;
    signed char l : 3;
    short m : 12;
    short n : 12;
    long o : 17;
};

struct c_bits_packed {
    char first;
    unsigned a : 3;
    unsigned b : 31;
    unsigned long long c : 50;
    unsigned short d : 5;
    unsigned e : 27;
    char plain;
    unsigned f : 30;
    long long g : 63;
    char last;
} __attribute__((packed));

struct c_bits_only {
    unsigned char a : 3, b : 5, c : 1;
};

struct c_bits_aligned {
    unsigned a : 3;
    unsigned b : 4 __attribute__((aligned(8)));
    unsigned char c : 7 __attribute__((packed));
    unsigned char d : 7 __attribute__((packed));
    char e;
};

struct c_bits_nested {
    char c;
    struct {
        unsigned a : 11;
        unsigned b : 13;
    };
    struct {
        unsigned a : 11;
        char m;
    } in;
    union {
        unsigned u : 9;
        struct {
            unsigned low : 4;
            unsigned high : 20;
        };
    };
};

struct c_packed {
    char c;
    int i;
    long long l;
    short s;
    double d;
} __attribute__((packed));

struct c_packed_by_pragma;
#pragma pack(push, 2)
struct c_packed_by_pragma {
    char c;
    long long l;
    char d;
    int i;
};
#pragma pack(pop)

struct c_packed_member {
    char c;
    int i __attribute__((packed));
    struct c_packed in;
    long l;
};

struct c_aligned {
    char c;
    _Alignas(32) char member;
    int after;
    c_aligned_int by_typedef;
    char d;
    c_aligned_again again;
    char e;
    c_loose_short loose;
    int last __attribute__((aligned(8)));
};

struct c_aligned_type {
    char c;
    int i;
} __attribute__((aligned(64)));

struct c_holds_aligned {
    char c;
    struct c_aligned_type in;
    char d;
    struct c_aligned_type array[2];
};

struct c_arrays {
    char c;
    int one[7];
    short two[3][5];
    char three[2][3][4];
    c_matrix typedefs;
    struct c_packed structs[2][2];
    char *pointers[4];
    char (*to_array)[9];
    int zero[0];
    char single[1];
    int empty_rows[0][4];
    char after;
};

struct c_flexible {
    int count;
    char c;
    struct {
        long k;
        char v;
    } rows[];
};

struct c_flexible_last {
    long count;
    char c;
    char text[];
};

struct c_group_marker {
    long a;
    char begin[0];
    int b;
    int c;
    char end[0];
    char d;
};

struct c_vectors {
    char c;
    c_vector v;
    char d;
    int small __attribute__((vector_size(8)));
    c_vector array[3];
};

struct c_anonymous {
    int before;
    union {
        int i;
        double d;
        struct {
            char x;
            short y;
            struct {
                char deep;
                long deeper;
            };
        };
        struct {
            char n;
        } named;
    };
    struct {
        char inner;
        int more[3];
    };
    char after;
};

union c_union {
    char c;
    int i;
    double d;
    char text[13];
    struct c_packed s;
    unsigned bits : 5;
};

union c_union_aligned {
    char c[3];
    short s;
} __attribute__((aligned(32)));

struct c_holds_unions {
    char c;
    union c_union u;
    union c_union_aligned a;
    c_unnamed_union unnamed;
    c_unnamed_struct also;
    c_pointer_to_unnamed pointer;
};

struct c_functions {
    char c;
    int (*simple)(int);
    void (*table[3])(void *, long);
    c_callback callback;
    void (*(*returns)(int))(char);
    int (*(*to_functions)[4])(void);
};

struct c_list {
    struct c_list *next;
    struct c_list **link;
    char c;
    struct c_other *other;
};

struct c_other {
    struct c_list list;
    struct c_other *children[2];
    struct c_incomplete *never_defined;
    struct c_elsewhere *defined_elsewhere;
    union c_union *u;
    enum c_color *color;
};

struct c_empty {};

struct c_holds_empty {
    int a;
    struct c_empty nothing;
    char b;
    struct c_empty many[3];
    long c;
};

struct c_nested {
    struct c_inner {
        char x;
        int y;
    } in;
    struct c_inner array[3];
    char c;
    struct c_nested_deep {
        struct c_inner again;
        struct c_nested *up;
        char z;
    } deep;
};

struct c_qualified {
    char c;
    const int i;
    volatile struct c_packed v;
    const struct c_inner ci;
    const volatile char text[5];
};

struct c_large {
    char head;
    char megabyte[1 << 20];
    long middle;
    int rows[1000][1000];
    char tail;
};
