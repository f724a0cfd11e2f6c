package dev.faultline.layout.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.source.Lookup;
import dev.faultline.source.detect.SourceDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** gcc lays out emitted C declarations as intended: their assertions about offsets hold. */
@Tag("slow")
class CDeclarationTest {

    private static final long SEED = Long.getLong("faultline.seed", 20_261_121L);
    private static final int RANDOM_STRUCTS = 400;

    @TempDir
    Path directory;

    private static EmittedDeclaration emit(StructLayout layout) {
        return CDeclaration.of(layout, Optional.empty());
    }

    private static StructLayout read(String text) {
        List<StructLayout> layouts = NotationReader.read("test", text);
        return layouts.get(layouts.size() - 1);
    }

    @Test
    void a_struct_is_declared_as_a_person_would() {
        EmittedDeclaration emitted = emit(read("""
                struct ring {
                        unsigned int               head;                 /*     0     4 */
                        unsigned int               tail;                 /*    64     4 */
                        char                       name[3][5];           /*    68    15 */
                        int (*                     full)(struct ring *); /*    88     8 */
                        atomic_t                   users;                /*   100     4 */
                        /* size: 128 */
                };
                """));

        assertThat(emitted.text()).isEqualTo("""
                /* struct ring, 128 bytes */
                #include <stddef.h>

                #ifndef FAULTLINE_HAVE_TYPES
                /* Stand-ins of the same size and alignment; define FAULTLINE_HAVE_TYPES to use the real types. */
                #include <stdbool.h>
                struct ring;
                typedef unsigned int atomic_t;
                #endif

                struct ring {
                	unsigned int head;
                	unsigned int tail __attribute__((aligned(64)));
                	char name[3][5];
                	int (*full)(struct ring *);
                	unsigned char pad_96[4];
                	atomic_t users;
                };

                _Static_assert(sizeof(struct ring) == 128, "size of struct ring");
                _Static_assert(offsetof(struct ring, head) == 0, "head");
                _Static_assert(offsetof(struct ring, tail) == 64, "tail");
                _Static_assert(offsetof(struct ring, name) == 68, "name");
                _Static_assert(offsetof(struct ring, full) == 88, "full");
                _Static_assert(offsetof(struct ring, users) == 100, "users");
                """);
        assertThat(emitted.notes()).isEmpty();
    }

    @Test
    void an_embedded_struct_that_changed_is_part_of_the_answer_and_no_stand_in() throws Exception {
        StructLayout before = read("""
                struct list { struct list *next, *prev; };
                struct dst { long a; struct list l; };
                struct route { struct dst dst; int id; long hot; };
                """);
        StructLayout after = read("""
                struct list { struct list *next, *prev; };
                struct dst { long a; long hot; struct list l; };
                struct route { struct dst dst; int id; };
                """);

        String text = CDeclaration.of(after, Optional.of(before)).text();

        assertThat(text.substring(text.indexOf("#endif"))).startsWith("""
                #endif

                struct dst {
                	long a;
                	long hot;
                	struct list l;
                };

                struct route {
                """);
        assertThat(text.substring(0, text.indexOf("#endif")))
                .contains("struct list {\n")
                .doesNotContain("struct dst {\n");
        assertThat(new Gcc(directory).complaints(text)).isEmpty();
    }

    @Test
    void awkward_structs_are_laid_out_where_they_were() throws IOException, InterruptedException {
        List<StructLayout> layouts = NotationReader.read("test", """
                typedef unsigned int word_t;
                struct plain { char a; long b; short c; double d; char e; };
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
                struct anonymous_packed { char a; struct { long b; char c; } __attribute__((packed)); short d; };
                union arms { char a; long b[3]; struct { int x; char y; } c; int d : 9; };
                struct holds_union { char a; union arms u; char z; };
                struct flexible { int n; char data[]; };
                struct holds_flexible { char a; struct flexible f; };
                struct zero { int n; long data[0]; char z; };
                struct matrix { char a; int m[2][3]; char z[3][5]; };
                struct pointers { char a; void *p; int (*f)(void); char *const *q; int (*g[2])(long, char); };
                struct atomics { char a; _Atomic int b; _Atomic(long) c; volatile short d; const char e; };
                struct wide { char a; __int128 b; long double c; float d; };
                struct enums { enum color { RED, BLUE } a; char b; enum color c; };
                struct typedefs { char a; word_t b; word_t c[3]; };
                struct empty_inside { int a; struct { } e; int b; };
                struct hash { int *pad_4; char pad_8; long b __attribute__((aligned(16))); };
                """);
        Gcc gcc = new Gcc(directory);
        for (StructLayout layout : layouts) {
            EmittedDeclaration emitted = emit(layout);
            gcc.agreesWith(emitted.text(), List.of(layout), layout.name() + "\n" + emitted.text());
        }
    }

