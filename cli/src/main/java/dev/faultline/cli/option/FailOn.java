package dev.faultline.cli.option;

import dev.faultline.compare.Comparison;
import dev.faultline.compare.Verdict;

/** Which change makes a comparison fail. */
public enum FailOn {
    /** The verdict on a struct is worse. */
    WORSE,

    /** The verdict on a struct is worse or mixed. */
    MIXED,

    /** A hazard is new or graver than before, and an error. */
    ERROR,

    /** A hazard is new or graver than before, and at least a warning. */
    WARNING,

    /** A hazard is new or graver than before. */
    INFO,

    /** None. */
    NEVER;

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
}
