/**
 * Reports. A builder in {@code report.build} turns a result into a {@code report.document.Document}; text, HTML,
 * Markdown and SVG render documents, JSON and SARIF render the result itself.
 */
package dev.faultline.report;
