/** The report for programs: one JSON schema for every command, {@code docs/schema/faultline-1.schema.json}. */
package dev.faultline.report.json;
