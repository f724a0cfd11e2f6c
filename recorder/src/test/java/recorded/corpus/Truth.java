package recorded.corpus;

import java.util.Map;
import java.util.TreeMap;

/** What generated methods say themselves about how often they touched what. */
public final class Truth {

    private static final int FUEL = 400;
    private static final Map<String, Long> COUNTS = new TreeMap<>();
    private static int fuel;

    private Truth() {}

    static void refuel() {
        fuel = FUEL;
    }

    /** Ends methods that call too many others. */
    public static void enter() {
        if (fuel-- <= 0) {
            throw new IllegalStateException("no fuel");
        }
    }

    /** Adds accesses. */
    public static void add(String what, int times) {
        if (times > 0) {
            COUNTS.merge(what, (long) times, Long::sum);
        }
    }

    static Map<String, Long> counts() {
        return COUNTS;
    }
}
