package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A SARIF log that keeps the rules of GitHub's code scanning: those of its page "SARIF support for code scanning",
 * beside the schema of the format.
 */
final class GitHubSarif {

    private static final List<String> LEVELS = List.of("error", "warning", "note");

    private final JsonNode run;

    /** Reads a log and asserts that GitHub would take it. */
    GitHubSarif(String log) throws IOException {
        assertThat(ReportTest.sarif().validate(log, InputFormat.JSON)).isEmpty();
        assertThat(packed(log)).as("bytes packed").isLessThanOrEqualTo(10_000_000);
        JsonNode root = JsonMapper.shared().readTree(log);
        assertThat(text(root, "version")).isEqualTo("2.1.0");
        assertThat(text(root, "$schema")).isEqualTo("https://json.schemastore.org/sarif-2.1.0.json");
        assertThat(root.path("runs").size()).isEqualTo(1);
        run = root.path("runs").path(0);
        driver(run.path("tool").path("driver"));
        assertThat(run.has("results")).isTrue();
        assertThat(results().size()).isLessThanOrEqualTo(5_000);
        results().forEach(this::result);
        distinct();
    }

    private static int packed(String log) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(log.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.size();
    }

    private static void driver(JsonNode driver) {
        assertThat(text(driver, "name")).isEqualTo("Faultline");
        assertThat(text(driver, "version")).isNotEmpty();
        assertThat(text(driver, "semanticVersion")).matches("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");
        assertThat(URI.create(text(driver, "informationUri")).isAbsolute()).isTrue();
        Set<String> ids = new HashSet<>();
        for (JsonNode rule : driver.path("rules")) {
            assertThat(ids.add(text(rule, "id"))).as(text(rule, "id")).isTrue();
            assertThat(text(rule.path("shortDescription"), "text")).isNotBlank().hasSizeLessThanOrEqualTo(1024);
            assertThat(text(rule.path("fullDescription"), "text")).isNotBlank().hasSizeLessThanOrEqualTo(1024);
            assertThat(text(rule.path("help"), "text")).isNotBlank();
            assertThat(URI.create(text(rule, "helpUri")).getScheme()).isEqualTo("https");
            assertThat(text(rule.path("defaultConfiguration"), "level")).isIn(LEVELS);
        }
        assertThat(ids).isNotEmpty();
    }

    private void result(JsonNode result) {
        List<String> rules = new ArrayList<>();
        run.path("tool").path("driver").path("rules").forEach(rule -> rules.add(text(rule, "id")));
        assertThat(text(result, "ruleId")).isIn(rules);
        assertThat(text(result, "level")).isIn(LEVELS);
        assertThat(text(result.path("message"), "text")).isNotBlank();
        assertThat(result.path("locations").size()).isEqualTo(1);
        JsonNode region = place(result).path("region");
        for (String bound : List.of("startLine", "startColumn", "endLine", "endColumn")) {
            assertThat(region.path(bound).asInt(0)).as(bound).isPositive();
        }
        assertThat(text(result.path("partialFingerprints"), "primaryLocationLineHash"))
                .matches("[0-9a-f]{16}:[1-9]\\d*");
        assertThat(uri(result)).isNotBlank().matches("[!-~]+").doesNotContain("\\");
        assertThat(URI.create(uri(result)).getPath()).isNotBlank();
    }

    /** GitHub takes results of the same file and hash for one. */
    private void distinct() {
        List<String> keys = new ArrayList<>();
        for (JsonNode result : results()) {
            keys.add(uri(result) + " " + text(result.path("partialFingerprints"), "primaryLocationLineHash"));
        }
        assertThat(keys).doesNotHaveDuplicates();
    }

    JsonNode results() {
        return run.path("results");
    }

    /** {@return the file of each result} */
    List<String> uris() {
        List<String> uris = new ArrayList<>();
        results().forEach(result -> uris.add(uri(result)));
        return uris;
    }

    /** {@return the line of each result} */
    List<Integer> lines() {
        List<Integer> lines = new ArrayList<>();
        results()
                .forEach(result ->
                        lines.add(place(result).path("region").path("startLine").asInt(0)));
        return lines;
    }

    /** {@return the fingerprint of each result} */
    List<String> fingerprints() {
        List<String> hashes = new ArrayList<>();
        results().forEach(result -> hashes.add(text(result.path("partialFingerprints"), "primaryLocationLineHash")));
        return hashes;
    }

    private static JsonNode place(JsonNode result) {
        return result.path("locations").path(0).path("physicalLocation");
    }

    private static String uri(JsonNode result) {
        return text(place(result).path("artifactLocation"), "uri");
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
