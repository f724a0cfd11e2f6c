package dev.faultline.offheap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.testing.ExportedTypes;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a user of the library may rely on is a list, is documented, and leads to nothing that is not on the list. */
class ExportedTypesTest {

    private final ExportedTypes types = new ExportedTypes("dev.faultline", "/offheap-structs/");

    @Test
    void exported_types_are_those_that_the_pom_lists_for_javadoc() throws IOException {
        assertThat(types.names()).containsExactlyElementsOf(types.listed());
    }

    @Test
    void exported_types_mention_only_exported_types() {
        assertThat(types.leaks()).isEmpty();
    }

    @Test
    void exported_types_are_documented_with_parameters_and_results() throws IOException {
        assertThat(types.undocumented()).isEmpty();
    }
}
