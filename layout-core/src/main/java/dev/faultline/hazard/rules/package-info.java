/**
 * One class per rule, and {@link dev.faultline.hazard.rules.Catalog}, the sorted list of them. The class name of a
 * rule is its id, and names its page under {@code docs/hazards} and the word that suppresses it.
 */
@Internal
package dev.faultline.hazard.rules;

import dev.faultline.api.Internal;
