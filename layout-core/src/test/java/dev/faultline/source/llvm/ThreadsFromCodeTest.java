package dev.faultline.source.llvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.Certainty;
import dev.faultline.access.code.CodeOperation;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.Severity;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.machine.Machines;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that write fields of one line are found; those that wait for a lock, or are one, are not. */
@Tag("slow")
@Tag("native")
class ThreadsFromCodeTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O1", "-O2"})
    void threads_of_c(String level) {
        List<Finding> findings = warnings(LlvmSource.open("threads", text("threads.c", level)));
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).message())
                .contains("produced (written at threads.c:33 in produce)")
                .contains("consumed (written at threads.c:40 in consume)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O1", "-O2"})
    void threads_of_cxx(String level) {
        List<Finding> findings = warnings(LlvmSource.open("threads", text("threads.cc", level)));
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).message())
                .contains("produced (written at threads.cc:13 in produce)")
                .contains("consumed (written at threads.cc:18 in consume)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Copt-level=0", "-Copt-level=2"})
    void threads_of_rust(String level) {
        if (LlvmWorkshop.hasRust()) {
            List<Finding> findings = warnings(LlvmSource.open("threads", text("threads.rs", level)));
            assertThat(findings).hasSize(1);
            assertThat(findings.get(0).message())
                    .contains("produced (written at threads.rs:17 in {closure#0})")
                    .contains("consumed (written at threads.rs:22 in {closure#1})");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O1", "-O2"})
    void threads_that_are_given_elements_of_one_array_write_neighbours(String level) {
        List<Finding> findings = warnings(LlvmSource.open("elements", text("elements.c", level)));
        assertThat(findings).extracting(Finding::rule).containsOnly("ArrayNeighbours");
        assertThat(findings)
                .extracting(Finding::message)
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message)
                                .contains("an array of struct slot are 16 bytes apart")
                                .contains("`count` writes count of the one whose index depends on the thread"),
                        message -> assertThat(message)
                                .contains("an array of struct task are 24 bytes apart")
                                .contains("`run` writes done of the one whose index depends on the thread"),
                        message -> assertThat(message)
                                .contains("elements of totals (volatile long[64]) are 8 bytes apart")
                                .contains("each CPU of thread of count writes its own"));
    }

    @Test
    void an_array_of_numbers_is_shown_when_threads_may_have_elements_of_their_own() {
        LlvmSource source = LlvmSource.open("elements", text("elements.c", "-O1"));
        assertThat(source.entries())
                .extracting(entry -> entry.name())
                .contains("totals")
                .doesNotContain("ring", "table");
        Subject totals = ((Lookup.Found) source.find("totals")).subjects().get(0);
        assertThat(totals.layout().byteSize()).isEqualTo(512);
        assertThat(totals.layout().provenance().detail())
                .isEqualTo("the global variable totals, as a struct around it");
        assertThat(operations(source, "totals"))
                .filteredOn(operation -> operation.name().equals("count"))
                .singleElement()
                .satisfies(operation -> assertThat(operation.effects())
                        .extracting(CodeOperation.Reached::path)
                        .containsOnly("totals[own]"));
    }

    @Test
    void a_lock_is_held_in_functions_that_wrap_it() {
        LlvmSource source = LlvmSource.open("threads", text("threads.c", "-O0"));
        List<CodeOperation> operations = operations(source, "guarded");
        assertThat(operations).isNotEmpty();
        assertThat(operations)
                .flatExtracting(CodeOperation::effects)
                .filteredOn(reached -> !reached.path().startsWith("lock"))
                .allMatch(reached -> reached.effect().locked());
    }

    @Test
    void a_thread_is_told_with_the_place_that_starts_it() {
        LlvmSource source = LlvmSource.open("threads", text("threads.c", "-O1"));
        assertThat(operations(source, "work"))
                .extracting(CodeOperation::roleReason)
                .anySatisfy(reason -> assertThat(reason).contains("a thread runs it (threads.c:104 in main)"));
    }

    @Test
    void what_is_set_up_in_fresh_memory_is_no_access() {
        LlvmSource source = LlvmSource.open("threads", text("threads.c", "-O1"));
        assertThat(operations(source, "work")).extracting(CodeOperation::name).doesNotContain("main");
    }

    private Path text(String name, String... options) {
        return new LlvmWorkshop(directory).text(name, options);
    }

    private static List<CodeOperation> operations(LlvmSource source, String struct) {
        return ((Lookup.Found) source.find(struct))
                .subjects()
                .get(0)
                .code()
                .orElseThrow()
                .operations();
    }

    private static List<Finding> warnings(LlvmSource source) {
        Analyzer analyzer = new Analyzer(Machines.byName("x86-64").orElseThrow(), Catalog.RULES);
        List<Finding> findings = new ArrayList<>();
        for (Subject subject : source.all()) {
            analyzer.analyze(subject).findings().stream()
                    .filter(finding -> finding.severity() == Severity.WARNING)
                    .filter(finding -> finding.certainty() == Certainty.FROM_CODE)
                    .forEach(findings::add);
        }
        return findings;
    }
}
