package dev.faultline.report.json;

import dev.faultline.compare.VmLayouts;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Writes classes as several Java VMs lay them out, as one JSON document of schema {@code faultline/1}. */
public final class JsonVmLayoutsWriter extends JsonWriter<List<VmLayouts>> {

    private final StructJson structs = new StructJson(json);

    public JsonVmLayoutsWriter(Writer out) throws IOException {
        super(out);
    }

    @Override
    void field(List<VmLayouts> classes) throws IOException {
        array("vmLayouts", classes, this::layouts);
    }

    private void layouts(VmLayouts layouts) throws IOException {
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringField("name", layouts.reference());
        strings("fieldsOfInterest", layouts.fieldsOfInterest());
        strings("fieldsAloneOnSome", layouts.fieldsAloneOnSome());
        array("variants", layouts.variants(), this::variant);
        json.writeEndObject();
    }

    private void variant(VmLayouts.Variant variant) throws IOException {
        json.writeStartObject();
        array("vms", variant.vms(), this::vm);
        json.writeFieldName("struct");
        structs.write(variant.analysis());
        json.writeEndObject();
    }

    private void vm(VmLayouts.Vm vm) throws IOException {
        json.writeStartObject();
        json.writeStringField("mode", vm.mode());
        if (vm.reserve().isPresent()) {
            json.writeStringField("reserve", vm.reserve().get());
        }
        json.writeEndObject();
    }
}
