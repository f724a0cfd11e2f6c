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

    private static final List<String> WORDS = List.of(
            "[j8(a)]",
            "[9:",
            "8%",
            "demo.Ring object internals:\n",
            "OFF  SZ TYPE DESCRIPTION\n",
            "  12   4   int Ring.mask\n",
            "Instance size: 24 bytes\n",
            "Layout of class app/Ring\n",
            " @12 \"mask\" I 4/4 REGULAR\n",
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
            "//",
            "/*",
            "*/");

    @Test
    void broken_notation_ends_with_one_line_or_is_read_judged_and_written() {
        Fuzz.text(FuzzShare.NOTATION, new TextMutator(List.of(MAIL, PAHOLE, DECLARED, CXX, OBJECTS, MEMORY), WORDS))
                .cutting(List.of(MAIL + PAHOLE + DECLARED + CXX, OBJECTS, MEMORY))
                .run(NotationFuzzTest::use);
    }

    private static void use(String text) {
        NotationSource source = NotationSource.read("mail", text);
        LayoutUse.all(source);
        if (!ObjectTextReader.read("mail", text).isEmpty()
                || !MemoryLayoutReader.read("mail", text).isEmpty()) {
            return; // not notation
        }
        for (StructLayout layout : NotationReader.read("mail", text)) {
            String written = LayoutUse.written(layout);
            StructLayout again = NotationReader.read("written", written).get(0);
            if (again.byteSize() != layout.byteSize()
                    || again.members().size() != layout.members().size()) {
                throw new AssertionError(written + "of " + again.byteSize() + " bytes");
            }
        }
    }
}
