package dev.faultline.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.faultline.measure.SharingGrid;
import dev.faultline.measure.SharingRow;
import dev.faultline.measure.SharingTime;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes a grid as an object of a JSON document. */
final class SharingGridJson {

    private final JsonGenerator json;

    SharingGridJson(JsonGenerator json) {
        this.json = json;
    }

    /** Writes the object as a field of the object that was begun. */
    void write(String name, SharingGrid grid) throws IOException {
        json.writeObjectFieldStart(name);
        MeasureJson.environment(json, grid.environment());
        json.writeStringField("predictedFor", grid.machine());
        if (grid.inconclusive().isPresent()) {
            json.writeStringField("inconclusive", grid.inconclusive().get());
        }
        json.writeObjectFieldStart("remarks");
        for (Map.Entry<String, String> remark : grid.remarks().entrySet()) {
            json.writeStringField(remark.getKey(), remark.getValue());
        }
        json.writeEndObject();
        if (!grid.rows().isEmpty()) {
            summary(grid);
        }
        json.writeArrayFieldStart("rows");
        for (SharingRow row : grid.rows()) {
            row(row);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void summary(SharingGrid grid) throws IOException {
        json.writeObjectFieldStart("summary");
        cells("predicted", grid.cells(false));
        cells("fitted", grid.cells(true));
        json.writeNumberField("decidedRows", grid.decided().size());
        json.writeNumberField("wrongSigns", grid.wrongSigns().size());
        json.writeNumberField(
                "worstFactor", Digits.six(grid.worst().orElseThrow().time().errorFactor()));
        json.writeEndObject();
    }

    private void cells(String name, List<SharingGrid.Cell> cells) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("times", cells.size());
        json.writeNumberField("close", SharingGrid.close(cells));
        json.writeEndObject();
    }

    private void row(SharingRow row) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", row.kind());
        json.writeStringField("role", row.role());
        json.writeNumberField("writers", row.writers());
        json.writeNumberField("gapNanos", Digits.six(row.gapNanos()));
        json.writeBooleanField("fitted", row.isFitted());
        time("together", row.together());
        if (row.apart().isPresent()) {
            time("apart", row.apart().get());
            json.writeNumberField(
                    "predictedRatio", Digits.six(row.predictedRatio().orElseThrow()));
        }
        if (row.measuredRatio().isPresent()) {
            MeasureJson.interval(json, "ratio", row.measuredRatio().get());
            json.writeBooleanField("decided", row.isDecided());
            json.writeBooleanField("signRight", row.isSignRight());
        }
        json.writeEndObject();
    }

    private void time(String name, SharingTime time) throws IOException {
        json.writeObjectFieldStart(name);
        MeasureJson.interval(json, "nanosPerOp", time.measured());
        json.writeArrayFieldStart("rounds");
        for (double nanos : time.roundNanos()) {
            json.writeNumber(Digits.six(nanos));
        }
        json.writeEndArray();
        json.writeNumberField("predictedNanosPerOp", Digits.six(time.predictedNanos()));
        json.writeNumberField("predictedToMeasured", Digits.six(time.predictedToMeasured()));
        json.writeEndObject();
    }
}
