package dev.faultline.cli.command;

import dev.faultline.Analysis;

/**
 * Takes analyses one at a time, so that the report on many thousand structs is never held whole. Throws
 * {@code UncheckedIOException} when the report cannot be written.
 */
interface ReportSink {

    /** Adds an analysis to the report. */
    void write(Analysis analysis);

    /** Ends the report. */
    void end();
}
