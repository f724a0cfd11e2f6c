package dev.faultline.report.json;

import dev.faultline.analysis.Analysis;
import dev.faultline.compare.Comparison;
import dev.faultline.compare.FieldChange;
import dev.faultline.compare.HazardChange;
import dev.faultline.compare.OperationChange;
import dev.faultline.compare.PaddingChange;
import dev.faultline.compare.SourceComparison;
import dev.faultline.cost.OperationCost;
import dev.faultline.hazard.Severity;
import dev.faultline.layout.Slot;
import dev.faultline.source.Subject;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes comparisons as one JSON document of schema {@code faultline/1}, with every struct that changed. */
public final class JsonComparisonWriter extends JsonWriter<SourceComparison> {

    public JsonComparisonWriter(Writer out) throws IOException {
        super(out);
    }

    @Override
    void field(SourceComparison comparison) throws IOException {
        json.writeObjectFieldStart("comparison");
        json.writeStringField("before", comparison.before());
        json.writeStringField("after", comparison.after());
        if (comparison.vms().isPresent()) {
            json.writeObjectFieldStart("vm");
            json.writeStringField("before", comparison.vms().get().before());
            json.writeStringField("after", comparison.vms().get().after());
            json.writeEndObject();
        }
        json.writeNumberField("unchanged", comparison.unchanged());
        references("added", comparison.added());
        references("removed", comparison.removed());
        json.writeArrayFieldStart("changed");
        for (SourceComparison.Changed changed : comparison.changed()) {
            json.writeRaw('\n');
            changed(changed);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void references(String name, List<Subject> subjects) throws IOException {
        strings(name, subjects.stream().map(Subject::reference).toList());
    }

    private void changed(SourceComparison.Changed changed) throws IOException {
        Comparison comparison = changed.comparison();
        json.writeStartObject();
        json.writeStringField("name", comparison.after().subject().layout().name());
        json.writeStringField("verdict", comparison.verdict().word());
        json.writeStringField("reason", comparison.reason());
        json.writeBooleanField("byEmbedding", changed.isByEmbedding());
        strings("causes", changed.causes());
        side("before", comparison.before());
        side("after", comparison.after());
        strings("notes", comparison.notes());
        array("fields", comparison.fields(), this::field);
        array("padding", comparison.padding(), this::padding);
        array("hazards", comparison.hazards(), this::hazard);
        array("operations", comparison.operations(), this::operation);
        json.writeEndObject();
    }

    private void side(String name, Analysis analysis) throws IOException {
        Subject subject = analysis.subject();
        json.writeObjectFieldStart(name);
        json.writeStringField("name", subject.layout().name());
        if (!subject.version().isEmpty()) {
            json.writeStringField("version", subject.version());
        }
        json.writeStringField("source", subject.layout().provenance().describe());
        StructJson.declaration(subject.origins().location(), json);
        json.writeNumberField("byteSize", subject.layout().byteSize());
        json.writeNumberField("byteAlignment", subject.layout().byteAlignment());
        json.writeNumberField("lineBytes", analysis.machine().lineBytes().value());
        json.writeNumberField("baseAlignment", subject.placement().baseAlignment());
        json.writeStringField("access", analysis.access().certainty().word());
        if (analysis.breakdown().isPresent()) {
            json.writeBooleanField("assumedRates", analysis.breakdown().get().assumedRates());
            number("cpusLost", analysis.breakdown().get().cpusLost());
        }
        json.writeEndObject();
    }

    private void field(FieldChange change) throws IOException {
        json.writeStartObject();
        json.writeStringField("path", change.path());
        strings("changes", change.kinds().stream().map(FieldChange.Kind::word).toList());
        slot("before", change.before(), change.lineBefore());
        slot("after", change.after(), change.lineAfter());
        if (change.placements().isPresent()) {
            json.writeObjectFieldStart("otherLine");
            json.writeNumberField("placements", change.placements().get().sharing());
            json.writeNumberField("of", change.placements().get().of());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void padding(PaddingChange change) throws IOException {
        json.writeStartObject();
        if (change.field().isPresent()) {
            json.writeStringField("field", change.field().get());
        }
        json.writeNumberField("byteSizeBefore", change.byteSizeBefore());
        json.writeNumberField("byteSizeAfter", change.byteSizeAfter());
        json.writeEndObject();
    }

    private void slot(String name, Optional<Slot.Field> slot, OptionalLong line) throws IOException {
        if (slot.isEmpty()) {
            return;
        }
        Slot.Field field = slot.get();
        json.writeObjectFieldStart(name);
        json.writeStringField("path", field.path());
        json.writeStringField("type", field.type().spelling());
        json.writeNumberField("byteOffset", field.byteOffset());
        json.writeNumberField("byteSize", field.byteSize());
        if (field.bits().isPresent()) {
            json.writeNumberField("bitOffset", field.bits().get().bitOffset());
            json.writeNumberField("bitSize", field.bits().get().bitSize());
        }
        json.writeNumberField("line", line.orElseThrow());
        json.writeEndObject();
    }

    private void hazard(HazardChange change) throws IOException {
        json.writeStartObject();
        json.writeStringField("change", change.kind().word());
        json.writeStringField("rule", change.rule());
        strings("fields", change.fields());
        severity("before", change.before());
        severity("after", change.after());
        json.writeStringField("message", change.message());
        json.writeEndObject();
    }

    private void severity(String name, Optional<Severity> severity) throws IOException {
        if (severity.isPresent()) {
            json.writeStringField(name, severity.get().word());
        }
    }

    private void operation(OperationChange change) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", change.role());
        json.writeStringField("operation", change.operation());
        cost("nanosPerOpBefore", change.before());
        cost("nanosPerOpAfter", change.after());
        number("deltaNanosPerOp", change.deltaNanos());
        number("cpusMore", change.cpusMore());
        json.writeEndObject();
    }

    private void cost(String name, Optional<OperationCost> cost) throws IOException {
        if (cost.isPresent()) {
            number(name, cost.get().totalNanos());
        }
    }
}
