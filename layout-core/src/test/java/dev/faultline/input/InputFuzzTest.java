package dev.faultline.input;

import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import dev.faultline.testing.TextMutator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Broken YAML and patterns of names: one clear line, in 256 MB. */
class InputFuzzTest {

    private static final String YAML = """
            # what it is
            a: {b: [1, 2.5, "three\\n"], 'c d': ~}
            list:
              - one
              - &x two: |
                  literal
                  text
              - !!str >-
                  folded
                  text
            """;

    @Test
    void broken_yaml_ends_with_one_line_or_can_be_walked_through() {
        Fuzz.text(FuzzShare.YAML, TextMutator.yaml(YAML, "{a: 1, b: [x, y]}", "- a\n- b: c\n"))
                .cutting(List.of(YAML))
                .run(yaml -> walk(YamlTree.parse("x.yaml", yaml, "thing")));
    }

    private static void walk(YamlTree tree) {
        if (tree.isMapping()) {
            tree.mapping().values().forEach(InputFuzzTest::walk);
        } else if (tree.isList()) {
            tree.list().forEach(InputFuzzTest::walk);
        } else if (!YamlTree.parse("again", "{a: " + YamlText.word(tree.text()) + "}", "thing")
                .mapping()
                .get("a")
                .text()
                .equals(tree.text())) {
            throw new AssertionError("read otherwise once written: " + YamlText.word(tree.text()));
        }
    }

    @Test
    void a_pattern_fits_what_a_plain_matcher_says() {
        Fuzz.text(FuzzShare.PATTERN, InputFuzzTest::patternAndName).run(InputFuzzTest::match);
    }

    /** A pattern and a name, with a line break between. */
    private static String patternAndName(Random random) {
        String letters = random.nextBoolean() ? "ab*" : "ab*?[]!-cA.\\^&\u00e9$(";
        int length = random.nextInt(random.nextInt(100) == 0 ? 2000 : 12);
        StringBuilder text = new StringBuilder(letters(letters, length, random)).append('\n');
        String name = random.nextInt(3) > 0 ? letters("ab", random.nextInt(20), random) : letters(letters, 6, random);
        return text.append(random.nextInt(200) == 0 ? name.repeat(2000) : name).toString();
    }

    private static String letters(String of, int count, Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(of.charAt(random.nextInt(of.length())));
        }
        return text.toString();
    }

    private static void match(String text) {
        int end = text.indexOf('\n');
        String name = text.substring(end + 1);
        NamePattern pattern;
        try {
            pattern = NamePattern.parse(text.substring(0, end));
        } catch (IllegalArgumentException refused) { // the documented exception
            throw new InputException("pattern", "", refused.getMessage());
        }
        boolean fits = pattern.matches(name);
        if (!pattern.text().contains("[") && fits != fits(pattern.text(), name)) {
            throw new AssertionError("'" + pattern.text() + "' fits '" + name + "': " + fits);
        }
    }

    /** A simple matcher for stars and question marks, to compare with. */
    private static boolean fits(String pattern, String name) {
        boolean[] fits = new boolean[name.length() + 1];
        fits[0] = true;
        for (char sign : pattern.toCharArray()) {
            boolean[] next = new boolean[fits.length];
            next[0] = sign == '*' && fits[0];
            for (int i = 1; i < fits.length; i++) {
                next[i] = sign == '*'
                        ? fits[i] || next[i - 1]
                        : fits[i - 1] && (sign == '?' || sign == name.charAt(i - 1));
            }
            fits = next;
        }
        return fits[name.length()];
    }
}
