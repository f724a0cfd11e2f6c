package dev.faultline.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.faultline.source.Inventory;
import dev.faultline.source.Omissions;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes what sources left out. */
final class OmissionsJson {

    private OmissionsJson() {}

    /** Writes the field {@code leftOut}, unless nothing was left out. */
    static void write(JsonGenerator json, List<Omissions> omissions) throws IOException {
        if (omissions.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("leftOut");
        for (Omissions one : omissions) {
            json.writeStartObject();
            json.writeStringField("source", one.source());
            json.writeNumberField("laidOut", one.laidOut());
            json.writeNumberField("leftOut", one.leftOut().size());
            json.writeArrayFieldStart("causes");
            for (Map.Entry<String, List<Inventory.LeftOut>> group :
                    one.byCause().entrySet()) {
                json.writeStartObject();
                json.writeStringField("cause", group.getKey());
                json.writeStringField("reason", group.getValue().get(0).reason());
                strings(
                        json,
                        "names",
                        group.getValue().stream().map(Inventory.LeftOut::name).toList());
                json.writeEndObject();
            }
            json.writeEndArray();
            strings(json, "unread", one.unread());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void strings(JsonGenerator json, String field, List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
