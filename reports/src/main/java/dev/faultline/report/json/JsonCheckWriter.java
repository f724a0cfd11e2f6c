package dev.faultline.report.json;

import dev.faultline.contract.ContractResult;
import dev.faultline.contract.PromiseResult;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Writes which promises are kept as one JSON document of schema {@code faultline/1}. */
public final class JsonCheckWriter extends JsonWriter<List<ContractResult>> {

    public JsonCheckWriter(Writer out) throws IOException {
        super(out);
    }

    @Override
    void field(List<ContractResult> sections) throws IOException {
        json.writeObjectFieldStart("check");
        json.writeNumberField(
                "kept",
                sections.stream()
                        .mapToInt(one -> one.count(PromiseResult.Status.KEPT))
                        .sum());
        json.writeNumberField(
                "broken",
                sections.stream()
                        .mapToInt(one -> one.count(PromiseResult.Status.BROKEN))
                        .sum());
        json.writeNumberField(
                "unchecked",
                sections.stream().mapToInt(one -> one.complaints().size()).sum());
        array("contracts", sections, this::section);
        json.writeEndObject();
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
            json.writeStringField("status", word(result.status()));
            strings("why", result.why());
            strings("fields", result.fields());
            json.writeEndObject();
        }
        json.writeEndArray();
        strings("problems", section.problems());
        strings("notes", section.notes());
        json.writeEndObject();
    }

    private static String word(PromiseResult.Status status) {
        return switch (status) {
            case KEPT -> "kept";
            case BROKEN -> "broken";
            case NOTE -> "note";
            case UNJUDGED -> "not-judged";
        };
    }
}
