package dev.faultline.report.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.hazard.Severity;
import dev.faultline.layout.Provenance;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AnnotationLogTest {

    private final StringWriter out = new StringWriter();
    private final ResultLog log = new SarifSettings("1.2.3", Path.of(""), true).begin(out, List.of());

    AnnotationLogTest() throws IOException {}

    private static SarifResult result(
            String rule, Severity severity, String message, String file, OptionalInt line, Optional<Boolean> isNew) {
        return new SarifResult(
                rule,
                severity,
                message,
                "struct a::b",
                new Provenance(Provenance.Origin.NOTATION, file, "", line),
                List.of(),
                List.of("head"),
                "",
                isNew);
    }

    @Test
    void a_result_is_a_line_with_its_file_its_line_and_what_parts_properties_escaped() throws IOException {
        log.add(result(
                "Rule", Severity.WARNING, "50 % of a, b\nand c", "src/a, b.c", OptionalInt.of(7), Optional.empty()));
        log.end();
        assertThat(out.toString().lines())
                .singleElement()
                .asString()
                .startsWith("::warning file=src/a%2C b.c,line=7,title=Rule in struct a%3A%3Ab::50 %25 of a, b");
    }

    @Test
    void the_worst_come_first_and_what_is_gone_does_not_come() throws IOException {
        log.add(result("Third", Severity.INFO, "m", "a.c", OptionalInt.empty(), Optional.empty()));
        log.add(result("Gone", Severity.ERROR, "m", "a.c", OptionalInt.empty(), Optional.of(false)));
        log.add(result("Second", Severity.WARNING, "m", "a.c", OptionalInt.empty(), Optional.of(true)));
        log.add(result("First", Severity.ERROR, "m", "a.c", OptionalInt.empty(), Optional.empty()));
        log.end();
        assertThat(out.toString().lines())
                .containsExactly(
                        "::error file=a.c,line=1,title=First in struct a%3A%3Ab::m",
                        "::warning file=a.c,line=1,title=Second in struct a%3A%3Ab::m",
                        "::notice file=a.c,line=1,title=Third in struct a%3A%3Ab::m");
    }

    @Test
    void what_two_results_say_alike_is_said_once() throws IOException {
        log.add(result("Rule", Severity.WARNING, "m", "a.c", OptionalInt.of(1), Optional.of(true)));
        log.add(result("Rule", Severity.WARNING, "m", "a.c", OptionalInt.of(1), Optional.of(true)));
        log.add(result("Rule", Severity.WARNING, "n", "a.c", OptionalInt.of(1), Optional.of(true)));
        log.end();
        assertThat(out.toString().lines()).hasSize(2);
    }

    @Test
    void a_file_outside_of_the_repository_is_not_named() throws IOException {
        log.add(result("Rule", Severity.ERROR, "m", "/elsewhere/a.c", OptionalInt.of(3), Optional.empty()));
        log.end();
        assertThat(out).hasToString("::error title=Rule in struct a%3A%3Ab::m\n");
    }
}
