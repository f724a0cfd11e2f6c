package dev.faultline.report.sarif;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.faultline.hazard.HazardPages;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.Severity;
import dev.faultline.input.VisibleText;
import dev.faultline.layout.Provenance;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A log of one run, written as its results come. The format is OASIS's Static Analysis Results Interchange Format, version
 * 2.1.0; what GitHub's code scanning asks for beyond it (a help text, a physical location, a partial fingerprint) is there
 * where it is known.
 */
public final class SarifLog {

    private static final Pattern LINK = Pattern.compile("\\[(?=[^\\[\\]]*+\\]\\()");

    private final JsonGenerator json;

    /**
     * A rule as code scanning shows it.
     *
     * @param id what results name
     * @param severity what it is at worst
     * @param summary one line
     * @param page more, in Markdown; empty when there is none
     */
    public record Rule(String id, Severity severity, String summary, String page) {

        /** {@return a hazard rule with its page} */
        public static Rule of(HazardRule rule) {
            return new Rule(rule.id(), rule.hazard().severity(), rule.hazard().summary(), HazardPages.read(rule.id()));
        }
    }

    /**
     * One thing found.
     *
     * @param rule id of its rule
     * @param severity how bad
     * @param message the fact and the advice
     * @param struct keyword and name of the struct it is in: {@code "struct rtable"}
     * @param provenance where that is declared
     * @param fields paths of the fields it is about, the first one the worst; may be empty
     * @param isNew whether it is known to be new; empty where nothing is compared
     */
    public record Result(
            String rule,
            Severity severity,
            String message,
            String struct,
            Provenance provenance,
            List<String> fields,
            Optional<Boolean> isNew) {}

    /**
     * Begins a log.
     *
     * @param out where to; not closed
     * @param rules all that may be named
     * @throws IOException when it cannot be written
     */
    public SarifLog(Writer out, List<Rule> rules) throws IOException {
        json = new JsonFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeStringField("version", "2.1.0");
        json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "Faultline");
        json.writeArrayFieldStart("rules");
        for (Rule rule : rules) {
            rule(rule);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeStringField("columnKind", "utf16CodeUnits");
        json.writeArrayFieldStart("results");
    }

    private void rule(Rule rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", rule.id());
        text("shortDescription", rule.summary());
        json.writeObjectFieldStart("help");
        json.writeStringField("text", rule.summary());
        if (!rule.page().isEmpty()) {
            json.writeStringField("markdown", rule.page());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("defaultConfiguration");
        json.writeStringField("level", level(rule.severity()));
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Adds a result. */
    public void add(Result result) throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", result.rule());
        json.writeStringField("level", level(result.severity()));
        text("message", result.message());
        location(result);
        json.writeObjectFieldStart("partialFingerprints");
        json.writeStringField("faultline/v1", fingerprint(result));
        json.writeEndObject();
        if (result.isNew().isPresent()) {
            json.writeStringField("baselineState", result.isNew().get() ? "new" : "absent");
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void location(Result result) throws IOException {
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        Provenance provenance = result.provenance();
        Optional<String> uri = uri(provenance);
        if (uri.isPresent()) {
            json.writeObjectFieldStart("physicalLocation");
            json.writeObjectFieldStart("artifactLocation");
            json.writeStringField("uri", uri.get());
            json.writeEndObject();
            if (provenance.line().isPresent()) {
                json.writeObjectFieldStart("region");
                json.writeNumberField("startLine", provenance.line().getAsInt());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeArrayFieldStart("logicalLocations");
        logical(result.struct(), "type");
        String name = result.struct().substring(result.struct().indexOf(' ') + 1);
        for (String field : result.fields()) {
            logical(name + "." + field, "member");
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private void logical(String name, String kind) throws IOException {
        json.writeStartObject();
        json.writeStringField("fullyQualifiedName", VisibleText.of(name));
        json.writeStringField("kind", kind);
        json.writeEndObject();
    }

    /** A text is a file somebody can open; what is in a binary has no place anybody could look at. */
    private static Optional<String> uri(Provenance provenance) {
        boolean isText =
                provenance.origin() == Provenance.Origin.NOTATION || provenance.origin() == Provenance.Origin.ABI_MODEL;
        if (!isText || provenance.source().equals("standard input")) {
            return Optional.empty();
        }
        try {
            String path = provenance.source().replace('\\', '/');
            return Optional.of(new URI(path.startsWith("/") ? "file" : null, null, path, null).toASCIIString());
        } catch (URISyntaxException unspeakable) {
            return Optional.empty();
        }
    }

    /** Of struct, rule and fields by name: offsets, lines and figures change, what is meant does not. */
    private static String fingerprint(Result result) {
        String key = String.join("\n", result.struct(), result.rule(), String.join(",", result.fields()));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
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

    /** A viewer shows it, and takes brackets followed by parentheses for a link unless they are escaped. */
    private void text(String name, String text) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("text", LINK.matcher(VisibleText.of(text)).replaceAll("\\\\["));
        json.writeEndObject();
    }

    /** Ends the log and flushes it. */
    public void end() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }
}
