package dev.faultline.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** A JSON value as text, in pieces of some thousand characters. */
final class JsonSegments extends Writer {

    private final List<String> segments = new ArrayList<>();

    @Override
    public void write(char[] text, int offset, int length) {
        segments.add(new String(text, offset, length));
    }

    /** Writes the value as the next one of an array. */
    void writeTo(JsonGenerator json) throws IOException {
        for (int i = 0; i < segments.size(); i++) {
            if (i == 0) {
                json.writeRawValue(segments.get(i));
            } else {
                json.writeRaw(segments.get(i));
            }
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
