package dev.faultline.contract;

import dev.faultline.contract.promise.Promise;
import java.util.Objects;

/**
 * A promise and where it is made.
 *
 * @param promise the promise
 * @param source the file, or what else makes it
 * @param place where in it, such as {@code "line 7, column 9"}; empty when nowhere in particular
 */
public record DeclaredPromise(Promise promise, String source, String place) {
    /** Refuses nulls. */
    public DeclaredPromise {
        Objects.requireNonNull(promise);
        Objects.requireNonNull(source);
        Objects.requireNonNull(place);
    }
}