    @Test
    void random_structs_with_holes_anywhere_are_laid_out_where_they_were() throws IOException, InterruptedException {
        StringBuilder all = new StringBuilder();
        List<StructLayout> layouts = new ArrayList<>();
        for (int i = 0; i < RANDOM_STRUCTS; i++) {
            StructLayout layout = new Maker(new Random(SEED + i), "r" + i).struct(2);
            layouts.add(layout);
            all.append(emit(layout).text());
        }

        new Gcc(directory).agreesWith(all.toString(), layouts, "seed " + SEED);
        assertThat(all.toString()).contains("packed", "aligned(", "pad_", "unsigned char :");
    }

    @Test
    void structs_of_the_running_kernel_are_laid_out_as_its_compiler_did() throws IOException, InterruptedException {
        Path btf = Path.of("/sys/kernel/btf/vmlinux");
        assumeTrue(Files.isReadable(btf), "no BTF of a running kernel");
        Gcc gcc = new Gcc(directory);
        var source = SourceDetector.here(Optional.empty(), Optional.empty()).open(SourceDetector.KERNEL);
        List<StructLayout> all = source.all().stream()
                .map(subject -> subject.layout())
                .filter(layout -> !layout.name().isEmpty())
                .toList();
        Random random = new Random(SEED);
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            StructLayout layout = all.get(random.nextInt(all.size()));
            files.add(Files.writeString(
                    directory.resolve(i + "-" + layout.name() + ".c"),
                    emit(layout).text()));
        }
        for (String name : List.of("task_struct", "sk_buff", "dst_entry", "rtable", "net_device", "page", "inode")) {
            if (source.find(name) instanceof Lookup.Found found) {
                files.add(Files.writeString(
                        directory.resolve(name + ".c"),
                        emit(found.subjects().get(0).layout()).text()));
            }
        }

