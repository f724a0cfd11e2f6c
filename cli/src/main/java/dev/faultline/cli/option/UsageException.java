package dev.faultline.cli.option;

/** Wrong use of the command line that the parser does not notice. The message is what the user is told. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }

    /** {@return the complaint about a value of an option, worded as the parser words its own} */
    public static UsageException ofValue(String option, String problem) {
        return new UsageException("Invalid value for option '" + option + "': " + problem);
    }

    /** {@return the complaint about a value of an option that is not what was expected} */
    public static UsageException ofValue(String option, String expected, Object got) {
        return ofValue(option, "expected " + expected + ", got '" + got + "'");
    }
}
