package dev.faultline.bench.cores;

/** A measurement is worth nothing or cannot be made. The message is one line for the user, with what to do. */
public final class InconclusiveException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param reason why, and what to do; without a newline
     */
    public InconclusiveException(String reason) {
        super(reason);
    }
}
