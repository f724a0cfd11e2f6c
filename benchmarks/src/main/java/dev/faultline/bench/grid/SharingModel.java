package dev.faultline.bench.grid;

import dev.faultline.machine.Machine;
import java.util.Map;

/** Predicts what threads that share lines take on a machine. The same question has the same answer. */
public interface SharingModel {

    /** {@return ns per operation of one thread, by role} */
    Map<String, Double> nanos(SharingScenario scenario, Machine machine);

    /**
     * Predicts threads that only add to one word.
     *
     * @param threads how many, at least 2
     * @param machine the hardware
     * @return ns per add, of all threads together
     */
    double addNanos(int threads, Machine machine);

    /**
     * Predicts threads that only update one word by compare-and-set loops.
     *
     * @param threads how many, at least 2
     * @param machine the hardware
     * @return failed attempts per update
     */
    double retries(int threads, Machine machine);
}
