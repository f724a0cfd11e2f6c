package dev.faultline.hazard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page of each rule, as it stands under {@code docs/hazards}, carried on the class path. */
public final class HazardPages {

    private HazardPages() {}

    /**
     * Reads a page.
     *
     * @param ruleId id of a rule in the catalogue
     * @return its page, Markdown
     * @throws IllegalStateException when there is none, which the tests make sure of for every rule
     */
    public static String read(String ruleId) {
        try (InputStream in = HazardPages.class.getResourceAsStream("pages/" + ruleId + ".md")) {
            if (in == null) {
                throw new IllegalStateException("no page for " + ruleId);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
