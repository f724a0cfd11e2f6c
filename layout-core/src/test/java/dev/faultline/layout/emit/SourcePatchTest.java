package dev.faultline.layout.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.faultline.input.InputException;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A diff can be applied by patch and by git, keeps comments and style, and gcc lays out its result as suggested. */
class SourcePatchTest {

    private static final long SEED = Long.getLong("faultline.seed", 20_261_121L);

    private static final String RING = """
            #ifndef RING_H
            #define RING_H

            /* A ring; "struct ring {" in a comment or a string is none. */
            struct slot { int a; };

            struct ring {
            	/* where the producer is:
            	 * written often */
            	unsigned int head;	/* producer */
            	unsigned int tail;	/* consumer; see
            				   below */
            #define RING_FULL 1
            #define RING_EMPTY \\
            	2

            	unsigned short flags, mask;	// both rarely
            #ifdef WITH_STATS
            	unsigned long hits;
            #endif
            	int (*full)(struct ring *, int head);
            	struct { char *name; int length; } label;
            	union {
            		long cookie;
            		char key[8];
            	};
            	unsigned a : 3, b : 5;
            	struct slot *slots;
            	/* the end */
            };

            static const char *text = "struct ring { int x; };";
            #endif
            """;

    @TempDir
    Path directory;

    private static StructLayout read(String text, String name) {
        return NotationReader.read("test", text).stream()
                .filter(layout -> layout.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Today's layout of RING, as a compiler with WITH_STATS has it. */
    private static StructLayout ring() {
        return read(
                "struct slot { int a; };\n"
                        + RING.substring(RING.indexOf("struct ring {\n"), RING.indexOf("static const"))
                                .replaceAll("(?m)^#define RING_EMPTY.*\\n.*\\n|^#.*\\n", ""),
                "ring");
    }

    /** The same members in another order, from given offsets on. */
    private static StructLayout reordered(StructLayout layout, long byteSize, long byteAlignment, Object... order) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < order.length; i += 2) {
            String name = (String) order[i];
            long offset = ((Number) order[i + 1]).longValue();
            Member member = layout.members().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            members.add(member.at(offset));
        }
        assertThat(members).hasSameSizeAs(layout.members());
        return StructLayout.of(
                layout.name(),
                layout.kind(),
                byteSize,
                byteAlignment,
                members,
                Provenance.of(Provenance.Origin.DECLARED, "test"));
    }

    private static StructLayout suggestedRing() {
        return reordered(
                ring(), 192, 64, "head", 0, "slots", 8, "label", 16, "full", 32, "mask", 40, "", 48, "tail", 64,
                "flags", 68, "hits", 128, "a", 136, "b", 136);
    }

    @Test
    void member_lines_move_with_what_people_wrote_about_them() throws Exception {
        String after = applied(SourcePatch.of("ring.h", RING, ring(), suggestedRing()), "ring.h", RING);

        assertThat(after.substring(after.indexOf("struct ring {\n"), after.indexOf("static const")))
                .isEqualTo("""
                        struct ring {
                        	/* where the producer is:
                        	 * written often */
                        	unsigned int head;	/* producer */
                        	struct slot *slots;
                        	struct { char *name; int length; } label;
                        	int (*full)(struct ring *, int head);
                        	unsigned short mask;
                        	union {
                        		long cookie;
                        		char key[8];
                        	};
                        	unsigned char pad_56[8];
                        	unsigned int tail;	/* consumer; see
                        				   below */
                        #define RING_FULL 1
                        #define RING_EMPTY \\
                        	2

                        	unsigned short flags;		// both rarely
                        	unsigned char pad_70[58];
                        #ifdef WITH_STATS
                        	unsigned long hits;
                        #endif
                        	unsigned a : 3, b : 5;
                        	/* the end */
                        } __attribute__((aligned(64)));

                        """);
        assertThat(after.substring(0, after.indexOf("struct ring {\n")))
                .isEqualTo(RING.substring(0, RING.indexOf("struct ring {\n")));
        agrees("#define WITH_STATS 1\n" + after, suggestedRing());
    }

