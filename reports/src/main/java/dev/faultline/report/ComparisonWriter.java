package dev.faultline.report;

import dev.faultline.compare.SourceComparison;
import java.io.IOException;

/** Writes what became of structs, in one format. */
public interface ComparisonWriter {

    /**
     * Writes the whole report.
     *
     * @param comparison what became of them; of two named structs, only these
     * @throws IOException when it cannot be written
     */
    void write(SourceComparison comparison) throws IOException;
}
