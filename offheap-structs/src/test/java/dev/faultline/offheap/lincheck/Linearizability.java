package dev.faultline.offheap.lincheck;

import dev.faultline.offheap.interleave.StressTime;
import org.jetbrains.lincheck.datastructures.StressOptions;

/** How much Lincheck tries: little in the normal run, and a hundred scenarios of 10,000 runs with {@code -Pstress}. */
public final class Linearizability {

    private Linearizability() {}

    /**
     * {@return the options for two threads}
     *
     * @param specification what the operations do one after the other
     */
    public static StressOptions of(Class<?> specification) {
        boolean isLong = StressTime.isLong();
        return new StressOptions()
                .iterations(isLong ? 100 : 5)
                .invocationsPerIteration(isLong ? 10_000 : 60)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(2)
                .minimizeFailedScenario(false)
                .sequentialSpecification(specification);
    }
}
