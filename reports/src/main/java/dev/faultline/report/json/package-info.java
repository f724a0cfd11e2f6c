/**
 * Results as JSON for programs, by one schema for every command: {@code docs/schema/faultline-1.schema.json}. What is
 * written to stays open.
 */
package dev.faultline.report.json;
