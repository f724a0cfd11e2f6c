package dev.faultline.cli.command;

/** What a run tells the shell. */
public final class ExitStatus {

    /** Analysed, and nothing at or above the threshold. */
    public static final int CLEAN = 0;

    /** Findings at or above {@code --fail-on}. */
    public static final int FOUND = 1;

    /** The words make no sense. */
    public static final int USAGE = 2;

    /** Something could not be analysed: a missing struct, a broken file, nothing at all; or a defect. */
    public static final int FAILED = 3;

    private ExitStatus() {}
}
