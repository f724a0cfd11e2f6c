package dev.faultline.cli.option;

import dev.faultline.compare.ComparisonOrder;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;

/** Turns the word of {@code --sort} into the order of changed structs. */
public final class DiffSort implements ITypeConverter<ComparisonOrder> {
    @Override
    public ComparisonOrder convert(String word) {
        return Words.parse(word, Arrays.asList(ComparisonOrder.values()), ComparisonOrder::word);
    }
}