    @Test
    void a_source_without_a_last_newline_and_one_with_carriage_returns_are_patched_too() throws Exception {
        StructLayout before = read("struct two { int a; long b; };", "two");
        StructLayout after = reordered(before, 16, 8, "b", 0, "a", 8);
        String short1 = "struct two {\n\tint a;\n\tlong b;\n};";
        assertThat(applied(SourcePatch.of("two.h", short1, before, after), "two.h", short1))
                .isEqualTo("struct two {\n\tlong b;\n\tint a;\n};");
        String dos = "struct two {\r\n\tint a; /* x */\r\n\tlong b;\r\n};\r\n";
        assertThat(applied(SourcePatch.of("two.h", dos, before, after), "two.h", dos))
                .isEqualTo("struct two {\r\n\tlong b;\r\n\tint a; /* x */\r\n};\r\n");
        String oneLine = "struct two { int a; long b; };\n";
        assertThat(applied(SourcePatch.of("two.h", oneLine, before, after), "two.h", oneLine))
                .isEqualTo("struct two { long b; int a; };\n");
    }

    /** Cases: what is kept, the body, the new order with offsets, the expected body. */
    static Stream<Arguments> styles() {
        return Stream.of(
                arguments(
                        "a list is split only where its members are separated",
                        "{\n  int a, b, c, d; /* four */\n  long e;\n};",
                        List.of("a", 0, "b", 4, "d", 8, "e", 16, "c", 24),
                        "{\n  int a, b, d; /* four */\n  long e;\n  int c;\n};"),
                arguments(
                        "a list whose members change their order stays a list",
                        "{\n    long e;\n    int *a, b[2],\n        c;\n};",
                        List.of("c", 0, "b", 4, "e", 16, "a", 24),
                        "{\n    int c, b[2];\n    long e;\n    int *a;\n};"),
                arguments(
                        "types and names in columns, of tabs",
                        "\n{\n\tint\t\t\ta, b;\t\t/* two */\n\tunsigned long\t\te;\t\t/* e */\n};",
                        List.of("a", 0, "e", 16, "b", 24),
                        "\n{\n\tint\t\t\ta;\t\t/* two */\n\tunsigned char\t\tpad_4[12];\n"
                                + "\tunsigned long\t\te;\t\t/* e */\n\tint\t\t\tb;\n};"),
                arguments(
                        "types and names in columns, of blanks",
                        "{\n    unsigned short   a, b;   // two\n    long             e;      // e\n};",
                        List.of("a", 0, "e", 16, "b", 24),
                        "{\n    unsigned short   a;      // two\n    unsigned char    pad_2[14];\n"
                                + "    long             e;      // e\n    unsigned short   b;\n};"),
                arguments(
                        "several declarations on a line stay together while they are neighbours",
                        "{\n  int a; int b; /* b */ int c;\n  long e;\n};",
                        List.of("e", 0, "a", 8, "b", 12, "c", 16),
                        "{\n  long e;\n  int a; int b; /* b */ int c;\n};"),
                arguments(
                        "several declarations on a line part with their comments",
                        "{\n  int a; int b; /* b */ int c;\n  long e;\n};",
                        List.of("a", 0, "e", 8, "b", 16, "c", 20),
                        "{\n  int a;\n  long e;\n  int b; /* b */ int c;\n};"),
                arguments(
                        "a struct on one line stays there, with padding too",
                        "{ int a; long e; };",
                        List.of("e", 0, "a", 16),
                        "{ long e; unsigned char pad_8[8]; int a; };"),
                arguments(
                        "a struct on one line that grows too long is spread",
                        "{ int a_name_of_fifty_letters_that_goes_on_and_on_and_on; long e; };",
                        List.of("e", 0, "a_name_of_fifty_letters_that_goes_on_and_on_and_on", 16),
                        "{\n\tlong e;\n\tunsigned char pad_8[8];\n"
                                + "\tint a_name_of_fifty_letters_that_goes_on_and_on_and_on;\n};"),
                arguments(
                        "members on the lines of the braces",
                        "{ int a;\n           long e;\n           int b; };",
                        List.of("b", 0, "a", 4, "e", 8),
                        "{ int b;\n           int a;\n           long e; };"),
                arguments(
                        "padding as the struct has it, and blank lines between members",
                        "{\n  int a;\n  uint8_t _pad0[4];\n\n  long e;\n};",
                        List.of("e", 0, "a", 16, "_pad0", 20),
                        "{\n  long e;\n  uint8_t pad_8[8];\n  int a;\n  uint8_t _pad0[4];\n};"),
                arguments(
                        "an attribute of one declarator",
                        "{\n  int a, b __attribute__((aligned(16)));\n  int c;\n};",
                        List.of("a", 0, "c", 4, "b", 16),
                        "{\n  int a;\n  int c;\n  int b __attribute__((aligned(16)));\n};"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("styles")
    void the_style_of_the_source_is_kept(String what, String body, List<Object> order, String changed)
            throws Exception {
        String typedef = "typedef unsigned char uint8_t;\n";
        StructLayout before = read(typedef + "struct two " + body, "two");
        Object last = order.get(order.size() - 2);
        long end = (int) order.get(order.size() - 1)
                + before.members().stream()
                        .filter(member -> member.name().equals(last))
                        .mapToLong(member -> member.type().byteSize())
                        .sum();
        long alignment = before.byteAlignment();
        long byteSize = (end + alignment - 1) / alignment * alignment;
        StructLayout after = reordered(before, byteSize, alignment, order.toArray());
        String source = typedef + "struct two " + body + "\n";

        String patched = applied(SourcePatch.of("two.h", source, before, after), "two.h", source);

        assertThat(patched).isEqualTo(typedef + "struct two " + changed + "\n");
        agrees(patched, after);
    }

    @Test
    void an_alignment_is_asked_for_as_the_source_does() throws Exception {
        String source = """
                #define __aligned(bytes) __attribute__((aligned(bytes)))
                struct one { int a; } __aligned(8);
                struct two {
                	int a;
                	long b;
                };
                """;
        StructLayout before = read("struct two { int a; long b; };", "two");
        StructLayout after = reordered(before, 64, 64, "b", 0, "a", 8);

        String patched = applied(SourcePatch.of("two.h", source, before, after), "two.h", source);

        assertThat(patched).endsWith("struct two {\n\tlong b;\n\tint a;\n} __aligned(64);\n");
        agrees(patched, after);
    }

    @Test
    void members_move_into_an_embedded_struct_that_the_same_source_declares() throws Exception {
        String source = """
                struct list { struct list *next, *prev; };
                struct dst {
                	long a;		/* first */
                	int refs;	/* hot */
                	long end;
                };
                struct route {
                	struct dst dst;
                	int id;		/* read */
                	struct list unused;
                };
                """;
        StructLayout before = read(source, "route");
        StructLayout after = read("""
                struct list { struct list *next, *prev; };
                struct dst { long a; struct list unused; long end; int refs; };
                struct route { struct dst dst; int id; };
                """, "route");

        String patched = applied(SourcePatch.of("route.h", source, before, after), "route.h", source);

        assertThat(patched).isEqualTo("""
                struct list { struct list *next, *prev; };
                struct dst {
                	long a;		/* first */
                	struct list unused;
                	long end;
                	int refs;	/* hot */
                };
                struct route {
                	struct dst dst;
                	int id;		/* read */
                };
                """);
        agrees(patched, after);
        assertThatThrownBy(() ->
                        SourcePatch.of("route.h", source.substring(source.indexOf("struct route")), before, after))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "route.h: declares no struct dst, which changes too; --whole leaves what struct route embeds"
                                + " unchanged");
    }

    @Test
    void layout_notation_is_written_anew() throws Exception {
        String source = """
                A ring as pahole prints it.

                struct two {
                        int                        a;                    /*     0     4 */

                        /* XXX 4 bytes hole, try to pack */

                        long                       b;                    /*     8     8 */

                        /* size: 16, cachelines: 1, members: 2 */
                };

                And more.
                """;
        StructLayout before = read(source, "two");
        StructLayout after = reordered(before, 16, 8, "b", 0, "a", 8);

        String patched = applied(SourcePatch.of("two.txt", source, before, after), "two.txt", source);

        assertThat(read(patched, "two").sameBytesAs(after)).isTrue();
        assertThat(patched)
                .startsWith("A ring as pahole prints it.\n\nstruct two {\n")
                .endsWith("};\n\nAnd more.\n");
    }

    @Test
    void notation_with_embedded_structs_opened_comes_back_so() throws Exception {
        StructLayout before = read("struct in { int x; int y; }; struct two { struct in a; long b; char c; };", "two");
        String source = NotationDeclaration.of(before, 64).text();
        assertThat(read(source, "two").sameBytesAs(before)).isTrue();
        StructLayout after = read("struct in { int x; int y; char c; }; struct two { struct in a; long b; };", "two");

        String patched = applied(SourcePatch.of("two.txt", source, before, after), "two.txt", source);

        assertThat(read(patched, "two").sameBytesAs(after)).isTrue();
        assertThatThrownBy(() -> SourcePatch.of(
                        "two.h",
                        "struct two {\n\tstruct in { int x; int y; } a;\n\tlong b; char c;\n};",
                        before,
                        after))
                .hasMessage(
                        "two.h: line 2: struct in changes too and is declared inside struct two; declare it by itself, or"
                                + " keep it with --whole");
    }

    @Test
    void attributes_that_are_there_stay_where_they_are() throws Exception {
        String source = """
                struct queue {
                	int lock __attribute__((aligned(64)));
                	long cold;
                	int tail __attribute__((aligned(64)));
                	char name[3];
                } __attribute__((aligned(64)));
                """;
        StructLayout before = read(source, "queue");
        StructLayout after = reordered(before, 128, 64, "lock", 0, "name", 4, "tail", 64, "cold", 72);
        String patched = applied(SourcePatch.of("queue.h", source, before, after), "queue.h", source);
        assertThat(patched).doesNotContain("pad_");
        agrees(patched, after);

        StructLayout away = reordered(before, 128, 64, "lock", 0, "cold", 8, "tail", 16, "name", 20);
        assertThatThrownBy(() -> SourcePatch.of("queue.h", source, before, away))
                .isInstanceOf(InputException.class)
                .hasMessage("queue.h: line 4: has alignment 64, but the suggestion puts it at byte 16");
    }

    @Test
    void a_typedef_without_a_tag_is_found_and_nothing_to_change_is_said() throws Exception {
        String source = "typedef struct {\n\tchar a;\n\tlong b;\n} pair_t;\n";
        StructLayout before = StructLayout.of(
                "pair_t",
                AggregateKind.STRUCT,
                16,
                8,
                List.of(
                        Member.of("a", FieldType.Scalar.natural("char", 1), 0),
                        Member.of("b", FieldType.Scalar.natural("long", 8), 8)),
                Provenance.of(Provenance.Origin.DECLARED, "test"));
        StructLayout after = reordered(before, 16, 8, "b", 0, "a", 8);
        assertThat(applied(SourcePatch.of("pair.h", source, before, after), "pair.h", source))
                .isEqualTo("typedef struct {\n\tlong b;\n\tchar a;\n} pair_t;\n");

        EmittedDeclaration nothing = SourcePatch.of("pair.h", source, before, before);
        assertThat(nothing.text()).isEmpty();
        assertThat(nothing.notes()).containsExactly("pair.h needs no change");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "struct twp { int a; long b; };|t.h: declares no struct two (did you mean twp?)",
                "int x;|t.h: declares no struct two",
                "struct two { int a; long b; }; struct two { int a; };|t.h: line 1: struct two is declared a second time",
                "struct two { int a;\\nlong c; };|t.h: line 2: declares c, which the layout of struct two does not have",
                "struct two { int a; };|t.h: line 1: struct two has no member b here; is this another version?",
                "struct two { int a;\\nMEMBERS(long, b); };|t.h: line 2: the macro MEMBERS(...) may declare members",
                "struct two { int a;\\n#include \\qb.h\\q\\nlong b; };|t.h: line 2: this preprocessor line cannot be moved",
                "struct two {\\n#ifdef X\\nint a; long b;\\n#else\\nint a;\\n#endif\\nlong b; };|b is declared a second time",
                "struct two { int a;\\nprivate:\\nlong b; };|t.h: line 2: members that move across private: would change",
                "struct two { int a; long b };|t.h: line 1: a declaration without `;`",
                "struct two { int a; int :4; long b; };|t.h: line 1: an unnamed bit-field",
                "\\n#pragma pack(push, 4)\\nstruct two { int a; long b; };|t.h: line 2: `#pragma pack` holds for struct two",
                "#pragma pack(2)\\n#pragma pack(push)\\n#pragma pack(pop)\\nstruct two { int a; long b; };|line 1: `#pragma",
            })
    void what_cannot_be_moved_is_refused_with_its_line(String both) {
        String[] parts = both.split("\\|");
        String source = parts[0].replace("\\n", "\n").replace("\\q", "\"");
        StructLayout before = read("struct two { int a; long b; };", "two");
        StructLayout after = reordered(before, 16, 8, "b", 0, "a", 8);

        assertThatThrownBy(() -> SourcePatch.of("t.h", source, before, after))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(parts[1]);
    }

    @Test
    void a_pragma_that_has_ended_packs_nothing() throws Exception {
        String source =
                "#pragma pack(push, 1)\nstruct one { int a; };\n#pragma pack(pop)\nstruct two { int a; long b; };\n";
        StructLayout before = read("struct two { int a; long b; };", "two");
        StructLayout after = reordered(before, 16, 8, "b", 0, "a", 8);

        assertThat(applied(SourcePatch.of("t.h", source, before, after), "t.h", source))
                .endsWith("struct two { long b; int a; };\n");
    }

    @Test
    void padding_is_indented_as_members_are_not_as_access_labels_above_them() throws Exception {
        String source = "class two {\npublic:\n  int a;\n  long b;\n};\n";
        StructLayout before = read(source, "two");
        StructLayout after = reordered(before, 24, 8, "b", 0, "a", 16);

        assertThat(applied(SourcePatch.of("two.h", source, before, after), "two.h", source))
                .contains("{\npublic:\n  long b;\n", "\n  unsigned char pad_8[8];\n");
    }

    @Test
    void members_under_one_condition_are_not_parted() {
        String source = "struct two {\n\tlong z;\n#ifdef X\n\tint a;\n\tlong b;\n#endif\n};\n";
        StructLayout before = read("struct two { long z; int a; long b; };", "two");
        StructLayout after = reordered(before, 24, 8, "a", 0, "z", 8, "b", 16);

        assertThatThrownBy(() -> SourcePatch.of("t.h", source, before, after))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "t.h: line 3: declares a, b together, but the suggestion separates them; declare each by itself");
    }

