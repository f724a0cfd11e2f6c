package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.SyncType;
import dev.faultline.source.Inventory;
import dev.faultline.testing.NativeCompiler;
import dev.faultline.testing.NativeFacts;
import dev.faultline.testing.NativeTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C types of gcc and clang in DWARF 2 to 5, compared with what the compiler says of them. */
@Tag("slow")
@Tag("native")
class CTypesTest {

    private static final String TYPES = """
            #include <stdarg.h>
            typedef int wide_int __attribute__((aligned(16)));
            typedef const volatile long three[3];
            typedef float four __attribute__((vector_size(16)));
            enum small { A1, B1 }; enum __attribute__((packed)) tiny { T1, T2 };
            struct only_declared;
            struct bits { int a:3; unsigned b:7; int :0; long long c:33; char d:2; short e:9; int :5; int g:6; _Bool h:1;
                enum small k:2; long long m:40; };
            struct __attribute__((packed)) packed_bits { char x; int a:3; int b:30; long long c:50; char d:5; short y;
                int e:17; };
            struct __attribute__((packed)) straddling { char c; int a:9; int b:20; int z:4; };
            struct member_aligned { char c; int x __attribute__((aligned(32))); wide_int y; char d; };
            struct __attribute__((aligned(64))) type_aligned { char c; };
            struct packed_member { char c; wide_int y __attribute__((packed)); };
            struct flexible { int n; long data[]; };
            struct zero_length { int n; long data[0]; };
            struct flexible_structs { int n; struct { char a; short b; } data[]; };
            struct flexible_rows { int n; char data[][4]; };
            struct arrays { int m[2][3]; three q; four v; four vs[2]; char c[5]; struct only_declared *p[4]; };
            struct numbers { float _Complex fc; double _Complex dc; long double ld; long double _Complex lc; char c;
                _Bool b; char after; double _Complex last; };
            struct functions { int (*f)(int, const char *, ...); void (*const g[3])(void); int (*(*h)(int))[4]; va_list ap;
                char *restrict r; };
            struct anonymous { int a; union { long x; struct { char y, z; }; }; struct { int q; }; int :3; int w:4; };
            struct embedding { struct type_aligned t; struct anonymous a; enum tiny ti; enum small s; };
            struct markers { char start[0]; int a; struct { } e; long b; int end[0] __attribute__((aligned(64)));
                char after; };
            struct long_longs { char c; long long l; double d; };
            union choice { int a; char b[7]; double d; int c:5; };
            """;

    private static final List<String> NAMES = List.of(
            "struct bits",
            "struct packed_bits",
            "struct straddling",
            "struct member_aligned",
            "struct type_aligned",
            "struct packed_member",
            "struct flexible",
            "struct zero_length",
            "struct arrays",
            "struct numbers",
            "struct functions",
            "struct anonymous",
            "struct embedding",
            "struct markers",
            "struct long_longs",
            "union choice");

    @TempDir
    Path directory;

    @BeforeEach
    void areInstalled() {
        assumeTrue(NativeCompiler.has("gcc", "clang"), "gcc or clang is not installed");
    }

    private static String withVariables() {
        StringBuilder text = new StringBuilder(TYPES);
        for (String name : NAMES) {
            text.append(name + " variable_" + name.replace(' ', '_') + ";\n");
        }
        return text + "struct flexible_structs fs; struct flexible_rows fr;\n";
    }

