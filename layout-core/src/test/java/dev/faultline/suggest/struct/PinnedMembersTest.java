package dev.faultline.suggest.struct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.access.ProfileReader;
import dev.faultline.analysis.Analyzer;
import dev.faultline.hazard.Finding;
import dev.faultline.hazard.rules.Catalog;
import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.Member;
import dev.faultline.layout.MemberRole;
import dev.faultline.layout.Provenance;
import dev.faultline.layout.Slot;
import dev.faultline.layout.StructLayout;
import dev.faultline.layout.emit.CDeclaration;
import dev.faultline.layout.emit.EmittedDeclaration;
import dev.faultline.layout.notation.NotationReader;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Machines;
import dev.faultline.machine.Placement;
import dev.faultline.source.Subject;
import dev.faultline.suggest.Constraints;
import dev.faultline.suggest.Suggestion;
import dev.faultline.suggest.packing.SearchEffort;
import dev.faultline.testing.LayoutUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Base classes, vtable pointers and bytes that a source does not show are no free space, and nothing moves them. */
class PinnedMembersTest {

    private static final Machine MACHINE = Machines.x86().withCpus(8, "test");
    private static final Provenance HERE = Provenance.of(Provenance.Origin.NOTATION, "test");

    private static final String PROFILE = """
            profile: test
            structs:
              Session:
                roles:
                  all: { cpus: all }
                operations:
                  - name: hit
                    role: all
                    rate: 1e5
                    accesses:
                      - { field: hits, kind: rmw }
                  - name: look
                    role: all
                    rate: 1e6
                    accesses:
                      - { field: limit, kind: read }
            """;

    /** A base class of 16 bytes, 60 bytes of name, a counter beside a limit that all read. */
    private static StructLayout session(Member... pinned) {
        List<Member> members = new ArrayList<>(List.of(pinned));
        members.add(Member.of("name", new FieldType.Array(FieldType.Scalar.natural("char", 1), 60), 32));
        members.add(Member.of("hits", FieldType.Scalar.natural("int", 4), 92));
        members.add(Member.of("limit", FieldType.Scalar.natural("int", 4), 96));
        return StructLayout.of("Session", AggregateKind.STRUCT, 104, 8, members, HERE);
    }

    private static Member base() {
        return Member.of("Base", new FieldType.Opaque("struct Base", 16, 8), 0).as(MemberRole.BASE_CLASS);
    }

    private static Member vtablePointer() {
        return Member.of("_vptr.Mix", FieldType.Scalar.natural("int ()(void) * *", 8), 24)
                .as(MemberRole.VTABLE_POINTER);
    }

    @Test
    void every_candidate_leaves_them_where_they_are() {
        StructLayout today = session(base(), Member.notShown(16, 8), vtablePointer());
        Subject subject = Subject.of(today)
                .withPlacement(new Placement(64, "test"))
                .withProfile(ProfileReader.read("p.yaml", PROFILE).forStruct("Session"));
        Suggestion suggestion = new Suggester(new Analyzer(MACHINE, Catalog.RULES), new SearchEffort(100_000))
                .suggest(subject, Constraints.usual());

        assertThat(suggestion.candidates()).isNotEmpty().allSatisfy(candidate -> {
            StructLayout layout = candidate.layout();
            assertThat(layout.members().stream().filter(member -> member.role().isPinned()))
                    .containsExactlyElementsOf(today.members().subList(0, 3));
            assertThat(layout.members().stream().filter(member -> !member.role().isPinned()))
                    .hasSize(3)
                    .allSatisfy(member -> assertThat(member.byteOffset()).isGreaterThanOrEqualTo(32));
        });
    }

    @Test
    void a_base_class_is_not_rearranged_though_its_members_are_used() {
        StructLayout inner = StructLayout.of(
                "Base",
                AggregateKind.CXX_CLASS,
                16,
                8,
                List.of(
                        Member.of("flag", FieldType.Scalar.natural("char", 1), 0),
                        Member.of("count", FieldType.Scalar.natural("long", 8), 8)),
                HERE);
        Member base =
                Member.of("Base", new FieldType.Aggregate("Base", inner), 0).as(MemberRole.BASE_CLASS);
        String limit = "- { field: limit, kind: read }";
        String profile = PROFILE.replace(limit, limit + "\n          - { field: Base.count, kind: read }");
        Subject subject = Subject.of(session(base))
                .withPlacement(new Placement(64, "test"))
                .withProfile(ProfileReader.read("p.yaml", profile).forStruct("Session"));

        Suggestion suggestion = new Suggester(new Analyzer(MACHINE, Catalog.RULES), new SearchEffort(100_000))
                .suggest(subject, Constraints.usual());

        assertThat(suggestion.candidates())
                .isNotEmpty()
                .allSatisfy(candidate ->
                        assertThat(candidate.layout().members()).contains(base).hasSize(4));
    }

    @Test
    void bytes_not_shown_are_a_slot_of_their_own_and_survive_writing_and_reading() {
        StructLayout layout = session(base(), Member.notShown(16, 8), vtablePointer());

        assertThat(layout.slots().get(1)).isEqualTo(new Slot.NotShown("", 16, 8));
        assertThat(layout.unusedBytes()).isEqualTo(4);
        assertThat(LayoutUse.written(layout)).contains("""
                        /* bytes 16 to 23 are not shown */
                """);
        StructLayout again =
                NotationReader.read("written", LayoutUse.written(layout)).get(0);
        assertThat(again.slots()).contains(new Slot.NotShown("", 16, 8));
        assertThat(again.byteSize()).isEqualTo(104);
    }

    @Test
    void the_bytes_before_them_are_not_counted_as_what_another_order_saves() {
        StructLayout layout = StructLayout.of(
                "Session",
                AggregateKind.CXX_CLASS,
                40,
                8,
                List.of(
                        base(),
                        Member.of("flag", FieldType.Scalar.natural("char", 1), 16),
                        vtablePointer(),
                        Member.of("end", FieldType.Scalar.natural("char", 1), 32)),
                HERE);

        List<Finding> findings =
                new Analyzer(MACHINE, Catalog.RULES).analyze(Subject.of(layout)).findings();

        assertThat(findings).extracting(Finding::rule).doesNotContain("WastedPadding");
    }

    @Test
    void bytes_stand_for_them_in_c() {
        EmittedDeclaration declared =
                CDeclaration.of(session(base(), Member.notShown(16, 8), vtablePointer()), Optional.empty());

        assertThat(declared.text()).contains("""
                struct Session {
                \tunsigned char base_0[16]; /* base class Base */
                \tunsigned char not_shown_16[8];
                """).contains("\tvoid *vptr_").doesNotContain("pad_0");
        assertThat(declared.notes()).contains("C has no base classes; bytes stand for Base");
    }
}
