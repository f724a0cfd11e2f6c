package dev.faultline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.input.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a reader must not do is found, with what it takes to see it again. */
@Tag("slow")
class FuzzHarnessTest {

    private static String digits(Random random) {
        return Integer.toString(random.nextInt(1_000_000));
    }

    private static String found(Fuzz.Reader<String> reader) {
        Throwable[] thrown = new Throwable[1];
        assertThatThrownBy(() -> Fuzz.text(FuzzShare.DETECT, FuzzHarnessTest::digits)
                        .within(1)
                        .run(reader))
                .isInstanceOf(AssertionError.class)
                .satisfies(error -> thrown[0] = error);
        assertThat(thrown[0].getSuppressed()).hasSize(1);
        return thrown[0].getSuppressed()[0].getMessage();
    }

    private static void refuseSome(String text, String complaint) {
        if (text.startsWith("1")) {
            throw new InputException("text", "", complaint);
        }
    }

    @Test
    void what_is_read_or_refused_with_one_line_is_no_finding() {
        Fuzz.text(FuzzShare.DETECT, FuzzHarnessTest::digits).run(text -> refuseSome(text, "begins with 1"));
    }

    @Test
    void a_maker_of_inputs_that_fails_is_no_success() {
        assertThatThrownBy(() -> Fuzz.text(FuzzShare.DETECT, random -> {
                            throw new IllegalStateException("no sample");
                        })
                        .within(1)
                        .run(text -> {}))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no input was made for case 0")
                .hasRootCauseMessage("no sample");
    }

    @Test
    void an_exception_is_a_finding_with_its_smallest_input() throws IOException {
        String line = found(text -> {
            refuseSome(text, "begins with 1");
            if (text.contains("7")) {
                throw new IllegalStateException("a seven");
            }
        });

        assertThat(line).contains("a seven").containsPattern("-Dfaultline.seed=-?\\d+ -Dfaultline.case=\\d+");
        Matcher file = Pattern.compile("the input is in (.*?); again").matcher(line);
        assertThat(file.find()).isTrue();
        assertThat(Files.readString(Path.of(file.group(1)))).isEqualTo("7");
    }

    @Test
    void a_stack_that_overflows_is_a_finding() {
        assertThat(found(text -> deeper(0))).contains("StackOverflowError");
    }

    private static int deeper(int depth) {
        return depth < 0 ? 0 : 1 + deeper(depth + 1);
    }

    @Test
    void a_complaint_that_a_terminal_would_act_on_is_a_finding() {
        assertThat(Fuzz.isOneLine("\u001b[31mred")).isFalse();
        assertThat(Fuzz.isOneLine("two\nlines")).isFalse();
        assertThat(Fuzz.isOneLine("")).isFalse();
        assertThat(Fuzz.isOneLine("fran\u00e7ais")).isTrue();
    }

    @Test
    void a_good_input_that_is_refused_is_a_finding() {
        assertThatThrownBy(() -> Fuzz.text(FuzzShare.DETECT, FuzzHarnessTest::digits)
                        .cutting(List.of("1"))
                        .run(text -> refuseSome(text, "begins with 1")))
                .hasMessageContaining("1 findings");
    }

    @Test
    void a_reader_that_computes_without_end_is_a_finding_and_where_it_was_is_told() {
        AtomicBoolean over = new AtomicBoolean();
        try {
            assertThat(found(text -> {
                        while (text.startsWith("2") && !over.get()) {
                            Thread.onSpinWait();
                        }
                        refuseSome(text, "begins with 1");
                    }))
                    .contains("does not end");
        } finally {
            over.set(true);
        }
    }

    @Test
    void inputs_that_are_too_alike_are_no_test() {
        assertThatThrownBy(() -> Fuzz.text(FuzzShare.DETECT, FuzzHarnessTest::digits)
                        .run(text -> {
                            throw new InputException("text", "", "is refused whatever it is");
                        }))
                .hasMessageContaining("too alike");
    }

    @Test
    void text_that_no_utf_8_can_say_is_kept_as_it_is() {
        for (String text : List.of("plain", "\ud800x\udc00", "\ufeffstruct", "\ud83d\ude00")) {
            assertThat(FuzzInput.TEXT.fromBytes(FuzzInput.TEXT.toBytes(text))).isEqualTo(text);
        }
        assertThat(FuzzInput.TEXT.toBytes("plain")).isEqualTo("plain".getBytes(StandardCharsets.UTF_8));
    }
}
