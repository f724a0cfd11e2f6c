package dev.faultline.report.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.source.FieldOrigins;
import dev.faultline.source.SourceLocation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeclarationWordsTest {

    private static final FieldOrigins ORIGINS = FieldOrigins.declaredAt(
            new SourceLocation("route.h", 45),
            Map.of(
                    "dst", new SourceLocation("route.h", 46),
                    "dst.count", new SourceLocation("dst.h", 83),
                    "dst.state", new SourceLocation("dst.h", 90),
                    "id", new SourceLocation("route.h", 50),
                    "bare", new SourceLocation("route.h", 0)));

    private static String words(String... fields) {
        return DeclarationWords.of(ORIGINS, List.of(fields));
    }

    @Test
    void the_culprit_is_told_first_and_a_file_once() {
        assertThat(words("dst.count")).isEqualTo("declared at dst.h:83");
        assertThat(words("dst.count", "dst.state")).isEqualTo("declared at dst.h:83, dst.state at line 90");
        assertThat(words("dst.count", "id")).isEqualTo("declared at dst.h:83, id at route.h:50");
        assertThat(words("dst.count.counter", "dst.other")).isEqualTo("declared at dst.h:83, dst.other at route.h:46");
    }

    @Test
    void of_many_fields_a_few_are_told() {
        assertThat(words("id", "dst", "dst.count", "dst.state")).isEqualTo("declared at route.h:50, dst at line 46");
    }

    @Test
    void what_has_no_line_is_left_out() {
        assertThat(words("bare")).isEmpty();
        assertThat(words("bare", "id")).isEqualTo("id declared at route.h:50");
        assertThat(words("unknown")).isEmpty();
        assertThat(DeclarationWords.of(FieldOrigins.none(), List.of("id"))).isEmpty();
    }

    @Test
    void a_finding_about_the_whole_struct_is_at_its_declaration() {
        assertThat(words()).isEqualTo("declared at route.h:45");
        assertThat(DeclarationWords.of(FieldOrigins.none(), List.of())).isEmpty();
    }
}
