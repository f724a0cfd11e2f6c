/** The report for a terminal: 80 columns, readable with and without colour. */
package dev.faultline.report.text;
