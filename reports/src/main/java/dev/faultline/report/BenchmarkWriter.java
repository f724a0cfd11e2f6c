package dev.faultline.report;

import dev.faultline.measure.Benchmark;
import java.io.IOException;

/** Writes what a benchmark found, in one format. */
public interface BenchmarkWriter {

    /**
     * Writes the whole report.
     *
     * @param benchmark what was found
     * @throws IOException when it cannot be written
     */
    void write(Benchmark benchmark) throws IOException;
}
