package dev.faultline.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.layout.notation.NotationReader;
import dev.faultline.source.Subject;
import dev.faultline.source.btf.BtfSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which structs of a source changed, and because of what. */
class SourceMatchesTest {

    private static final Path KERNEL = Path.of("/sys/kernel/btf/vmlinux");

    private static List<Subject> source(String text) {
        return NotationReader.read("test", text).stream().map(Subject::of).toList();
    }

    private static SourceMatches match(String before, String after) {
        return SourceMatches.of(source(before), source(after));
    }

    @Test
    void structs_are_added_removed_changed_or_none_of_it() {
        SourceMatches matching = match(
                "struct a { int x; }; struct b { int x; }; struct c { int x; };",
                "struct b { long x; }; struct c { int x; }; struct d { int x; };");
        assertThat(matching.unchanged()).isEqualTo(1);
        assertThat(matching.removed()).extracting(Subject::reference).containsExactly("a");
        assertThat(matching.added()).extracting(Subject::reference).containsExactly("d");
        assertThat(matching.changed()).singleElement().satisfies(pair -> {
            assertThat(pair.after().reference()).isEqualTo("b");
            assertThat(pair.causes()).containsExactly("struct b");
        });
    }

    @Test
    void who_only_embeds_what_changed_says_so() {
        String text = "struct in { int x;%s }; struct mid { struct in i; }; struct out { long a; struct mid m[3]; };"
                + " struct both { struct in i; int %s; };";
        SourceMatches matching = match(String.format(text, "", "a"), String.format(text, " int y;", "b"));
        assertThat(matching.changed())
                .extracting(pair -> pair.after().reference() + " by " + pair.causes())
                .containsExactly(
                        "in by [struct in]", "mid by [struct in]", "out by [struct in]", "both by [struct both]");
    }

    @Test
    void an_alignment_or_a_group_marker_that_moves_no_byte_is_a_change() {
        assertThat(match("struct a { long x[8]; };", "struct a { long x[8]; } __attribute__((aligned(64)));")
                        .changed())
                .hasSize(1);
        String grouped = """
                struct a {
                    int x; /* 0 4 */
                    __u8 __cacheline_group_begin__w[0]; /* %s 0 */
                    int y; /* 4 4 */
                    __u8 __cacheline_group_end__w[0]; /* 8 0 */
                    /* size: 8, members: 4 */
                };
                """;
        assertThat(match(String.format(grouped, 4), String.format(grouped, 0)).changed())
                .hasSize(1);
    }

    @Test
    void of_several_of_one_name_those_that_are_alike_belong_together() {
        SourceMatches matching = match(
                "struct a { int x; }; struct a { long x; }; struct a { char x; };",
                "struct a { char x; }; struct a { int x; }; struct a { short x; };");
        assertThat(matching.unchanged()).isEqualTo(2);
        assertThat(matching.changed())
                .singleElement()
                .satisfies(pair -> assertThat(pair.before().layout().byteSize()).isEqualTo(8));
    }

    @Test
    void a_kernel_does_not_differ_from_itself() {
        assumeTrue(Files.isReadable(KERNEL), "no BTF of the running kernel");
        SourceMatches matching = SourceMatches.of(
                BtfSource.open("one", KERNEL, Optional.empty()).all(),
                BtfSource.open("other", KERNEL, Optional.empty()).all());
        assertThat(matching.unchanged()).isGreaterThan(1000);
        assertThat(matching.changed()).isEmpty();
        assertThat(matching.added()).isEmpty();
        assertThat(matching.removed()).isEmpty();
    }
}
