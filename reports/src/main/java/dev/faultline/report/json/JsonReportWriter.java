package dev.faultline.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.faultline.analysis.Analysis;
import dev.faultline.report.ReportWriter;
import dev.faultline.source.Omissions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;

/** Writes analyses as one JSON document of schema {@code faultline/1}, as they come. */
public final class JsonReportWriter implements ReportWriter<Analysis> {

    private final JsonGenerator json;
    private final StructJson structs;
    private final List<Omissions> omissions;

    /** Begins a report from which nothing was left out. */
    public JsonReportWriter(Writer out) throws IOException {
        this(out, List.of());
    }

    /**
     * Begins a report.
     *
     * @param out where to
     * @param omissions what sources left out
     */
    public JsonReportWriter(Writer out, List<Omissions> omissions) throws IOException {
        this.omissions = List.copyOf(omissions);
        json = JsonWriter.generator(out);
        structs = new StructJson(json);
        json.writeStartObject();
        json.writeStringField("schema", "faultline/1");
        json.writeArrayFieldStart("structs");
    }

    @Override
    public void write(Analysis analysis) throws IOException {
        structs.write(analysis);
        json.writeRaw('\n');
    }

    /** Makes the text of an analysis, which takes longer than to write it. */
    @Override
    public ReadyPart prepare(Analysis analysis) {
        JsonSegments text = new JsonSegments();
        try (JsonGenerator part = JsonWriter.generator(text)) {
            new StructJson(part).write(analysis);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return () -> {
            text.writeTo(json);
            json.writeRaw('\n');
        };
    }

    @Override
    public void end() throws IOException {
        json.writeEndArray();
        OmissionsJson.write(json, omissions);
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }
}
