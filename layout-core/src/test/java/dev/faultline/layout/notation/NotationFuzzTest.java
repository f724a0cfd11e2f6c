package dev.faultline.layout.notation;

import dev.faultline.layout.StructLayout;
import dev.faultline.layout.dialect.TextDialect;
import dev.faultline.layout.object.MemoryLayoutReader;
import dev.faultline.layout.object.ObjectTextReader;
import dev.faultline.source.notation.NotationSource;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import dev.faultline.testing.LayoutUse;
import dev.faultline.testing.TextMutator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Broken notation gives one clear line, in 256 MB; layouts that are read can be analysed, written and read again. */
class NotationFuzzTest {

    private static final String MAIL = """
            On Tuesday Ada wrote:
            > struct dst_entry {
            >         struct net_device *        dev;              /*     0     8 */
            >         int (*input)(struct sk_buff *);              /*     8     8 */
            >         /* XXX 48 bytes hole, try to pack */
            >         atomic_t                   __refcnt;         /*    64     4 */
            >
            >         /* size: 72, cachelines: 2, members: 3 */
            > };
            """;

    private static final String PAHOLE = """
            union value {
                    struct {
                            u32                a:3;              /*     0: 0  4 */
                            u32                b:29;             /*     0: 3  4 */
                    } bits;                                      /*     0     4 */
                    char                       bytes[2][4];      /*     0     8 */
            } __attribute__((__aligned__(8)));
            struct rtable {
                    struct dst_entry           dst;              /*     0    72 */
                    union value                v[2];             /*    72    16 */
                    char                       end[];            /*    88     0 */
                    /* size: 88, cachelines: 2, members: 3 */
            };
            """;

    private static final String DECLARED = """
            struct plain { char a; long b : 5, c; _Atomic(int) d; int (*f[3])(void); enum e { X } g; };
            typedef unsigned int word_t;
            #define LINE 64
            #define PAD(n) char pad ## n[LINE - sizeof(int)]
            #if LINE > 32 && defined(__x86_64__)
            enum __attribute__((packed)) small { A = 1, B = A << 3 };
            #endif
            #pragma pack(push, 2)
            struct limited { enum small a; PAD(1); long b : 40; alignas(8) int c; DECLARE_BITMAP(bits, 65); };
            #pragma pack(pop)
            struct aliased { word_t w[4]; _Atomic(long) n; int x __attribute__((packed, aligned(2))); };
            """;

    private static final String GDB = """
            (gdb) ptype /o ring
            /* offset      |    size */  type = class ring<int, 4> [with T = int] : public node, virtual top {
                                         public:
            /*     16      |       4 */    T head;
            /*     20: 3   |       4 */    unsigned int bits : 7;
            /* XXX  3-byte hole      */
            /*     24      |       8 */    union {
            /*                     4 */        int a;
            /*                     8 */        struct {
            /* 0x0018      |  0x0008 */            long l;
                                               } in;

                                               /* total size (bytes):    8 */
                                           } u;
            /*     32      |      12 */    struct {
            /*     24      |       4 */        int x;
                                           } arr[3];
                                           static const int N;

                                           /* total size (bytes):   64 */
                                         } *
            """;

    private static final String CRASH = """
            crash> struct -ox queue
            struct queue {
                [0x0] unsigned int head;
                      union {
                [0x8]     struct list_head items;
                      };
                      struct {
                [0x0]     spinlock_t lock;
               [0x20] } queue[2];
               [0x40] unsigned int a : 3;
               [0x48] int (*done)(int);
            }
            SIZE: 0x80
            struct front {
              /* 0x000 */ int a;
            };
            """;

    private static final String CXX = """
            class Multi : public Base, Task<Multi, int>, virtual Mix {
            public:

                    /* struct Base                <ancestor>; */     /*     0    24 */
                    /* struct Mix                 <ancestor>; */     /* 4294967295     4 */
                    struct In {
                            int                z;                    /*     0     4 */

                            /* size: 4, cachelines: 1, members: 1 */
                    };
                    int ()(void) * *           _vptr.Multi;          /*    24     8 */
                    extern int                        st;
                    struct In                  in;                   /*    32     4 */
                    char                       t;                    /*    36     1 */
                    void ()(class Multi *) Multi::* mf;              /*    40 403000 */
                    class Multi & operator=(class Multi *, const class Multi  &);
                    virtual void ~Multi(class Multi *, int);
                    /* size: 64, cachelines: 1, members: 6 */
            };
            struct Slot<Node<std::pair<int, long int> >, (3 > 2)> {
                    struct &str                name __attribute__((__aligned__(8))); /*     0    16 */
                    map[string]int             m;                    /*    16     8 */
                    /* size: 24, cachelines: 1, members: 2 */
            };
            """;

