package dev.faultline.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Makes text out of good text: letters, words and lines are swapped, dropped and doubled, numbers grow, one word or
 * bracket is
 * repeated up to 100,000 times, and characters come in that no reader likes.
 */
public final class TextMutator implements Function<Random, String> {

    private static final int MOST_CHARACTERS = 400_000;

    private static final String SIGNS = "{}[]()<>;:,*&|-+!#%@`'\"/\\= \n\t\r0123456789eE.~_?^$";

    /**
     * Controls, an escape sequence, bidirectional and invisible characters, halves of pairs, what is not a character
     * at all.
     */
    private static final List<String> HOSTILE = List.of(
            "\u0000",
            "\u0007",
            "\b",
            "\u001b[31m",
            "\u007f",
            "\u0085",
            "\u009b",
            "\u00a0",
            "\u00ad",
            "\u200b",
            "\u200e",
            "\u202e",
            "\u2028",
            "\u2029",
            "\u2066",
            "\ufeff",
            "\ufffd",
            "\ufffe",
            "\ud800",
            "\udc00",
            "\ud83d\ude00",
            "e\u0301",
            "\u0130",
            "\u0661",
            "\uff11",
            "\r",
            "\f",
            "\u000b");

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-1",
            "1",
            "00",
            "0x",
            "0x7fffffffffffffff",
            "2147483647",
            "2147483648",
            "4294967296",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551615",
            "18446744073709551616",
            "1e308",
            "1e309",
            "1e-400",
            "0.0000000000000000001",
            "NaN",
            "Infinity",
            "1_000",
            "08",
            "1e",
            "1.",
            ".5",
            "99999999999999999999999");

    private static final String[][] BRACKETS = {
        {"(", ")"}, {"[", "]"}, {"{", "}"}, {"<", ">"}, {"/*", "*/"}, {"\"", "\""}
    };

    private final List<String> samples;
    private final List<String> words;

    /**
     * A mutator.
     *
     * @param samples good text
     * @param words words of the language, which are put in anywhere
     */
    public TextMutator(List<String> samples, List<String> words) {
        this.samples = List.copyOf(samples);
        this.words = List.copyOf(words);
    }

    /** {@return a mutator of YAML: anchors, aliases, tags, directives, nesting} */
    public static TextMutator yaml(String... samples) {
        return new TextMutator(
                Arrays.asList(samples),
                List.of(
                        "&a ",
                        "*a",
                        "&a [*a]",
                        "!!int ",
                        "!!binary ",
                        "!!float ",
                        "!<tag:x> ",
                        "!x ",
                        "<<: ",
                        "? ",
                        ": ",
                        "- ",
                        "-\n",
                        "|\n",
                        ">-\n",
                        "---\n",
                        "...\n",
                        "%YAML 1.2\n",
                        "%TAG ! tag:x:\n",
                        "[",
                        "]",
                        "{",
                        "}",
                        "{}",
                        "[]",
                        "''",
                        "\"\\x00\"",
                        "\"\\ud800\"",
                        "~",
                        "null",
                        "true",
                        "# ",
                        "  ",
                        "\t",
                        "\"",
                        "'",
                        "a: b\n",
                        "{a: b}"));
    }

    @Override
    public String apply(Random random) {
        String text = one(samples, random);
        for (int changes = 1 + Integer.numberOfTrailingZeros(random.nextInt() | 8); changes > 0; changes--) {
            text = change(text, random);
        }
        return random.nextInt(24) == 0 ? repeated(text, random) : text;
    }

    private String change(String text, Random random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 3));
        String head = text.substring(0, from);
        String part = text.substring(from, to);
        String tail = text.substring(to);
        return switch (random.nextInt(14)) {
            case 0 -> head + tail;
            case 1 -> head + SIGNS.charAt(random.nextInt(SIGNS.length())) + tail;
            case 2 -> head + part + part + tail;
            case 3 -> head + Long.toString(random.nextLong() >>> random.nextInt(64)) + tail;
            case 4 -> head + one(HOSTILE, random) + part + tail;
            case 5 -> words.isEmpty() ? text : head + one(words, random) + part + tail;
            case 6, 7, 8 -> token(text, random);
            case 9 -> number(text, random);
            case 10, 11 -> lines(text, random);
            case 12 -> head + beginning(one(samples, random), random) + tail;
            default -> random.nextInt(8) == 0 ? endings(text, random) : head + tail;
        };
    }

    private static String beginning(String text, Random random) {
        return text.substring(0, random.nextInt(Math.min(text.length(), 40) + 1));
    }

    /** A word is dropped, doubled, or changes places with another. */
    private static String token(String text, Random random) {
        List<String> tokens = tokens(text);
        if (tokens.size() < 2) {
            return text;
        }
        int at = random.nextInt(tokens.size());
        switch (random.nextInt(4)) {
            case 0 -> tokens.remove(at);
            case 1 -> tokens.add(at, tokens.get(at));
            case 2 -> Collections.swap(tokens, at, random.nextInt(tokens.size()));
            default -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
        }
        return String.join("", tokens);
    }

    /** A number becomes one that a reader may stumble over. */
    private static String number(String text, Random random) {
        List<String> tokens = tokens(text);
        int start = random.nextInt(tokens.size() + 1);
        for (int i = 0; i < tokens.size(); i++) {
            int at = (start + i) % tokens.size();
            if (Character.isDigit(tokens.get(at).charAt(0))) {
                tokens.set(at, random.nextInt(50) == 0 ? "9".repeat(count(random)) : one(NUMBERS, random));
                break;
            }
        }
        return String.join("", tokens);
    }

    /** A line is dropped, doubled, moved or indented. */
    private static String lines(String text, Random random) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        int at = random.nextInt(lines.size());
        switch (random.nextInt(5)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, lines.get(at));
            case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
            case 3 -> lines.set(at, " ".repeat(random.nextInt(5)) + lines.get(at));
            default -> lines.set(at, lines.get(at).strip());
        }
        return String.join("\n", lines);
    }

    private static String endings(String text, Random random) {
        return switch (random.nextInt(8)) {
            case 4 -> "> " + text.replace("\n", "\n> ");
            case 5 -> "+" + text.replace("\n", "\n+");
            case 6 -> text.replace(' ', '\u00a0');
            case 7 -> text.replace("  ", random.nextBoolean() ? " \n" : "=\n ");
            case 0 -> text.replace("\n", "\r\n");
            case 1 -> text.replace("\n", "\r");
            case 2 -> text.replace("\n", " ");
            default -> text.stripTrailing();
        };
    }

    /** A word, a line, or a pair of brackets around something, again and again. */
    private static String repeated(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int count = count(random);
        String head = text.substring(0, at);
        String tail = text.substring(at);
        if (random.nextInt(3) == 0) {
            String[] pair = BRACKETS[random.nextInt(BRACKETS.length)];
            String end = random.nextBoolean() ? pair[1].repeat(count) : "";
            return head
                    + pair[0].repeat(count)
                    + (random.nextBoolean() ? one(tokens("x " + text), random) : "")
                    + end
                    + tail;
        }
        List<String> parts = random.nextInt(3) == 0
                ? new ArrayList<>(text.lines().map(line -> line + "\n").toList())
                : tokens(text);
        String part = parts.isEmpty() ? "x" : one(parts, random);
        if (random.nextInt(3) == 0 && parts.size() > 2) {
            int first = random.nextInt(parts.size() - 1);
            part = String.join("", parts.subList(first, Math.min(parts.size(), first + 2 + random.nextInt(3))));
        }
        return head + part.repeat(Math.min(count, MOST_CHARACTERS / part.length() + 1)) + tail;
    }

    /** {@return a number from 10 to 100,000, the large ones rarely} */
    private static int count(Random random) {
        int most = random.nextInt(50) == 0 ? 5 : random.nextInt(8) == 0 ? 4 : 2;
        return (int) Math.pow(10, 1 + random.nextDouble() * (most - 1));
    }

    /** {@return words, numbers, blanks and single signs, in order; joined they are the text} */
    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = at + 1;
            int kind = kind(text.charAt(at));
            while (kind != 0 && end < text.length() && kind(text.charAt(end)) == kind) {
                end++;
            }
            tokens.add(text.substring(at, end));
            at = end;
        }
        return tokens;
    }

    private static int kind(char c) {
        return Character.isLetterOrDigit(c) || c == '_' ? 1 : c == ' ' ? 2 : 0;
    }

    private static <T> T one(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
