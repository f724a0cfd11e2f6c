package dev.faultline.layout.emit;

import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import dev.faultline.testing.TextMutator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A source other than the one the layout was read from gives a diff or one clear line, in 256 MB. */
class SourcePatchFuzzTest {

    private static final String RING = """
            #define FULL \\
                    1
            struct slot { int a; };
            struct ring {
                    /* the producer's: "struct ring {" */
                    unsigned int head; // first
                    unsigned short flags, mask;
            #define EMPTY 2
                    int (*full)(struct ring *, int head);
                    struct slot slot;
                    struct { char *name; int length; } label;
                    union { long cookie; char key[8]; };
                    unsigned a : 3, b : 5;
            } __attribute__((aligned(8)));
            typedef struct { int x; } named;
            """;

    private static final String MOVED = """
            struct slot { int a; };
            struct ring {
                    struct { char *name; int length; } label;
                    union { long cookie; char key[8]; };
                    unsigned a : 3, b : 5;
                    unsigned short flags, mask;
                    unsigned int head;
                    struct slot slot;
                    int (*full)(struct ring *, int head);
            } __attribute__((aligned(8)));
            """;

    private static final String PLACED = """
            struct ring {
                    unsigned int               head;             /*     0     4 */
                    struct slot                slot;             /*     4     4 */
                    /* size: 8, cachelines: 1, members: 2 */
            };
            """;

    private static final List<String> WORDS = List.of(
            "struct ring {",
            "struct slot {",
            "};",
            "{",
            "}",
            "(",
            ")",
            "#if 1\n",
            "#endif\n",
            "\\\n",
            "/*",
            "*/",
            "//",
            "\"",
            "'",
            "__attribute__((packed))",
            "__attribute__((aligned(64)))",
            "__packed ",
            "typedef ",
            ":",
            ";",
            ",",
            "[2]",
            "head",
            "slot",
            "/*     0     4 */");

    @Test
    void any_source_becomes_a_diff_or_is_refused_with_one_line() {
        StructLayout before = ring(RING);
        StructLayout after = ring(MOVED);
        Fuzz.text(FuzzShare.SOURCE, new TextMutator(List.of(RING, MOVED, PLACED), WORDS))
                .cutting(List.of(RING))
                .run(source -> SourcePatch.of("ring.h", source, before, after));
    }

    private static StructLayout ring(String source) {
        String unconditional = source.replaceAll("#.*\\\\\n.*\n|#.*\n", "");
        return NotationReader.read("ring.h", unconditional).stream()
                .filter(layout -> layout.name().equals("ring"))
                .findFirst()
                .orElseThrow();
    }
}
