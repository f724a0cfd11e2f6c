/**
 * Layout assertions for tests. {@link dev.faultline.assertion.Layouts} reads the layout of a class, a C declaration or
 * a dump; {@link dev.faultline.assertion.LayoutAssertions#assertThat} checks the promises of {@code
 * dev.faultline.contract} on it and throws an {@code AssertionError} with the layout when one is broken. Works with any
 * test framework.
 */
package dev.faultline.assertion;
