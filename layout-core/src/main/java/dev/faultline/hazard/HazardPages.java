package dev.faultline.hazard;

import dev.faultline.api.Internal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page of each rule from {@code docs/hazards}, as a resource. */
@Internal
public final class HazardPages {

    private HazardPages() {}

    /**
     * Reads a page.
     *
     * @param ruleId id of a rule in the catalogue
     * @return its page, Markdown
     * @throws IllegalStateException when there is no such page
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