    @Test
    void members_stand_where_the_compiler_puts_them() throws Exception {
        NativeTypes types = NativeTypes.of(false, TYPES, NAMES.toArray(String[]::new));
        Map<String, List<StructLayout>> read = new TreeMap<>();
        for (String compiler : List.of("gcc", "clang")) {
            for (int version = 2; version <= 5; version++) {
                String command = compiler + " -gdwarf-" + version;
                CompiledDwarf made = CompiledDwarf.of(directory, command, withVariables());
                assertThat(made.inventory().leftOut()).as(command).isEmpty();
                read.put(command, made.layouts());
                assertThat(made.layout("flexible_rows").members().get(1).type().spelling())
                        .isEqualTo("char[0][4]");
                assertThat(made.layout("flexible_structs").byteSize()).isEqualTo(4);
            }
        }
        assertThat(new NativeFacts(types, read).differences(new NativeCompiler(types, directory)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcc -gdwarf-5", "clang -gdwarf-5"})
    void alignments_are_those_of_the_compiler(String command) throws Exception {
        CompiledDwarf made = CompiledDwarf.of(directory, command, withVariables());

        Map<String, Long> alignments = made.layouts().stream()
                .filter(layout -> NAMES.contains(layout.spelling()))
                .collect(Collectors.toMap(StructLayout::spelling, StructLayout::byteAlignment));
        assertThat(alignments)
                .containsEntry("struct type_aligned", 64L)
                .containsEntry("struct member_aligned", 32L)
                .containsEntry("struct packed_member", 1L)
                .containsEntry("struct markers", 64L)
                .containsEntry("struct arrays", 16L)
                .containsEntry("struct long_longs", 8L);
        Member complex = made.layout("numbers").members().get(1);
        assertThat(complex.type().spelling()).isEqualTo("complex double");
        assertThat(complex.type().byteAlignment()).isEqualTo(8);
        assertThat(made.layout("member_aligned").members().get(1).type().byteAlignment())
                .isEqualTo(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcc -gdwarf-5", "clang -gdwarf-5"})
    void atomic_types_are_known(String command) throws Exception {
        CompiledDwarf made = CompiledDwarf.of(directory, command, """
                #include <stdatomic.h>
                struct atomics { _Atomic long l; int *_Atomic p; volatile _Atomic short v; atomic_int ai;
                    _Atomic struct { int a, b; } s; long plain; _Atomic int *to; };
                struct atomics atomics;
                """);

        StructLayout layout = made.layout("atomics");
        assertThat(layout.members())
                .extracting(
                        member -> SyncType.of(member.type()).map(SyncType::name).orElse("-"))
                .containsExactly("ATOMIC", "ATOMIC", "ATOMIC", "ATOMIC", "ATOMIC", "-", "-");
        assertThat(layout.members().get(0).type().spelling()).startsWith("_Atomic long");
        assertThat(layout.members().get(1).type().spelling()).isEqualTo("int *_Atomic");
        assertThat(layout.resolve("s").orElseThrow().bytes().toString()).isEqualTo("[24, 32)");
    }

    @Test
    void a_struct_of_computed_size_is_left_out_with_the_reason() throws Exception {
        CompiledDwarf made = CompiledDwarf.of(directory, "gcc -g", """
                int use(int n) { struct sized { int a; char text[n]; int last; } s; s.last = n; return s.last; }
                """);

        assertThat(made.inventory().leftOut())
                .extracting(Inventory.LeftOut::reason)
                .singleElement()
                .asString()
                .endsWith("struct sized: member text: a member is an array whose length is computed at run time");
    }

    @Test
    void clang_describes_bit_fields_as_wide_as_their_type_as_other_members() throws Exception {
        String text = "struct __attribute__((packed)) whole { long a : 33; short b : 16; int c; }; struct whole whole;";
        for (int version = 2; version <= 5; version++) {
            StructLayout gcc =
                    CompiledDwarf.of(directory, "gcc -gdwarf-" + version, text).layout("whole");
            StructLayout clang = CompiledDwarf.of(directory, "clang -gdwarf-" + version, text)
                    .layout("whole");
            assertThat(clang.resolve("b").orElseThrow().bytes())
                    .isEqualTo(gcc.resolve("b").orElseThrow().bytes());
            assertThat(clang.resolve("b").orElseThrow().bits()).isPresent();
        }
    }

    @Test
    void numbers_of_i386_align_to_4_bytes() throws Exception {
        String command = "clang --target=i386-linux-gnu -ffreestanding -nostdlib -fuse-ld=lld -gdwarf-5";
        assumeTrue(NativeCompiler.has("ld.lld"), "ld.lld is not installed");
        CompiledDwarf made = CompiledDwarf.of(directory, command, """
                struct plain { long long l; double d; }; struct after { char c; long long l; };
                struct vectors { float v __attribute__((vector_size(16))); };
                struct atomics { char c; _Atomic long long l; };
                struct plain a; struct after b; struct vectors c; struct atomics d;
                """);

        assertThat(made.layout("plain").byteAlignment()).isEqualTo(4);
        assertThat(made.layout("after").resolve("l").orElseThrow().bytes().start())
                .isEqualTo(4);
        assertThat(made.layout("vectors").byteAlignment()).isEqualTo(16);
        assertThat(made.layout("atomics").byteAlignment()).isEqualTo(8);
    }

    /** In DWARF 2 and 3, bits count from the most significant one of a unit, later from the first address. */
    @Test
    void bits_of_big_endian_machines_are_those_of_all_versions() throws Exception {
        String text = withVariables().replace("restrict", ""); // which DWARF 2 does not have
        assumeTrue(NativeCompiler.has("ld.lld"), "ld.lld is not installed");
        for (String target : List.of("powerpc64-linux-gnu", "mips-linux-gnu")) {
            String command = "clang -ffreestanding -nostdlib -fuse-ld=lld --target=" + target + " -gdwarf-";
            List<StructLayout> newest =
                    CompiledDwarf.of(directory, command + 5, text).layouts();
            StructLayout bits = newest.stream()
                    .filter(layout -> layout.name().equals("bits"))
                    .findFirst()
                    .orElseThrow();
            assertThat(bits.members().get(0).bits().orElseThrow().bitOffset()).isZero();
            for (int version = 2; version <= 4; version++) {
                List<StructLayout> read =
                        CompiledDwarf.of(directory, command + version, text).layouts();
                assertThat(read)
                        .as(target + version)
                        .hasSameSizeAs(newest)
                        .allSatisfy(layout -> assertThat(newest.stream().anyMatch(layout::sameBytesAs))
                                .as(layout.name())
                                .isTrue());
            }
        }
    }
}
