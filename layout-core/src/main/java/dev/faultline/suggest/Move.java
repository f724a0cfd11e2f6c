package dev.faultline.suggest;

import java.util.Objects;

/**
 * A member that is elsewhere now.
 *
 * @param from its path before
 * @param to its path now; another one when it moved into an embedded struct
 * @param fromOffset its byte offset before
 * @param toOffset its byte offset now
 * @param fromLine the line of its first byte before, counted from 0 at the start of the struct
 * @param toLine the line of its first byte now
 */
public record Move(String from, String to, long fromOffset, long toOffset, long fromLine, long toLine) {
    /** Refuses nulls. */
    public Move {
        Objects.requireNonNull(from);
        Objects.requireNonNull(to);
    }

    /** {@return whether it is on another line, counted from the start of the struct} */
    public boolean changesLine() {
        return fromLine != toLine;
    }
}
