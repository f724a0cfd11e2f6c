package dev.faultline.report.json;

import dev.faultline.measure.SharingGrid;
import java.io.IOException;
import java.io.Writer;

/** Writes a grid as one JSON document of schema {@code faultline/1}. */
public final class JsonGridWriter extends JsonWriter<SharingGrid> {

    public JsonGridWriter(Writer out) throws IOException {
        super(out);
    }

    @Override
    void field(SharingGrid grid) throws IOException {
        new SharingGridJson(json).write("grid", grid);
    }
}
