package dev.faultline.layout.notation;

import dev.faultline.layout.StructLayout;
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
            On Tuesday somebody wrote:
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
            JD> 12:struct packet {
            JD> 13:\tint a; /*     0
            JD> 4 */
            JD> 14:}; /* size: 12, cachelines: 1 */
            """;

    private static final String ENCODED = """
            <pre>struct <b>queue</b> {=20
            =09int                        head;                 /*     0=
                 4 */
            &nbsp; std::map&lt;int, int&gt; tail; /*     8    48 */
            [   12.345678] long last; /* 56 8 */ \\
            };</pre>
            """;

    private static final List<String> WORDS = List.of(
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
            "{",
            "};",
            ">",
            "#define x \\\n",
            "//",
            "/*",
            "*/");

    @Test
    void broken_notation_ends_with_one_line_or_is_read_judged_and_written() {
        Fuzz.text(
                        FuzzShare.NOTATION,
                        new TextMutator(List.of(MAIL, PAHOLE, DECLARED, GDB, CRASH, OBJECTS, MEMORY, PASTED, ENCODED), WORDS))
                .cutting(List.of(MAIL + PAHOLE + DECLARED + GDB + CRASH, OBJECTS, MEMORY, PASTED, ENCODED))
                .run(NotationFuzzTest::use);
    }

    private static void use(String text) {
        NotationSource source = NotationSource.read("mail", text);
        LayoutUse.all(source);
        if (!ObjectTextReader.read("mail", text).isEmpty()
                || !MemoryLayoutReader.read("mail", text).isEmpty()) {
            return; // not notation
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
