package dev.faultline.suggest.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.ProfileReader;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.StructLayout;
import dev.faultline.machine.Machines;
import dev.faultline.source.Lookup;
import dev.faultline.source.Subject;
import dev.faultline.source.jvm.ClassOutline;
import dev.faultline.source.jvm.ClassSource;
import dev.faultline.source.jvm.VmMode;
import dev.faultline.suggest.packing.SearchEffort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the source of a class keeps apart, by padding or {@code @Contended}, a suggestion keeps apart too. */
class GuardedFieldsTest {

    private static final VmMode JDK_17 = VmMode.ofFeature(17);

    @TempDir
    private Path scratch;

    private ClassSource compiled(String name, String text) throws IOException {
        Path file = Files.writeString(scratch.resolve(name + ".java"), text);
        Path classes = Files.createDirectories(scratch.resolve("classes"));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), file.toString());
        assertThat(status).isZero();
        return ClassSource.open("classes", classes, JDK_17);
    }

    private static Subject found(ClassSource source, String name) {
        return ((Lookup.Found) source.find(name)).subjects().get(0);
    }

    private static ClassSuggestion suggested(ClassSource source, String name, Subject today) {
        Analyzer analyzer = new Analyzer(Machines.x86().withCpus(8, "test"), Catalog.RULES);
        return new ClassSuggester(analyzer, SearchEffort.USUAL).suggest(source.outline(name), today, List.of());
    }

    private static long at(StructLayout layout, String field) {
        return layout.resolve(field).orElseThrow().bytes().start();
    }

    private static String longs(String prefix) {
        StringBuilder text = new StringBuilder("long ");
        for (int i = 0; i < 7; i++) {
            text.append(i == 0 ? "" : ", ").append(prefix).append(i);
        }
        return text.append(';').toString();
    }

    @Test
    void padding_that_slipped_behind_its_word_is_replaced_by_padding_that_holds() throws IOException {
        ClassSource source = compiled(
                "Turn",
                "class Front { " + longs("pad")
                        + " } class Value extends Front { volatile int turn; } class End extends" + " Value { "
                        + longs("pad1") + " } class Turn extends End { int turn() { return turn; } }");
        Subject today = found(source, "Turn");
        assertThat(at(today.layout(), "turn")).isEqualTo(12);

        ClassSuggestion found = suggested(source, "Turn", today);

        StructLayout better = found.suggestion().candidates().get(0).layout();
        assertThat(at(better, "turn")).isGreaterThanOrEqualTo(64);
        assertThat(better.byteSize() - at(better, "turn")).isGreaterThanOrEqualTo(68);
        assertThat(HierarchySource.write(found.plans().get(0)))
                .contains("abstract class TurnPad0 {", "volatile int turn;", "This replaces Front, Value, End,");
    }

    @Test
    void padding_that_holds_is_left_as_it_is() throws IOException {
        ClassSource source = compiled(
                "Cursor",
                "class Front { " + longs("pad") + " } class Value extends Front { volatile long at; } class End extends"
                        + " Value { " + longs("pad1") + " } class Cursor extends End { long at() { return at; } }");

        assertThat(suggested(source, "Cursor", found(source, "Cursor")).plans()).isEmpty();
    }

    @Test
    void fields_that_the_source_keeps_apart_are_not_joined_by_a_profile_that_does_not_know_them() throws IOException {
        ClassSource source = compiled(
                "Ring",
                "class Ends { volatile long put; int rest; " + longs("pad") + " } "
                        + "class Other extends Ends { volatile long take; } "
                        + "class Tail extends Other { " + longs("pad1") + " } "
                        + "class Ring extends Tail { volatile int state; void put() { put++; } }");
        Subject today =
                found(source, "Ring").withProfile(ProfileReader.read("p", """
                        profile: two writers
                        structs:
                          Ring:
                            roles: { a: { cpus: [0] }, b: { cpus: [1] } }
                            operations:
                              - { name: one, role: a, rate: 1e6, accesses: [ { field: put, kind: write } ] }
                              - { name: two, role: b, rate: 1e6, accesses: [ { field: state, kind: write } ] }
                        """).forStruct("Ring"));

        ClassSuggestion found = suggested(source, "Ring", today);

        assertThat(found.plans())
                .isNotEmpty()
                .allSatisfy(plan -> assertThat(plan.sections())
                        .filteredOn(section -> section.fields().contains("take"))
                        .singleElement()
                        .satisfies(section -> {
                            assertThat(section.isApart()).isTrue();
                            assertThat(section.fields()).doesNotContain("put", "rest", "state");
                        }));
    }

    @Test
    void a_class_that_only_inherits_is_rearranged_with_the_superclasses_made_for_it() throws IOException {
        ClassSource source = compiled(
                "Leaf",
                "abstract class Base { volatile long in; volatile long out; long in() { return in; } }"
                        + " final class Leaf extends Base { }");

        ClassOutline outline = source.outline("Leaf");

        assertThat(outline.obstacle()).isEmpty();
        assertThat(outline.fields()).extracting(ClassOutline.OwnField::name).containsExactly("in", "out");
        assertThat(outline.layers()).containsExactly("Base");
        assertThat(outline.superName()).isEqualTo("java.lang.Object");
    }

    @Test
    void superclasses_that_others_extend_stay_as_they_are() throws IOException {
        ClassSource source = compiled(
                "Leaf",
                "abstract class Base { volatile long in; } final class Leaf extends Base { }"
                        + " final class Sibling extends Base { }");

        assertThat(source.outline("Leaf").obstacle())
                .hasValue("declares no fields; inherited fields can only be moved in the classes that declare them:"
                        + " Base");
    }

    @Test
    void ends_that_read_each_other_are_separated_though_no_rate_says_that_it_pays() throws IOException {
        ClassSource source = compiled(
                "Ring",
                "class Ring { volatile long head; volatile long tail; Object[] slots = new Object[64];"
                        + " boolean offer(Object one) { long at = tail; if (at - head >= 64) return false;"
                        + " slots[(int) at & 63] = one; tail = at + 1; return true; }"
                        + " Object poll() { long at = head; if (at >= tail) return null;"
                        + " Object one = slots[(int) at & 63]; head = at + 1; return one; } }");
        Subject today = found(source, "Ring");

        ClassSuggestion found = suggested(source, "Ring", today);

        assertThat(found.suggestion().before().findings()).isNotEmpty();
        assertThat(found.suggestion().candidates().get(0).analysis().findings()).isEmpty();
    }
}
