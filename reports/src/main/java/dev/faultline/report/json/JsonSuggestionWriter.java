package dev.faultline.report.json;

import dev.faultline.report.build.PickedCandidate;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Certificate;
import dev.faultline.suggest.Contribution;
import dev.faultline.suggest.Figures;
import dev.faultline.suggest.Gain;
import dev.faultline.suggest.Move;
import dev.faultline.suggest.RemainingFinding;
import dev.faultline.suggest.SensitivityResult;
import dev.faultline.suggest.Suggestion;
import java.io.IOException;
import java.io.Writer;

/** Writes a suggestion as one JSON document of schema {@code faultline/1}: all candidates, each with its layout. */
public final class JsonSuggestionWriter extends JsonWriter<PickedCandidate> {

    private final StructJson structs;

    public JsonSuggestionWriter(Writer out) throws IOException {
        super(out);
        structs = new StructJson(json);
    }

    @Override
    void field(PickedCandidate view) throws IOException {
        Suggestion suggestion = view.suggestion();
        json.writeObjectFieldStart("suggestion");
        json.writeBooleanField("todayFits", suggestion.todayFits());
        if (view.picked() > 0) {
            json.writeNumberField("picked", view.picked());
        }
        strings("caveats", view.caveats());
        json.writeObjectFieldStart("today");
        figures(suggestion.today(), suggestion.certificate());
        json.writeFieldName("struct");
        structs.write(suggestion.before());
        json.writeEndObject();
        array("candidates", suggestion.candidates(), this::candidate);
        array("unrepaired", suggestion.unrepaired(), this::unrepaired);
        json.writeEndObject();
    }

    private void figures(Figures figures, Certificate certificate) throws IOException {
        number("costCpus", figures.nanosPerSecond() * 1e-9);
        json.writeNumberField("byteSize", figures.byteSize());
        json.writeNumberField("lines", figures.lines());
        json.writeObjectFieldStart("certificate");
        number("modelCpus", certificate.modelCost() * 1e-9);
        number("lowerBoundCpus", certificate.lowerBound() * 1e-9);
        number("gap", certificate.gap());
        json.writeBooleanField("optimal", certificate.isProved() && figures.isModelClose());
        json.writeStringField("how", certificate.how());
        json.writeStringField("conditions", certificate.conditions());
        json.writeEndObject();
    }

    private void unrepaired(RemainingFinding one) throws IOException {
        json.writeStartObject();
        json.writeStringField("rule", one.finding().rule());
        strings("fields", one.finding().fields());
        number("cpusSaved", one.finding().saving().orElseThrow().cpusSaved());
        json.writeStringField("reason", one.reason());
        json.writeEndObject();
    }

    private void candidate(Candidate candidate) throws IOException {
        json.writeStartObject();
        figures(candidate.figures(), candidate.certificate());
        json.writeBooleanField("needsLineAlignment", candidate.needsLineAlignment());
        strings("opened", candidate.opened());
        json.writeArrayFieldStart("moves");
        for (Move move : candidate.moves()) {
            json.writeStartObject();
            json.writeStringField("from", move.from());
            json.writeStringField("to", move.to());
            json.writeNumberField("fromByteOffset", move.fromOffset());
            json.writeNumberField("toByteOffset", move.toOffset());
            json.writeNumberField("fromLine", move.fromLine());
            json.writeNumberField("toLine", move.toLine());
            json.writeEndObject();
        }
        json.writeEndArray();
        array("gains", candidate.gains(), this::gain);
        array("contributions", candidate.contributions(), this::contribution);
        array("robustness", candidate.sensitivity().trials(), this::trial);
        json.writeFieldName("struct");
        structs.write(candidate.analysis());
        json.writeEndObject();
    }

    private void gain(Gain gain) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", gain.role());
        json.writeStringField("operation", gain.operation());
        json.writeNumberField("cpus", gain.cpus());
        number("ratePerSecond", gain.ratePerSecond());
        number("beforeNanosPerOp", gain.beforeNanos());
        number("afterNanosPerOp", gain.afterNanos());
        json.writeEndObject();
    }

    private void contribution(Contribution contribution) throws IOException {
        json.writeStartObject();
        strings("fields", contribution.fields());
        strings("apartFrom", contribution.apartFrom());
        number("cpusSaved", contribution.cpusLost());
        json.writeStringField("role", contribution.role());
        json.writeStringField("operation", contribution.operation());
        number("nanosPerOp", contribution.nanosPerOp());
        json.writeEndObject();
    }

    private void trial(SensitivityResult.Trial trial) throws IOException {
        json.writeStartObject();
        json.writeStringField("world", trial.caseName());
        number("todayCostCpus", trial.todayNanos() * 1e-9);
        number("candidateCostCpus", trial.candidateNanos() * 1e-9);
        number("leastCostCpus", trial.leastNanos() * 1e-9);
        json.writeEndObject();
    }
}
