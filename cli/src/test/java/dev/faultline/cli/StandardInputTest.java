package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandardInputTest {

    private final InputStream bytes = new ByteArrayInputStream(new byte[] {1, 2});

    @Test
    void what_stands_in_for_a_closed_stream_is_not_read() throws IOException {
        try (InputStream in = new StandardInput(bytes, Map.of("FAULTLINE_STDIN", "closed"))) {
            assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageStartingWith("it is closed; give");
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
            assertThat(bytes.available()).isEqualTo(2);
        }
    }

    @Test
    void an_open_stream_is_read() throws IOException {
        try (InputStream in = new StandardInput(bytes, Map.of("FAULTLINE_STDIN", ""))) {
            assertThat(in.readAllBytes()).containsExactly(1, 2);
        }
    }

    @Test
    void a_command_that_closes_what_it_read_does_not_close_a_file_of_the_vm() throws IOException {
        boolean[] closed = {false};
        InputStream below = new ByteArrayInputStream(new byte[0]) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        new StandardInput(below, Map.of()).close();
        assertThat(closed[0]).isFalse();
    }
}
