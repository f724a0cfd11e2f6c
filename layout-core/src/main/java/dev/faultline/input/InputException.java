package dev.faultline.input;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Invalid input. The message is one line for each problem: source, place, what was expected and found, and what to do.
 * Names from the input are escaped as in {@link VisibleText}. Never used for errors of Faultline itself.
 */
public final class InputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String source;
    private final String place;

    /**
     * Describes what is wrong with an input.
     *
     * @param source the file or other input as the user named it; an empty name is shown as {@code ''}
     * @param place the place, such as {@code "line 7, column 12"} or {@code "byte 0x1f40"}; empty for the whole input
     * @param problem what was expected and found, and what to do where known
     */
    public InputException(String source, String place, String problem) {
        super(VisibleText.of(
                (source.isEmpty() ? "''" : source) + (place.isEmpty() ? "" : ": " + place) + ": " + problem));
        this.source = Objects.requireNonNull(source);
        this.place = place;
    }

    private InputException(List<InputException> all, String rest) {
        super(all.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")) + rest);
        this.source = all.get(0).source;
        this.place = all.get(0).place;
    }

    /**
     * {@return several problems as one error; its source and place are those of the first}
     *
     * @param all the problems, at least one
     * @param untold the number of further problems, which are counted and not told
     */
    static InputException of(List<InputException> all, int untold) {
        return all.size() == 1 && untold == 0
                ? all.get(0)
                : new InputException(
                        all, untold == 0 ? "" : "\n" + all.get(0).source + ": and " + untold + " more problems");
    }

    /** {@return the lines of the message, one for each problem} */
    public List<String> lines() {
        return getMessage().lines().toList();
    }

    /**
     * {@return an error at a place in a text}
     *
     * @param source the file or other input as the user named it
     * @param line the line, from 1
     * @param column the column, from 1
     * @param problem what was expected and found, and what to do where known
     */
    public static InputException at(String source, int line, int column, String problem) {
        return new InputException(source, "line " + line + ", column " + column, problem);
    }

    /**
     * {@return an error at a byte of a binary file}
     *
     * @param source the file as the user named it
     * @param byteOffset the offset of the byte in the file, from 0
     * @param problem what was expected and found, and what to do where known
     */
    public static InputException atByte(String source, long byteOffset, String problem) {
        return new InputException(source, "byte 0x" + Long.toHexString(byteOffset), problem);
    }

    /** {@return the input as the user named it} */
    public String source() {
        return source;
    }

    /** {@return the place in the input, empty for the whole input} */
    public String place() {
        return place;
    }
}
