package dev.faultline.source.dwarf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.layout.AggregateKind;
import dev.faultline.layout.MemberRole;
import dev.faultline.source.dwarf.record.DeclarationPlace;
import dev.faultline.source.dwarf.record.SourceLanguage;
import dev.faultline.source.dwarf.record.TypeRecord;
import dev.faultline.source.dwarf.record.TypeRecord.MemberRecord;
import dev.faultline.source.dwarf.record.TypeStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Declarations that other units complete, of which there may be several. */
class CompletedTypesTest {

    private static final TypeRecord INT = new TypeRecord.Number("int", 4, 0);
    private static final TypeRecord X = new TypeRecord.Declared("X", "X");

    private static TypeRecord.Aggregate struct(String name, long size, MemberRecord... members) {
        DeclarationPlace place = new DeclarationPlace("unit.cc", "", "", 1);
        return new TypeRecord.Aggregate(
                name, name, AggregateKind.STRUCT, size, 0, List.of(members), place, SourceLanguage.CXX);
    }

    private static MemberRecord member(String name, TypeRecord type, long byteOffset) {
        return new MemberRecord(name, type, byteOffset * 8, 0, 0, MemberRole.FIELD, 0);
    }

    private static CompletedTypes of(TypeRecord.Aggregate... definitions) {
        return new CompletedTypes(
                new TypeStore(),
                name -> name.equals("X") ? List.of(definitions) : List.of(),
                (one, other) -> one.members().equals(other.members()));
    }

    @Test
    void a_declaration_is_its_definition_wherever_it_is_in_a_type() {
        TypeRecord.Aggregate x = struct("X", 8);
        TypeRecord array = new TypeRecord.Array(new TypeRecord.Renamed("x_t", X, 0, true), List.of(2L));
        TypeRecord.Aggregate owner = struct("Owner", 16, member("a", array, 0), member("b", INT, 16));

        assertThat(of(x).type(owner, owner.members().get(0)))
                .contains(new TypeRecord.Array(new TypeRecord.Renamed("x_t", x, 0, true), List.of(2L)));
        assertThat(of(x).type(owner, owner.members().get(1)).orElseThrow()).isSameAs(INT);
        assertThat(of().type(owner, owner.members().get(0))).isEmpty();
    }

    @Test
    void of_several_definitions_it_is_the_largest_that_fits() {
        TypeRecord.Aggregate small = struct("X", 4, member("s", INT, 0));
        TypeRecord.Aggregate middle = struct("X", 8, member("m", INT, 0));
        TypeRecord.Aggregate large = struct("X", 16, member("l", INT, 0));
        CompletedTypes types = of(large, small, middle);
        TypeRecord.Aggregate owner = struct("Owner", 28, member("a", X, 0), member("b", INT, 8), member("c", X, 12));

        assertThat(types.type(owner, owner.members().get(0))).contains(middle);
        assertThat(types.type(owner, owner.members().get(2))).contains(large);
        TypeRecord.Aggregate narrow = struct("Owner", 4, member("a", X, 0), member("b", INT, 2));
        assertThat(types.type(narrow, narrow.members().get(0))).contains(small);
    }

    @Test
    void equal_definitions_are_one_and_different_ones_of_one_size_are_refused() {
        TypeRecord.Aggregate one = struct("X", 8, member("a", INT, 0));
        TypeRecord.Aggregate equal = struct("X", 8, member("a", INT, 0));
        TypeRecord.Aggregate other = struct("X", 8, member("b", INT, 0));
        TypeRecord.Aggregate owner = struct("Owner", 8, member("x", X, 0));

        assertThat(of(one, equal).type(owner, owner.members().get(0))).containsSame(one);
        assertThatThrownBy(() -> of(one, other).type(owner, owner.members().get(0)))
                .hasMessage("X is declared where a member has it, and the file has 2 different ones of 8 bytes");
    }
}
