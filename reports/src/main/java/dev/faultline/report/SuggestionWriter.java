package dev.faultline.report;

import dev.faultline.report.view.SuggestionView;
import java.io.IOException;

/** Writes what better layouts there are, in one format. */
public interface SuggestionWriter {

    /**
     * Writes the whole report.
     *
     * @param view the suggestion, and which candidate is looked at closely
     * @throws IOException when it cannot be written
     */
    void write(SuggestionView view) throws IOException;
}
