package dev.faultline.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.faultline.analysis.Analysis;
import dev.faultline.report.ReportWriter;
import java.io.IOException;
import java.io.Writer;

/** Writes analyses as one JSON document of schema {@code faultline/1}, as they come. */
public final class JsonReportWriter implements ReportWriter<Analysis> {

    private final JsonGenerator json;
    private final StructJson structs;

    public JsonReportWriter(Writer out) throws IOException {
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

    @Override
    public void end() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }
}
