package dev.faultline.source.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text in the encodings that shells and editors write. */
class TextDecoderTest {

    private static final String TEXT = "struct ring {\n\tint head; /* \u00e4 */\n};\n";

    @ParameterizedTest
    @CsvSource({
        "UTF-8, false",
        "UTF-8, true",
        "UTF-16LE, true",
        "UTF-16BE, true",
        "UTF-16LE, false",
        "UTF-16BE, false",
        "ISO-8859-1, false"
    })
    void text_of_any_encoding_is_read_with_or_without_a_byte_order_mark(String encoding, boolean mark) {
        byte[] bytes = ((mark ? "\ufeff" : "") + TEXT).getBytes(Charset.forName(encoding));
        assertThat(TextDecoder.isText(bytes)).isTrue();
        assertThat(TextDecoder.decode(bytes)).isEqualTo(TEXT);
    }

    @Test
    void binary_data_is_no_text() {
        assertThat(TextDecoder.isText(new byte[] {1, 2, 3})).isFalse();
        assertThat(TextDecoder.isText(new byte[16])).isFalse();
        assertThat(TextDecoder.isText(new byte[] {'a', 0, 'b', 0, 1, 0, 'c', 0}))
                .isFalse();
        assertThat(TextDecoder.isText("\u001b[1mstruct\u001b[0m".getBytes(StandardCharsets.UTF_8)))
                .as("colours of a terminal")
                .isTrue();
    }
}
