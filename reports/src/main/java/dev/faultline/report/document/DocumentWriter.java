package dev.faultline.report.document;

import java.io.IOException;

/** Writes documents in one format, one after the other. */
public interface DocumentWriter {

    /**
     * Adds a document.
     *
     * @param document what to say
     * @throws IOException when it cannot be written
     */
    void write(Document document) throws IOException;

    /**
     * Ends what is written and flushes it; what it is written to stays open.
     *
     * @throws IOException when it cannot be written
     */
    void end() throws IOException;
}
