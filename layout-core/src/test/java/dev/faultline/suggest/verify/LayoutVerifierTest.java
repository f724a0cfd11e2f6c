package dev.faultline.suggest.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.analysis.Analysis;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.Figures;
import dev.faultline.suggest.packing.SearchEffort;
import dev.faultline.suggest.struct.Suggester;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Spoils a valid candidate in one way at a time: the verifier names the error. */
class LayoutVerifierTest {

    private static final Analyzer ANALYZER = new Analyzer(Machines.x86().withCpus(8, "test"), Catalog.RULES);

    private static final StructLayout BEFORE = NotationReader.read("s.c", """
                    struct s {
                            void * head;
                            atomic_t count;
                            int limit;
                            long cold[7];
                            char __cacheline_group_begin__hot_read[0];
                            int x;
                            int y;
                            char __cacheline_group_end__hot_read[0];
                            short z;
                    };
                    """).get(0);

    private static final Subject SUBJECT = Subject.of(BEFORE).withPlacement(new Placement(64, "test"));

    private final Candidate good = new Suggester(ANALYZER, new SearchEffort(50_000))
            .suggest(SUBJECT, Constraints.usual())
            .candidates()
            .get(0);

    @Test
    void an_unchanged_candidate_has_no_errors() {
        assertThat(complaints(good)).isEmpty();
    }

    @Test
    void a_missing_new_or_changed_field_is_named() {
        assertThat(complaints(
                        changed(members -> members.removeIf(one -> one.name().equals("z")))))
                .contains("field z is missing");
        assertThat(complaints(changed(
                        members -> replace(members, "z", one -> Member.of("w", one.type(), one.byteOffset())))))
                .contains("field z is missing", "field w is new");
        FieldType other = FieldType.Scalar.natural("u16", 2);
        assertThat(complaints(changed(
                        members -> replace(members, "z", one -> Member.of("z", other, one.byteOffset())))))
                .contains("field z changed its type, size or overlap");
    }

    @Test
    void a_misaligned_field_is_named_with_its_byte() {
        long end = good.layout().byteSize();
        assertThat(complaints(changed(
                        end + 8, members -> replace(members, "z", one -> Member.of("z", one.type(), end + 1)))))
                .contains("z is at byte " + (end + 1) + ", which is not a multiple of 2");
    }

    @Test
    void a_member_that_left_its_group_is_reported() {
        long end = good.layout().byteSize();
        assertThat(complaints(changed(
                        end + 8, members -> replace(members, "y", one -> Member.of("y", one.type(), end)))))
                .anyMatch(complaint -> complaint.startsWith("group hot_read held [x+0, y+4] and holds [x+0]"));
        assertThat(complaints(
                        changed(members -> members.removeIf(one -> one.name().contains("group_end")))))
                .anyMatch(complaint -> complaint.equals("group hot_read lost its markers"))
                .anyMatch(complaint -> complaint.startsWith("members without bytes were"));
    }

    @Test
    void violated_constraints_are_named() {
        assertThat(LayoutVerifier.complaints(
                        BEFORE, good, Constraints.usual().pinning("z", 2).withMostBytes(10)))
                .contains("pin z=2 is not kept")
                .anyMatch(complaint -> complaint.endsWith("bytes, but at most 10 are allowed"));
        assertThat(LayoutVerifier.complaints(
                        BEFORE, good, Constraints.usual().keepingTogether(List.of("count", "limit"))))
                .anyMatch(complaint -> complaint.startsWith("count, limit are spread over bytes"));
        long end = good.layout().byteSize();
        assertThat(complaints(changed(
                        end + 8, members -> replace(members, "head", one -> Member.of("head", one.type(), end)))))
                .contains("the first member head moved");
    }

    @Test
    void a_wrong_cost_is_reported() {
        Figures claimed = new Figures(
                good.figures().nanosPerSecond() / 2,
                good.figures().modelNanosPerSecond() / 2,
                good.figures().byteSize(),
                good.figures().lines());

        assertThat(complaints(with(good.analysis(), claimed)))
                .anyMatch(complaint -> complaint.startsWith("cost is "))
                .anyMatch(complaint -> complaint.startsWith("sum of line costs is "))
                .contains("the certificate is for another cost");
    }

    private static List<String> complaints(Candidate candidate) {
        return LayoutVerifier.complaints(BEFORE, candidate, Constraints.usual());
    }

    private interface Change {
        void apply(List<Member> members);
    }

    private static void replace(List<Member> members, String name, UnaryOperator<Member> change) {
        members.replaceAll(member -> member.name().equals(name) ? change.apply(member) : member);
    }

    private Candidate changed(Change change) {
        return changed(good.layout().byteSize(), change);
    }

    private Candidate changed(long byteSize, Change change) {
        StructLayout layout = good.layout();
        List<Member> members = new ArrayList<>(layout.members());
        change.apply(members);
        StructLayout spoilt = StructLayout.of(
                layout.name(), layout.kind(), byteSize, layout.byteAlignment(), members, layout.provenance());
        return with(ANALYZER.analyze(Subject.of(spoilt).withPlacement(SUBJECT.placement())), good.figures());
    }

    private Candidate with(Analysis analysis, Figures figures) {
        return new Candidate(
                analysis,
                figures,
                good.certificate(),
                good.needsLineAlignment(),
                good.opened(),
                good.moves(),
                good.gains(),
                good.contributions(),
                good.sensitivity());
    }
}
