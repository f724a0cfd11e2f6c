/**
 * Rules and their findings. A rule is a pure function of an {@link dev.faultline.hazard.RuleContext}. Severity says how
 * bad a finding is, certainty how well the accesses behind it are known; the two are kept apart.
 */
package dev.faultline.hazard;
