package dev.faultline.contract.promise;

import java.util.List;
import java.util.Optional;

/** Something that is to stay true of a layout. Values, equal when they promise the same. */
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

    /** {@return its word in a contract, such as {@code "alone"}} */
    String name();

    /** {@return what is promised, as a contract says it: {@code "alone: head"}} */
    String words();

    /** {@return the paths it speaks of; a layout without one of them cannot be judged} */
    List<String> fields();

    /**
     * Judges.
     *
     * @param context the struct, on lines of one size; has every field of {@link #fields}
     * @return what breaks it; nothing when it is kept
     */
    Optional<Violation> breach(PromiseContext context);

    /**
     * {@return why it cannot be judged on this ground, besides a field that is not there}
     *
     * @param context the struct
     */
    default Optional<String> obstacle(PromiseContext context) {
        return Optional.empty();
    }

    /** {@return whether the size of a line matters} */
    default boolean isAboutLines() {
        return true;
    }
}
