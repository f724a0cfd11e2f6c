package dev.faultline.offheap.cores;

/** What was measured, or could be, says nothing of the machine. The message is one line for a person, with the way out. */
public final class InconclusiveException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param reason why, and what to do; no newline
     */
    public InconclusiveException(String reason) {
        super(reason);
    }
}
