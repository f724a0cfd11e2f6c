package dev.faultline.assertion;

import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;

/**
 * Where assertions about layouts begin.
 *
 * <pre>{@code
 * import static dev.faultline.assertion.LayoutAssertions.assertThat;
 *
 * assertThat(Layouts.of(Ring.class)).treatingAsCold("p*").isolates("head").separates("head", "tail").isAtMost(256);
 * }</pre>
 */
public final class LayoutAssertions {

    private LayoutAssertions() {}

    /** {@return assertions about a layout of which nothing but the bytes is known} */
    public static LayoutAssert assertThat(StructLayout layout) {
        return assertThat(Subject.of(layout));
    }

    /** {@return assertions about a struct with its placement, and its profile if it has one} */
    public static LayoutAssert assertThat(Subject subject) {
        return LayoutAssert.of(subject);
    }
}