    private static final String OBJECTS = """
            > demo.Ring object internals:
            > OFF  SZ                 TYPE DESCRIPTION               VALUE
            >   0   8                      (object header: mark)     N/A
            >   8   4                      (object header: class)    N/A
            >  12   4                  int Ring.mask                 N/A
            >  16   4   java.lang.Object[] Ring.slots                N/A
            >  20   4                      (object alignment gap)
            > Instance size: 24 bytes
            app.Leaf: field layout
              @ 16 --- instance fields start ---
              @ 16 "closed" Z
              @ 24 --- instance ends ---
            Layout of class app/Ring
            Instance fields:
             @0 12/- RESERVED
             @12 "mask" I 4/4 REGULAR
            Instance size = 16 bytes
            """;

    private static final String MEMORY = """
            [j8(put)j8(take)i4(mask)x4](Ring)
            64%[[2:[i4(a)I4(b)](pair)](pairs)[j8(whole)|d8(real)](either)a8(at):[b1]1%j8(odd)]
            """;

    private static final String PASTED = """
            >> @@ -40,3 +40,3 @@ struct queue {
            >>         int                        head:1;               /*    16:31  4 */
            >> -       int                        old;                  /*    20
            >> 4 */
            >> +       int                        tail;                 /*    20     4 */
            >> ...
            >>         /* typedef my_t -> atomic_t */ struct {
            >>                 int                counter;              /*    40     4 */
            >>         } users[2];                                      /*    40     8 */
            >>         union {
            >>                 unsigned int   csum;             /*       4 */
            >>                 char           bytes[2];         /*       2 */
            >>         };                                       /*   48   4 */
            >>
            >>         /* size: 72, cachelines: 2, members: 12 */
            >> };
            JD> struct packet {
            JD> \tint a; /*     0
            JD> 4 */
            JD> }; /* size: 12, cachelines: 1 */
            """;

    private static final String ENCODED = """
            <pre>struct <b>queue</b> {=20
            =09int                        head;                 /*     0=
                 4 */
            &nbsp; std::map&lt;int, int&gt; tail; /*     8    48 */
            [   12.345678] long last; /* 56 8 */ \\
            };</pre>
            """;

    private static final String CLANG = """
            > *** Dumping AST Record Layout
            >          0 | struct Session
            >          0 |   struct Named (primary base)
            >          0 |     (Named vtable pointer)
            >          8 |     int id
            >         12 |   tiny_t state
            >     16:0-4 |   unsigned int bits
            >         24 |   union Session::(anonymous at s.cpp:3:5)\s
            >         24 |     struct in[2] both
            >         24 |     enum mode m
            >         40 |   int (*[2])(void) hooks
            >            | [sizeof=64, dsize=56, align=8,
            >            |  nvsize=56, nvalign=8]
                     0 | struct in
                     0 |   char c
                     4 |   uint32_t n
                       | [sizeof=8, align=4]
            """;

    private static final String RUST = """
            print-type-size type: `Job<u8>`: 24 bytes, alignment: 8 bytes
            print-type-size     discriminant: 1 bytes
            print-type-size     variant `Run`: 23 bytes
            print-type-size         field `.fast`: 1 bytes
            print-type-size         padding: 6 bytes
            print-type-size         field `.id`: 16 bytes, alignment: 8 bytes
            print-type-size     variant `Wait`: 7 bytes
            print-type-size         padding: 3 bytes
            print-type-size         field `.0`: 4 bytes, alignment: 4 bytes
            print-type-size type: `Bits`: 12 bytes, alignment: 4 bytes
            print-type-size     variant `Bits`: 12 bytes
            print-type-size         field `.word`: 4 bytes
            print-type-size         field `.bytes`: 12 bytes, offset: 0 bytes, alignment: 1 bytes
            """;

    private static final String GO = """
            Stream.open bool: 0-1 (size 1, align 1)
            padding: 1-8 (size 7, align 0)
            Stream.pos.line [2]int64: 8-24 (size 16, align 8)
            """;

    private static final String GO_JSON = """
            [{"name":"S.a","type":"bool","start":0,"end":1,"size":1,"align":1,"is_padding":false},
            {"name":"","type":"","start":1,"end":8,"size":7,"align":0,"is_padding":true}]
            """;

