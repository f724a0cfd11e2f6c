package dev.faultline.contract;

import dev.faultline.contract.promise.Promise;
import java.util.Objects;

/**
 * A promise and the place that declares it.
 *
 * @param promise the promise
 * @param source the file, or another origin
 * @param place position in the source, such as {@code "line 7, column 9"}; empty when it has none
 */
public record DeclaredPromise(Promise promise, String source, String place) {
    public DeclaredPromise {
        Objects.requireNonNull(promise);
        Objects.requireNonNull(source);
        Objects.requireNonNull(place);
    }
}
