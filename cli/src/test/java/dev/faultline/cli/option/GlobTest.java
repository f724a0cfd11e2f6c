package dev.faultline.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class GlobTest {

    @Test
    void a_star_is_any_run_of_letters_and_a_question_mark_is_one() {
        assertThat(Glob.parse("*_entry").matches("dst_entry")).isTrue();
        assertThat(Glob.parse("*_entry").matches("dst_entry_x")).isFalse();
        assertThat(Glob.parse("rt?_info").matches("rt6_info")).isTrue();
        assertThat(Glob.parse("rt?_info").matches("rt_info")).isFalse();
        assertThat(Glob.parse("*").matches("")).isTrue();
    }

    @Test
    void brackets_are_one_of_their_letters_or_one_of_the_others() {
        assertThat(Glob.parse("[a-c]x").matches("bx")).isTrue();
        assertThat(Glob.parse("[a-c]x").matches("dx")).isFalse();
        assertThat(Glob.parse("[!a-c]x").matches("dx")).isTrue();
        assertThat(Glob.parse("[^&]").matches("^")).isTrue();
        assertThat(Glob.parse("[^&]").matches("b")).isFalse();
    }

    @Test
    void what_is_special_to_regular_expressions_is_not_special_here() {
        assertThat(Glob.parse("java.util.Map$*").matches("java.util.Map$Entry")).isTrue();
        assertThat(Glob.parse("a.b").matches("axb")).isFalse();
        assertThat(Glob.parse("(a|b)+").matches("(a|b)+")).isTrue();
    }

    @Test
    void a_pattern_that_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> Glob.parse("")).isInstanceOf(TypeConversionException.class);
        assertThatThrownBy(() -> Glob.parse("[a")).hasMessageContaining("'[' without ']'");
        assertThatThrownBy(() -> Glob.parse("[z-a]")).hasMessageContaining("a range ends before it starts");
    }
}
