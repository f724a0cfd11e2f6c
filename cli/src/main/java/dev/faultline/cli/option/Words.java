package dev.faultline.cli.option;

import dev.faultline.input.Nearest;
import java.util.Collection;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** Turns words into values, and complains alike about those that are none. */
public final class Words {

    private Words() {}

    /**
     * Finds the value of a word.
     *
     * @param word what was typed
     * @param values every value there is
     * @param spelling the word of a value
     * @param <T> the kind of value
     * @return the value
     * @throws TypeConversionException when no value is spelt so; names all words and the nearest
     */
    public static <T> T parse(String word, Collection<T> values, Function<T, String> spelling) {
        for (T value : values) {
            if (spelling.apply(value).equals(word)) {
                return value;
            }
        }
        var words = values.stream().map(spelling).toList();
        throw new TypeConversionException(
                "expected " + oneOf(words) + ", got '" + word + "'" + Nearest.hint(word, words));
    }

    /** {@return the words as a person lists alternatives: {@code "a, b or c"}} */
    public static String oneOf(Collection<String> words) {
        var list = words.stream().toList();
        int last = list.size() - 1;
        return last < 1 ? String.join("", list) : String.join(", ", list.subList(0, last)) + " or " + list.get(last);
    }
}
