typedef unsigned int word_t;
typedef int aint __attribute__((aligned(16)));
typedef long low_t __attribute__((aligned(4)));
typedef __attribute__((aligned(64))) struct { int a; } line_t;
typedef struct { char a; long b; } __attribute__((packed)) packed_t;
typedef int quad_t4 __attribute__((vector_size(16)));
typedef int wide_mode __attribute__((mode(DI)));
typedef int (*callback_t)(void *, int (*)(char));
typedef struct later later_t;
typedef long row_t[3];
enum small { S0, S1 = 200 } __attribute__((packed));
enum big { B0 = 1ll << 40 };
enum signed_wide { N0 = -1, N1 = 4294967295u };
enum sizes { COUNT = 5, NEXT, LAST = NEXT * 2 };
#define LINE 64
#define SLOTS (LINE / sizeof(long))
#define PAD(n) char pad##n[LINE - sizeof(int)]
#define HOT __attribute__((aligned(LINE)))
#define MEMBERS int first; long second
struct after_declarator { char a; struct { int x; } b __attribute__((aligned(64))); char c; };
struct before_struct { char a; __attribute__((aligned(64))) struct { int x; } b; char c; };
struct before_anonymous { char a; __attribute__((aligned(64))) struct { int x; }; char c; };
struct __attribute__((packed)) packed_front { char a; long b; };
struct packed_variable { char a; long b; } __attribute__((packed)) a_variable;
struct pointer_member { char a; int *p __attribute__((aligned(16))); char *q; };
struct second_only { char a; int x, y __attribute__((aligned(8))); };
struct both { char a; __attribute__((aligned(8))) int x, y; };
struct of_typedefs { char a; aint x; char b; low_t y; char c; line_t z; char d; packed_t e; };
struct inside_packed { char a; struct { char b; long c; } d; aint e; line_t *f; } __attribute__((packed));
struct largest { char a; int b __attribute__((aligned)); };
struct of_sizeof { char a; int b __attribute__((aligned(sizeof(void *)))); char c;
    int d __attribute__((aligned(2 * sizeof(long)))); };
struct of_shift { char a; int b __attribute__((aligned(1 << 6))); };
struct of_alignof { char a; char b __attribute__((aligned(__alignof__(long)))); };
struct c11 { char a; _Alignas(64) int b; _Alignas(long) char c; _Alignas(8) _Alignas(32) int d;
    _Alignas(0) char e; };
struct several { int a __attribute__((aligned(4), aligned(32), unused)) __attribute__((aligned(16))); char b; };
struct [[gnu::packed]] c23 { char a; long b [[gnu::aligned(16)]]; };
#pragma pack(push, 1)
struct pack1 { char a; long b; int c : 3; int d : 30; short e; };
#pragma pack(2)
struct pack2 { char a; long b; int c : 3; int d : 30; double e __attribute__((aligned(16))); };
#pragma pack(pop)
struct unpacked { char a; long b; };
#pragma pack(4)
struct pack4 { char a; long b; struct { char c; long d; } e; int :0; char f; } __attribute__((aligned(32)));
#pragma pack()
struct vectors { char a; quad_t4 v; float w __attribute__((vector_size(8))); wide_mode m;
    int n __attribute__((mode(HI))); };
struct harmless { int a __attribute__((unused)); char b __attribute__((deprecated("use a, not b"))); int n;
    long *c __counted_by(n); char __user *p; void __rcu *q; int __percpu *r; void __iomem *s; int __private t; };
struct lines { int a; int b ____cacheline_aligned; int c ____cacheline_aligned_in_smp;
    } ____cacheline_internodealigned_in_smp;
struct kernel { DECLARE_BITMAP(bits, 130); __aligned_u64 x; int n; CACHELINE_PADDING(_pad1_); int m;
    int f[BITS_TO_LONGS(65)]; };
struct flex { int n; DECLARE_FLEX_ARRAY(long, tail); };
struct grouped { char a; struct_group(fast, int b; long c; ); struct_group_tagged(slow, tail, short d;); };
struct marked { int a; __cacheline_group_begin(tx); int b; __cacheline_group_end(tx); };
struct dpdk { int a; int b __rte_cache_aligned; char c __rte_aligned(16); } __rte_cache_aligned;
struct postgres { char a; int b pg_attribute_aligned(64); };
struct own_macros { HOT int a; PAD(1); long b[SLOTS]; char c[LAST]; MEMBERS; char d['a' - 'Z']; } HOT;
struct expressions { char a[COUNT + 3]; char b[1 ? 2 : 3]; char c[(4 > 3) + !0]; char d[~0 & 7];
    char e[sizeof(struct c11) / 4]; char f[__builtin_offsetof(struct both, y)]; char g[17 % 5 << 1];
    int h : 3 + 2; int i : sizeof(int); };
struct flexible { int n; long data[]; };
struct zero_length { char a; long b[0]; int c[0]; char d; };
struct enums { enum small a; enum big b; char c; enum signed_wide d; enum { X, Y } e;
    enum __attribute__((packed)) { Z } f; enum small g : 3; };
