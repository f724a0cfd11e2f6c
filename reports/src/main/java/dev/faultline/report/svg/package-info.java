/** One line map as a picture of its own, for documents. */
package dev.faultline.report.svg;