    @Tag("slow")
    @Test
    void random_orders_of_members_are_laid_out_so_by_gcc() throws Exception {
        StructLayout before = ring();
        Random random = new Random(SEED);
        for (int round = 0; round < 20; round++) {
            List<List<Member>> units = new ArrayList<>();
            for (Member member : before.members()) {
                if (member.name().equals("b")) {
                    units.get(units.size() - 1).add(member);
                } else {
                    units.add(new ArrayList<>(List.of(member)));
                }
            }
            Collections.shuffle(units, random);
            List<Member> members = new ArrayList<>();
            long end = 0;
            for (List<Member> unit : units) {
                long alignment = unit.get(0).type().byteAlignment();
                end = (end + random.nextInt(12) + alignment - 1) / alignment * alignment;
                for (Member member : unit) {
                    members.add(member.at(end));
                }
                end += unit.get(0).bits().isPresent() ? 1 : unit.get(0).type().byteSize();
            }
            StructLayout after = StructLayout.of(
                    "ring", AggregateKind.STRUCT, (end + 63) / 64 * 64, 64, members, before.provenance());
            String patched = applied(SourcePatch.of("ring.h", RING, before, after), "ring.h", RING);
            agrees("#define WITH_STATS 1\n" + patched, after);
        }
    }

    /** {@return the source after the diff; git and patch must agree} */
    private String applied(EmittedDeclaration emitted, String file, String source)
            throws IOException, InterruptedException {
        assumeTrue(isThere("git") && isThere("patch"), "git or patch is not installed");
        Path folder = Files.createTempDirectory(directory, "tree");
        Files.writeString(folder.resolve(file), source);
        Path diff = Files.writeString(folder.resolve("change.diff"), emitted.text());
        run(folder, "git", "apply", diff.toString());
        String after = Files.readString(folder.resolve(file));
        Files.writeString(folder.resolve(file), source);
        run(folder, "patch", "--binary", "-p1", "-i", diff.toString());
        assertThat(Files.readString(folder.resolve(file))).isEqualTo(after);
        assertThat(after).isNotEqualTo(source);
        return after;
    }