        assertThat(gcc.complaints(files)).as("seed " + SEED).isEmpty();
    }

    @Test
    void a_type_that_is_pointed_to_before_it_is_embedded_is_declared_once() throws IOException, InterruptedException {
        FieldType raw = FieldType.Scalar.natural("raw_t", 4);
        StructLayout lock = StructLayout.of(
                "spinlock",
                AggregateKind.STRUCT,
                4,
                4,
                List.of(Member.of("raw", raw, 0)),
                Provenance.of(Provenance.Origin.BTF, "test"));
        StructLayout net = StructLayout.of(
                "net",
                AggregateKind.STRUCT,
                24,
                8,
                List.of(
                        Member.of("locks", FieldType.Scalar.natural("spinlock_t *", 8), 0),
                        Member.of("other", FieldType.Scalar.natural("other_t *", 8), 8),
                        Member.of("lock", new FieldType.Aggregate("spinlock_t", lock), 16),
                        Member.of("id", FieldType.Scalar.natural("u32", 4), 20),
                        // empty, so it must be declared before the member at the same offset
                        Member.of("none", new FieldType.Opaque("tracker_t", 0, 1), 20)),
                lock.provenance());

        String text = emit(net).text();

        assertThat(text).contains("typedef struct spinlock spinlock_t;", "typedef struct faultline_other_t other_t;");
        assertThat(new Gcc(directory).complaints(text)).isEmpty();
    }

    @Test
    void names_that_c_does_not_take_are_changed_and_that_is_noted() throws IOException, InterruptedException {
        StructLayout layout = StructLayout.of(
                "acme::Ring<int>",
                AggregateKind.CLASS,
                24,
                8,
                List.of(
                        Member.of("register", new FieldType.Scalar("std::atomic<int>", 4, 4), 0),
                        Member.of("next", FieldType.Scalar.natural("acme::Ring<int> *", 8), 8),
                        Member.of("odd", new FieldType.Opaque("std::array<char, 3>", 3, 1), 16)),
                Provenance.of(Provenance.Origin.NOTATION, "test"));

        EmittedDeclaration emitted = emit(layout);

        assertThat(emitted.notes())
                .containsExactly(
                        "C cannot name std::atomic<int>; a type of the same size replaces it",
                        "C cannot name std::array<char, 3>; a type of the same size replaces it",
                        "acme::Ring<int> is renamed acme_Ring_int, because C does not allow that name",
                        "register is renamed register_, because C does not allow that name");
        assertThat(new Gcc(directory).complaints(emitted.text())).isEmpty();
    }

    @Test
    void what_c_cannot_say_is_refused() {
        FieldType number = FieldType.Scalar.natural("int", 4);
        StructLayout vm = StructLayout.of(
                "com.acme.Ring",
                AggregateKind.CLASS,
                16,
                8,
                List.of(Member.of("head", number, 12)),
                Provenance.of(Provenance.Origin.VM_MODEL, "25-coh"));
        assertThatThrownBy(() -> emit(vm))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "class com.acme.Ring: the Java VM lays out classes; only structs and unions can be declared in C");

        StructLayout twice = read("struct a { struct { int x; } s; int x; };");
        StructLayout inner = StructLayout.of(
                "inner", AggregateKind.STRUCT, 8, 4, List.of(Member.of("x", number, 4)), twice.provenance());
        StructLayout other = StructLayout.of(
                "inner", AggregateKind.STRUCT, 8, 4, List.of(Member.of("x", number, 0)), twice.provenance());
        StructLayout both = StructLayout.of(
                "outer",
                AggregateKind.STRUCT,
                16,
                4,
                List.of(
                        Member.of("a", new FieldType.Aggregate("struct inner", inner), 0),
                        Member.of("b", new FieldType.Aggregate("struct inner", other), 8)),
                twice.provenance());
        assertThatThrownBy(() -> emit(both))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("struct inner is two different structs in it");
    }

    /**
     * Makes layouts that no compiler would choose: holes of any size, members where they are not aligned, odd sizes.
     */
    private static final class Maker {
        private static final Provenance MADE = Provenance.of(Provenance.Origin.DECLARED, "test");
        private static final String[] NUMBERS = {"char", "short", "int", "long", "double", "void *", "_Bool", "__int128"
        };
        private static final int[] BYTES = {1, 2, 4, 8, 8, 8, 1, 16};

        private final Random random;
        private final String name;
        private int names;

        Maker(Random random, String name) {
            this.random = random;
            this.name = name;
        }

        StructLayout struct(int depth) {
            return struct(name, depth);
        }

        private StructLayout struct(String tag, int depth) {
            List<Member> members = new ArrayList<>();
            long bit = 0;
            for (int i = 1 + random.nextInt(7); i > 0; i--) {
                if (random.nextInt(3) == 0) {
                    bit = bits(members, bit);
                } else {
                    FieldType type = type(depth);
                    long offset = (bit + 7) / 8;
                    offset = switch (random.nextInt(5)) {
                        case 0 -> offset + random.nextInt(20);
                        case 1 -> (offset + 63) / 64 * 64;
                        case 2 -> offset;
                        default -> (offset + type.byteAlignment() - 1) / type.byteAlignment() * type.byteAlignment();
                    };
                    boolean anonymous = type instanceof FieldType.Aggregate inner
                            && inner.layout().name().isEmpty()
                            && random.nextBoolean();
                    members.add(Member.of(anonymous ? "" : "m" + names++, type, offset));
                    bit = 8 * (offset + type.byteSize());
                }
            }
            long size = (bit + 7) / 8 + (random.nextInt(3) == 0 ? random.nextInt(70) : 0);
            long alignment = 1L << random.nextInt(7);
            if (random.nextInt(3) > 0) {
                size = (size + alignment - 1) / alignment * alignment;
            }
            return StructLayout.of(tag, AggregateKind.STRUCT, Math.max(1, size), alignment, members, MADE);
        }

        /** Adds a bit-field at a random place behind the last member, sometimes across a boundary of its unit. */
        private long bits(List<Member> members, long from) {
            int number = random.nextInt(4);
            int unitBits = 8 * BYTES[number];
            long first = from + (random.nextBoolean() ? 0 : random.nextInt(20));
            int width = 1 + random.nextInt(unitBits);
            long unit = first / unitBits * (unitBits / 8);
            boolean tooWide = first - 8 * unit + width > unitBits && random.nextInt(4) > 0;
            if (tooWide) {
                unit += unitBits / 8;
                first = 8 * unit;
            }
            FieldType type = FieldType.Scalar.natural(NUMBERS[number], unitBits / 8);
            members.add(Member.bits("m" + names++, type, unit, (int) (first - 8 * unit), width));
            return first + width;
        }

        private FieldType type(int depth) {
            int kind = random.nextInt(8);
            if (kind == 0 && depth > 0) {
                StructLayout inner = struct(random.nextBoolean() ? "" : name + "_" + names++, depth - 1);
                return new FieldType.Aggregate(inner.spelling(), inner);
            }
            if (kind == 1) {
                return union();
            }
            int number = random.nextInt(NUMBERS.length);
            FieldType scalar = new FieldType.Scalar(NUMBERS[number], BYTES[number], BYTES[number]);
            return kind == 2 ? new FieldType.Array(new FieldType.Array(scalar, 2), 1 + random.nextInt(3)) : scalar;
        }

        private FieldType union() {
            List<Member> arms = new ArrayList<>();
            long size = 1;
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                int number = random.nextInt(NUMBERS.length);
                arms.add(Member.of(
                        "m" + names++, new FieldType.Scalar(NUMBERS[number], BYTES[number], BYTES[number]), 0));
                size = Math.max(size, BYTES[number]);
            }
            size += random.nextInt(3);
            StructLayout layout = StructLayout.of("", AggregateKind.UNION, size, 1L << random.nextInt(5), arms, MADE);
            return new FieldType.Aggregate("union", layout);
        }
    }
}
