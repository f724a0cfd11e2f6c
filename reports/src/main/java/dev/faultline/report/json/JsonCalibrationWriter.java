package dev.faultline.report.json;

import dev.faultline.machine.Costs;
import dev.faultline.machine.Machine;
import dev.faultline.machine.Sourced;
import dev.faultline.measure.Calibration;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** Writes a measured machine as one JSON document of schema {@code faultline/1}. */
public final class JsonCalibrationWriter extends JsonWriter<Calibration> {

    public JsonCalibrationWriter(Writer out) throws IOException {
        super(out);
    }

    @Override
    void field(Calibration calibration) throws IOException {
        Machine machine = calibration.machine();
        json.writeObjectFieldStart("calibration");
        json.writeStringField("machine", machine.name());
        whole("lineBytes", machine.lineBytes());
        whole("pairBytes", machine.pairBytes());
        whole("pageBytes", machine.pageBytes());
        whole("cpus", machine.cpus());
        whole("sockets", machine.sockets());
        whole("clusters", machine.topology().clusters());
        array("costs", machine.costs().named(), this::cost);
        if (calibration.fit().isPresent()) {
            new SharingGridJson(json).write("fit", calibration.fit().get());
        }
        json.writeEndObject();
    }

    private void whole(String name, Sourced<Integer> value) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("value", value.value());
        json.writeStringField("source", value.source());
        json.writeEndObject();
    }

    private void cost(Costs.Named cost) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", cost.name());
        number("value", cost.figure().value());
        json.writeStringField("unit", cost.unit().name().toLowerCase(Locale.ROOT));
        json.writeStringField("source", cost.figure().source());
        json.writeEndObject();
    }
}
