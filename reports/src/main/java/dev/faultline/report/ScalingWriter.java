package dev.faultline.report;

import dev.faultline.analysis.ScalingCurve;
import java.io.IOException;
import java.util.List;

/** Writes what structs cost as CPUs are added, in one format. */
public interface ScalingWriter {

    /**
     * Writes the whole report.
     *
     * @param scalings one struct, or two to compare: the first is before, the second after
     * @throws IOException when it cannot be written
     */
    void write(List<ScalingCurve> scalings) throws IOException;
}
