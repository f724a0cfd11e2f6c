package dev.faultline.cli.option;

import dev.faultline.input.InputException;
import dev.faultline.testing.Fuzz;
import dev.faultline.testing.FuzzShare;
import dev.faultline.testing.TextMutator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Any word is the value of an option or refused, in time. */
class OptionFuzzTest {

    private static final List<ITypeConverter<?>> CONVERTERS = List.of(
            CpuCounts::parse,
            ConstraintOptions.Pin::parse,
            Places::parse,
            new NumberConverters.Line(),
            new NumberConverters.Alignment(),
            new NumberConverters.Share(),
            new NumberConverters.Accesses(),
            new NumberConverters.Size(),
            new NumberConverters.Width(),
            word -> Keywords.parse(word, Threshold.class),
            word -> Keywords.parse(word, Format.class),
            ConstraintOptions::effort);

    /** These take nearly every word: they must not fail, but that they took a word tells nothing about it. */
    private static final List<ITypeConverter<?>> LENIENT =
            List.of(new OutputOptions.SourceRoot(), Glob::parse, word -> Reference.parse(word, Optional.empty()));

    private static final List<String> GOOD = List.of(
            "1,2,4,...,112",
            "1-4,8,10,...,40",
            "1-1024",
            "head=64",
            "a.b=0x40",
            "0,8,56",
            "aligned",
            "128",
            "warning",
            "worse",
            "json",
            "*_entry",
            "[a-z]?[!x]*",
            "mesif",
            "0.25",
            "2e6",
            "384",
            "high",
            "rtable@6.3",
            "app.jar#com.acme.Ring");

    private static final List<String> WORDS =
            List.of(",", "...", "\u2026", "-", "=", "0x", "#", "@", "*", "[", "]", "!", "1-1024,", "1,1024,...,1");

    @Test
    void any_word_is_a_value_or_refused() {
        Fuzz.text(FuzzShare.OPTION, new TextMutator(GOOD, WORDS)).run(word -> {
            takers(LENIENT, word);
            if (takers(CONVERTERS, word) == 0) {
                throw new InputException("option", "", "is no value of any");
            }
        });
    }

    /** {@return how many of the converters take the word; each of the others must refuse it as picocli expects} */
    private static int takers(List<ITypeConverter<?>> converters, String word) throws Exception {
        int takers = 0;
        for (ITypeConverter<?> converter : converters) {
            try {
                converter.convert(word);
                takers++;
            } catch (TypeConversionException | UsageException refused) {
                // what a converter throws by contract; picocli says which option it is
            }
        }
        return takers;
    }
}
