package dev.faultline.report.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.faultline.contract.ContractResult;
import dev.faultline.contract.PromiseResult;
import dev.faultline.report.CheckWriter;
import dev.faultline.report.view.CheckView;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Writes which promises are kept as one JSON document of schema {@code faultline/1}. */
public final class JsonCheckWriter implements CheckWriter {

    private final JsonGenerator json;

    /**
     * A writer.
     *
     * @param out where to; not closed
     * @throws IOException when it cannot be written
     */
    public JsonCheckWriter(Writer out) throws IOException {
        json = new JsonFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    @Override
    public void write(List<ContractResult> sections) throws IOException {
        CheckView view = new CheckView(sections);
        json.writeStartObject();
        json.writeStringField("schema", "faultline/1");
        json.writeObjectFieldStart("check");
        json.writeNumberField("kept", view.count(PromiseResult.Status.KEPT));
        json.writeNumberField("broken", view.count(PromiseResult.Status.BROKEN));
        json.writeNumberField("unchecked", view.unchecked());
        json.writeArrayFieldStart("contracts");
        for (ContractResult section : sections) {
            section(section);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private void section(ContractResult section) throws IOException {
        json.writeStartObject();
        json.writeStringField("source", section.source());
        json.writeStringField("title", section.title());
        json.writeArrayFieldStart("promises");
        for (PromiseResult result : section.results()) {
            json.writeStartObject();
            json.writeStringField("struct", result.struct());
            json.writeStringField("promise", result.promise());
            json.writeStringField("status", CheckView.word(result.status()));
            strings("why", result.why());
            strings("fields", result.fields());
            json.writeEndObject();
        }
        json.writeEndArray();
        strings("problems", section.problems());
        strings("notes", section.notes());
        json.writeEndObject();
    }

    private void strings(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
