package dev.faultline.report.sarif;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.faultline.hazard.Severity;
import dev.faultline.input.VisibleText;
import dev.faultline.source.SourceLocation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A log of one run in the Static Analysis Results Interchange Format of OASIS, version 2.1.0, that GitHub's code
 * scanning takes: every result has a physical location and a fingerprint that stays the same between runs, and the log
 * is no longer than it accepts. The least severe results are left out first; a notification counts them.
 */
final class SarifLog implements ResultLog {

    private static final String PROJECT = "https://github.com/faultline-dev/faultline";
    private static final Pattern SEMANTIC_VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");
    private static final Pattern LINK = Pattern.compile("\\[(?=[^\\[\\]]*+\\]\\()");
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;
    private final ResultPlaces places;
    private final WorstResults results = new WorstResults();
    private final Map<String, Integer> occurrences = new HashMap<>();

    /**
     * Begins a log.
     *
     * @param out where to; not closed
     * @param settings what the log depends on besides its results
     * @param rules all rules that results may refer to
     * @throws IOException when it cannot be written
     */
    SarifLog(Writer out, SarifSettings settings, List<SarifRule> rules) throws IOException {
        places = new ResultPlaces(settings.sourceRoot());
        json = JSON.createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeStringField("version", "2.1.0");
        json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "Faultline");
        json.writeStringField("version", settings.version());
        if (SEMANTIC_VERSION.matcher(settings.version()).matches()) {
            json.writeStringField("semanticVersion", settings.version());
        }
        json.writeStringField("informationUri", PROJECT);
        json.writeArrayFieldStart("rules");
        for (SarifRule rule : rules) {
            rule(rule);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeStringField("columnKind", "utf16CodeUnits");
    }

    private void rule(SarifRule rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", rule.id());
        text(json, "shortDescription", rule.summary());
        text(json, "fullDescription", rule.summary());
        json.writeStringField("helpUri", PROJECT + "/blob/main/" + rule.page());
        json.writeObjectFieldStart("help");
        json.writeStringField("text", rule.summary());
        if (!rule.markdown().isEmpty()) {
            json.writeStringField("markdown", rule.markdown());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("defaultConfiguration");
        json.writeStringField("level", level(rule.severity()));
        json.writeEndObject();
        json.writeEndObject();
    }

    @Override
    public void add(SarifResult result) {
        results.add(result);
    }

    @Override
    public void end() throws IOException {
        json.writeArrayFieldStart("results");
        PackedSize packed = new PackedSize();
        long written = 0;
        for (SarifResult result : results.worstFirst()) {
            String text = json(result);
            if (packed.add(text.getBytes(StandardCharsets.UTF_8))) {
                json.writeRawValue(text);
                json.writeRaw('\n');
                written++;
            }
        }
        packed.end();
        json.writeEndArray();
        if (written < results.added()) {
            leftOut(results.added() - written);
        }
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private void leftOut(long count) throws IOException {
        json.writeArrayFieldStart("invocations");
        json.writeStartObject();
        json.writeBooleanField("executionSuccessful", true);
        json.writeArrayFieldStart("toolExecutionNotifications");
        json.writeStartObject();
        json.writeStringField("level", "warning");
        text(
                json,
                "message",
                count + " of " + results.added() + " results are left out. Code scanning takes "
                        + WorstResults.MOST_RESULTS + " results and " + PackedSize.MOST_BYTES / 1_000_000
                        + " MB packed with gzip; the most severe ones are kept.");
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private String json(SarifResult result) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator one = JSON.createGenerator(text)) {
            ResultPlaces.Place place = places.of(result);
            String hash = hash(result.identity());
            one.writeStartObject();
            one.writeStringField("ruleId", result.rule());
            one.writeStringField("level", level(result.severity()));
            text(one, "message", result.message());
            location(one, result, place);
            related(one, result, place);
            one.writeObjectFieldStart("partialFingerprints");
            one.writeStringField(
                    "primaryLocationLineHash", hash.substring(0, 16) + ":" + occurrence(place.uri(), hash));
            one.writeStringField("faultline/v1", hash);
            one.writeEndObject();
            if (result.isNew().isPresent()) {
                one.writeStringField("baselineState", result.isNew().get() ? "new" : "absent");
            }
            one.writeEndObject();
        }
        return text.toString();
    }

    /** Lists where the other fields, and the struct, are declared, as far as lines are known. */
    private void related(JsonGenerator json, SarifResult result, ResultPlaces.Place place) throws IOException {
        Map<ResultPlaces.Place, SarifDeclaration> others = new LinkedHashMap<>();
        for (SarifDeclaration one : result.declarations()) {
            SourceLocation location = one.location();
            if (location.line() > 0) {
                others.putIfAbsent(places.of(location), one);
            }
        }
        others.remove(place);
        if (others.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("relatedLocations");
        int id = 1;
        for (Map.Entry<ResultPlaces.Place, SarifDeclaration> other : others.entrySet()) {
            String name = other.getValue().name();
            json.writeStartObject();
            json.writeNumberField("id", id++);
            physical(json, other.getKey());
            text(json, "message", "declaration of " + (name.isEmpty() ? result.struct() : name));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void physical(JsonGenerator json, ResultPlaces.Place place) throws IOException {
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", place.uri());
        json.writeEndObject();
        region(json, place.line());
        json.writeEndObject();
    }

    private static void location(JsonGenerator json, SarifResult result, ResultPlaces.Place place) throws IOException {
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        physical(json, place);
        json.writeArrayFieldStart("logicalLocations");
        logical(json, result.struct(), "type");
        String name = result.struct().substring(result.struct().indexOf(' ') + 1);
        for (String field : result.fields()) {
            logical(json, name + "." + field, "member");
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    /** A region without length, at the start of a line: GitHub's list of required properties has all four. */
    private static void region(JsonGenerator json, int line) throws IOException {
        json.writeObjectFieldStart("region");
        json.writeNumberField("startLine", line);
        json.writeNumberField("startColumn", 1);
        json.writeNumberField("endLine", line);
        json.writeNumberField("endColumn", 1);
        json.writeEndObject();
    }

    private static void logical(JsonGenerator json, String name, String kind) throws IOException {
        json.writeStartObject();
        json.writeStringField("fullyQualifiedName", VisibleText.of(name));
        json.writeStringField("kind", kind);
        json.writeEndObject();
    }

    /** {@return 1, or more where a file has several results of the same identity} */
    private int occurrence(String uri, String hash) {
        return occurrences.merge(uri + " " + hash, 1, Integer::sum);
    }

    private static String hash(String identity) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has it
        }
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }

    /** A viewer takes brackets followed by parentheses for a link unless they are escaped. */
    private static void text(JsonGenerator json, String name, String text) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("text", LINK.matcher(VisibleText.of(text)).replaceAll("\\\\["));
        json.writeEndObject();
    }
}
