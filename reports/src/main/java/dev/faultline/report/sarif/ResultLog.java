package dev.faultline.report.sarif;

import java.io.IOException;

/** A log of results in one format. */
interface ResultLog {

    /** Adds a result. */
    void add(SarifResult result);

    /**
     * Writes the results, ends the log and flushes it.
     *
     * @throws IOException when it cannot be written
     */
    void end() throws IOException;
}
