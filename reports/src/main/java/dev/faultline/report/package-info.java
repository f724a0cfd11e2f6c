/**
 * Reports: analyses in, one at a time and in display order, a document out. Nothing is computed by a writer that another
 * would compute again; that is {@code report.view}'s part.
 */
package dev.faultline.report;
