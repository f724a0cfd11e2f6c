package dev.faultline.cli.option;

import dev.faultline.input.Nearest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** The words that stand for values. A constant is written as its name in lower case. */
public final class Keywords {

    private Keywords() {}

    /** {@return the word that stands for a constant} */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds the constant of a word.
     *
     * @param word what was typed
     * @param type the kind of constant
     * @param <E> the kind of constant
     * @return the constant
     * @throws TypeConversionException when no constant is written so; names all words and the nearest
     */
    static <E extends Enum<E>> E parse(String word, Class<E> type) {
        return parse(word, Arrays.asList(type.getEnumConstants()), Keywords::of);
    }

    static <T> T parse(String word, Collection<T> values, Function<T, String> spelling) {
        for (T value : values) {
            if (spelling.apply(value).equals(word)) {
                return value;
            }
        }
        List<String> words = values.stream().map(spelling).toList();
        throw new TypeConversionException(
                "expected " + oneOf(words) + ", got '" + word + "'" + Nearest.hint(word, words));
    }

    /** {@return the words as alternatives: {@code "a, b or c"}} */
    public static String oneOf(Collection<String> words) {
        List<String> list = List.copyOf(words);
        int last = list.size() - 1;
        return last < 1 ? String.join("", list) : String.join(", ", list.subList(0, last)) + " or " + list.get(last);
    }
}
