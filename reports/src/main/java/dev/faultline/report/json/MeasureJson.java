package dev.faultline.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.faultline.measure.Environment;
import dev.faultline.measure.RankInterval;
import java.io.IOException;

/** Writes what all measurements have. */
final class MeasureJson {

    private MeasureJson() {}

    /** Writes what a measurement ran on, as the field {@code environment}. */
    static void environment(JsonGenerator json, Environment environment) throws IOException {
        json.writeObjectFieldStart("environment");
        json.writeStringField("processor", environment.processor());
        json.writeStringField("java", environment.java());
        json.writeStringField("system", environment.system());
        json.writeArrayFieldStart("cpus");
        for (int cpu : environment.cpus()) {
            json.writeNumber(cpu);
        }
        json.writeEndArray();
        json.writeBooleanField("pinned", environment.pinned());
        json.writeEndObject();
    }

    /** Writes an estimate with its interval, as a field. */
    static void interval(JsonGenerator json, String name, RankInterval interval) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("low", Digits.six(interval.low()));
        json.writeNumberField("estimate", Digits.six(interval.estimate()));
        json.writeNumberField("high", Digits.six(interval.high()));
        json.writeNumberField("confidence", Digits.six(interval.confidence()));
        json.writeEndObject();
    }
}
