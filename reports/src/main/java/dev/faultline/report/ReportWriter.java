package dev.faultline.report;

import dev.faultline.analysis.Analysis;
import java.io.IOException;

/** Writes a report as its analyses come, so that one on many thousand structs is never held whole. */
public interface ReportWriter {

    /**
     * Adds an analysis.
     *
     * @param analysis what was found about one struct
     * @throws IOException when the document cannot be written
     */
    void write(Analysis analysis) throws IOException;

    /**
     * Ends the document and flushes it; what it is written to stays open.
     *
     * @throws IOException when the document cannot be written
     */
    void end() throws IOException;
}
