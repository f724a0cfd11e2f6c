package dev.faultline.report.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.contract.ContractResult;
import dev.faultline.contract.PromiseResult;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.Provenance;
import dev.faultline.source.SourceLocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log is as long as GitHub takes it, and says what it leaves out. */
class SarifLogTest {

    private static final SarifRule RULE = new SarifRule("Rule", Severity.ERROR, "a rule", "docs/hazards/Rule.md", "");

    private final StringWriter out = new StringWriter();
    private final SarifLog log;

    SarifLogTest() throws IOException {
        log = new SarifLog(out, new SarifSettings("1.2.3", Path.of("")), List.of(RULE));
    }

    private void add(Severity severity, String message, Optional<Boolean> isNew) {
        log.add(new SarifResult(
                RULE.id(),
                severity,
                message,
                "struct ring",
                Provenance.of(Provenance.Origin.NOTATION, "ring.txt"),
                List.of(),
                List.of("head"),
                "",
                isNew));
    }

    private String end() throws IOException {
        log.end();
        return out.toString();
    }

    private static List<String> all(String pattern, String log) {
        return Pattern.compile(pattern)
                .matcher(log)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void the_worst_results_come_first_and_the_gone_last() throws IOException {
        add(Severity.INFO, "m1.", Optional.empty());
        add(Severity.ERROR, "m2.", Optional.of(false));
        add(Severity.WARNING, "m3.", Optional.of(true));
        add(Severity.ERROR, "m4.", Optional.empty());
        add(Severity.WARNING, "m5.", Optional.empty());

        String text = end();

        assertThat(all("\"text\":\"m(\\d)\\.\"", text)).containsExactly("4", "3", "5", "1", "2");
        assertThat(text).doesNotContain("invocations");
    }

    @Test
    void of_more_results_than_github_takes_the_worst_are_kept_and_the_rest_counted() throws IOException {
        for (int i = 0; i < 30_000; i++) {
            add(i % 10 == 9 ? Severity.ERROR : i % 10 == 8 ? Severity.WARNING : Severity.INFO, "m.", Optional.empty());
        }

        String text = end();

        List<String> levels = all("\"ruleId\":\"Rule\",\"level\":\"(\\w+)\"", text);
        assertThat(levels).hasSize(5_000);
        assertThat(levels.subList(0, 3_000)).containsOnly("error");
        assertThat(levels.subList(3_000, 5_000)).containsOnly("warning");
        assertThat(text.substring(text.length() - 300))
                .contains("\"executionSuccessful\":true", "25000 of 30000 results are left out");
    }

    @Test
    void a_log_stays_below_ten_megabytes_packed() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 4_000; i++) {
            add(
                    Severity.INFO,
                    random.ints(4_000, 'A', 'z').mapToObj(c -> "" + (char) c).collect(Collectors.joining()),
                    Optional.empty());
        }

