package dev.faultline.report.json;

import dev.faultline.analysis.ScalingCurve;
import dev.faultline.cost.OperationCost;
import dev.faultline.cost.simulate.Simulation;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** Writes scalings as one JSON document of schema {@code faultline/1}. */
public final class JsonScalingWriter extends JsonWriter<List<ScalingCurve>> {

    private static final int MOST_CULPRITS = 20;

    public JsonScalingWriter(Writer out) throws IOException {
        super(out);
    }

    @Override
    void field(List<ScalingCurve> scalings) throws IOException {
        array("simulations", scalings, this::simulation);
    }

    private void simulation(ScalingCurve scaling) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", scaling.subject().layout().name());
        if (!scaling.subject().version().isEmpty()) {
            json.writeStringField("version", scaling.subject().version());
        }
        json.writeStringField("source", scaling.subject().layout().provenance().describe());
        json.writeStringField("profile", scaling.access().source());
        json.writeStringField("machine", scaling.machine().name());
        json.writeNumberField("lineBytes", scaling.machine().lineBytes().value());
        json.writeNumberField("seed", scaling.options().seed());
        json.writeStringField("protocol", word(scaling.options().protocol()));
        json.writeStringField("arbitration", word(scaling.options().arbitration()));
        json.writeNumberField("socketBias", scaling.options().socketBias());
        json.writeNumberField("retention", scaling.options().retention());
        json.writeNumberField("accesses", scaling.options().accesses());
        array("points", scaling.points(), this::point);
        json.writeEndObject();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void point(ScalingCurve.Point point) throws IOException {
        json.writeStartObject();
        json.writeNumberField("cpus", point.cpus());
        number("playedUtilisation", point.played().utilisation());
        number("predictedUtilisation", point.breakdown().cost().utilisation());
        json.writeNumberField("invalidations", point.played().invalidations());
        json.writeNumberField("writeBacks", point.played().writeBacks());
        json.writeArrayFieldStart("operations");
        for (int i = 0; i < point.played().operations().size(); i++) {
            operation(
                    point.played().operations().get(i),
                    point.breakdown().cost().operations().get(i),
                    point.breakdown().floor().operations().get(i));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("culprits");
        for (Simulation.Culprit culprit :
                point.played().culprits().stream().limit(MOST_CULPRITS).toList()) {
            json.writeStartObject();
            json.writeStringField("culprit", culprit.culprit());
            json.writeStringField("victim", culprit.victim());
            json.writeNumberField("misses", culprit.misses());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void operation(Simulation.Played played, OperationCost predicted, OperationCost floor) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", played.role());
        json.writeStringField("operation", played.operation());
        json.writeNumberField("cpus", predicted.cpus());
        json.writeNumberField("playedCount", played.count());
        if (played.count() > 0) { // of what was never played nothing was seen
            number("playedNanosPerOp", played.nanosPerOp());
            number("playedStallNanosPerOp", Math.max(0, played.stallNanosPerOp()));
            number("playedRatePerSecond", played.perSecond());
            number("trueMissesPerOp", played.misses().trueSharing());
            number("falseMissesPerOp", played.misses().falseSharing());
            number("coldMissesPerOp", played.misses().cold());
            number("eggersFalseMissesPerOp", played.misses().eggersFalseSharing());
            number("upgradesPerOp", played.upgrades());
            number("retriesPerOp", played.retries());
        }
        number("predictedNanosPerOp", predicted.totalNanos());
        number("predictedStallNanosPerOp", predicted.coherenceNanos());
        number("predictedTrueSharingNanosPerOp", floor.coherenceNanos());
        number("predictedRatePerSecond", predicted.ratePerSecond());
        json.writeEndObject();
    }
}
