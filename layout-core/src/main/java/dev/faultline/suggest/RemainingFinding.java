package dev.faultline.suggest;

import dev.faultline.hazard.Finding;
import java.util.Objects;

/**
 * A finding on today's layout whose repair would save time, while no candidate saves that much.
 *
 * @param finding the finding; it tells a saving
 * @param reason why no candidate repairs it, as a clause
 */
public record RemainingFinding(Finding finding, String reason) {

    public RemainingFinding {
        Objects.requireNonNull(finding);
        if (reason.isEmpty() || finding.saving().isEmpty()) {
            throw new IllegalArgumentException("needs a finding with a saving, and a reason: " + finding.rule());
        }
    }
}
