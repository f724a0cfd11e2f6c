package dev.faultline.report.sarif;

import dev.faultline.hazard.HazardPages;
import dev.faultline.hazard.HazardRule;
import dev.faultline.hazard.Severity;

/**
 * A rule as code scanning shows it.
 *
 * @param id the name that results refer to
 * @param severity severity of its worst result
 * @param summary one line
 * @param page its documentation, relative to the root of the project
 * @param markdown text of that page; empty to show the summary instead
 */
record SarifRule(String id, Severity severity, String summary, String page, String markdown) {

    static SarifRule of(HazardRule rule) {
        return new SarifRule(
                rule.id(),
                rule.hazard().severity(),
                rule.hazard().summary(),
                "docs/hazards/" + rule.id() + ".md",
                HazardPages.read(rule.id()));
    }
}
