/** The line map of one struct as a picture of its own. */
package dev.faultline.report.svg;
