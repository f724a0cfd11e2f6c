package dev.faultline.report.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.faultline.report.SuggestionWriter;
import dev.faultline.report.view.SuggestionView;
import dev.faultline.suggest.Candidate;
import dev.faultline.suggest.Certificate;
import dev.faultline.suggest.Contribution;
import dev.faultline.suggest.Figures;
import dev.faultline.suggest.Gain;
import dev.faultline.suggest.Move;
import dev.faultline.suggest.SensitivityResult;
import dev.faultline.suggest.Suggestion;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Writes a suggestion as one JSON document of schema {@code faultline/1}: all candidates, each with its layout. */
public final class JsonSuggestionWriter implements SuggestionWriter {

    private final JsonGenerator json;
    private final StructJson structs;

    /**
     * A writer.
     *
     * @param out where to; not closed
     * @throws IOException when it cannot be written
     */
    public JsonSuggestionWriter(Writer out) throws IOException {
        json = new JsonFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        structs = new StructJson(json);
    }

    @Override
    public void write(SuggestionView view) throws IOException {
        Suggestion suggestion = view.suggestion();
        json.writeStartObject();
        json.writeStringField("schema", "faultline/1");
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
        json.writeArrayFieldStart("candidates");
        for (Candidate candidate : suggestion.candidates()) {
            candidate(candidate);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private void figures(Figures figures, Certificate certificate) throws IOException {
        number("costCpus", figures.nanosPerSecond() * 1e-9);
        json.writeNumberField("byteSize", figures.byteSize());
        json.writeNumberField("lines", figures.lines());
        json.writeObjectFieldStart("certificate");
        number("modelCpus", certificate.modelCost() * 1e-9);
        number("lowerBoundCpus", certificate.lowerBound() * 1e-9);
        number("gap", certificate.gap());
        json.writeBooleanField("optimal", certificate.isProved());
        json.writeStringField("how", certificate.how());
        json.writeStringField("conditions", certificate.conditions());
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
        json.writeArrayFieldStart("gains");
        for (Gain gain : candidate.gains()) {
            gain(gain);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("contributions");
        for (Contribution contribution : candidate.contributions()) {
            contribution(contribution);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("robustness");
        for (SensitivityResult.Trial trial : candidate.sensitivity().trials()) {
            trial(trial);
        }
        json.writeEndArray();
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
        json.writeStringField("world", trial.world());
        number("todayCostCpus", trial.todayNanos() * 1e-9);
        number("candidateCostCpus", trial.candidateNanos() * 1e-9);
        number("leastCostCpus", trial.leastNanos() * 1e-9);
        json.writeEndObject();
    }

    private void strings(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private void number(String name, double value) throws IOException {
        json.writeNumberField(name, Digits.six(value));
    }
}
