package dev.faultline.suggest.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.access.Profile;
import dev.faultline.access.ProfileReader;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.input.InputException;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machines;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassOutline;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.Verification;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Figures;
import dev.faultline.suggest.packing.SearchEffort;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chains of superclasses: what is suggested is better, compiles, and is laid out by the running VM as stated. */
class ClassSuggesterTest {

    private static final List<VmMode> MODES =
            VmMode.NAMES.stream().map(VmMode::parse).toList();

    /** A store to a volatile field waits like an atomic operation: the VM has it followed by one. */
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
                      - { field: tail, kind: rmw, gap: 5ns }
                      - { field: offered, kind: rmw, gap: 1ns }
                  - name: poll
                    role: consumer
                    rate: 5e6
                    accesses:
                      - { field: buffer, kind: read }
                      - { field: mask, kind: read }
                      - { field: tail, kind: read, gap: 5ns }
                      - { field: head, kind: rmw, gap: 5ns }
                      - { field: polled, kind: rmw, gap: 1ns }
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

    /** Compiles a source; returns the directory of the class files. */
    private Path compile(String className, String text) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        Path into = scratch.resolve("classes" + compiled++);
        Files.createDirectories(into);
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
        return new ClassSuggester(new Analyzer(Machines.x86().withCpus(8, "test"), Catalog.RULES), SearchEffort.USUAL);
    }

    @Tag("slow")
    @Test
    void the_two_ends_of_a_ring_come_apart_and_the_running_VM_has_them_where_it_was_said() throws IOException {
        ClassSource source = ClassSource.open("ring", compile("com.acme.Ring", RING), VmMode.running());
        Subject today = profiled(source, "com.acme.Ring", PROFILE);

        ClassSuggestion found = suggester().suggest(source.outline("com.acme.Ring"), today, MODES);

        assertThat(found.plans()).hasSizeGreaterThan(1);
        Figures last = found.suggestion().today();
        for (int i = found.plans().size() - 1; i >= 0; i--) {
            Candidate candidate = found.suggestion().candidates().get(i);
            assertThat(candidate.figures().nanosPerSecond()).isLessThan(last.nanosPerSecond());
            assertThat(candidate.figures().byteSize()).isGreaterThan(last.byteSize());
            last = candidate.figures();
            assertThat(candidate.sensitivity().holdsEverywhere()).isTrue();
            isAsSaid(
                    "com.acme.Ring",
                    candidate.layout(),
                    HierarchySource.write(found.plans().get(i)));
        }
        assertThat(found.suggestion().candidates().get(0).gains()).allMatch(gain -> gain.cpusSaved() > 0);
        assertThat(sections(found.plans().get(0)))
                .containsExactly("buffer closed cold mask", "+tail", "+head", "+offered", "+polled");
    }

    /** Compiles the source, loads it, and compares the offset of every field with the suggestion. */
    private void isAsSaid(String name, StructLayout said, String java) throws IOException {
        ClassSource split = ClassSource.open("split", compile(name, java), VmMode.running());
        Verification verified = split.verify(name);
        assertThat(verified.agrees()).as("%s", verified.mismatches()).isTrue();
        assertThat(verified.unchecked()).isEmpty();
        StructLayout loaded = found(split, name).layout();
        assertThat(loaded.byteSize()).isEqualTo(said.byteSize());
        assertThat(loaded.members().stream()
                        .filter(member -> !member.name().startsWith("pad"))
                        .toList())
                .isEqualTo(said.members());
    }

    private static List<String> sections(ClassPlan plan) {
        return plan.sections().stream()
                .map(section -> (section.isApart() ? "+" : "")
                        + String.join(" ", section.fields().stream().sorted().toList()))
                .toList();
    }

    @Tag("slow")
    @Test
    void groups_are_apart_in_every_VM_wherever_the_object_starts() throws IOException {
        ClassSource source = ClassSource.open("ring", compile("com.acme.Ring", RING), VmMode.running());
        ClassOutline outline = source.outline("com.acme.Ring");
        ClassSuggestion found = suggester().suggest(outline, profiled(source, "com.acme.Ring", PROFILE), MODES);

        for (ClassPlan plan : found.plans()) {
            for (VmMode mode : MODES) {
                StructLayout layout = outline.tiered(plan.tiers(), mode).layout();
                for (ClassPlan.Section section : plan.sections()) {
                    assertThat(section.isApart() ? linesShared(layout, section.fields(), 64) : 0)
                            .as("%s in %s", section, mode)
                            .isZero();
                }
            }
        }
    }

    /**
     * {@return how often a field of the group shares a line with another field or a neighbouring object, counted byte
     * by byte}
     */
    private static int linesShared(StructLayout layout, List<String> group, int lineBytes) {
        int shared = 0;
        for (int residue = 0; residue < lineBytes; residue += (int) layout.byteAlignment()) {
            Set<Long> inside = new HashSet<>();
            Set<Long> outside = new HashSet<>(List.of(
                    (long) ((lineBytes + residue - 1) / lineBytes),
                    (lineBytes + residue + layout.byteSize()) / lineBytes));
            for (Member member : layout.members()) {
                for (long at = 0; at < member.type().byteSize(); at++) {
                    (group.contains(member.name()) ? inside : outside)
                            .add((lineBytes + residue + member.byteOffset() + at) / lineBytes);
                }
            }
            inside.retainAll(outside);
            shared += inside.size();
        }
        return shared;
    }

    @Test
    void inherited_fields_stay_and_written_fields_are_padded_from_them() throws IOException {
        String text = """
                package com.acme;

                class Base {
                    volatile long hits;
                    byte flag;
                }

                class Sub extends Base {
                    volatile int misses;
                    long limit;
                }
                """;
        String profile = """
                profile: two counters
                structs:
                  com.acme.Sub:
                    roles:
                      a: { cpus: [0] }
                      b: { cpus: [1] }
                    operations:
                      - name: hit
                        role: a
                        rate: 1e6
                        accesses:
                          - { field: limit, kind: read }
                          - { field: hits, kind: rmw, gap: 100ns }
                      - name: miss
                        role: b
                        rate: 1e6
                        accesses:
                          - { field: limit, kind: read }
                          - { field: misses, kind: rmw, gap: 100ns }
                """;
        Path classes = compile("com.acme.Sub", text);
        ClassSource source = ClassSource.open("sub", classes, VmMode.running());
        Subject today = profiled(source, "com.acme.Sub", profile);

        ClassSuggestion found = suggester().suggest(source.outline("com.acme.Sub"), today, MODES);

        ClassPlan plan = found.plans().get(0);
        assertThat(sections(plan)).contains("+misses");
        StructLayout layout = found.suggestion().candidates().get(0).layout();
        assertThat(layout.resolve("hits")).isEqualTo(today.layout().resolve("hits"));
        String java = HierarchySource.write(plan);
        assertThat(java).contains("extends com.acme.Base {");
        isAsSaid("com.acme.Sub", layout, java + text.substring(text.indexOf("class Base"), text.indexOf("class Sub")));
    }

    @Test
    void a_class_of_one_thread_is_left_alone() throws IOException {
        ClassSource source = ClassSource.open("ring", compile("com.acme.Ring", RING), VmMode.running());
        String alone = PROFILE.replace("[1]", "[0]");

        ClassSuggestion found =
                suggester().suggest(source.outline("com.acme.Ring"), profiled(source, "com.acme.Ring", alone), MODES);

        assertThat(found.plans()).isEmpty();
        assertThat(found.suggestion().candidates()).isEmpty();
    }

    @Test
    void without_a_profile_padding_has_no_user() throws IOException {
        String text = "package com.acme; class Pair { volatile long a; volatile long b; Object next; }";
        ClassSource source = ClassSource.open("pair", compile("com.acme.Pair", text), VmMode.running());
        Subject today = found(source, "com.acme.Pair");

        ClassSuggestion found = suggester().suggest(source.outline("com.acme.Pair"), today, List.of());

        for (Candidate candidate : found.suggestion().candidates()) {
            assertThat(candidate.analysis().access().uses())
                    .hasSameSizeAs(found.suggestion().before().access().uses());
        }
    }

    @Test
    void a_class_whose_fields_cannot_be_spread_is_rejected_with_the_reason() throws IOException {
        String text = """
                package com.acme;

                record Point(int x, int y) {}

                enum Color { RED; volatile int uses; }

                class Empty extends java.util.ArrayList<String> {}
                """;
        ClassSource source = ClassSource.open("mixed", compile("com.acme.Point", text), VmMode.running());
        refused(source, "com.acme.Point", "com.acme.Point: is a record, which cannot have another superclass");
        refused(source, "com.acme.Color", "com.acme.Color: is an enum, which cannot have another superclass");
        refused(source, "com.acme.Empty", "com.acme.Empty: declares no fields; inherited fields");
        ClassOutline outline = ClassSource.open("ring", compile("com.acme.Ring", RING), VmMode.running())
                .outline("com.acme.Ring");
        assertThatThrownBy(() -> outline.tiered(
                        List.of(new ClassOutline.Tier("T", List.of("head", "head"), List.of())), VmMode.running()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> outline.tiered(
                        List.of(new ClassOutline.Tier("T", List.of("no_such"), List.of())), VmMode.running()))
                .hasMessage("com.acme.Ring declares no field no_such");
    }

    private static void refused(ClassSource source, String name, String message) {
        Subject today = found(source, name);
        ClassOutline outline = source.outline(name);
        assertThatThrownBy(() -> suggester().suggest(outline, today, List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void padding_takes_no_name_that_is_taken() throws IOException {
        String text = RING.replace("boolean closed", "boolean pad0is").replace("int mask", "int mask, pad_1is");
        ClassSource source = ClassSource.open("ring", compile("com.acme.Ring", text), VmMode.running());

        ClassSuggestion found = suggester()
                .suggest(source.outline("com.acme.Ring"), profiled(source, "com.acme.Ring", PROFILE), List.of());

        String java = HierarchySource.write(found.plans().get(0));
        assertThat(java).contains("boolean pad0is;").contains("byte pad__0_000");
        compile("com.acme.Ring", java);
    }
}
