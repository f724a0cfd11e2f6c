package dev.faultline.input;

import dev.faultline.api.Internal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects the problems of one input, so that a person who repairs it sees all of them at once. */
@Internal
public final class InputProblems {

    /** The most problems that are told; further ones are counted. */
    public static final int MOST_TOLD = 20;

    private static final int MOST_KEPT = 1_000;
    private static final Pattern PLACE = Pattern.compile("line (\\d{1,9}), column (\\d{1,9})");

    private final List<InputException> found = new ArrayList<>();
    /** What was said: a part that several entries share is read for each of them. */
    private final Set<String> messages = new HashSet<>();

    /**
     * Adds a problem.
     *
     * @throws InputException with all of them when there are more than {@value #MOST_KEPT}, so that reading ends
     */
    public void add(InputException problem) {
        if (found.size() > MOST_KEPT) {
            throw all();
        }
        if (messages.add(problem.getMessage())) {
            found.add(problem);
        }
    }

    /**
     * Reads a part of the input.
     *
     * @param part reads it; throws {@link InputException} when it is not as expected, which is kept
     * @return what was read; empty when it is not as expected
     */
    public <T> Optional<T> attempt(Supplier<T> part) {
        try {
            return Optional.of(part.get());
        } catch (InputException problem) {
            add(problem);
            return Optional.empty();
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** {@return the problems told as one error, in the order of their places in the text; there is at least one} */
    public InputException all() {
        List<InputException> sorted = found.stream()
                .sorted(Comparator.comparingLong(InputProblems::place))
                .toList();
        List<InputException> told = sorted.subList(0, Math.min(MOST_TOLD, sorted.size()));
        return InputException.of(told, sorted.size() - told.size());
    }

    /** Throws {@link #all} when there is any problem. */
    public void check() {
        if (!isEmpty()) {
            throw all();
        }
    }

    /** {@return a number that orders places; places that are no line and column come first} */
    private static long place(InputException problem) {
        Matcher place = PLACE.matcher(problem.place());
        return place.matches() ? (Long.parseLong(place.group(1)) << 32) + Long.parseLong(place.group(2)) : 0;
    }
}
