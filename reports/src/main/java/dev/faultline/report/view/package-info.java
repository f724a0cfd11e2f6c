/** What all formats need, computed once: which fields lie on which line, what to note beside a field, words and wrapping. */
package dev.faultline.report.view;
