/**
 * A report as blocks: what it says, in order, without how it looks. Views make documents; Markdown and HTML show any of
 * them, so that a new kind of report needs no new writer for either, and a new format none for each kind.
 */
package dev.faultline.report.document;
