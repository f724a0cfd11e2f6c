package dev.faultline.access.code.operation;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the names of methods and classes say about the threads that call them. */
final class OperationNames {

    /** One of the two ends of something that is handed from thread to thread. */
    enum Side {
        PRODUCER("producer"),
        CONSUMER("consumer");

        private final String word;

        Side(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** Methods that run when an object is set up or given up, or once in a long while. */
    private static final Pattern SET_UP =
            Pattern.compile("(?:do|on|try|internal|_)?(?i:init|initiali[sz]e|start|open|attach|install"
                    + "|close|shutdown|stop|cancel|dispose|terminate|destroy|reset|clear|configure|bind|register|deregister"
                    + "|unregister|rebuild|resize|grow|finalize|abort|interrupt|onSubscribe|onError|onComplete|setUp|tearDown"
                    + "|connect|disconnect|subscribe|unsubscribe|freeze|seal|suspend|resume|pause|enable|disable|invalidate"
                    + "|fail|complete|error|refresh|resubscribe|retry|reject|onTerminate|onTimeout)(?:[A-Z_0-9].*)?");

    private static final Pattern SETTER = Pattern.compile("(?:set|with|read|write)[A-Z].*");
    private static final Set<String> SERIAL = Set.of(
            "readObject", "writeObject", "readResolve", "writeReplace", "readExternal", "writeExternal", "clone");
    private static final Pattern INSPECTION = Pattern.compile("toString|equals|hashCode|compareTo|size|length|isEmpty"
            + "|scan[A-Z]?.*|inspect.*|dump.*|describe.*|debug.*|print.*|current[A-Z].*|capacity|remaining.*|available.*"
            + "|count|sum|stats|snapshot|iterator|spliterator|(?:is|has|get)[A-Z].*");
    private static final Pattern PRODUCING = Pattern.compile(
            "(?:relaxed|failFast|weak|try|do|_)?(?i:offer(?:ed)?|put|add|publish(?:ed)?|enqueued?|push(?:ed)?|produced?"
                    + "|claim(?:ed)?|fill|append(?:ed)?)"
                    + "(?:[A-Z_].*)?");
    private static final Pattern CONSUMING = Pattern.compile(
            "(?:relaxed|weak|try|do|_)?(?i:poll(?:ed)?|taken?|drain(?:ed)?|remove|dequeued?|pop(?:ped)?|consumed?"
                    + "|peek)(?:[A-Z_].*)?");
    /** Those that work on many elements, or search one. */
    private static final Pattern BATCH = Pattern.compile("(?:drain|fill)(?:[A-Z_].*)?|.*All");

    /** Fields that hold when something happened. */
    private static final Pattern TIME =
            Pattern.compile("last[A-Z].*|.*(?:Time|Timestamp|Millis|Nanos|TimeMs|Deadline)");

    /** Helpers that run when the usual way is not open. */
    private static final Pattern DETOUR =
            Pattern.compile(".*(?:Slow|[Rr]esize|[Gg]row|[Ee]xpand|[Rr]eject|[Tt]erminat|newBuffer|BelowThreshold).*");

    private static final Pattern CHANNEL = Pattern.compile("(?i).*(?:^|[^a-z])?([sm])p([sm])c.*");

    private OperationNames() {}

    /** {@return whether a method of that name sets an object up, gives it up, or is rare} */
    static boolean isSetUp(String name) {
        return SET_UP.matcher(name).matches() || SERIAL.contains(name);
    }

    /** {@return whether a method of that name sets an option} */
    static boolean isSetter(String name) {
        return SETTER.matcher(name).matches();
    }

    /** {@return whether a method of that name only tells about the object} */
    static boolean isInspection(String name) {
        return INSPECTION.matcher(name).matches();
    }

    /** {@return whether a method of that name works on many elements at a time} */
    static boolean isBatch(String name) {
        return BATCH.matcher(name).matches();
    }

    /** {@return whether a field of that path holds a time, which changes seldom} */
    static boolean isTime(String path) {
        return TIME.matcher(path.substring(path.lastIndexOf('.') + 1)).matches();
    }

    /** {@return whether a method of that name runs when the usual way is not open} */
    static boolean isDetour(String name) {
        return DETOUR.matcher(name).matches();
    }

    /** {@return the end that a method of that name works on} */
    static Optional<Side> side(String name) {
        if (PRODUCING.matcher(name).matches()) {
            return Optional.of(Side.PRODUCER);
        }
        return CONSUMING.matcher(name).matches() ? Optional.of(Side.CONSUMER) : Optional.empty();
    }

    /** {@return whether the name of a class says that an end has several threads; nothing when it does not say} */
    static Optional<Boolean> isShared(String type, Side side) {
        var match = CHANNEL.matcher(type.substring(type.lastIndexOf('.') + 1));
        if (!match.matches()) {
            return Optional.empty();
        }
        String letter = match.group(side == Side.PRODUCER ? 1 : 2);
        return Optional.of(letter.equalsIgnoreCase("m"));
    }
}