    private static void run(Path folder, String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Arrays.toString(words) + said).isZero();
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(one -> Files.isExecutable(Path.of(one, program)));
    }

    private void agrees(String source, StructLayout layout) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder(source + "\n#include <stddef.h>\n");
        text.append("_Static_assert(sizeof(")
                .append(layout.spelling())
                .append(") == " + layout.byteSize() + ", \"\");\n");
        for (Slot.Field field : layout.fields()) {
            if (field.bits().isEmpty()) {
                text.append("_Static_assert(offsetof(" + layout.spelling() + ", " + field.path() + ") == "
                        + field.byteOffset() + ", \"" + field.path() + "\");\n");
            }
        }
        new Gcc(directory).agreesWith(text.toString(), List.of(layout), source);
    }

    /** Each of these took quadratic time or a stack as deep as its length. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "struct ring {",
                "struct other { int x; } ",
                "typedef struct { int x; } other ",
                "struct __packed ",
                "} __attribute__((packed)) ",
                "struct __attribute__((x ",
                "{([",
                "/* */ ",
                "#define X\n",
                "\n"
            })
    void what_is_repeated_before_the_struct_costs_little(String part) {
        StructLayout before = read("struct ring { int head; int tail; };", "ring");
        StructLayout after = read("struct ring { int tail; int head; };", "ring");
        String source = part.repeat(400_000 / part.length());

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            try {
                SourcePatch.of("ring.h", source + "\nstruct ring { int head; int tail; };\n", before, after);
            } catch (InputException refused) {
                assertThat(refused.getMessage()).hasSizeLessThan(500);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int head[",
                "int (*",
                "struct { ",
                "const ",
                "__attribute__((packed",
                "__attribute__ ",
                "int x; ",
                "x, ",
                "#define X\n",
                "/* */\n"
            })
    void what_is_repeated_in_a_body_costs_little(String part) {
        StructLayout before = read("struct ring { int head; int tail; };", "ring");
        StructLayout after = read("struct ring { int tail; int head; };", "ring");
        String repeated = part.repeat(4_000);

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            try {
                SourcePatch.of("ring.h", "struct ring { int head;\n" + repeated + "\nint tail; };\n", before, after);
            } catch (InputException refused) {
                assertThat(refused.getMessage()).hasSizeLessThan(500);
            }
        });
    }
}
