package dev.faultline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.Profile;
import dev.faultline.access.ProfileReader;
import dev.faultline.analysis.Analysis;
import dev.faultline.compare.Verdict;
import dev.faultline.hazard.Finding;
import dev.faultline.input.InputException;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machines;
import dev.faultline.source.LayoutSource;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.suggest.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultlineTest {

    private static final String RING = """
            struct ring {
                    unsigned int head;
                    unsigned int tail;
                    unsigned int mask;
                    void **      slots;
            };
            """;

    private static final Profile USE = ProfileReader.read("ring.yaml", """
            profile: one producer, one consumer
            structs:
              ring:
                roles:
                  producer: { cpus: 1 }
                  consumer: { cpus: 1 }
                operations:
                  - { name: put, role: producer, rate: 5e6, accesses: [{ field: tail, kind: write }, { field: mask, kind: read }] }
                  - { name: take, role: consumer, rate: 5e6, accesses: [{ field: head, kind: write }, { field: mask, kind: read }] }
            """);

    private final Faultline faultline = Faultline.on(Machines.x86());

    static final class Cell {
        long value;
        int state;
        Object owner;
    }

    @Test
    void three_lines_print_the_layout_of_a_class() {
        String text = Faultline.print(Faultline.layoutOf(Cell.class));

        assertThat(text)
                .startsWith("class dev.faultline.FaultlineTest$Cell {")
                .contains("value;", "state;", "/* size: ");
    }

    @Test
    void another_vm_lays_a_class_out_otherwise() {
        assertThat(Faultline.layoutOf(Cell.class, VmMode.parse("25-coh")).byteSize())
                .isLessThan(Faultline.layoutOf(Cell.class, VmMode.parse("17-no-coops"))
                        .byteSize());
    }

    @Test
    void a_layout_with_its_profile_is_analysed_and_printed_with_what_was_found() {
        Analysis analysis = faultline.analyze(Faultline.parse(RING), USE);

        assertThat(analysis.findings()).extracting(Finding::rule).contains("WritersShareLine");
        assertThat(Faultline.print(analysis)).contains("/* ! ", "WritersShareLine");
    }

    @Test
    void a_better_layout_is_suggested_and_compares_as_better() {
        Subject ring = faultline.analyze(Faultline.parse(RING), USE).subject();

        Suggestion suggestion = faultline.suggest(ring);

        assertThat(suggestion.candidates()).isNotEmpty();
        Subject better = suggestion.candidates().get(0).analysis().subject();
        assertThat(faultline.compare(ring, better).verdict()).isEqualTo(Verdict.BETTER);
    }

    @Test
    void a_profile_without_the_struct_is_refused_with_the_nearest_name() {
        StructLayout other = Faultline.parse(RING.replace("struct ring", "struct rang"));

        assertThatThrownBy(() -> faultline.analyze(other, USE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has no struct rang")
                .hasMessageContaining("ring");
    }

    @Test
    void a_file_is_opened_by_its_content(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("ring"), RING);

        LayoutSource source = Faultline.open(file.toString());

        assertThat(source.find("ring"))
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        found -> assertThat(found.subjects().get(0).profile()).isEqualTo(Optional.empty()));
    }
}
