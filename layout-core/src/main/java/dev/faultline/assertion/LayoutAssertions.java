package dev.faultline.assertion;

import dev.faultline.layout.StructLayout;
import dev.faultline.source.Subject;

/**
 * The entry point for assertions about layouts.
 *
 * <pre>{@code
 * import static dev.faultline.assertion.LayoutAssertions.assertThat;
 *
 * assertThat(Layouts.of(Ring.class)).treatingAsCold("p*").isolates("head").separates("head", "tail").isAtMost(256);
 * }</pre>
 */
public final class LayoutAssertions {

    private LayoutAssertions() {}

    /**
     * {@return assertions about a layout without profile, placed by the alignment of its type}
     *
     * @param layout the layout
     */
    public static LayoutAssert assertThat(StructLayout layout) {
        return assertThat(Subject.of(layout));
    }

    /**
     * {@return assertions about a struct with its placement and, when it has one, its profile}
     *
     * @param subject the struct
     */
    public static LayoutAssert assertThat(Subject subject) {
        return LayoutAssert.of(subject);
    }
}
