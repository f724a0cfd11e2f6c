/**
 * Layout pairs played on real memory: what a predicted gain can be held against. Run by hand; no test asserts a time.
 *
 * <p>A pair is a folder of {@code pairs}: two layouts of one struct in pahole's dialect, and one profile of two roles
 * of one CPU each, whose gaps hold the pace its rates state. {@link dev.faultline.bench.validation.LayoutPairs} runs them, as
 * {@code faultline bench} would.
 */
package dev.faultline.bench.validation;
