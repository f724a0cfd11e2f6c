package dev.faultline.report.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.faultline.report.ReportWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes a result as one JSON document of schema {@code faultline/1}.
 *
 * @param <T> what the result is
 */
abstract class JsonWriter<T> implements ReportWriter<T> {

    private static final JsonFactory FACTORY = new JsonFactory();

    final JsonGenerator json;

    JsonWriter(Writer out) throws IOException {
        json = generator(out);
    }

    /** {@return a generator that does not close what it writes to} */
    static JsonGenerator generator(Writer out) throws IOException {
        return FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    @Override
    public final void write(T result) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", "faultline/1");
        field(result);
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    /** Writes the field that holds the result. */
    abstract void field(T result) throws IOException;

    /** Writes an element of an array. */
    interface ElementWriter<E> {
        void write(E element) throws IOException;
    }

    final <E> void array(String name, Iterable<E> elements, ElementWriter<E> writer) throws IOException {
        json.writeArrayFieldStart(name);
        for (E element : elements) {
            writer.write(element);
        }
        json.writeEndArray();
    }

    final void strings(String name, Iterable<String> values) throws IOException {
        array(name, values, json::writeString);
    }

    final void number(String name, double value) throws IOException {
        json.writeNumberField(name, Digits.six(value));
    }
}
