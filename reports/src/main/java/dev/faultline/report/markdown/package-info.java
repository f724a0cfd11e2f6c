/** Reports as Markdown, for a comment on a pull request: the verdict first, details folded, no longer than a comment may be. */
package dev.faultline.report.markdown;
