package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.SyncType;
import dev.faultline.testing.NativeCompiler;
import dev.faultline.testing.NativeFacts;
import dev.faultline.testing.NativeTypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C++ classes of g++ and clang++, read from debug information and compared with what the compiler says of them. */
@Tag("slow")
@Tag("native")
class CxxClassesTest {

    private static final String CLASSES = """
            namespace ns {
            struct Empty {}; struct Other {};
            struct Pod { int pod; char tail; };
            struct Kept { Kept() {} int a; char b; private: int c; char d; };
            struct InTail : Kept { char e; char f; };
            struct DeepTail : InTail { char g; short h; };
            struct PodTail : Pod { char i; };
            struct Single : Empty { int j; };
            struct Several : Empty, Other { Empty k; int l; };
            struct Chain : Other, Single { Empty m; };
            struct Shared { [[no_unique_address]] Empty n; int o; [[no_unique_address]] Other p;
                [[no_unique_address]] Kept q; char r; };
            struct Nothing { [[no_unique_address]] Empty s; [[no_unique_address]] Other t; };
            struct Virtual { virtual ~Virtual() {} int u; };
            struct Second { virtual void second() {} char v; };
            struct Derived : Virtual { char w; };
            struct Both : Virtual, Second { int x; virtual void both() {} };
            struct Later : Pod { virtual void later() {} char y; };
            struct Root { int root; char last; };
            struct Left : virtual Root { int left; };
            struct Right : virtual Root { char right; };
            struct Diamond : Left, Right { int diamond; };
            struct Deeper : Diamond, virtual Virtual { char deeper; };
            struct Nearly { virtual void nearly() {} };
            struct Primary : virtual Nearly { int primary; };
            class Statics final { int a1; public: static int s1; static const int S2 = 3; int b1; };
            enum class Colour : unsigned char { RED, GREEN = 9 }; enum Old { MINUS = -1, PLUS };
            struct Bits { bool c1 : 1; unsigned : 0; int f1 : 9; long long g1 : 50; };
            struct EnumBits { bool z1 : 1; Colour d1 : 4; Old e1 : 3; };
            struct alignas(64) Aligned { char h1; alignas(16) char i1; };
            struct AlignedTail : Aligned { int j1; };
            struct Outer { struct Inner { int k1; } l1; union { int m1; float n1; }; struct { char o1; }; };
            union Choice { int p1; Pod q1; char r1[12]; };
            struct References { int Pod::*s3; int (Pod::*t1)(int) const; decltype(nullptr) u1; void (*v1)(Pod &); };
            template <class T, int N> struct Box { T w1[N]; char x1; };
            template <class T> class Sub : public Box<T, 2> { short y1; };
            int Statics::s1;
            }
            """;

    private static final List<String> NAMES = List.of(
            "Empty",
            "Pod",
            "Kept",
            "InTail",
            "DeepTail",
            "PodTail",
            "Single",
            "Several",
            "Chain",
            "Shared",
            "Nothing",
            "Virtual",
            "Derived",
            "Both",
            "Later",
            "Statics",
            "Bits",
            "Aligned",
            "AlignedTail",
            "Outer",
            "Choice",
            "References",
            "Box<char, 3>",
            "Sub<int>");

    @TempDir
    Path directory;

    @BeforeEach
    void areInstalled() {
        assumeTrue(NativeCompiler.has("g++", "clang++"), "g++ or clang++ is not installed");
    }

    private static NativeTypes types() {
        List<NativeTypes.Type> types = new java.util.ArrayList<>();
        NAMES.forEach(name -> types.add(NativeTypes.Type.of("ns::" + name)));
        types.add(virtual("Left", List.of("left"), List.of("root", "last")));
        types.add(virtual("Right", List.of("right"), List.of("root", "last")));
        types.add(virtual("Diamond", List.of("diamond"), List.of("root", "last", "left", "right")));
        types.add(virtual("Deeper", List.of("deeper"), List.of("root", "last", "left", "right", "diamond", "u")));
        types.add(virtual("Primary", List.of("primary"), List.of()));
        return new NativeTypes(true, CLASSES, types);
    }

    private static NativeTypes.Type virtual(String name, List<String> fields, List<String> inherited) {
        return new NativeTypes.Type(name, "ns::" + name, fields, Set.of(), inherited, true);
    }

