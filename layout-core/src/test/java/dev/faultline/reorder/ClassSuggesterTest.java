package dev.faultline.reorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.Analyzer;
import dev.faultline.access.Profile;
import dev.faultline.access.ProfileReader;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machines;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.Verification;
import dev.faultline.source.jvm.VmMode;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chains of superclasses: what is offered is better, compiles, and is in the running VM where it was said to be. */
class ClassSuggesterTest {

    private static final List<VmMode> MODES =
            VmMode.NAMES.stream().map(VmMode::parse).toList();

    private static final String PROFILE = """
            profile: a ring and its two ends
            structs:
              com.acme.Ring:
                roles:
                  producer: { cpus: [0] }
                  consumer: { cpus: [1] }
                operations:
                  - name: offer
                    role: producer
                    rate: 5e6
                    accesses:
                      - { field: buffer, kind: read }
                      - { field: mask, kind: read }
                      - { field: head, kind: read, gap: 5ns }
                      - { field: tail, kind: write, gap: 5ns }
                      - { field: offered, kind: write, gap: 1ns }
                  - name: poll
                    role: consumer
                    rate: 5e6
                    accesses:
                      - { field: buffer, kind: read }
                      - { field: mask, kind: read }
                      - { field: tail, kind: read, gap: 5ns }
                      - { field: head, kind: write, gap: 5ns }
                      - { field: polled, kind: write, gap: 1ns }
            """;

    private static final String RING = """
            package com.acme;

            class Ring {
                volatile long tail;
                volatile long head;
                int mask;
                boolean closed;
                Object[] buffer;
                java.util.Map.Entry<String, int[]> cold;
                int offered;
                int polled;
            }
            """;

    @TempDir
    private Path scratch;

    private int compiled;

    /** Compiles and gives back where the classes are. */
    private Path compile(String className, String text, Path... others) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        Path into = scratch.resolve("classes" + compiled++);
        java.nio.file.Files.createDirectories(into);
        JavaFileObject unit =
                new SimpleJavaFileObject(
                        URI.create("mem:///" + className.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        StringWriter said = new StringWriter();
        List<String> options = List.of("-d", into.toString(), "-proc:none", "-Xlint:-options");
        boolean good =
                javac.getTask(said, null, null, options, null, List.of(unit)).call();
        assertThat(good).as("%s%n%s", said, text).isTrue();
        return into;
    }

    private static Subject found(ClassSource source, String name) {
        return ((Lookup.Found) source.find(name)).subjects().get(0);
    }

    private static Subject profiled(ClassSource source, String name, String profile) {
        Profile read = ProfileReader.read("profile", profile);
        return found(source, name).withProfile(read.forStruct(name));
    }

    private static ClassSuggester suggester() {
        return new ClassSuggester(new Analyzer(Machines.x86().withCpus(8, "test"), Catalog.RULES), Effort.USUAL);
    }

    @Test
    void the_two_ends_of_a_ring_come_apart_and_the_running_VM_has_them_where_it_was_said() throws IOException {
        ClassSource source = ClassSource.open("ring", compile("com.acme.Ring", RING), VmMode.running());
        ClassSuggestion found =
                suggester().suggest(source.outline("com.acme.Ring"), profiled(source, "com.acme.Ring", PROFILE), MODES);

        assertThat(found.plans()).isNotEmpty();
        for (int i = 0; i < found.plans().size(); i++) {
            Candidate candidate = found.suggestion().candidates().get(i);
            ClassPlan plan = found.plans().get(i);
            System.out.println(candidate.figures() + " " + candidate.certificate() + " " + plan.sections());
            String java = HierarchySource.write(plan);
            ClassSource split = ClassSource.open("split", compile("com.acme.Ring", java), VmMode.running());
            Verification verified = split.verify("com.acme.Ring");
            assertThat(verified.agrees()).as("%s", verified.mismatches()).isTrue();
            assertThat(verified.unchecked()).isEmpty();
            StructLayout loaded = found(split, "com.acme.Ring").layout();
            assertThat(loaded.slots()).isEqualTo(candidate.layout().slots());
        }
        System.out.println(HierarchySource.write(found.plans().get(0)));
    }
}