        String text = end();

        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(packed.size()).isBetween(9_000_000, 10_000_000);
        assertThat(text.substring(text.length() - 300)).containsPattern("\\d{3} of 4000 results are left out");
    }

    @Test
    void results_of_one_identity_are_told_apart_by_their_number() throws IOException {
        add(Severity.INFO, "m1.", Optional.empty());
        add(Severity.INFO, "m2.", Optional.empty());

        List<String> hashes = all("\"primaryLocationLineHash\":\"([^\"]+)\"", end());

        assertThat(hashes).hasSize(2);
        assertThat(hashes.get(0)).endsWith(":1");
        assertThat(hashes.get(1)).isEqualTo(hashes.get(0).replace(":1", ":2"));
    }

    private void add(SarifDeclaration... declarations) {
        log.add(new SarifResult(
                RULE.id(),
                Severity.INFO,
                "m.",
                "struct ring",
                Provenance.of(Provenance.Origin.BTF, "app.o"),
                List.of(declarations),
                List.of("head", "tail"),
                "",
                Optional.empty()));
    }

    private static SarifDeclaration at(String name, String file, int line) {
        return new SarifDeclaration(name, new SourceLocation(file, line));
    }

    private static String region(int line) {
        return "\"region\":{\"startLine\":" + line + ",\"startColumn\":1,\"endLine\":" + line + ",\"endColumn\":1}";
    }

    @Test
    void a_result_is_where_its_first_field_is_declared_and_the_others_are_related() throws IOException {
        add(at("head", "net/ring.h", 12), at("tail", "net/ends.h", 7), at("", "net/ring.h", 10));

        assertThat(end())
                .contains("\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"net/ring.h\"},"
                        + region(12) + "},\"logicalLocations\"")
                .contains("\"relatedLocations\":[{\"id\":1,\"physicalLocation\":{\"artifactLocation\":{\"uri\":"
                        + "\"net/ends.h\"}," + region(7) + "},\"message\":{\"text\":\"declaration of tail\"}},"
                        + "{\"id\":2,\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"net/ring.h\"}," + region(10)
                        + "},\"message\":{\"text\":\"declaration of struct ring\"}}]");
    }

    @Test
    void a_field_without_a_line_is_at_that_of_its_struct_or_at_the_first() throws IOException {
        add(at("head", "net/ring.h", 0), at("", "net/ring.h", 10));
        add(at("head", "a/Base.java", 0), at("tail", "a/Ring.java", 5), at("", "a/Ring.java", 0));

        String text = end();
        assertThat(all("\"locations\".{1,60}\"uri\":\"([^\"]+)\"", text)).containsExactly("net/ring.h", "a/Base.java");
        assertThat(all("\"logicalLocations\"()", text)).hasSize(2);
        assertThat(all("\"locations\".{1,90}?\"startLine\":(\\d+)", text)).containsExactly("10", "1");
    }

    @Test
    void a_declaration_in_the_repository_is_preferred_to_one_outside(@TempDir Path root) throws IOException {
        Files.writeString(Files.createDirectories(root.resolve("src/net")).resolve("ring.h"), "");
        SarifLog here = new SarifLog(out, new SarifSettings("1.2.3", root.resolve("src")), List.of(RULE));
        here.add(new SarifResult(
                RULE.id(),
                Severity.INFO,
                "m.",
                "struct ring",
                Provenance.of(Provenance.Origin.BTF, "app.o"),
                List.of(at("head", "/opt/gone/lock.h", 3), at("", "/build/net/ring.h", 10)),
                List.of("head"),
                "",
                Optional.empty()));
        here.end();

        assertThat(all("\"uri\":\"([^\"]+)\"", out.toString())).containsExactly("net/ring.h", "opt/gone/lock.h");
    }

    @Test
    void a_fingerprint_does_not_depend_on_the_declaration() throws IOException {
        add(at("head", "net/ring.h", 12));
        add(at("head", "net/other.h", 99));
        add();

        assertThat(all("\"primaryLocationLineHash\":\"([^\"]+)\"", end()))
                .hasSize(3)
                .allMatch(hash -> hash.endsWith(":1"))
                .containsOnly(all("\"primaryLocationLineHash\":\"([^\"]+)\"", out.toString())
                        .get(0));
    }

    @Test
    void a_group_keeps_its_fingerprint_when_it_moves() throws IOException {
        assertThat(check("group hot: whole, bytes 64..71"))
                .hasSize(1)
                .isEqualTo(check("group hot: whole, byte 8"))
                .isNotEqualTo(check("group cold: whole, byte 8"));
    }

    private static List<String> check(String promise) throws IOException {
        StringWriter out = new StringWriter();
        PromiseResult broken = new PromiseResult(
                "ring", promise, PromiseResult.Status.BROKEN, List.of("it never ends"), List.of(), "");
        new SarifCheckWriter(out, new SarifSettings("1.2.3", Path.of("")))
                .write(List.of(new ContractResult(
                        "kernel", "markers", List.of(broken), List.of(), List.of(), Optional.empty())));
        assertThat(out.toString()).contains("\"uri\":\"faultline/kernel/ring.h\"");
        return all("\"primaryLocationLineHash\":\"([^\"]+)\"", out.toString());
    }
}
