package dev.faultline.suggest;

import java.util.Objects;

/**
 * A member whose offset or path changes.
 *
 * @param from its path today
 * @param to its path in the candidate; differs when the member moves into an embedded struct
 * @param fromOffset its byte offset today
 * @param toOffset its byte offset in the candidate
 * @param fromLine number of the line of its first byte today; line 0 starts at byte 0 of the struct
 * @param toLine number of the line of its first byte in the candidate
 */
public record Move(String from, String to, long fromOffset, long toOffset, long fromLine, long toLine) {
    public Move {
        Objects.requireNonNull(from);
        Objects.requireNonNull(to);
    }

    /** {@return whether its first byte changes to another line, counted from the start of the struct} */
    public boolean changesLine() {
        return fromLine != toLine;
    }
}
