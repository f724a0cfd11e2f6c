package dev.faultline.input;

import java.util.Objects;

/**
 * Input that cannot be read as what it should be. The message is one line for a person: source, place, what was
 * expected and found, and the way out. It never wraps a defect of Faultline's own.
 */
public final class InputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String source;
    private final String place;

    /**
     * Says what is wrong with an input.
     *
     * @param source the file or other input as the user named it
     * @param place where in it, such as {@code "line 7, column 12"} or {@code "byte 0x1f40"}; empty when the whole is
     *     meant
     * @param problem what was expected and what was found, with the way out when there is one; no newline
     */
    public InputException(String source, String place, String problem) {
        super(printable(source + (place.isEmpty() ? "" : ": " + place) + ": " + problem));
        this.source = Objects.requireNonNull(source);
        this.place = place;
    }

    /**
     * {@return the text as a message may hold it: names come from the broken input itself, and what a terminal would
     * act on becomes a question mark}
     */
    public static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c ->
                        Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c >= 0xd800 && c <= 0xdfff ? '?' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** {@return a complaint about a line and column, both counted from 1} */
    public static InputException at(String source, int line, int column, String problem) {
        return new InputException(source, "line " + line + ", column " + column, problem);
    }

    /** {@return a complaint about a byte of a binary file, counted from 0} */
    public static InputException atByte(String source, long byteOffset, String problem) {
        return new InputException(source, "byte 0x" + Long.toHexString(byteOffset), problem);
    }

    /** {@return the input as the user named it} */
    public String source() {
        return source;
    }

    /** {@return where in the input, empty when the whole is meant} */
    public String place() {
        return place;
    }
}
