package dev.faultline.cli.option;

import dev.faultline.compare.Comparison;
import dev.faultline.compare.Verdict;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** Which change makes a comparison fail. */
public enum FailOn {
    /** A struct is worse than before, by its verdict. */
    WORSE,
    /** A struct is worse, or worse in one thing and better in another. */
    MIXED,
    /** A hazard is new, or graver than before, and an error. */
    ERROR,
    /** Likewise, and at least a warning. */
    WARNING,
    /** Likewise, however bad. */
    INFO,
    /** None. */
    NEVER;

    /** {@return the word that stands for it} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return whether the change makes the run fail} */
    public boolean isReachedBy(Comparison change) {
        return switch (this) {
            case WORSE -> change.verdict() == Verdict.WORSE;
            case MIXED -> change.verdict() == Verdict.WORSE || change.verdict() == Verdict.MIXED;
            case ERROR -> Threshold.ERROR.isReachedBy(change.worstNew());
            case WARNING -> Threshold.WARNING.isReachedBy(change.worstNew());
            case INFO -> Threshold.INFO.isReachedBy(change.worstNew());
            case NEVER -> false;
        };
    }

    /** Turns the word into the value. */
    public static final class Converter implements ITypeConverter<FailOn> {
        @Override
        public FailOn convert(String word) {
            return Words.parse(word, Arrays.asList(values()), FailOn::word);
        }
    }
}
