/**
 * Layout pairs played on real memory, to compare predicted gains with. They are run by hand; no test asserts a time.
 *
 * <p>A pair is a folder of {@code pairs}: two layouts of one struct in pahole's dialect, and one profile of two roles
 * of one CPU each, whose gaps keep to the stated rates. {@code LayoutPairs} runs them as {@code faultline bench} would.
 */
package dev.faultline.bench.validation;
