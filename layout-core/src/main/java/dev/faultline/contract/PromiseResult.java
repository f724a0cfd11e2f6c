package dev.faultline.contract;

import java.util.List;
import java.util.Objects;

/**
 * What came of one promise about one struct.
 *
 * @param struct the struct, as a source takes it
 * @param promise what was promised, in words
 * @param status whether it is kept
 * @param why each fact that breaks it, or why it could not be judged; empty when it is kept
 * @param fields paths of the fields that {@code why} speaks of
 */
public record PromiseResult(String struct, String promise, Status status, List<String> why, List<String> fields) {

    /** Whether a promise is kept. */
    public enum Status {
        /** It holds at every line size and in every placement asked for. */
        KEPT,
        /** It does not. */
        BROKEN,
        /** Worth knowing, though nobody promised otherwise. */
        NOTE,
        /** It could not be judged. */
        UNJUDGED
    }

    /** Refuses nulls and a status without its reason. */
    public PromiseResult {
        Objects.requireNonNull(struct);
        Objects.requireNonNull(promise);
        why = List.copyOf(why);
        fields = List.copyOf(fields);
        if ((status == Status.KEPT) != why.isEmpty()) {
            throw new IllegalArgumentException(promise + ": " + status + " with " + why.size() + " reasons");
        }
    }
}
