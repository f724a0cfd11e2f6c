package dev.faultline.contract.promise;

import java.util.List;
import java.util.Optional;

/** A property that a layout must keep. Promises are values and equal when they promise the same. */
public sealed interface Promise
        permits Alone,
                SameLine,
                DifferentLines,
                Group,
                MaxSize,
                FixedOffset,
                LineAligned,
                NoStraddle,
                MaxHazard,
                NoNewHazard,
                WholeGroup,
                PaddedGroup,
                GroupsApart {

    /** {@return its key in a contract, such as {@code "alone"}} */
    String name();

    /** {@return the promise as a contract writes it: {@code "alone: head"}} */
    default String words() {
        return name() + ": " + PromiseTexts.names(fields());
    }

    /** {@return the paths of the fields it names; a layout without one of them cannot be checked} */
    default List<String> fields() {
        return List.of();
    }

    /**
     * Checks the promise.
     *
     * @param context the struct, on lines of one size; has every field of {@link #fields}
     * @return the violation; empty when the promise is kept
     */
    Optional<Violation> violation(PromiseContext context);

    /**
     * {@return why it cannot be checked in this context, apart from missing fields}
     *
     * @param context the struct
     */
    default Optional<String> obstacle(PromiseContext context) {
        return Optional.empty();
    }

    /** {@return whether the result depends on the line size} */
    default boolean isAboutLines() {
        return true;
    }
}
