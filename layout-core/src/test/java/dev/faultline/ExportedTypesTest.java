package dev.faultline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.testing.ExportedTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user of the library may rely on is a list, and nothing in its interface leads to what is not on the list. */
class ExportedTypesTest {

    private final ExportedTypes types = new ExportedTypes("dev.faultline", "/layout-core/");

    @Test
    void exported_types_are_those_listed() throws IOException {
        assertThat(types.names()).containsExactlyElementsOf(listed());
    }

    @Test
    void exported_types_mention_only_exported_types() {
        assertThat(types.leaks()).isEmpty();
    }

    private static List<String> listed() throws IOException {
        try (InputStream list = ExportedTypesTest.class.getResourceAsStream("exported-types.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