    private static String withVariables(NativeTypes types) {
        StringBuilder text = new StringBuilder(types.declarations());
        for (int i = 0; i < types.types().size(); i++) {
            text.append(types.types().get(i).spelling() + " variable" + i + ";\n");
        }
        return text.append("ns::EnumBits enum_bits;\n").toString();
    }

    @Test
    void members_stand_where_the_compiler_puts_them() throws Exception {
        NativeTypes types = types();
        String text = withVariables(types);
        Map<String, List<StructLayout>> read = new java.util.TreeMap<>();
        for (String command : List.of(
                "g++ -gdwarf-4",
                "g++ -gdwarf-5",
                "clang++ -gdwarf-4",
                "clang++ -gdwarf-5",
                "clang++ -gdwarf-5 -gsimple-template-names")) {
            CompiledDwarf made = CompiledDwarf.of(directory, command + " -std=c++20", text);
            assertThat(made.inventory().leftOut()).as(command).isEmpty();
            read.put(command, made.layouts());
        }
        assertThat(new NativeFacts(types, read).differences(new NativeCompiler(types, directory)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"g++ -gdwarf-4", "g++ -gdwarf-5", "clang++ -gdwarf-4", "clang++ -gdwarf-5"})
    void bases_and_virtual_tables_are_pinned_and_virtual_bases_are_not_shown(String command) throws Exception {
        CompiledDwarf made = CompiledDwarf.of(directory, command + " -std=c++20", withVariables(types()));

        StructLayout both = made.layout("ns::Both");
        assertThat(both.members())
                .extracting(Member::role)
                .containsExactly(MemberRole.BASE_CLASS, MemberRole.BASE_CLASS, MemberRole.FIELD);
        assertThat(both.members()).extracting(Member::name).containsExactly("ns::Virtual", "ns::Second", "x");
        assertThat(made.layout("ns::Later").members())
                .filteredOn(member -> member.role() == MemberRole.VTABLE_POINTER)
                .extracting(Member::byteOffset)
                .containsExactly(0L);
        assertThat(made.layout("ns::Statics").members())
                .extracting(Member::name)
                .containsExactly("a1", "b1");
        assertThat(made.layout("ns::DeepTail").members().get(0).type().byteSize())
                .isEqualTo(15);
        assertThat(made.layout("ns::Aligned").byteAlignment()).isEqualTo(64);

        assertThat(made.layout("ns::EnumBits").members())
                .extracting(member -> member.bits().orElseThrow().bitOffset())
                .containsExactly(0, 1, 5);

        StructLayout diamond = made.layout("ns::Diamond");
        assertThat(diamond.members()).extracting(Member::name).containsExactly("ns::Left", "ns::Right", "diamond", "");
        assertThat(hidden(diamond)).containsExactly("[32, 40)");
        assertThat(hidden(made.layout("ns::Left"))).containsExactly("[12, 24)");
        assertThat(hidden(made.layout("ns::Deeper"))).containsExactly("[33, 64)");
        assertThat(diamond.slots()).noneMatch(slot -> slot instanceof Slot.Padding);
    }

    private static List<String> hidden(StructLayout layout) {
        return layout.members().stream()
                .filter(member -> member.role() == MemberRole.NOT_SHOWN)
                .map(member -> member.bytes().orElseThrow().toString())
                .toList();
    }

    private static final String NAMED = """
            #include <vector>
            namespace ns {
            enum class Colour : unsigned char { RED = 2 }; enum Old { MINUS = -1, PLUS };
            template <class T, int N> struct Arr { T t[N]; };
            template <bool B, char C, Colour K, Old O, long L, unsigned U, unsigned char S> struct Values { int x; };
            template <class... Ts> struct Pack { int n; };
            template <int... Ns> struct Numbers { int n; };
            template <template <class, int> class TT> struct Held { TT<int, 2> v; };
            template <class T, class U = std::vector<T>> struct Defaulted { U u; };
            template <class T> struct Outer { template <class U> struct In { T t; U u; }; struct Plain { int *p; }; };
            inline namespace v1 { struct Inlined { int a; }; }
            }
            namespace { struct Hidden { int a; }; namespace inner { struct Deep { Hidden a; }; } }
            struct Holder { Hidden h; inner::Deep d; };
            typedef struct { int t; } Named;
            ns::Arr<const char *, 2> v0; ns::Arr<ns::Arr<long, 2>, 1> v1; ns::Arr<int (*)(char), 2> v2;
            ns::Values<true, 'x', ns::Colour::RED, ns::MINUS, -7L, 5U, 3> v3;
            ns::Values<false, '\\n', ns::Colour(9), ns::Old(1), 7L, 0U, 'a'> v4;
            ns::Pack<int, char, Named> v5; ns::Pack<> v6; ns::Numbers<1, -2> v7; ns::Held<ns::Arr> v8;
            ns::Defaulted<int> v9; ns::Outer<int>::In<char> v10; ns::Outer<int>::Plain v11;
            ns::Outer<long>::Plain v12; ns::Inlined v13; Holder v14; Named v15;
            struct Methods { int run(int n) { struct Local { int l; } local; local.l = n; return local.l; } };
            struct Others { int run(int n) { struct Local { int l; } local; local.l = n; return local.l; } };
            int twice(int n) { struct Local { int l; struct In { char c; } in; } local; local.l = n; return local.l; }
            int twice(char n) { struct Local { int l; } local; local.l = n; return local.l; }
            template <class T> T templated(T t) { struct Local { T x; } local; local.x = t; return local.x; }
            int calls() { Methods m; Others o; return m.run(2) + o.run(3) + templated<int>(4); }
            """;

    @Test
    void simple_names_of_templates_are_the_full_ones() throws Exception {
        CompiledDwarf full = CompiledDwarf.of(directory, "clang++ -g -std=c++20", NAMED);
        CompiledDwarf simple = CompiledDwarf.of(directory, "clang++ -g -std=c++20 -gsimple-template-names", NAMED);

        assertThat(simple.names()).containsExactlyElementsOf(full.names());
        assertThat(simple.names())
                .contains(
                        "ns::Values<true, 'x', ns::Colour::RED, ns::MINUS, -7L, 5U, (unsigned char)'\\x03'>",
                        "ns::Pack<>",
                        "ns::Held<ns::Arr>",
                        "ns::Outer<int>::In<char>",
                        "templated<int>()::Local");
        assertThat(simple.layouts())
                .allSatisfy(layout -> assertThat(full.layouts().stream().anyMatch(layout::sameBytesAs))
                        .isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"g++ -g -std=c++20", "clang++ -g -std=c++20", "clang++ -g -std=c++20 -gdwarf-4"})
    void names_have_their_scopes(String command) throws Exception {
        CompiledDwarf made = CompiledDwarf.of(directory, command, NAMED);

        assertThat(made.names())
                .contains(
                        "ns::Pack<int, char, Named>",
                        "ns::Numbers<1, -2>",
                        "ns::Outer<int>::In<char>",
                        "ns::Outer<int>::Plain",
                        "ns::v1::Inlined",
                        "(anonymous namespace)::Hidden",
                        "(anonymous namespace)::inner::Deep",
                        "Named",
                        "Methods::run()::Local",
                        "Others::run()::Local",
                        "twice()::Local::In",
                        "templated<int>()::Local");
        assertThat(made.names()).filteredOn("twice()::Local"::equals).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"g++ -g", "clang++ -g"})
    void a_class_that_units_define_differently_is_the_one_of_the_unit(String command) throws Exception {
        CompiledDwarf made = CompiledDwarf.of(
                directory,
                command,
                "struct Twin { int a; int b; }; struct Small { Twin twin; char c; }; Small small;\n"
                        + "namespace { struct Own { int a; }; } struct HasInt { Own own; }; HasInt has_int;",
                "struct Twin { long a; long b; }; struct Large { Twin twin; char c; }; Large large;\n"
                        + "namespace { struct Own { long a; }; } struct HasLong { Own own; }; HasLong has_long;");

        assertThat(made.layout("Small").resolve("twin.b").orElseThrow().bytes().start())
                .isEqualTo(4);
        assertThat(made.layout("Large").resolve("twin.b").orElseThrow().bytes().start())
                .isEqualTo(8);
        assertThat(made.layout("HasInt").byteSize()).isEqualTo(4);
        assertThat(made.layout("HasLong").byteSize()).isEqualTo(8);
        assertThat(made.names()).filteredOn("Twin"::equals).hasSize(2);
    }

