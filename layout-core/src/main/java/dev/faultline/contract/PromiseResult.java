package dev.faultline.contract;

import java.util.List;
import java.util.Objects;

/**
 * The result of one promise about one struct.
 *
 * @param struct the struct, as its source names it
 * @param promise text of the promise
 * @param status whether the promise is kept
 * @param why the facts that break it, or why it could not be checked; empty when it is kept
 * @param fields paths of the fields named in {@code why}
 * @param place position of the promise in its file, such as {@code "line 7, column 9"}; empty without a file
 */
public record PromiseResult(
        String struct, String promise, Status status, List<String> why, List<String> fields, String place) {

    /** Whether a promise is kept. */
    public enum Status {
        /** It holds at every line size and in every placement checked. */
        KEPT,
        /** It does not hold at some line size or placement. */
        BROKEN,
        /** A remark about something that is not promised. */
        NOTE,
        /** It could not be checked. */
        UNJUDGED
    }

    public PromiseResult {
        Objects.requireNonNull(struct);
        Objects.requireNonNull(promise);
        why = List.copyOf(why);
        fields = List.copyOf(fields);
        Objects.requireNonNull(place);
        if ((status == Status.KEPT) != why.isEmpty()) {
            throw new IllegalArgumentException(promise + ": " + status + " with " + why.size() + " reasons");
        }
    }
}