struct numbers { char a; float _Complex b; double _Complex c; long double _Complex d; __float128 e; _Float32 f;
    long double g; char16_t h; bool i; wchar_t j; __int128 k; };
struct system_types { char a; va_list b; char c; time_t d; struct timespec e; struct timeval f; pthread_t g;
    sigset_t h; dev_t i; ino_t j; socklen_t k; in_addr_t l; struct sockaddr_in m; char n; jmp_buf o; FILE *p;
    off_t q; mode_t r; char s; clockid_t t; };
struct packed_bits { char a; int b : 13; long c : 45; int d : 7 __attribute__((aligned(4))); _Bool e : 1;
    enum small f : 5; } __attribute__((packed));
struct aligned_bits { int a : 3; int b : 5 __attribute__((aligned(8))); char :0; int c : 2; aint d : 4;
    low_t e : 40; };
union bit_union { int a : 3; long b : 40; char c; int :0; };
struct later { later_t *self; struct later *next; int n; };
struct uses_later { char a; later_t l; later_t *p; row_t rows; row_t more[2]; callback_t cb; callback_t cbs[2]; };
struct outer { char a; struct nested_tag { char b; long c; } d; struct nested_tag *e; };
struct uses_nested { char a; struct nested_tag b[2]; };
struct typeofs { char a; __typeof__(int) b; typeof(long *) c; __typeof__(struct both) d;
    __typeof__(unsigned char) e[3]; };
struct qualified { const int a[3]; volatile char b; int const c; long unsigned int d; char *const restrict e;
    const struct both f; struct both const g; };
struct pair { int a; int b; }; struct pair16 { long a, b; }; struct triple { char a[3]; };
struct atomics { char a; _Atomic(struct pair) b; char c; _Atomic struct pair16 d; char e;
    _Atomic struct triple f; _Atomic(int) g; _Atomic long *h; atomic_int i; char j; atomic_llong k; char l;
    _Atomic __int128 m; };
struct anonymous_in_packed { char a; union { long b; struct { char c; int d; }; }; int e; } __attribute__((packed));
struct pointers { char a; int (*f)(void); int (*g[3])(int, char *); int (*h)[5]; const char *const *j;
    int *k[2][3]; };
struct commented { /* first */ int a; // second
  long /* inside */ b; };
#if 0
struct not_there { int a; };
#elif defined(__x86_64__) && __SIZEOF_POINTER__ == 8
struct conditional { int a;
#ifdef LINE
  char b[LINE];
#else
  char b;
#endif
#if !defined(__LP64__) || __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  int c;
#endif
};
#else
struct not_there_either { int a; };
#endif
struct plain { char a; long b; short c; double d; char e; };
struct nested { char a; struct plain in; char z; };
struct packed { char a; long b; short c; } __attribute__((packed));
struct holds_packed { char a; struct packed p; int b; };
struct aligned_type { int a; } __attribute__((aligned(64)));
struct aligned_member { char a; int b __attribute__((aligned(32))); char c; };
struct holds_aligned { char a; struct aligned_type in[2]; char z; };
struct packed_member { char a; long b __attribute__((packed)); int c; };
struct packed_aligned { char a; long b; } __attribute__((packed, aligned(4)));
struct bits { int a : 3; unsigned b : 7; int c : 22; int d : 1; };
struct bits_mixed { char a; int b : 4; char c; long d : 40; short e : 9; short f : 9; };
struct bits_zero { int a : 3; int : 0; int b : 2; char c; long : 0; char d; };
struct bits_unnamed { char a; int : 5; int b : 3; long : 33; char c; };
struct bits_packed { char a; int b : 13; long c : 45; int d : 7; } __attribute__((packed));
struct bits_bool { _Bool a : 1; _Bool b : 1; unsigned char c : 3; unsigned long long d : 60; };
struct anonymous { int a; union { long b; struct { short c; short d : 5; }; char e[12]; }; char f; };
union arms { char a; long b[3]; struct { int x; char y; } c; int d : 9; };
struct holds_union { char a; union arms u; char z; };
struct plain_flexible { int n; char data[]; };
struct zero { int n; long data[0]; char z; };
struct matrix { char a; int m[2][3]; char z[3][5]; };
struct plain_pointers { char a; void *p; int (*f)(void); char *const *q; int (*g[2])(long, char); };
struct plain_atomics { char a; _Atomic int b; _Atomic(long) c; volatile short d; const char e; };
struct wide { char a; __int128 b; long double c; float d; };
struct words { unsigned long int a; long unsigned b; unsigned c; short int d; signed char e; long long f; };
struct plain_enums { enum color { RED, BLUE } a; char b; enum color c; };
struct typedefs { char a; word_t b; word_t c[3]; };
struct plain_several { char a, b; int *p, q; short r : 3, s : 4; };
struct empty_inside { int a; struct { } e; int b; };
