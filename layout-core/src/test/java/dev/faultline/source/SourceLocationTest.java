package dev.faultline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceLocationTest {

    private static final SourceLocation RTABLE = new SourceLocation("include/net/route.h", 45);
    private static final SourceLocation DST = new SourceLocation("include/net/route.h", 46);
    private static final SourceLocation COUNT = new SourceLocation("include/net/dst.h", 83);
    private static final FieldOrigins ORIGINS =
            FieldOrigins.declaredAt(RTABLE, Map.of("dst", DST, "dst.count", COUNT, "ends", new SourceLocation("a", 9)));

    @Test
    void a_location_is_a_file_and_perhaps_a_line() {
        assertThat(COUNT.words()).isEqualTo("include/net/dst.h:83");
        assertThat(new SourceLocation("com/acme/Ring.java", 0).words()).isEqualTo("com/acme/Ring.java");
        assertThatIllegalArgumentException().isThrownBy(() -> new SourceLocation("", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SourceLocation("a.h", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "./include/net/dst.h, include/net/dst.h",
        "/src/net/../include/./dst.h, /src/include/dst.h",
        "../../include/dst.h, ../../include/dst.h",
        "/../dst.h, /../dst.h",
        "a/../../dst.h, ../dst.h",
        "/a//b/./dst.h, /a/b/dst.h",
        "./, ./",
        "C:\\a\\..\\dst.h, C:\\a\\..\\dst.h",
        "a./b.h, a./b.h"
    })
    void detours_of_a_path_are_left_out(String recorded, String file) {
        assertThat(new SourceLocation(recorded, 1).file()).isEqualTo(file);
    }

    @Test
    void a_field_is_declared_where_it_is_said_else_where_what_is_around_it_is() {
        assertThat(ORIGINS.location()).contains(RTABLE);
        assertThat(ORIGINS.locationOf("dst.count")).contains(COUNT);
        assertThat(ORIGINS.locationOf("dst.count.counter")).contains(COUNT);
        assertThat(ORIGINS.locationOf("dst.other")).contains(DST);
        assertThat(ORIGINS.locationOf("ends[3].lock")).contains(new SourceLocation("a", 9));
        assertThat(ORIGINS.locationOf("unknown")).isEmpty();
        assertThat(ORIGINS.locationOf("unknown.count")).isEmpty();
        assertThat(ORIGINS.locationOf("")).isEmpty();
        assertThat(FieldOrigins.none().locationOf("dst")).isEmpty();
    }

    @Test
    void other_locations_leave_classes_and_silence_as_they_are() {
        FieldOrigins silent = new FieldOrigins(List.of("A", "B"), Map.of("x", "A"), Map.of())
                .withLocations(Optional.of(RTABLE), path -> Optional.of(DST));

        assertThat(silent.superclassOf(List.of("x"))).contains("A");
        assertThat(silent.locationOf("x")).contains(DST);
    }
}
