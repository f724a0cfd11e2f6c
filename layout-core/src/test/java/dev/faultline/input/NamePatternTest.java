package dev.faultline.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.testing.Bounded;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "?, \ud83d\ude00, true",
        "[\ud83d\ude00-\ud83d\ude10], \ud83d\ude01, true",
        "[]a], ], true",
        "[!]a], ], false",
        "[!]a], b, true",
        "[a-], -, true",
        "[-a], -, true",
        "**, abc, true",
        "\\*, \\x, true",
        "a, ab, false",
        "ab, a, false",
    })
    void signs_mean_what_the_contract_says(String pattern, String name, boolean fits) {
        assertThat(NamePattern.parse(pattern).matches(name)).isEqualTo(fits);
    }

    @Test
    void a_run_takes_newlines_too() {
        assertThat(NamePattern.parse("a*b").matches("a\nb")).isTrue();
    }

    @Test
    void random_patterns_fit_what_a_regular_expression_of_them_fits() {
        Random random = new Random(12);
        for (int i = 0; i < 20_000; i++) {
            String glob = letters(random, "ab*?", random.nextInt(80) + 1);
            String regex = glob.replaceAll("\\*+", "*").replace("*", ".*").replace("?", ".");
            String name = letters(random, "ab", random.nextInt(12));
            assertThat(NamePattern.parse(glob).matches(name))
                    .as("%s on %s", glob, name)
                    .isEqualTo(Pattern.matches(regex, name));
        }
    }

    @Test
    void random_path_patterns_fit_what_the_file_system_fits() {
        Random random = new Random(12);
        for (int i = 0; i < 20_000; i++) {
            String glob = letters(random, "ab*?/", random.nextInt(9) + 1).replaceAll("//+", "/");
            String name = letters(random, "ab/", random.nextInt(9) + 1).replaceAll("//+", "/");
            boolean expected = FileSystems.getDefault()
                    .getPathMatcher("glob:" + Path.of(glob))
                    .matches(Path.of(name));
            assertThat(PathPattern.parse(Path.of(glob).toString())
                            .matches(Path.of(name).toString()))
                    .as("%s on %s", glob, name)
                    .isEqualTo(expected);
        }
    }

    private static String letters(Random random, String alphabet, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*a*a*a*a*b", "*a", "*?a", "*[a-c]?", "?*?*", "*aaaaaaaa*aaaaaaaaaaaab"})
    void no_pattern_goes_back_over_a_long_name(String part) {
        String pattern = part.repeat(NamePattern.MOST_CHARACTERS / part.length());
        String name = "a".repeat(100_000);
        boolean fits = Bounded.read(() -> NamePattern.parse(pattern).matches(name));
        assertThat(fits).isEqualTo(!part.contains("b") && !part.contains("c") || part.contains("["));
        String path = part.replace("*", "**").repeat(100);
        assertThat(Bounded.read(() -> PathPattern.parse(path).matches(name))).isEqualTo(fits);
    }

    @Test
    void a_pattern_that_is_too_long_is_refused_with_the_limit() {
        assertThatThrownBy(() -> NamePattern.parse("*a".repeat(513)))
                .hasMessage("a pattern of 1026 characters; the limit is 1024");
    }

    @Test
    void braces_are_alternatives_of_a_path() {
        PathPattern pattern = PathPattern.parse("src/**/{a,b*}.{yaml,yml}");
        assertThat(pattern.matches("src/x/y/a.yml")).isTrue();
        assertThat(pattern.matches("src/x/bcd.yaml")).isTrue();
        assertThat(pattern.matches("src/x/c.yaml")).isFalse();
        assertThat(PathPattern.parse("[{]\\{a").matches("{{a")).isTrue();
        assertThat(PathPattern.parse("[!a]b").matches("/b")).isFalse();
        assertThatThrownBy(() -> PathPattern.parse("{a,b")).hasMessage("'{' without '}' in '{a,b'");
        assertThatThrownBy(() -> PathPattern.parse("a\\")).hasMessageContaining("nothing after the last '\\'");
        assertThatThrownBy(() -> Bounded.read(() -> PathPattern.parse("{a,b}".repeat(100))))
                .hasStackTraceContaining("more than 64 alternatives in braces");
    }
}
