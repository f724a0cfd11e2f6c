package dev.faultline.cli.run;

/** The exit statuses of the program. */
public final class ExitStatus {

    /** Done, and nothing at or above the threshold of {@code --fail-on}. */
    public static final int CLEAN = 0;

    /** Findings at or above {@code --fail-on}. */
    public static final int FOUND = 1;

    /** Wrong usage. */
    public static final int USAGE = 2;

    /** Something could not be analysed, such as a missing struct or a broken file; or an internal error. */
    public static final int FAILED = 3;

    private ExitStatus() {}
}
