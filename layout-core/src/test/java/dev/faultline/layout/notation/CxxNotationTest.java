package dev.faultline.layout.notation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.source.Lookup;
import dev.faultline.source.notation.NotationSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** C++, Rust and Go as tools print them: what is no member is passed over, what the compiler adds is a member. */
class CxxNotationTest {

    private static StructLayout only(String text) {
        return NotationReader.read("text", text).get(0);
    }

    private static List<String> members(StructLayout layout) {
        return layout.members().stream().map(CxxNotationTest::shown).toList();
    }

    private static String shown(Member member) {
        String role = member.role() == MemberRole.FIELD ? "" : member.role() + " ";
        return role + member.type().spelling() + " " + member.name() + " @" + member.byteOffset() + ", "
                + member.type().byteSize();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public:",
                "public:\n",
                "private:\n\nprotected:",
                "signals:",
                "public slots:",
                "Q_SIGNALS:",
                "struct Gate & operator=(struct Gate *, const struct Gate  &);",
                "bool operator<(const struct Gate *, const struct Gate &);",
                "int operator()(struct Gate *, int);",
                "bool operator bool(const struct Gate *);",
                "void * operator new [](size_t);",
                "int operator,(struct Gate *, int);",
                "struct Gate * operator->(struct Gate *);",
                "int operator<=>(const struct Gate *, const struct Gate &);",
                "class vector<int, std::allocator<int> > operator std::vector<int>(const struct Gate *);",
                "virtual void ~Gate(struct Gate *, int);",
                "~Gate() = default;",
                "Gate();",
                "explicit Gate(int a) noexcept : hits{a}, other(a) { run(a); }",
                "virtual int run(const struct Gate *, int) = 0;",
                "void tm<int>(struct Gate *, int);",
                "template<class T> void fill(T value);",
                "template <class U> struct rebind { typedef Gate<U> other; };",
                "int get() const & { return 1; }",
                "int get() {}",
                "auto trail(int) -> long;",
                "[[nodiscard]] constexpr int size() const noexcept { return 3; }",
                "void Gate(struct Gate *, );",
                "friend struct Other;",
                "using Other::Other;",
                "typedef int my_int;",
                "using my_long = unsigned long;",
                "enum E1 { A = 0, B = 1, };",
                "enum class E2 : unsigned char { X, Y };",
                "enum { P, Q };",
                "struct Inner { int z; /* 0 4 */ /* size: 4, cachelines: 1, members: 1 */ };",
                "class Forward;",
                "static_assert(sizeof(int) == 4, \"x\");",
                "extern int                        total;",
                "static const int           lim = 3;",
                "static const double dd = 4609434218613702656; /*     0     0 */",
                "static int st; /* 0 0 */",
                "static constexpr int sizes[] = {1, 2, 3};",
                "inline static std::atomic<int> shared{0};",
                "thread_local static int tl;",
                "/* vtable has 3 entries: { [0] = ~Gate((null)), [2] = f((null)), } */",
            })
    void what_is_no_member_is_passed_over(String other) {
        String place = "\tlong int hits; /* 0 8 */\n";
        String size = "\n/* size: 8, cachelines: 1, members: 1 */\n};\n";

        for (String body : List.of(place + "\t" + other + size, "\t" + other + "\n" + place + size)) {
            StructLayout gate = only("struct Gate {\n" + body);
            assertThat(gate.spelling() + " " + gate.byteSize()).isEqualTo("struct Gate 8");
            assertThat(members(gate)).containsExactly("long int hits @0, 8");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "int ()(void) * *           _vptr.Session; ! 8 ! VTABLE_POINTER int ()(void) ** _vptr.Session",
                "int ()(void) * *           _vptr$Session; ! 8 ! VTABLE_POINTER int ()(void) ** _vptr$Session",
                "int (**_vptr.Session)(void); ! 8 ! VTABLE_POINTER int (**)(void) _vptr.Session",
                "void (*(*get)(int))(char); ! 8 ! void (*(*)(int))(char) get",
                "void ()(char) *            (*get)(int); ! 8 ! void (*(*)(int))(char) get",
                "int Pod::*                 dp; ! 4 ! int Pod::* dp",
                "void ()(class Multi *, int) Multi::* mf; ! 403000 ! void ()(class Multi *, int) Multi::* mf",
                "rr; ! 4 ! && rr",
                "void np; ! 4001323392 ! decltype(nullptr) np",
                "int & r; ! 8 ! int & r",
                "complex float cf; ! 8 ! complex float cf",
                "class function<int(int)>  fn; ! 32 ! class function<int(int)> fn",
                "struct &str name __attribute__((__aligned__(8))); ! 16 ! struct &str name",
                "() * drop_in_place __attribute__((__aligned__(8))); ! 8 ! () * drop_in_place",
                "struct (u32, u64) t; ! 16 ! struct (u32, u64) t",
                "struct {closure_env#0} env; ! 8 ! struct {closure_env#0} env",
                "map[string]int m; ! 8 ! map[string]int m",
                "struct []uint8 s; ! 24 ! struct []uint8 s",
                "chan struct {} done; ! 8 ! chan struct {} done",
                "struct struct { main.x int; main.y int } st; ! 16 ! struct struct { main.x int; main.y int } st",
                "uintptr .F; ! 8 ! uintptr .F",
                "func(int) int f; ! 512731 ! func(int) int f",
                "sync/atomic.Int64 a; ! 8 ! sync/atomic.Int64 a",
                "struct HashMap<u64, alloc::alloc: m; ! 8 ! struct HashMap<u64, alloc::alloc: m",
            })
    void a_type_that_only_a_tool_spells_is_read(String declaration, long stated, String expected) {
        long byteSize = stated > 1000 || expected.contains("::*") || expected.startsWith("&&") ? 8 : stated;
        long known = expected.contains(") Multi::*") ? 16 : byteSize;
        StructLayout layout = only("struct Session {\n\t" + declaration + " /* 0 " + stated
                + " */\n\tint next; /* 32 4 */\n\t/* size: 40, cachelines: 1, members: 2 */\n};\n");

        assertThat(members(layout)).containsExactly(expected + " @0, " + known, "int next @32, 4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "struct Slot<int, 4> ! Slot<int, 4>",
                "struct Slot<int, (3 > 2)> ! Slot<int, (3 > 2)>",
                "struct Separated<'>'> ! Separated<'>'>",
                "struct Ptr<(& gv)> ! Ptr<(& gv)>",
                "class ns::Pair<ns::A<int>, long int> ! ns::Pair<ns::A<int>, long int>",
                "struct (anonymous namespace)::Foo ! (anonymous namespace)::Foo",
                "struct Outer<int>::Inner ! Outer<int>::Inner",
                "class X final ! X",
                "class alignas(8) X ! X",
                "struct [[gnu::packed]] X ! X",
                "class EXPORT_API Foo ! Foo",
                "struct typedef __va_list_tag __va_list_tag ! __va_list_tag",
                "struct main.T ! main.T",
                "struct sync/atomic.Int64 ! sync/atomic.Int64",
                "struct []uint8 ! []uint8",
                "struct hchan<int> ! hchan<int>",
                "struct noalg.struct { F uintptr; runtime.gp *runtime.g } ! noalg.struct { F uintptr; runtime.gp *runtime.g }",
                "struct &str ! &str",
                "struct *mut [u8] ! *mut [u8]",
                "struct (usize, bool) ! (usize, bool)",
                "struct {closure_env#0} ! {closure_env#0}",
                "struct Box<dyn core::ops::Fn<(u32), Output=u32>> ! Box<dyn core::ops::Fn<(u32), Output=u32>>",
                "struct &dyn core::ops::Fn<(u32) -> u32> ! &dyn core::ops::Fn<(u32) -> u32>",
            })
    void a_tag_that_is_no_plain_word_is_read(String head, String tag) {
        StructLayout layout = only(head + " {\n\tint a; /* 0 4 */\n\n\t/* size: 4, cachelines: 1, members: 1 */\n};\n");

        assertThat(layout.name()).isEqualTo(tag);
        assertThat(members(layout)).containsExactly("int a @0, 4");
    }

    @Test
    void a_base_class_ends_where_a_member_uses_its_padding() {
        StructLayout derived = NotationReader.read("text", """
                struct NP {
                \tint                        a;                    /*     0     4 */
                \tlong int                   b;                    /*     8     8 */
                \tchar                       c;                    /*    16     1 */

                \t/* size: 24, cachelines: 1, members: 3 */
                };
                struct NPD : NP {
                \t/* struct NP                  <ancestor>; */     /*     0    24 */

                \tchar                       d;                    /*    17     1 */
                \tint                        e;                    /*    20     4 */

                \t/* size: 24, cachelines: 1, members: 3 */
                };
                """).get(1);

        assertThat(members(derived)).containsExactly("BASE_CLASS struct NP NP @0, 17", "char d @17, 1", "int e @20, 4");
        assertThat(derived.resolve("NP.c").orElseThrow().bytes().start()).isEqualTo(16);
    }

    @Test
    void a_base_class_is_printed_with_its_members_and_the_entries_of_its_vtable() {
        StructLayout layout = only("""
                struct Gate : Task<int, void (*)(int*)> {
                \t/* struct Task<int, void (*)(int*)> {
                \t\t/* struct Base {
                \t\t\tint ()(void) * *   _vptr.Base;           /*     0     8 */
                \t\t\tvirtual int f(const struct Base  *);

                \t\t\t/* vtable has 1 entries: {
                \t\t\t   [2] = f((null)),\s
                \t\t\t} */\t\t}<ancestor>; */ /*     0     8 */
                \t\tlong int           id;                   /*     8     8 */
                \t\t/* vtable has 1 entries: {
                \t\t   [3] = g((null)),\s
                \t\t} */\t} __attribute__((__packed__))<ancestor>; */ /*     0    16 */
                \tint                        hits;                 /*    16     4 */

                \t/* size: 24, cachelines: 1, members: 2 */
                \t/* padding: 4 */
                };
                """);

        assertThat(members(layout))
                .containsExactly("BASE_CLASS struct Task<int, void (*)(int*)> Task @0, 16", "int hits @16, 4");
    }

    @Test
    void a_type_printed_once_more_than_its_member_is_none_whatever_unnamed_bits_one_of_them_shows() {
        StructLayout layout = only("""
                struct outer {
                \tstruct {
                \t\tlong int                   a:2;                  /*     0: 0  8 */
                \t\tchar                       b:2;                  /*     7: 2  1 */
                \t\tunion {
                \t\t\tint                c;                    /*     8     4 */
                \t\t};                                               /*     8     4 */
                \t};
                \tstruct {
                \t\tlong int                   a:2;                  /*     0: 0  8 */
                \t\tchar                       :0;
                \t\tchar                       b:2;                  /*     7: 2  1 */
                \t\tunion {
                \t\t\tint                c;                    /*     8     4 */
                \t\t};                                               /*     8     4 */
                \t} in;                                                    /*     0    16 */
                \tint                        d;                    /*    16     4 */

                \t/* size: 24, cachelines: 1, members: 2 */
                };
                """);

        assertThat(members(layout)).containsExactly("struct in @0, 16", "int d @16, 4");
    }

    @Test
    void bytes_behind_the_members_of_a_class_whose_constructor_takes_virtual_tables_are_not_padding() {
        StructLayout layout = only("""
                struct Sub : Task {
                \t/* struct Task                <ancestor>; */     /*     0    24 */
                \tvoid ~Sub(struct Sub *, int, const void  * *);

                \tint                        hits;                 /*    24     4 */

                \t/* size: 48, cachelines: 1, members: 2 */
                \t/* padding: 20 */
                };
                """);

        assertThat(layout.slots()).last().isEqualTo(new Slot.NotShown("", 28, 20));
    }

    @Test
    void types_that_are_cut_in_typedefs_and_methods_are_no_members() {
        StructLayout layout = only("""
                class Tree {
                \ttypedef const struct Node<std::pair<const Key<char, std::alloc>, std::vect  * Link;

                \tstruct pair<Node<std::pair<const Key<char>, std::v  find(class Tree *, const struct Node<Ke);

                \tint                        size;                 /*     0     4 */

                \t/* size: 4, cachelines: 1, members: 1 */
                };
                """);

        assertThat(members(layout)).containsExactly("int size @0, 4");
    }

    @Test
    void bytes_that_may_be_those_of_a_virtual_base_class_are_not_shown() {
        StructLayout virtual = only("""
                struct D1 : virtual VB {
                \t/* struct VB                  <ancestor>; */     /* 4294967295    16 */
                \tint ()(void) * *           _vptr$D1;             /*     0     8 */
                \tint                        d1;                   /*     8     4 */

                \t/* size: 32, cachelines: 1, members: 3 */
                };
                """);
        StructLayout unnamed = only("""
                class Worker : public Task<Worker, int>, public virtual Mix {
                \tlong int                   seq;                  /*    24     8 */

                \t/* size: 32, cachelines: 1, members: 1 */
                };
                """);

        assertThat(members(virtual))
                .containsExactly(
                        "VTABLE_POINTER int ()(void) ** _vptr$D1 @0, 8",
                        "int d1 @8, 4",
                        "NOT_SHOWN bytes not shown  @12, 20");
        assertThat(members(unnamed)).containsExactly("NOT_SHOWN bytes not shown  @0, 24", "long int seq @24, 8");
    }

    @Test
    void a_base_class_without_bytes_or_without_a_size_takes_none_from_others() {
        String empty = "struct Empty {\n\n\t/* size: 1, cachelines: 1, members: 0 */\n};\n";
        String derived = "struct Two : Empty, Base {\n\t/* struct Empty <ancestor>; */ /* 0 0 */\n"
                + "\tstruct Base <ancestor>; /* 0 16 */\n\tint y; /* 16 4 */\n\t/* size: 24 */\n};\n";
        StructLayout unknown = only("struct Sub : Base {\n\t/* struct Base <ancestor>; */ /* 0 0 */\n"
                + "\tint y; /* 16 4 */\n\t/* size: 24 */\n};\n");

        assertThat(members(NotationReader.read("text", empty + derived).get(1)))
                .containsExactly(
                        "BASE_CLASS struct Empty Empty @0, 0", "BASE_CLASS struct Base Base @0, 16", "int y @16, 4");
        assertThat(members(unknown))
                .containsExactly(
                        "BASE_CLASS struct Base Base @0, 0", "NOT_SHOWN bytes not shown  @0, 16", "int y @16, 4");
    }

    @Test
    void the_variants_of_a_rust_enum_are_bytes_that_are_not_shown() {
        TextLayouts read = NotationReader.readAll("text", """
                struct Option<u16> {
                \tstruct Some {

                \t\t/* XXX 2 bytes hole, try to pack */
                \tpublic:


                \t\tu16                        __0 __attribute__((__aligned__(2))); /*     2     2 */

                \t\t/* size: 4, cachelines: 1, members: 1 */
                \t} __attribute__((__aligned__(2)));


                \t/* size: 4, cachelines: 1, members: 0 */
                \t/* padding: 4 */
                } __attribute__((__aligned__(2)));
                """);

        assertThat(read.layouts()).hasSize(1);
        assertThat(members(read.layouts().get(0))).containsExactly("NOT_SHOWN bytes not shown  @0, 4");
    }

    @Test
    void a_type_of_a_class_is_that_of_its_members_and_has_the_class_in_its_name() {
        TextLayouts read = NotationReader.readAll("text", """
                struct Outer {
                \tstruct In {
                \t\tint                        z;                    /*     0     4 */

                \t\t/* size: 4, cachelines: 1, members: 1 */
                \t};
                \tunion {
                \t\tint                        au;                   /*     0     4 */
                \t\tfloat                      af;                   /*     0     4 */
                \t};
                \tlong int                   n;                    /*     0     8 */
                \tstruct In                  in;                   /*     8     4 */
                \tunion {
                \t\tint                au;                   /*    12     4 */
                \t\tfloat              af;                   /*    12     4 */
                \t};                                               /*    12     4 */

                \t/* size: 16, cachelines: 1, members: 3 */
                };
                struct In {
                \tshort int                  other[2];             /*     0     4 */

                \t/* size: 4, cachelines: 1, members: 1 */
                };
                """);

        assertThat(read.skipped()).isEmpty();
        assertThat(read.layouts()).extracting(StructLayout::name).containsExactly("Outer", "Outer::In", "In");
        assertThat(read.layouts().get(0).fields())
                .extracting(field -> field.path() + " @" + field.byteOffset())
                .containsExactly("n @0", "in.z @8", "au @12", "af @12");
    }

    @Test
    void a_struct_behind_typedef_is_found_under_each_of_its_names() {
        NotationSource source = NotationSource.read(
                "text",
                "typedef struct { volatile long unsigned int cold; /* 0 8 */ /* size: 8 */ } cache_t, *cache_p;\n"
                        + "typedef struct tagged { int a; } tagged_t;\n"
                        + "typedef struct pointed { long b; } *pointed_p;\n"
                        + "struct user { cache_t c; /* 0 8 */ /* size: 8 */ };\n");

        assertThat(source.all())
                .extracting(subject -> subject.layout().name())
                .containsExactly("cache_t", "tagged", "pointed", "user");
        for (String name : List.of("cache_t", "struct tagged", "tagged_t", "pointed")) {
            assertThat(source.find(name)).as(name).isInstanceOf(Lookup.Found.class);
        }
        assertThat(((Lookup.Found) source.find("user"))
                        .subjects()
                        .get(0)
                        .layout()
                        .fields())
                .extracting(field -> field.path())
                .containsExactly("c.cold");
    }

    @Test
    void a_class_without_offsets_is_laid_out_when_the_rules_of_c_do() {
        StructLayout layout = NotationReader.read("text", """
                class EXPORT_API Gate final {
                public:
                    using count_t = unsigned long;
                    struct Inner { char c; short s; };
                    enum class Kind : unsigned char { A, B };
                    Gate() : hits{0} {}
                    int get() const { return hits; }
                    static int made;
                private:
                    mutable char flag = 'x';
                    int hits{0}, limit = 3;
                    count_t total = 1;
                    Inner inner;
                    int &ref;
                    int Gate::*field;
                    int (Gate::*method)(int);
                    Kind kind;
                };
                """).get(0);

        assertThat(members(layout))
                .containsExactly(
                        "char flag @0, 1",
                        "int hits @4, 4",
                        "int limit @8, 4",
                        "count_t total @16, 8",
                        "Inner inner @24, 4",
                        "int & ref @32, 8",
                        "int Gate::* field @40, 8",
                        "int (Gate::*)(int) method @48, 16",
                        "Kind kind @64, 1");
        assertThat(layout.byteSize()).isEqualTo(72);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "class A : public B { int x; }; ! column 9: a class with base classes needs offsets",
                "struct A { virtual int f(); int x; }; ! column 12: a class with virtual functions needs offsets",
                "struct A { int f() override; int x; }; ! column 12: a class with virtual functions needs offsets",
                "struct A { DECLARE_THINGS(a, 4); int x; }; ! column 12: `DECLARE_THINGS` may declare members",
                "struct DENSE A { char c; int x; }; ! column 8: `DENSE` has an unknown effect on offsets",
                "template<class T> struct A { T value; }; ! column 32: unknown type `T`",
            })
    void a_class_that_c_has_no_rules_for_is_refused(String text, String reason) {
        TextLayouts read = NotationReader.readAll("text", text + " struct good { int a; };");

        assertThat(read.layouts()).extracting(StructLayout::name).containsExactly("good");
        assertThat(read.skipped())
                .extracting(skipped -> skipped.reason().getMessage())
                .allSatisfy(message -> assertThat(message).startsWith("text: line 1, " + reason))
                .hasSize(1);
    }

    @Test
    void a_union_is_as_large_as_its_packed_struct() {
        StructLayout union = only("""
                union frame {
                	struct {
                		long int           id;                   /*     0     8 */
                		char               kind;                 /*     8     1 */
                		int                length;               /*     9     4 */
                	} __attribute__((__packed__)) head;              /*     0    13 */
                	char                       bytes[7];             /*     0     7 */
                };
                """);
        assertThat(union.byteSize()).isEqualTo(13);
        assertThat(union.byteAlignment()).isEqualTo(1);
    }

    @Test
    void a_union_has_the_alignment_that_a_member_asks_for() {
        StructLayout union = only("""
                union frame {
                	int                        id __attribute__((__aligned__(32))); /*     0     4 */
                	char                       bytes[33];            /*     0    33 */
                };
                """);
        assertThat(union.byteSize()).isEqualTo(64);
        assertThat(union.byteAlignment()).isEqualTo(32);
    }

    @Test
    void lines_that_are_cut_out_are_found_behind_a_type_that_is_printed_twice() {
        StructLayout layout = only("""
                class Gate {
                	struct {
                		int                x;                    /*     0     4 */
                	};
                	int                        first;                /*     0     4 */
                	...
                	struct {
                		int                x;                    /*    16     4 */
                	} in;                                            /*    16     4 */
                	int                        last;                 /*    20     4 */

                	/* size: 24, cachelines: 1, members: 3 */
                };
                """);
        assertThat(members(layout))
                .containsExactly(
                        "int first @0, 4", "NOT_SHOWN bytes not shown  @4, 12", "struct in @16, 4", "int last @20, 4");
    }
}
