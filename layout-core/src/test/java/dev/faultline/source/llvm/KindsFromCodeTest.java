package dev.faultline.source.llvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Certainty;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.machine.Machines;
import dev.faultline.source.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small programs whose hazards were written down before they were read. */
@Tag("slow")
@Tag("native")
class KindsFromCodeTest {

    private static final Pattern WRITTEN_DOWN = Pattern.compile("//! (\\w+):(.*)");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O1", "-O2"})
    void hazards_are_those_written_down(String level) {
        Map<String, String> expected = new TreeMap<>();
        Matcher lines = WRITTEN_DOWN.matcher(LlvmWorkshop.sample("kinds.c"));
        while (lines.find()) {
            expected.put(lines.group(1), lines.group(2).strip());
        }
        assertThat(expected).hasSize(13);
        Map<String, List<Finding>> found = warnings("kinds.c", level);
        expected.forEach((struct, answer) -> {
            List<Finding> findings = found.getOrDefault(struct, List.of());
            assertThat(findings).as(struct).hasSize(answer.isEmpty() ? 0 : 1);
            if (!answer.isEmpty()) {
                List<String> words = Arrays.asList(answer.split(" "));
                assertThat(findings.get(0).rule()).isEqualTo(words.get(0));
                assertThat(findings.get(0).fields()).as(struct).containsAll(words.subList(1, words.size()));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O1", "-O2"})
    void elements_belong_to_a_thread_by_what_their_index_depends_on(String level) {
        Map<String, List<Finding>> found = warnings("slots.c", level);
        assertThat(found).containsOnlyKeys("hits", "percpu", "pool");
        found.values()
                .forEach(all -> assertThat(all)
                        .singleElement()
                        .satisfies(one -> assertThat(one.rule()).isEqualTo("ArrayNeighbours")));
        assertThat(found.get("pool").get(0).message())
                .contains("16 bytes apart")
                .contains("each CPU of thread of work writes its own (written at slots.c:20 in work)");
        assertThat(found.get("percpu").get(0).fields()).containsExactly("packets");
        assertThat(found.get("hits").get(0).message())
                .contains("elements of an array of struct hits")
                .contains("`work_table` writes count of the one whose index depends on the thread (slots.c:26");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-O1", "-O2"})
    void elements_of_templates_and_counts_of_base_classes(String level) {
        Map<String, List<Finding>> found = warnings("elements.cc", level);
        assertThat(found).containsOnlyKeys("Derived", "Per<long, 16>");
        assertThat(found.get("Per<long, 16>").get(0).rule()).isEqualTo("ArrayNeighbours");
        assertThat(found.get("Derived").get(0).message()).contains("Base.refs").contains("kind (read at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O1", "-O2"})
    void calls_through_pointers_are_followed_and_threads_that_a_wrapper_starts(String level) {
        Map<String, List<Finding>> found = warnings("pointers.c", level);
        assertThat(found).containsOnlyKeys("q");
        assertThat(found.get("q"))
                .singleElement()
                .satisfies(one -> assertThat(one.message())
                        .contains("head (written at pointers.c:9 in q_sub)")
                        .contains("tail (written at pointers.c:8 in q_add)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O2"})
    void a_helper_reads_between_taking_and_releasing_a_reference(String level) {
        assertThat(warnings("held.c", level)).containsOnlyKeys("entry");
    }

    private Map<String, List<Finding>> warnings(String sample, String level) {
        Analyzer analyzer = new Analyzer(Machines.byName("x86-64").orElseThrow(), Catalog.RULES);
        LlvmSource source = LlvmSource.open(sample, new LlvmWorkshop(directory).text(sample, level));
        Map<String, List<Finding>> warnings = new TreeMap<>();
        for (Subject subject : source.all()) {
            analyzer.analyze(subject).findings().stream()
                    .filter(finding -> finding.severity() == Severity.WARNING)
                    .filter(finding -> finding.certainty() == Certainty.FROM_CODE)
                    .forEach(
                            finding -> warnings.computeIfAbsent(subject.layout().name(), any -> new ArrayList<>())
                                    .add(finding));
        }
        return warnings;
    }
}
