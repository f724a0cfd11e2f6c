package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.MemberRole;
import dev.faultline.source.FieldOrigins;
import dev.faultline.source.SourceLocation;
import dev.faultline.source.dwarf.record.DeclarationPlace;
import dev.faultline.source.dwarf.record.SourceLanguage;
import dev.faultline.source.dwarf.record.TypeRecord;
import dev.faultline.source.dwarf.record.TypeRecord.MemberRecord;
import dev.faultline.source.dwarf.record.TypeStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DwarfLocationsTest {

    private static final TypeRecord LONG = new TypeRecord.Number("long", 8, 0);

    private static MemberRecord member(String name, TypeRecord type, int line) {
        return new MemberRecord(name, type, 0, 0, 0, MemberRole.FIELD, line);
    }

    private static TypeRecord.Aggregate struct(String name, String file, int line, MemberRecord... members) {
        return new TypeRecord.Aggregate(
                name,
                "struct " + name,
                AggregateKind.STRUCT,
                8,
                0,
                List.of(members),
                new DeclarationPlace("unit.c", "/build", file, line),
                SourceLanguage.C);
    }

    private static final TypeRecord.Aggregate ENDS =
            struct("ends", "ends.h", 1, member("head", LONG, 2), member("tail", LONG, 3));

    private static FieldOrigins origins(TypeRecord.Aggregate type) {
        return new DwarfLocations(new TypeStore(), name -> name.equals("ends") ? List.of(ENDS) : List.of()).of(type);
    }

    private static Optional<SourceLocation> at(String file, int line) {
        return Optional.of(new SourceLocation(file, line, "/build"));
    }

    @Test
    void a_member_of_an_embedded_struct_or_of_an_element_is_where_that_struct_declares_it() {
        FieldOrigins ring = origins(struct(
                "ring",
                "ring.c",
                10,
                member("ends", new TypeRecord.Renamed("ends_t", ENDS, 0, true), 11),
                member("many", new TypeRecord.Array(ENDS, List.of(2L, 3L)), 12),
                member("other", new TypeRecord.Declared("struct ends", "ends"), 13),
                member("gone", new TypeRecord.Declared("struct gone", "gone"), 14)));

        assertThat(ring.location()).isEqualTo(at("ring.c", 10));
        assertThat(ring.locationOf("ends")).isEqualTo(at("ring.c", 11));
        assertThat(ring.locationOf("ends.tail")).isEqualTo(at("ends.h", 3));
        assertThat(ring.locationOf("many[1][2].tail")).isEqualTo(at("ends.h", 3));
        assertThat(ring.locationOf("many[own].head")).isEqualTo(at("ends.h", 2));
        assertThat(ring.locationOf("many[1]")).isEqualTo(at("ring.c", 12));
        assertThat(ring.locationOf("other.head")).isEqualTo(at("ends.h", 2));
        assertThat(ring.locationOf("gone.head")).isEqualTo(at("ring.c", 14));
        assertThat(ring.locationOf("unknown")).isEmpty();
    }

    @Test
    void members_of_anonymous_structs_and_of_variants_have_no_names_around_them() {
        TypeRecord.Variants variants = new TypeRecord.Variants(
                Optional.of(member("kind", LONG, 21)),
                List.of(List.of(member("one", ENDS, 22)), List.of(member("two", LONG, 23))));
        TypeRecord.Aggregate inner = struct("", "part.h", 30, member("deep", LONG, 31));
        FieldOrigins ring = origins(struct("ring", "ring.c", 20, member("", variants, 0), member("", inner, 24)));

        assertThat(ring.locationOf("kind")).isEqualTo(at("ring.c", 21));
        assertThat(ring.locationOf("one.head")).isEqualTo(at("ends.h", 2));
        assertThat(ring.locationOf("two")).isEqualTo(at("ring.c", 23));
        assertThat(ring.locationOf("deep")).isEqualTo(at("part.h", 31));
    }

    @Test
    void names_may_hold_dots_and_brackets() {
        FieldOrigins odd =
                origins(struct("odd", "odd.cc", 1, member("Base<1.5, int[2]>", ENDS, 2), member("a.b", LONG, -7)));

        assertThat(odd.locationOf("Base<1.5, int[2]>.tail")).isEqualTo(at("ends.h", 3));
        assertThat(odd.locationOf("a.b")).isEqualTo(at("odd.cc", 0));
    }

    @Test
    void a_type_without_a_file_has_no_location() {
        FieldOrigins unknown = origins(struct("unknown", "", 5, member("head", LONG, 6), member("ends", ENDS, 7)));

        assertThat(unknown.location()).isEmpty();
        assertThat(unknown.locationOf("head")).isEmpty();
        assertThat(unknown.locationOf("ends.head")).isEqualTo(at("ends.h", 2));
    }

    @Test
    void a_struct_within_itself_and_very_many_members_end() {
        TypeRecord.Aggregate inner = struct("", "deep.h", 1, member("leaf", LONG, 2));
        for (int depth = 0; depth < 100; depth++) {
            inner = struct("", "deep.h", 1, member("", inner, 1), member("", inner, 1));
        }
        assertThat(origins(inner).locationOf("leaf")).isEmpty();

        TypeRecord.Aggregate wide = struct(
                "wide",
                "wide.h",
                1,
                IntStream.range(0, 100_000)
                        .mapToObj(i -> member("m" + i, LONG, i))
                        .toArray(MemberRecord[]::new));
        FieldOrigins many = origins(wide);
        for (int i = 0; i < 100_000; i++) {
            assertThat(many.locationOf("m" + i)).isEqualTo(at("wide.h", i));
        }
    }
}