    private static final List<String> WORDS = List.of(
            "         0 | struct in\n",
            "         8 |     char[2] c\n",
            "[sizeof=8, align=4]\n",
            "(virtual base)",
            " (empty)",
            ":0-3",
            "print-type-size     variant `A`: 8 bytes\n",
            "print-type-size         field `.b`: 8 bytes, offset: 0 bytes, alignment: 8 bytes\n",
            "S.x.y int32: 8-12 (size 4, align 4)\n",
            "\"is_padding\":true",
            "@@ -1,6 +1,6 @@ struct a {\n",
            "*** 1,6 ****\n",
            "--- 1,6 ----\n",
            "\n-",
            "\n+",
            "\n> ",
            "\n...\n",
            "[snip]\n",
            "=\n",
            "=20\n",
            "=3D",
            "&lt;",
            "</pre>",
            "<br>",
            "{\\n",
            "12:",
            "[   12.345678] ",
            "/* typedef a -> b */ ",
            "/* 4 */",
            "/*     4:31  4 */",
            "/* XXX 31 bits hole, try to pack */",
            "/* ... */",
            "struct prose { in net/*.h",
            "[j8(a)]",
            "[9:",
            "8%",
            "demo.Ring object internals:\n",
            "OFF  SZ TYPE DESCRIPTION\n",
            "  12   4   int Ring.mask\n",
            "Instance size: 24 bytes\n",
            "Layout of class app/Ring\n",
            " @12 \"mask\" I 4/4 REGULAR\n",
            "/*      8      |       8 */ ",
            "/* total size (bytes):   64 */",
            "type = struct x {",
            "[0x8] ",
            "SIZE: 64\n",
            "struct ",
            "union ",
            "class ",
            "enum ",
            "typedef ",
            "const ",
            "volatile ",
            "unsigned ",
            "long ",
            "char ",
            "__attribute__((packed))",
            "__attribute__((aligned(64)))",
            "__attribute__(",
            "____cacheline_aligned",
            "alignas(16) ",
            "std::atomic<int> ",
            "_Static_assert(1, \"\");",
            "/*     0     8 */",
            "/* size: 8, cachelines: 1, members: 1 */",
            "/* XXX 4 bytes hole, try to pack */",
            "[4]",
            "[]",
            "(*f)(void)",
            ": 3",
            ":0",
            "struct { int x; };",
            "public:\n",
            "virtual ",
            "operator<(",
            "template<class T> ",
            "using x = ",
            "friend ",
            "static ",
            "~A() {}",
            " : public B {",
            "<ancestor>;",
            "/* struct B <ancestor>; */",
            "/* 4294967295     4 */",
            "_vptr.A",
            "::*",
            "(A::*m)(int)",
            "A<B<C>, 3>",
            "(anonymous namespace)::",
            "{closure_env#0}",
            "[]struct {} ",
            " &",
            "= {1, 2};",
            "{",
            "};",
            ">",
            "#define x \\\n",
            "#define LINE LINE PAD(LINE)\n",
            "#ifdef CONFIG_SMP\n",
            "#else\n",
            "#endif\n",
            "#pragma pack(1)\n",
            "PAD(",
            "struct_group(g, int y;)",
            "sizeof(struct plain)",
            "[1 << 3]",
            "_Alignas(",
            "//",
            "/*",
            "*/");

    @Test
    void broken_notation_ends_with_one_line_or_is_read_judged_and_written() {
        Fuzz.text(
                        FuzzShare.NOTATION,
                        new TextMutator(
                                List.of(
                                        MAIL, PAHOLE, DECLARED, CXX, GDB, CRASH, OBJECTS, MEMORY, PASTED, ENCODED,
                                        CLANG, RUST, GO, GO_JSON),
                                WORDS))
                .cutting(List.of(
                        MAIL + PAHOLE + DECLARED + CXX + GDB + CRASH,
                        OBJECTS,
                        MEMORY,
                        PASTED,
                        ENCODED,
                        CLANG,
                        RUST,
                        GO,
                        GO_JSON))
                .run(NotationFuzzTest::use);
    }

    private static void use(String text) {
        NotationSource source = NotationSource.read("mail", text);
        LayoutUse.all(source);
        if (!ObjectTextReader.read("mail", text).isEmpty()
                || !MemoryLayoutReader.read("mail", text).isEmpty()) {
            return; // not notation
        }
        if (TextDialect.ALL.stream()
                .anyMatch(dialect -> dialect.read("mail", text).isPresent())) {
            return;
        }
        for (StructLayout layout : NotationReader.readAll("mail", text).layouts()) {
            String written = LayoutUse.written(layout);
            StructLayout again = NotationReader.read("written", written).get(0);
            if (again.byteSize() != layout.byteSize()
                    || again.members().size() != layout.members().size()) {
                throw new AssertionError(written + "of " + again.byteSize() + " bytes");
            }
        }
    }
}
