/**
 * A report as blocks that carry values: what it says, in order, without how it looks. Every format for people renders
 * the same document, so a new kind of result needs no new renderer, and a new format no code for each kind.
 */
package dev.faultline.report.document;
