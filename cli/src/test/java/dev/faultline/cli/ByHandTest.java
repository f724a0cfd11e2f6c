package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code suggest --emit} says where a person has to carry something over. */
class ByHandTest {

    private static final String LAYOUT = """
            class Ring {
                    long head;
                    int mask;
                    long tail;
            };
            """;

    private static final String SOURCE = """
            class Ring {
            public:
              explicit Ring(int n) : mask(n) {}
              void put() { head++; }
            private:
              long head{0};
              int mask;
              long tail{0};
            };
            """;

    private static final String PROFILE = """
            profile: a producer and a consumer
            structs:
              %s:
                roles: { a: { cpus: 1 }, b: { cpus: 1 } }
                operations:
                  - { name: put, role: a, rate: 1e6, accesses: [{ field: head, kind: rmw }] }
                  - { name: get, role: b, rate: 1e6, accesses: [{ field: tail, kind: rmw }] }
            """;

    @TempDir
    Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void a_class_of_cxx_that_no_diff_can_change_is_told_with_the_order_of_its_members() throws IOException {
        String profile = file("ring.yaml", PROFILE.formatted("Ring"));
        String layout = file("ring.txt", LAYOUT);
        for (String source : new String[] {SOURCE, SOURCE.replace("Ring", "Queue")}) {
            String against = file("ring.cc", source);
            Cli.Run run =
                    Cli.run("suggest", layout + "#Ring", "--profile", profile, "--emit", "diff", "--against", against);
            assertThat(run.status()).isEqualTo(3);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .contains(against + ": is left as it is; by hand, put the members of class Ring into this order: ")
                    .containsPattern("order: .*long head;.* char pad_\\d+\\[\\d+\\]; .*long tail;");
        }
    }

    public abstract static class Cell {
        volatile long head;
        volatile long tail;
        private final int number;

        Cell(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    @Test
    void the_text_of_a_class_says_that_it_has_no_constructors() throws IOException {
        String profile = file("cell.yaml", PROFILE.formatted("\"*Cell\""));
        Cli.Run run = Cli.run(
                "suggest",
                "cli/target/test-classes#dev.faultline.cli.ByHandTest$Cell",
                "--profile",
                profile,
                "--emit",
                "java");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("constructors, methods and modifiers of the class are not in this text: carry them over");
        assertThat(run.out()).contains("/** Carry over modifiers, constructors and methods");
    }
}
