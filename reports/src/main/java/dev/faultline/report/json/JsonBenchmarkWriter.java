package dev.faultline.report.json;

import dev.faultline.measure.Benchmark;
import dev.faultline.measure.Contestant;
import dev.faultline.measure.Predicted;
import dev.faultline.measure.Published;
import dev.faultline.measure.RankInterval;
import dev.faultline.measure.RunEffort;
import dev.faultline.measure.Scenario;
import dev.faultline.measure.Score;
import dev.faultline.measure.SpeedupVerdict;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes what a benchmark found as one JSON document of schema {@code faultline/1}. */
public final class JsonBenchmarkWriter extends JsonWriter<Benchmark> {

    public JsonBenchmarkWriter(Writer out) throws IOException {
        super(out);
    }

    @Override
    void field(Benchmark benchmark) throws IOException {
        json.writeObjectFieldStart("benchmark");
        json.writeStringField("suite", benchmark.suite());
        json.writeStringField("summary", benchmark.summary());
        json.writeBooleanField("conclusive", benchmark.isConclusive());
        MeasureJson.environment(json, benchmark.environment());
        effort(benchmark.effort());
        if (!benchmark.remarks().isEmpty()) {
            json.writeObjectFieldStart("remarks");
            for (Map.Entry<String, String> remark : benchmark.remarks().entrySet()) {
                json.writeStringField(remark.getKey(), remark.getValue());
            }
            json.writeEndObject();
        }
        array("scenarios", benchmark.scenarios(), this::scenario);
        json.writeEndObject();
    }

    private void effort(RunEffort effort) throws IOException {
        json.writeObjectFieldStart("effort");
        json.writeNumberField("forks", effort.forks());
        json.writeNumberField("warmups", effort.warmups());
        json.writeNumberField("iterations", effort.iterations());
        json.writeNumberField("iterationMillis", effort.millis());
        json.writeEndObject();
    }

    private void scenario(Scenario scenario) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", scenario.name());
        json.writeStringField("operation", scenario.operation());
        json.writeNumberField("threads", scenario.threads());
        if (scenario.inconclusive().isPresent()) {
            json.writeStringField("inconclusive", scenario.inconclusive().get());
        }
        json.writeArrayFieldStart("contestants");
        for (Contestant contestant : scenario.contestants()) {
            contestant(contestant, scenario);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("published");
        for (Published figure : scenario.published()) {
            published(figure, scenario);
        }
        json.writeEndArray();
        if (!scenario.predicted().isEmpty()) {
            json.writeArrayFieldStart("predicted");
            for (Predicted one : scenario.predicted()) {
                predicted(one, scenario);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void predicted(Predicted one, Scenario scenario) throws IOException {
        json.writeStartObject();
        json.writeStringField("contestant", one.contestant());
        json.writeStringField("role", one.role());
        json.writeNumberField("nanosPerOp", Digits.six(one.nanosPerOp()));
        Optional<Double> speedup = scenario.predictedSpeedup(one.contestant(), one.role());
        if (speedup.isPresent()) {
            json.writeNumberField("speedup", Digits.six(speedup.get()));
            Optional<SpeedupVerdict> verdict = scenario.verdict(one.contestant(), one.role());
            if (verdict.isPresent()) {
                json.writeBooleanField("asMeasured", verdict.get().hasPredictedSign());
                json.writeStringField("verdict", verdict.get().words());
            }
        }
        json.writeEndObject();
    }

    private void contestant(Contestant contestant, Scenario scenario) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", contestant.name());
        json.writeStringField("summary", contestant.summary());
        json.writeArrayFieldStart("scores");
        for (Score score : contestant.scores()) {
            json.writeStartObject();
            json.writeStringField("role", score.role());
            interval("nanosPerOp", score.interval());
            if (score.resolutionNanos() > 0) {
                json.writeNumberField("resolutionNanos", Digits.six(score.resolutionNanos()));
                json.writeBooleanField("tooShort", score.isTooShort());
            }
            json.writeArrayFieldStart("forks");
            for (List<Double> fork : score.nanosPerOp()) {
                json.writeStartArray();
                for (double nanos : fork) {
                    json.writeNumber(Digits.six(nanos));
                }
                json.writeEndArray();
            }
            json.writeEndArray();
            Optional<RankInterval> speedup = scenario.measuredSpeedup(contestant.name(), score.role());
            if (speedup.isPresent()) {
                json.writeStringField(
                        "baseline",
                        scenario.baseline(score.role()).orElseThrow().name());
                interval("speedup", speedup.get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("countsPerOp");
        for (Map.Entry<String, Double> count : contestant.countsPerOp().entrySet()) {
            json.writeNumberField(count.getKey(), Digits.six(count.getValue()));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void published(Published figure, Scenario scenario) throws IOException {
        json.writeStartObject();
        json.writeStringField("contestant", figure.contestant());
        json.writeStringField("kind", figure.kind().name().toLowerCase(Locale.ROOT));
        if (!figure.of().isEmpty()) {
            json.writeStringField("of", figure.of());
        }
        json.writeNumberField("low", figure.low());
        json.writeNumberField("high", figure.high());
        json.writeStringField("conditions", figure.conditions());
        json.writeStringField("source", figure.source());
        Optional<RankInterval> measured = scenario.measured(figure);
        if (measured.isPresent()) {
            json.writeNumberField("measured", Digits.six(measured.get().estimate()));
        }
        json.writeEndObject();
    }

    private void interval(String name, RankInterval interval) throws IOException {
        MeasureJson.interval(json, name, interval);
    }
}
