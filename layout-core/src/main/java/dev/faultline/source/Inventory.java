package dev.faultline.source;

import dev.faultline.input.VisibleText;
import java.util.List;
import java.util.Objects;

/**
 * What a source holds: what was laid out, and what was not.
 *
 * @param noun what the source holds, in the plural: {@code "structs"}, {@code "classes"}
 * @param subjects what was laid out, in the order of the source
 * @param leftOut what could not be laid out, in the order of the source
 * @param withoutInstances how many names have no layout by nature: interfaces, annotation types
 * @param unread a line for each part of the source that could not be read, such as a broken jar in a directory
 */
public record Inventory(
        String noun, List<Subject> subjects, List<LeftOut> leftOut, int withoutInstances, List<String> unread) {

    /** The cause of what is damaged itself. */
    static final String DAMAGED = "that cannot be read";

    /**
     * A struct or class that could not be laid out.
     *
     * @param name its name
     * @param cause a few words that it shares with others: {@code "without superclass lib.Base"}
     * @param reason one line that says what is wrong and what to do
     */
    public record LeftOut(String name, String cause, String reason) {
        public LeftOut {
            Objects.requireNonNull(name);
            cause = VisibleText.of(cause);
            reason = VisibleText.of(reason);
        }

        /**
         * {@return one that is damaged itself}
         *
         * @param name its name
         * @param reason one line that says what is wrong
         */
        public static LeftOut damaged(String name, String reason) {
            return new LeftOut(name, DAMAGED, reason);
        }
    }

    public Inventory {
        Objects.requireNonNull(noun);
        subjects = List.copyOf(subjects);
        leftOut = List.copyOf(leftOut);
        unread = List.copyOf(unread);
    }

    /**
     * {@return an inventory of structs of which none is missing}
     *
     * @param subjects what was laid out
     */
    public static Inventory of(List<Subject> subjects) {
        return new Inventory("structs", subjects, List.of(), 0, List.of());
    }

    /** {@return whether everything that has a layout was laid out} */
    public boolean isComplete() {
        return leftOut.isEmpty() && unread.isEmpty();
    }
}
