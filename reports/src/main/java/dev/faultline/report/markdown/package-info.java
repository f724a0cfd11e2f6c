/**
 * Documents as Markdown, for a comment on a pull request: the headline first, details folded, no longer than a comment
 * may be.
 */
package dev.faultline.report.markdown;
