/**
 * Layouts in tests. {@link dev.faultline.assertion.Layouts} gets the layout of a class, a C declaration or a dump;
 * {@link dev.faultline.assertion.LayoutAssertions#assertThat} promises things of it, the very promises of a contract
 * ({@code dev.faultline.contract}), and throws an {@code AssertionError} with the bytes when one is broken. It needs no test
 * framework and works with any.
 */
package dev.faultline.assertion;
