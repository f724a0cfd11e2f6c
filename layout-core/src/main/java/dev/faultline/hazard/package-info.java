/**
 * The contract of a rule and of a finding. A rule is a pure function of an {@link dev.faultline.hazard.RuleContext};
 * severity says how bad, certainty how sure, and the two are never mixed.
 */
package dev.faultline.hazard;
