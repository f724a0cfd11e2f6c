package dev.faultline.access.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.assertion.Layouts;
import dev.faultline.layout.FieldType;
import dev.faultline.layout.StructLayout;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Addresses and names of variables lead to their types, where the program was loaded. */
class ProgramPlacesTest {

    private static final StructLayout PAIR = Layouts.read("struct pair { long a; long b; };");
    private static final FieldType PAIR_TYPE = new FieldType.Aggregate("struct pair", PAIR);

    private static ProgramPlaces.Variable variable(String name, long address, long size, FieldType type) {
        return new ProgramPlaces.Variable(name, address, size, type, ".bss", 0x4000);
    }

    private static final ProgramPlaces PLACES = new ProgramPlaces(
            List.of(
                    variable("app::pairs", 0x4080, 32, new FieldType.Array(PAIR_TYPE, 2)),
                    variable("count", 0x4100, 8, FieldType.Scalar.natural("long", 8)),
                    variable("a::twin", 0x4200, 8, FieldType.Scalar.natural("long", 8)),
                    variable("b::twin", 0x4208, 8, FieldType.Scalar.natural("long", 8))),
            0x550000000000L);

    @Test
    void an_address_in_an_array_is_an_element_of_its_struct() {
        assertThat(PLACES.at(0x550000004098L, "", -1))
                .contains(new PlaceLocator.Place("pair", "b", 8, "app::pairs[1]"));
        assertThat(PLACES.at(0, "pairs", 0x10)).contains(new PlaceLocator.Place("pair", "a", 0, "app::pairs[1]"));
    }

    @Test
    void a_plain_variable_is_a_field_of_its_section() {
        assertThat(PLACES.at(0x550000004104L, "", -1)).contains(new PlaceLocator.Place(".bss", "", 0x104, ".bss"));
    }

    @Test
    void what_is_behind_a_variable_or_has_two_of_its_name_is_nothing() {
        assertThat(PLACES.at(0x550000004108L, "", -1)).isEqualTo(Optional.empty());
        assertThat(PLACES.at(0, "twin", 0)).isEqualTo(Optional.empty());
        assertThat(PLACES.at(0x54ffffffffffL, "", -1)).isEqualTo(Optional.empty());
    }
}
