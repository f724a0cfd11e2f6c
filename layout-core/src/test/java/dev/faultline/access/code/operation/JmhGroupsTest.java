package dev.faultline.access.code.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.machine.Machines;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.source.jvm.code.CompiledSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Benchmarks whose methods JMH runs on threads of their own, on one object. */
class JmhGroupsTest {

    private static final String PACKAGE = "org.openjdk.jmh.annotations";

    /** The annotation stands for JMH's, whose name and retention it has. */
    private static final String TEXT = """
            package org.openjdk.jmh.annotations;

            import java.lang.annotation.*;

            @Retention(RetentionPolicy.RUNTIME) @interface Group { String value() default "group"; }
            @Retention(RetentionPolicy.RUNTIME) @interface Other {
                String[] names() default {};
                Group[] groups() default {};
                Class<?> type() default Object.class;
                RetentionPolicy policy() default RetentionPolicy.CLASS;
                long number() default 1;
            }
            class Baseline { int readOnly; int writeOnly; }
            class ReadOnly { int readOnly; }
            class Between extends ReadOnly { long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, pa, pb, pc, pd, pe, pf; }
            class Padded extends Between { int writeOnly; }
            class Alone { int readOnly; int writeOnly; }
            class Benchmarks {
                @Other(names = {"a", "b"}, groups = @Group("c"), type = int.class, policy = RetentionPolicy.SOURCE)
                @Group("baseline") public int reader(Baseline state) { return state.readOnly; }
                @Group("baseline") public void writer(Baseline state) { state.writeOnly++; }
                @Group("padded") public int reader(Padded state) { return state.readOnly; }
                @Group("padded") public void writer(Padded state) { state.writeOnly++; }
                @Other(groups = {@Group, @Group("x")}) public int reader(Alone state) { return state.readOnly; }
                @Other(number = 2) public void writer(Alone state) { state.writeOnly++; }
            }
            """;

    @TempDir
    private static Path folder;

    private static ClassSource source;

    @BeforeAll
    static void compile() throws IOException {
        for (Map.Entry<String, byte[]> one : CompiledSources.classes(TEXT).entrySet()) {
            Path file = folder.resolve(one.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, one.getValue());
        }
        source = ClassSource.open("classes", folder, VmMode.parse("17"));
    }

    private static List<Finding> findings(String type) {
        Subject subject =
                ((Lookup.Found) source.find(PACKAGE + "." + type)).subjects().get(0);
        return new Analyzer(Machines.x86(), Catalog.RULES).analyze(subject).findings();
    }

    @Test
    void what_one_method_of_a_group_reads_and_another_counts_is_found() {
        assertThat(findings("Baseline")).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("WriterBesideReaders");
            assertThat(finding.fields()).containsExactly("writeOnly", "readOnly");
        });
    }

    @Test
    void padding_between_them_is_no_finding() {
        assertThat(findings("Padded")).noneMatch(finding -> finding.rule().equals("WriterBesideReaders"));
    }

    @Test
    void other_annotations_say_nothing_of_threads() {
        assertThat(findings("Alone")).isEmpty();
    }
}