    private static final String DECLARED = """
            struct Elsewhere { Elsewhere(); ~Elsewhere(); long e; };
            template <class T> struct Nothing { Nothing(); }; extern template struct Nothing<int>;
            struct Holder { char a; Elsewhere member; int b; };
            struct Inherits : Elsewhere { int c; };
            struct Hider : Nothing<int> { char *text; };
            void use(Holder &h, Inherits &i, Hider &k) { h.b = i.c; k.text = 0; }
            """;

    @Test
    void a_class_with_parts_that_are_only_declared_is_shown_without_them() throws Exception {
        CompiledDwarf alone = CompiledDwarf.of(directory, "clang++ -g -std=c++17", DECLARED);
        assertThat(alone.names()).doesNotContain("Elsewhere");
        assertThat(hidden(alone.layout("Holder"))).containsExactly("[8, 16)");
        assertThat(alone.layout("Holder").resolve("b").orElseThrow().bytes().start())
                .isEqualTo(16);
        assertThat(alone.layout("Inherits").members())
                .extracting(Member::role)
                .containsExactly(MemberRole.NOT_SHOWN, MemberRole.FIELD, MemberRole.NOT_SHOWN);
        assertThat(hidden(alone.layout("Hider"))).isEmpty(); // the next member stands at the place of its base

        CompiledDwarf both = CompiledDwarf.of(
                directory,
                "clang++ -g -std=c++17",
                DECLARED,
                "struct Elsewhere { Elsewhere(); ~Elsewhere(); long e; };\n"
                        + "Elsewhere::Elsewhere() {}  Elsewhere::~Elsewhere() {}\n");
        assertThat(both.layout("Holder")
                        .resolve("member.e")
                        .orElseThrow()
                        .bytes()
                        .start())
                .isEqualTo(8);
        assertThat(both.layout("Inherits").members().get(0).role()).isEqualTo(MemberRole.BASE_CLASS);
        assertThat(hidden(both.layout("Inherits"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"g++ -g", "clang++ -g"})
    void types_that_synchronise_are_known(String command) throws Exception {
        CompiledDwarf made = CompiledDwarf.of(directory, command + " -std=c++20", """
                #include <atomic>
                #include <memory>
                #include <mutex>
                struct Sync { std::atomic<long> a; std::mutex m; std::atomic_flag f; volatile int v; long plain; };
                Sync waiting;
                """);

        StructLayout layout = made.layout("Sync");
        assertThat(layout.members())
                .extracting(
                        member -> SyncType.of(member.type()).map(SyncType::name).orElse("-"))
                .containsExactly("ATOMIC", "LOCK", "ATOMIC", "VOLATILE", "-");
        assertThat(layout.fields()).extracting(Slot.Field::path).contains("a", "m", "f", "v", "plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"g++ -g", "clang++ -g"})
    void members_are_spelled_as_in_source_code(String command) throws IOException, InterruptedException {
        CompiledDwarf made = CompiledDwarf.of(directory, command, """
                namespace ns { struct Pod { int a; }; enum class Kind : char { A }; }
                struct All { int &r; int &&rr; const char (&arr)[4]; int ns::Pod::*pm; int (ns::Pod::*pf)(int);
                    decltype(nullptr) np; void (*fp)(ns::Pod &, const int *); ns::Kind k; const volatile short *p; };
                int use(All &a) { return a.r; }
                """);

        assertThat(made.layout("All").members())
                .extracting(member -> member.type().spelling())
                .containsExactly(
                        "int &",
                        "int &&",
                        "const char (&)[4]",
                        "int ns::Pod::*",
                        "int (ns::Pod::*)(int)",
                        made.layout("All").members().get(5).type().spelling(), // decltype(nullptr) or std::nullptr_t
                        "void (*)(ns::Pod &, const int *)",
                        "ns::Kind",
                        made.layout("All").members().get(8).type().spelling()); // two orders of qualifiers
        assertThat(made.layout("All").members().get(5).type().spelling()).contains("nullptr");
    }
}
