/**
 * One class a hazard, and {@link dev.faultline.hazard.rules.Catalog}, the sorted list of them. The class name is the id,
 * the page under {@code docs/hazards}, the test and the word that suppresses it.
 */
package dev.faultline.hazard.rules;
