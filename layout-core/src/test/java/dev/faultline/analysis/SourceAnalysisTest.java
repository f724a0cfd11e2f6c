package dev.faultline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.hazard.Finding;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.source.FieldOrigins;
import dev.faultline.source.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceAnalysisTest {

    private static final String INNER = """
            struct inner {
                    atomic_t                   users;                /*     0     4 */
                    int                        flags;                /*     4     4 */
                    /* size: 8, cachelines: 1, members: 2 */
            };
            """;

    private static String embedder(String name, int gap) {
        return """
                struct %s {
                        char                       name[%d];             /*     0    %d */
                        struct inner {
                                atomic_t           users;                /*    %d     4 */
                                int                flags;                /*    %d     4 */
                        } in;                                            /*    %d     8 */
                        /* size: %d, cachelines: 3, members: 2 */
                };
                """.formatted(name, gap, gap, gap, gap + 4, gap, gap + 8);
    }

    private static SourceAnalysis analysis(List<Subject> subjects) {
        Analyzer analyzer = new Analyzer(Machines.x86(), Catalog.RULES);
        SourceAnalysis.Collector collector = new SourceAnalysis.Collector();
        subjects.forEach(subject -> collector.add(analyzer.analyze(subject)));
        return collector.result();
    }

    private static List<Subject> structs(String... texts) {
        List<Subject> subjects = new ArrayList<>();
        for (String text : texts) {
            NotationReader.read("test", text).forEach(layout -> subjects.add(Subject.of(layout)));
        }
        return subjects;
    }

    private static List<Cause> within(SourceAnalysis source) {
        return source.causes().stream()
                .filter(cause -> cause.finding().rule().equals("WriterBesideReaders"))
                .toList();
    }

    @Test
    void a_hazard_inside_an_embedded_struct_is_told_once_of_that_struct_wherever_it_stands() {
        SourceAnalysis source = analysis(structs(embedder("one", 128), INNER, embedder("two", 192)));

        assertThat(source.structs()).isEqualTo(3);
        assertThat(within(source)).singleElement().satisfies(cause -> {
            assertThat(cause.subject().reference()).isEqualTo("inner");
            assertThat(cause.finding().fields()).containsExactly("users", "flags");
            assertThat(cause.alsoIn()).containsExactly("one", "two");
            assertThat(cause.relation()).isEqualTo(Cause.Relation.EMBEDS);
        });
    }

    @Test
    void where_the_embedded_struct_is_not_in_the_source_it_is_told_of_one_embedder() {
        SourceAnalysis source = analysis(structs(embedder("one", 128), embedder("two", 192)));

        assertThat(within(source)).singleElement().satisfies(cause -> {
            assertThat(cause.subject().reference()).isEqualTo("one");
            assertThat(cause.declaring()).isEqualTo("inner");
            assertThat(cause.alsoIn()).containsExactly("two");
        });
    }

    @Test
    void a_hazard_between_inherited_fields_is_told_once_of_the_class_that_declares_them() {
        Subject base = structs(INNER).get(0);
        FieldOrigins inherited =
                new FieldOrigins(List.of("inner", "sub"), Map.of("users", "inner", "flags", "inner"), Map.of());
        Subject sub =
                structs(INNER.replace("struct inner", "struct sub")).get(0).withOrigins(inherited);

        assertThat(inherited.superclassOf(List.of("users", "flags"))).contains("inner");
        assertThat(within(analysis(List.of(sub, base.withOrigins(inheritedOwn())))))
                .hasSize(2)
                .as("a struct and a class of one name are two")
                .extracting(cause -> cause.subject().reference())
                .containsExactlyInAnyOrder("sub", "inner");
        assertThat(within(analysis(List.of(sub, sub)))).singleElement().satisfies(cause -> {
            assertThat(cause.declaring()).isEqualTo("inner");
            assertThat(cause.relation()).isEqualTo(Cause.Relation.EXTENDS);
        });
    }

    private static FieldOrigins inheritedOwn() {
        return new FieldOrigins(List.of("inner"), Map.of("users", "inner", "flags", "inner"), Map.of());
    }

    @Test
    void a_silenced_finding_is_held_back_and_counted() {
        Subject silent = structs(INNER)
                .get(0)
                .withOrigins(new FieldOrigins(List.of(), Map.of(), Map.of("users", Set.of("WriterBesideReaders"))));
        Subject loud =
                silent.withOrigins(new FieldOrigins(List.of(), Map.of(), Map.of("users", Set.of("WritersShareLine"))));

        assertThat(within(analysis(List.of(silent)))).isEmpty();
        assertThat(analysis(List.of(silent)).heldBack()).isEqualTo(new HeldBack(1, 0));
        assertThat(within(analysis(List.of(loud)))).hasSize(1);
    }

    @Test
    void guesses_are_suspicions_and_stand_last() {
        SourceAnalysis source = analysis(structs(INNER));

        assertThat(source.founded()).isEmpty();
        assertThat(source.suspicions()).isEqualTo(source.causes().size()).isPositive();
        assertThat(source.causes()).allMatch(cause -> cause.finding().isSuspicion());
    }

    @Test
    void four_counters_side_by_side_are_one_finding() {
        Subject counters = structs("""
                struct counters {
                        atomic_t                   a;                    /*     0     4 */
                        atomic_t                   b;                    /*     4     4 */
                        atomic_t                   c;                    /*     8     4 */
                        atomic_t                   d;                    /*    12     4 */
                        /* size: 16, cachelines: 1, members: 4 */
                };
                """).get(0);
        Analysis analysis = new Analyzer(Machines.x86(), Catalog.RULES).analyze(counters);

        assertThat(analysis.findings())
                .filteredOn(finding -> finding.rule().equals("WritersShareLine"))
                .singleElement()
                .extracting(Finding::fields)
                .isEqualTo(List.of("a", "b", "c", "d"));
    }
}
